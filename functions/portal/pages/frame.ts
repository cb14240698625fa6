import { html } from 'hono/html';
import type { Identity } from '../access/identity.ts';
import type { Html } from '../reply.ts';
import type { PortalServices } from '../services.ts';
import { destinations } from './navigation.ts';

/** What every page needs to know of the visit that it answers. */
export interface Setting {
  services: Pick<PortalServices, 'assets' | 'catalogues'>;
  visitor: Identity | undefined;
  formToken: string;
}

export interface PageParts {
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
   * without disturbing whoever reads, and only without scripts the page itself is loaded again.
   */
  refresh?: { seconds: number; address: string } | undefined;
  content: Html;
}

/** A whole page: head, navigation, heading, content. Readable in old browsers and without script. */
export function frame(
  setting: Setting,
  { title, year, current, trail = [], done, refresh, content }: PageParts,
): Html {
  const { assets, catalogues } = setting.services;
  const catalogue = catalogues.get(year ?? Math.max(...catalogues.keys()));
  return html`<!doctype html>
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
<body>
<a class="skip" href="#content">跳到正文</a>
<header class="top">
<div class="wide">
<p class="name"><a href="/">${catalogue?.authority ?? ''}法治政府建设指标报送</a></p>
${visitorPart(setting)}
</div>
</header>
${navigation(setting, { year: catalogue?.year ?? 0, current })}
<main id="content" class="wide"${refresh === undefined ? '' : html` data-look-again="${refresh.seconds}"`}>
${trailPart(trail)}
<h1>${title}</h1>
${done === undefined ? '' : html`<p class="notice good" role="status">${done}</p>`}
${content}
</main>
${catalogue?.notice === undefined ? '' : html`<footer class="wide"><p>${catalogue.notice}</p></footer>`}
</body>
</html>`;
}

function visitorPart({ visitor, formToken }: Setting): Html {
  if (visitor === undefined) return html``;
  return html`<form class="visitor" method="post" action="/sign-out">
<input type="hidden" name="_form" value="${formToken}">
<span>${visitor.name}</span> <button class="plain" type="submit">退出</button>
</form>`;
}

function navigation(
  { visitor, services }: Setting,
  { year, current }: { year: number; current: string | undefined },
): Html {
  if (visitor === undefined) return html``;
  const entries = destinations(visitor, year);
  const years = [...services.catalogues.keys()].sort();
  return html`<nav class="main" aria-label="主导航"><div class="wide">
<ul>${entries.map(
    ({ title, address }) =>
      html`<li><a href="${address}"${address === current ? html` aria-current="page"` : ''}>${title}</a></li>`,
  )}</ul>
${years.length < 2 ? html`<p class="year">${year}年</p>` : yearChoice(visitor, years, year)}
</div></nav>`;
}

function yearChoice(visitor: Identity, years: readonly number[], chosen: number): Html {
  return html`<ul class="year">${years.map((year) => {
    const address = destinations(visitor, year)[0]?.address ?? '/';
    return html`<li><a href="${address}"${year === chosen ? html` aria-current="true"` : ''}>${year}年</a></li>`;
  })}</ul>`;
}

function trailPart(trail: NonNullable<PageParts['trail']>): Html {
  if (trail.length === 0) return html``;
  return html`<nav class="trail" aria-label="上级页面"><ol>${trail.map(
    ({ title, address }) => html`<li><a href="${address}">${title}</a></li>`,
  )}</ol></nav>`;
}
