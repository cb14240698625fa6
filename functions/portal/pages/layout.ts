import { html } from 'hono/html';
import { newestOf } from '../../use-cases/known-catalogues.ts';
import { belongsTo, type Identity, readsAll } from '../access/identity.ts';
import type { Html, PageParts } from '../reply.ts';
import type { PortalServices } from '../services.ts';
import { accessAddress, actsAddress, cataloguesAddress, reportAddress } from './addresses.ts';
import { formTokenField } from './form-fields.ts';

/** What every page needs to know of the request that it answers. */
export interface LayoutContext {
  services: Pick<PortalServices, 'assets' | 'catalogues'>;
  visitor: Identity | undefined;
  formToken: string;
}

/** A page without what it says. */
export interface PageFrame {
  /** What the page is, in the browser's title and as its heading. */
  title: string;
  /** The year that the page is about, for navigation. */
  year?: number;
  /** The address of the entry of the navigation that the page belongs to. */
  current?: string;
  /** Pages above this one, outermost first. */
  trail?: { title: string; address: string }[];
  /** What was just done, said once at the top. */
  done?: string | undefined;
  /**
   * Where the browser looks again by itself after some seconds, on a page that waits for something: a script looks
   * without disturbing whoever reads, and only without scripts the page itself is loaded again. Where the page says how
   * far it is, `state` says so too: the page is loaded again when it is another.
   */
  refresh?: { seconds: number; address: string; state?: string } | undefined;
  /** Whether it is a sheet that is printed without anything of the portal around it. */
  isSheet?: boolean;
}

export interface PageContent extends PageFrame {
  content: Html;
}

/** A whole page: head, navigation, heading, content. Readable in old browsers and without script. */
export function pageLayout(context: LayoutContext, { content, ...frame }: PageContent): Html {
  const { before, after } = frameOf(context, frame);
  return html`${before}${content}${after}`;
}

/** The same of parts of which some are kept. */
export function pageOfParts(
  context: LayoutContext,
  { content, ...frame }: PageFrame & { content: PageParts },
): PageParts {
  const { before, after } = frameOf(context, frame);
  return [before, ...content, after];
}

function frameOf(
  context: LayoutContext,
  { title, year, current, trail = [], done, refresh, isSheet = false }: PageFrame,
): { before: Html; after: Html } {
  const { assets, catalogues } = context.services;
  const catalogue = year === undefined ? newestOf(catalogues.last) : catalogues.last.get(year);
  const before = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
${refresh === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refresh.seconds}; url=${refresh.address}"></noscript>`}
<title>${title} · 法治政府建设指标报送</title>
<link rel="icon" href="${assets.icon.address}">
<link rel="stylesheet" href="${assets.stylesheet.address}">
<script src="${assets.script.address}" defer></script>
</head>
<body${isSheet ? html` class="sheet"` : ''}>
<a class="skip" href="#content">跳到正文</a>
<header class="top">
<div class="wide">
<p class="name"><a href="/">${catalogue?.authority ?? ''}法治政府建设指标报送</a></p>
${visitorSection(context)}
</div>
</header>
${navigation(context, { year: catalogue?.year, current })}
<main id="content" class="wide"${refresh === undefined ? '' : html` data-look-again="${refresh.seconds}" data-state="${refresh.state ?? ''}"`}>
${trailSection(trail)}
<h1>${title}</h1>
${done === undefined ? '' : html`<p class="notice good" role="status">${done}</p>`}
`;
  const after = html`
</main>
${catalogue?.notice === undefined ? '' : html`<footer class="wide"><p>${catalogue.notice}</p></footer>`}
</body>
</html>`;
  return { before, after };
}

function visitorSection({ visitor, formToken }: LayoutContext): Html {
  if (visitor === undefined) return html``;
  return html`<form class="visitor" method="post" action="/sign-out">
${formTokenField({ formToken })}
<span>${visitor.name}</span> <button class="plain" type="submit">退出</button>
</form>`;
}

function navigation(
  { visitor, services }: LayoutContext,
  { year, current }: { year: number | undefined; current: string | undefined },
): Html {
  if (visitor === undefined) return html``;
  const entries = destinations(visitor, year);
  const years = [...services.catalogues.last.keys()].sort();
  return html`<nav class="main" aria-label="主导航"><div class="wide">
<ul>${entries.map(
    ({ title, address }) =>
      html`<li><a href="${address}"${address === current ? html` aria-current="page"` : ''}>${title}</a></li>`,
  )}</ul>
${yearSection(visitor, years, year)}
</div></nav>`;
}

function yearSection(visitor: Identity, years: readonly number[], chosen: number | undefined): Html {
  if (chosen === undefined) return html``;
  if (years.length < 2) return html`<p class="year">${chosen}年</p>`;
  return html`<ul class="year">${years.map((year) => {
    const address = destinations(visitor, year)[0]?.address ?? '/';
    return html`<li><a href="${address}"${year === chosen ? html` aria-current="true"` : ''}>${year}年</a></li>`;
  })}</ul>`;
}

function trailSection(trail: NonNullable<PageContent['trail']>): Html {
  if (trail.length === 0) return html``;
  return html`<nav class="trail" aria-label="上级页面"><ol>${trail.map(
    ({ title, address }) => html`<li><a href="${address}">${title}</a></li>`,
  )}</ol></nav>`;
}

/** An entry of the navigation. */
export interface Destination {
  title: string;
  address: string;
}

/** Where somebody may go from every page; the first is where they start. Without a year there is nothing but catalogues. */
export function destinations(identity: Identity, year: number | undefined): Destination[] {
  const { roles, department } = identity;
  const isReader = readsAll(identity);
  const catalogues: Destination = { title: '指标目录', address: cataloguesAddress };
  if (year === undefined) return isReader ? [catalogues] : [];
  const readers: Destination[] = [
    { title: '报送总览', address: `/${year}` },
    { title: '汇总数据', address: `/${year}/figures` },
    { title: '待处理', address: `/${year}/findings` },
    { title: '报送期限', address: `/${year}/deadlines` },
    { title: '发布', address: `/${year}/publications` },
    { title: '报告', address: reportAddress(year) },
    { title: '记录查询', address: `/${year}/records` },
    { title: '办理记录', address: actsAddress(year) },
    { title: '台账核验', address: `/${year}/verification` },
    catalogues,
    ...(roles.includes('auditor') ? [{ title: '访问记录', address: accessAddress }] : []),
  ];
  const own: Destination[] = [
    { title: '本部门报表', address: `/${year}/departments/${department}` },
    { title: '本年数据', address: `/${year}/departments/${department}/figures` },
  ];
  const isOfOne = department !== null && belongsTo(identity, department);
  return [...(isReader ? readers : []), ...(isOfOne ? own : [])];
}
