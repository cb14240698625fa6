import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/period.ts';
import type { Total } from '../../../shared/core/publication.ts';
import { kindWords, overDepartmentsWords, overTimeWords, roundingWords } from '../../../shared/core/terms.ts';
import { figureText } from '../pages/figure-text.ts';
import type { Html } from '../reply.ts';

/** What a ratio's parts, or others, are called, with their unit. */
export type PartNames = ReadonlyMap<string, Pick<Total, 'name' | 'unit'>>;

/** How a figure is made: what it counts, and its operators in words, in the order in which they are applied. */
export function reckoningPart(total: Total, { year, names }: { year: number; names: PartNames }): Html {
  const { kind, overTime, overDepartments, decimals, rounding, asOf } = total;
  const facts: [string, Html | string][] = [
    ['定义', total.definition],
    ['类型', kindWords[kind]],
    ...(kind === 'ratio' ? [] : ([['先按月', overTimeWords[overTime]]] as [string, string][])),
    ...(kind === 'ratio'
      ? []
      : ([['再按部门', overDepartmentsWords[overDepartments]]] as [string, string][])),
    ...(asOf === null ? [] : ([['取自', `${periodInWords(asOf)}的期末数`]] as [string, string][])),
    ...ratioFacts(total, { year, names }),
    ['进位', `最后一次，${roundingWords[rounding]}到${decimals === 0 ? '整数' : ` ${decimals} 位小数`}`],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
${itemsPart(total)}`;
}

function ratioFacts(
  { numerator, denominator, unit }: Total,
  { year, names }: { year: number; names: PartNames },
): [string, Html][] {
  if (numerator === undefined || denominator === undefined) return [];
  const part = ({ indicator, value }: NonNullable<Total['numerator']>) => {
    const { name, unit } = names.get(indicator) ?? { name: indicator, unit: '' };
    return html`<a href="/${year}/figures/${indicator}">${name}</a> ${figureText(value, unit)}`;
  };
  const times = unit === '%' ? ' × 100' : unit === '‰' ? ' × 1000' : '';
  return [
    ['分子', part(numerator)],
    ['分母', part(denominator)],
    [
      '算式',
      html`${numerator.value ?? '—'} ÷ ${denominator.value ?? '—'}${times}（分子、分母分别汇总后相除，不取平均）`,
    ],
  ];
}

/** The different items that a list counts. */
function itemsPart({ items }: Total): Html {
  if (items === undefined || items.length === 0) return html``;
  return html`<details><summary>清单的 ${items.length} 项</summary><ol>${items.map((item) => html`<li class="typed">${item}</li>`)}</ol></details>`;
}
