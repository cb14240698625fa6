import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { type Period, periodInYear } from '../../core/catalogue/period.ts';
import { indicatorOf } from '../../core/catalogue/tables.ts';
import type { Finding } from '../../core/returns/finding.ts';
import { excerpt } from '../../core/values/text.ts';
import type { BaselineRow } from '../../core/year/baseline.ts';
import { type Disagreement, disagreements, unusedIn } from '../../core/year/baseline-checks.ts';
import { sayOfBaseline } from './baseline-findings.ts';
import { type FigurePlaces, placeKey } from './baseline-rows.ts';

/** Where two sources disagree, at the figure that the others should come to: both, and their difference. */
export function contradictions(
  rows: readonly BaselineRow[],
  catalogue: Catalogue,
  places: FigurePlaces,
): Finding[] {
  return disagreements(rows, catalogue).map((one) => {
    const place = places.get(placeKey(one.row, one.period));
    return one.kind === 'year-and-periods'
      ? sayOfBaseline('baseline-year-differs', place, yearWords(one, catalogue))
      : sayOfBaseline('baseline-city-differs', place, cityWords(one, catalogue));
  });
}

function cityWords({ row, period, said, comesTo, difference }: Disagreement, catalogue: Catalogue) {
  const { name, unit } = subject(row, catalogue);
  return {
    found: said,
    expected: comesTo,
    message: `“${name}”${periodInYear(period)}：全市填的是 ${said} ${unit}，各部门汇总为 ${comesTo} ${unit}，相差 ${difference} ${unit}；两个来源不一致，请核对，改正其中一个，或只留一个。`,
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

/** What was entered and will not be compared. */
export function remarks(rows: readonly BaselineRow[], catalogue: Catalogue, places: FigurePlaces): Finding[] {
  const whole: Period = `${catalogue.year - 1}`;
  return unusedIn(rows, catalogue).map(({ kind, indicator }) => {
    const name = indicatorOf(catalogue, indicator)?.name ?? indicator;
    if (kind === 'not-computable') return sayOfBaseline('baseline-not-computable', undefined, name);
    const row = rows.find((each) => each.indicator === indicator && each.values[whole] !== undefined);
    return sayOfBaseline('baseline-year-unused', row && places.get(placeKey(row, whole)), name);
  });
}
