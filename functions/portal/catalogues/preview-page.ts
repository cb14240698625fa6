import { html } from 'hono/html';
import { type Conversion, knownConversions } from '../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import type { Irreconcilable } from '../../../shared/core/year/reconciliation.ts';
import { type AdoptionPreview, previewAdoption } from '../../use-cases/adopt.ts';
import { readOfficeYear } from '../../use-cases/adopted.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { catalogueAddress, cataloguesAddress } from '../pages/addresses.ts';
import { formTokenField, reasonField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html, Reply } from '../reply.ts';
import { unfitTemplate } from '../report/word-files.ts';
import { catalogueParams, htmlRoute, type RequestContext } from '../route.ts';
import { catalogueFacts, catalogueSummary, differencesTable } from './catalogue-contents.ts';
import { catalogueFileLinks, findCatalogue } from './catalogue-files.ts';
import { factorField, statedConversions } from './unit-factors.ts';

export type CatalogueVisit = RequestContext<{ year: number; hash: string }>;

/** A catalogue that is kept: what it says, what adopting it would change, what forbids it, and the form that adopts it. */
export const previewRoute = htmlRoute(
  { path: `${cataloguesAddress}/:year/:hash`, access: readers, params: catalogueParams },
  async (request) => {
    const catalogue = await findCatalogue(request);
    return previewReply(request, { catalogue, factors: await factorsAtFirst(request, catalogue) });
  },
);

/** What was typed into the form, and what forbade it; of a page that is seen for the first time what is known beforehand. */
export interface Typed {
  catalogue: Catalogue;
  factors: ReadonlyMap<string, string>;
  reason?: string;
  /** Why it was not adopted just now. */
  refused?: readonly Irreconcilable[];
}

async function factorsAtFirst(
  { services }: CatalogueVisit,
  catalogue: Catalogue,
): Promise<Map<string, string>> {
  const found = await readOfficeYear(catalogue.year, services);
  const known = knownConversions(catalogue, found?.adopted);
  return new Map(known.map(({ indicator, factor }) => [indicator, factor]));
}

/** The page on which a catalogue is looked at before it is adopted. */
export async function previewReply(request: CatalogueVisit, typed: Typed): Promise<Reply> {
  const { catalogue, factors, refused } = typed;
  const conversions = await supposedConversions(request, typed);
  const preview = await previewAdoption({ catalogue, conversions }, request.services);
  const unfit = await request.services.work.wordReports.examineStanding(catalogue);
  const isInForce = preview.replaces === catalogueHash(catalogue);
  const problems = refused ?? preview.problems;
  const place = { year: catalogue.year, hash: catalogueHash(catalogue) };
  const body = pageLayout(request, {
    title: isInForce ? catalogue.title : `采用之前：${catalogue.title}`,
    current: cataloguesAddress,
    trail: [{ title: '指标目录', address: cataloguesAddress }],
    content: html`${isInForce ? html`<p class="notice good">这就是${catalogue.year}年现行的目录。</p>` : problemsSection(problems, { isHopeless: isHopeless(preview) })}
${catalogueFacts(catalogue)}
<p>${catalogueFileLinks(place)}</p>
${isInForce ? '' : changesSection(catalogue, preview)}
${unfitTemplate(unfit, { year: catalogue.year, by: isInForce ? '按这份目录' : '采用这份目录以后' })}
${isInForce ? '' : adoptionSection(request, { typed: { ...typed, factors }, preview })}
${catalogueSummary(catalogue, { isOpen: preview.replaces === null || isInForce })}`,
  });
  return { kind: 'page', body, ...(refused !== undefined && { status: 409 as const }) };
}

/** The conversions as typed; where nothing is typed yet, one to one, so that only what else is wrong is told. */
async function supposedConversions(
  { services }: CatalogueVisit,
  { catalogue, factors }: Typed,
): Promise<Conversion[]> {
  const { needed } = await previewAdoption({ catalogue, conversions: [] }, services);
  const stated = statedConversions(needed, factors);
  return needed.map((one, index) => stated[index] ?? { ...one, factor: '1' });
}

/** Whether something forbids it that no factor would mend. */
function isHopeless({ problems, needed }: AdoptionPreview): boolean {
  return problems.some(
    ({ entry, id }) => entry !== 'indicator' || needed.every(({ indicator }) => indicator !== id),
  );
}

function problemsSection(problems: readonly Irreconcilable[], { isHopeless }: { isHopeless: boolean }): Html {
  if (problems.length === 0) return html``;
  return html`<div class="notice bad" role="alert"><p><strong>现在不能采用：</strong></p>
<ul>${problems.map(({ message }) => html`<li class="typed">${message}</li>`)}</ul>
${isHopeless ? html`<p>请按上面说的改好目录工作簿，再到<a href="${cataloguesAddress}#upload">指标目录</a>重新上传；现行目录没有变。</p>` : html`<p>现行目录没有因此改变；请看清下面的内容，再点“采用”。</p>`}</div>`;
}

function changesSection({ year }: Catalogue, { replaces, differences }: AdoptionPreview): Html {
  if (replaces === null) return html`<p class="notice">${year}年还没有采用过目录，这是第一份。</p>`;
  return html`<h2>与现行目录的差异</h2>
<p>现行目录：<a class="key" href="${catalogueAddress({ year, hash: replaces })}">${replaces.slice(0, 12)}</a>。“涉及”是已经计入的报表份数，它们仍按制表时的目录读取。</p>
${differencesTable(differences)}`;
}

function adoptionSection(
  request: CatalogueVisit,
  { typed: { catalogue, factors, reason }, preview }: { typed: Typed; preview: AdoptionPreview },
): Html {
  const { needed, replaces } = preview;
  if (!actsForOffice(request.identity)) return html`<p class="hint">由法制机构决定是否采用。</p>`;
  if (isHopeless(preview)) return html``;
  const place = { year: catalogue.year, hash: catalogueHash(catalogue) };
  const isFirst = replaces === null;
  const units = needed.map((one) =>
    factorField(one, { name: indicatorOf(catalogue, one.indicator)?.name ?? one.indicator, typed: factors }),
  );
  return html`<h2 id="adopt">采用</h2>
<form class="card" method="post" action="${catalogueAddress(place)}/adoption" aria-label="采用目录">
${formTokenField(request)}
<input type="hidden" name="replaces" value="${replaces ?? ''}">
${units.length === 0 ? '' : html`<p>这些指标的单位改了。请写明怎样换算，已报的数按它换算成新单位：</p>${units}`}
${reasonField({ id: 'reason', label: '采用的原因（记入台账）', typed: reason ?? (isFirst ? '首次采用' : '') })}
<p><button type="submit">采用</button></p>
<p class="hint">采用后立即生效。已经发出去的报表仍然可以用；以后还可以再改、再采用。</p>
</form>`;
}
