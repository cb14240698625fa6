import { html } from 'hono/html';
import { type Catalogue, expectedReturns } from '../../../shared/core/catalogue/catalogue.ts';
import { isOver } from '../../../shared/core/catalogue/deadlines.ts';
import { type Instant, localTime, type Period, periodInYear } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { baselineEvents } from '../../../shared/core/year/baseline.ts';
import type { OfficeYear } from '../../use-cases/adopted.ts';
import { actsForOffice } from '../access/identity.ts';
import {
  baselinesAddress,
  catalogueAddress,
  cataloguesAddress,
  templateAddress,
} from '../pages/addresses.ts';
import { conversionLines } from '../pages/figure-text.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import { catalogueFileLinks } from './catalogue-files.ts';

/** A year's catalogue in force, how it came to be, its files, and the forms that are made from it. */
export function yearSection(
  request: RequestContext,
  { year, office, adopted }: OfficeYear,
  { isNew }: { isNew: boolean },
): Html {
  const { catalogue, hash } = adopted.inForce;
  const { title, departments, indicators, rules, utcOffset } = catalogue;
  const adoptions = office.filter((event) => isEvent(event, 'catalogue-adopted'));
  const last = adoptions.at(-1);
  const place = { year, hash };
  const facts: [string, Html][] = [
    ['现行目录', html`<a class="typed" href="${catalogueAddress(place)}">${title}</a>`],
    ['内容', html`${departments.length} 个部门，${indicators.length} 项指标，${rules.length} 条校验规则`],
    ['采用', last === undefined ? html`` : adoptionText(last, utcOffset)],
    ['上年数', baselineText(office, { year, utcOffset })],
    ['校验码', html`<span class="key" title="${hash}">${hash.slice(0, 12)}</span>`],
  ];
  return html`<section class="card" aria-labelledby="year-${year}"><h2 id="year-${year}">${year}年</h2>
<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
<p>${catalogueFileLinks(place)}</p>
${formsSection(catalogue, { now: request.now, isOpen: isNew })}
${adoptions.length < 2 ? '' : adoptionHistory(adoptions, catalogue)}
${nextYearForm(request, year)}
</section>`;
}

/** What of last year the year is compared with, where that was entered; and where it is. */
function baselineText(
  office: readonly LedgerEvent[],
  { year, utcOffset }: { year: number; utcOffset: string },
): Html {
  const last = baselineEvents(office).at(-1);
  const said =
    last === undefined
      ? html`首年没有上年发布可比的，`
      : html`${localTime(last.at, utcOffset)}由<span class="typed">${last.by}</span>录入，`;
  return html`${said}<a href="${baselinesAddress(year)}">${last === undefined ? `录入${year - 1}年基数` : `${year - 1}年基数`}</a>`;
}

function adoptionText({ at, by, happening }: EventOf<'catalogue-adopted'>, utcOffset: string): Html {
  return html`${localTime(at, utcOffset)}，<span class="typed">${by}</span>：<span class="typed">${happening.reason}</span>`;
}

/** Every catalogue that was in force, the newest first. */
function adoptionHistory(adoptions: readonly EventOf<'catalogue-adopted'>[], catalogue: Catalogue): Html {
  const { year, utcOffset } = catalogue;
  const nameOf = (id: string) => indicatorOf(catalogue, id)?.name ?? id;
  const head = html`<tr><th scope="col">采用时间</th><th scope="col">采用人</th><th scope="col">原因</th><th scope="col">单位换算</th><th scope="col">目录</th></tr>`;
  const rows = adoptions
    .toReversed()
    .map(({ at, by, happening: { reason, conversions, catalogue: hash } }) => {
      const link = html`<a href="${catalogueAddress({ year, hash })}"><span class="unseen">${localTime(at, utcOffset)}采用的目录</span>${hash.slice(0, 12)}</a>`;
      return html`<tr><th scope="row" class="short">${localTime(at, utcOffset)}</th><td class="typed">${by}</td><td class="wordy typed">${reason}</td>
<td class="wordy">${conversionLines(conversions, nameOf)}</td><td class="key short">${link}</td></tr>`;
    });
  return html`<details><summary>采用记录（${adoptions.length} 次）</summary>${scrollingTable(`${year}年采用过的目录`, { head, rows })}</details>`;
}

/** Where on the page the forms of a year are. */
export function formsAnchor(year: number): string {
  return `forms-${year}`;
}

/** The forms to be filled in now: of the last month that is over, or of the first before any is. */
export function currentForms(
  catalogue: Catalogue,
  now: Instant,
): { title: string; period: Period; departments: { id: string; name: string }[] } | undefined {
  const expected = expectedReturns(catalogue);
  const over = expected.filter(({ deadline }) => isOver(deadline, now, catalogue));
  const period = over.at(-1)?.period ?? expected[0]?.period;
  if (period === undefined) return undefined;
  const departments = expected.filter((each) => each.period === period).map(({ department }) => department);
  return { title: `${periodInYear(period)}的报表`, period, departments };
}

function formsSection(catalogue: Catalogue, { now, isOpen }: { now: Instant; isOpen: boolean }): Html {
  const forms = currentForms(catalogue, now);
  if (forms === undefined) return html``;
  const { title, period, departments } = forms;
  return html`<details id="${formsAnchor(catalogue.year)}"${isOpen ? html` open` : ''}><summary>${title}（${departments.length} 个部门）</summary>
<ul>${departments.map(({ id, name }) => html`<li><a href="${templateAddress({ department: id, period })}">${name}${title}</a></li>`)}</ul></details>`;
}

/** Next year is begun from the newest year there is. */
function nextYearForm(request: RequestContext, year: number): Html {
  const { catalogues } = request.services;
  if (!actsForOffice(request.identity) || catalogues.last.has(year + 1)) return html``;
  return html`<form method="post" action="${cataloguesAddress}/next-year">
${formTokenField(request)}
<input type="hidden" name="year" value="${year}">
<p><button class="button quiet" type="submit">由${year}年做${year + 1}年的目录</button> <span class="hint">日期顺延，已经停用的不再列入，其余照旧；采用之前先看一遍。</span></p>
</form>`;
}
