import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { periodInYear } from '../../core/catalogue/period.ts';
import { indicatorOf } from '../../core/catalogue/tables.ts';
import type { Finding } from '../../core/returns/finding.ts';
import { excerpt } from '../../core/values/text.ts';
import { type BaselineRow, valuesOf } from '../../core/year/baseline.ts';
import { type Disagreement, disagreements, sumsNotKnown } from '../../core/year/baseline-checks.ts';
import { sayOfBaseline } from './baseline-findings.ts';
import { type FigurePlaces, placeKey } from './baseline-rows.ts';

/** Where two sources disagree, at the figure that the others should come to: both, and their difference. */
export function contradictions(
  rows: readonly BaselineRow[],
  catalogue: Catalogue,
  places: FigurePlaces,
): Finding[] {
  return disagreements(rows, catalogue).map((one) => {
    const { row, period } = one;
    const said = row.values[period] === undefined ? valuesOf(row).at(-1)?.[0] : period;
    const place = places.get(placeKey(row, said ?? period));
    return one.kind === 'year-and-periods'
      ? sayOfBaseline('baseline-year-differs', place, yearWords(one, catalogue))
      : sayOfBaseline('baseline-city-differs', place, cityWords(one, catalogue));
  });
}

function cityWords({ row, period, said, comesTo, difference }: Disagreement, catalogue: Catalogue) {
  const { name, unit } = subject(row, catalogue);
  const whose = row.values[period] === undefined ? '由全市各期得出的是' : '全市填的是';
  return {
    found: said,
    expected: comesTo,
    message: `“${name}”${periodInYear(period)}：${whose} ${said} ${unit}，各部门汇总为 ${comesTo} ${unit}，相差 ${difference} ${unit}；两个来源不一致，请核对，改正其中一个，或只留一个。`,
  };
}

function yearWords({ row, said, comesTo, difference }: Disagreement, catalogue: Catalogue) {
  const { name, unit } = subject(row, catalogue);
  return {
    found: said,
    expected: comesTo,
    message: `“${name}”：全年填的是 ${said} ${unit}，由各期得出的是 ${comesTo} ${unit}，相差 ${difference} ${unit}；两个来源不一致，请核对，改正其中一个，或只留一个。`,
  };
}

function subject({ indicator }: BaselineRow, catalogue: Catalogue): { name: string; unit: string } {
  const found = indicatorOf(catalogue, indicator);
  return { name: excerpt(found?.name ?? indicator), unit: found?.unit ?? '' };
}

/** What cannot be compared, since it is computed from what was entered in part. */
export function remarks(rows: readonly BaselineRow[], catalogue: Catalogue): Finding[] {
  return sumsNotKnown(rows, catalogue).map((id) =>
    sayOfBaseline('baseline-not-computable', undefined, indicatorOf(catalogue, id)?.name ?? id),
  );
}
