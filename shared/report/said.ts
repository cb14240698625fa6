import type { Catalogue } from '../core/catalogue/catalogue.ts';
import { indicatorOf } from '../core/catalogue/tables.ts';
import type { Publication } from '../core/publication/publication.ts';
import { type BaseFigure, isInPoints } from '../core/totals/period-comparison.ts';
import { proseOf } from '../core/totals/prose.ts';
import { asPublished, type Total } from '../core/totals/total.ts';
import { compare, type Decimal, subtract } from '../core/values/decimal.ts';
import { withoutControlCharacters } from '../core/values/text.ts';
import { missingInWords, openInWords, unitOfChange } from '../core/words.ts';
import type { FigurePlaceholder, facts, Share } from './placeholder.ts';

/** What a publication and its catalogue say for a placeholder. */
export interface Source {
  publication: Publication;
  catalogue: Catalogue;
}

/** A figure as it is written in a report; `open` says why it may still change, empty where nothing is open. */
export interface Said {
  text: string;
  open: string[];
}

/** Where there is no figure to write. */
export const noFigure = '（暂缺）';

/** What a figure's placeholder says; undefined where the publication does not have the indicator. */
export function saidOf({ indicator, share, form }: FigurePlaceholder, source: Source): Said | undefined {
  const { publication, catalogue } = source;
  const total = publication.totals.find((each) => each.indicator === indicator);
  if (total === undefined) return undefined;
  if (form === 'unit') return { text: total.unit, open: [] };
  if (form === 'change') return yearOnYear(total, publication);
  const open = openOf(total, publication);
  switch (form) {
    case 'items':
      return { text: (total.items ?? []).map(withoutControlCharacters).join('、') || noFigure, open };
    case 'exact':
      return { text: figureOf(total, share) ?? noFigure, open };
    case 'prose': {
      const value = figureOf(total, share);
      const own = indicatorOf(catalogue, indicator);
      return { text: own === undefined || value === null ? noFigure : proseOf(own, value), open };
    }
  }
}

function figureOf(total: Total, share: Share): Decimal | null {
  const { value, byDepartment, byGroup } = total;
  switch (share.kind) {
    case 'city':
      return value;
    case 'department':
      return rounded(byDepartment.find(({ department }) => department === share.department));
    case 'group':
      return rounded(byGroup.find(({ group }) => group === share.group));
  }
  function rounded(own: { value: Decimal | null } | undefined): Decimal | null {
    return asPublished(own?.value ?? null, total);
  }
}

/** Why a total may still change: returns are missing, or something below it is open. */
export function openOf({ indicator, status, reasons }: Total, { open }: Pick<Publication, 'open'>): string[] {
  const below = open.find((one) => one.indicator === indicator);
  return [...(status === 'final' ? [] : reasons), ...(below === undefined ? [] : [openInWords(below)])];
}

/** Why a comparison with last year may change even where the figure does not: returns of last year are missing. */
export function openLastYear(
  { indicator }: Pick<Total, 'indicator'>,
  { comparisons }: Pick<Publication, 'comparisons'>,
): string {
  const lastYear = toDateOf(indicator, comparisons)?.missing ?? 0;
  return missingInWords({ now: 0, lastYear });
}

/** What stands beside a figure to date: last year to the end of the newest period. */
function toDateOf(indicator: string, comparisons: Publication['comparisons']): BaseFigure | null {
  return comparisons.findLast((each) => each.indicator === indicator)?.toDate.lastYear ?? null;
}

function yearOnYear(total: Total, publication: Publication): Said {
  const text = changeInWords(total, toDateOf(total.indicator, publication.comparisons));
  const open = [...openOf(total, publication), openLastYear(total, publication)];
  return { text, open: open.filter((each) => each !== '') };
}

/**
 * `同比增长12.3%`, of shares `同比提高1.2个百分点`; 基本持平 where the rate is too small to be written; nothing where last
 * year is not known, or was zero.
 */
function changeInWords({ unit }: Total, before: BaseFigure | null): string {
  const { change = null, rate = null } = before ?? {};
  if (change === null) return '';
  const sign = compare(change, '0');
  if (sign === 0) return '同比持平';
  if (isInPoints(unit)) return `同比${sign > 0 ? '提高' : '降低'}${sizeOf(change)}${unitOfChange(unit)}`;
  if (rate === null) return '';
  return compare(rate, '0') === 0 ? '同比基本持平' : `同比${sign > 0 ? '增长' : '下降'}${sizeOf(rate)}%`;
}

function sizeOf(value: Decimal): Decimal {
  return compare(value, '0') < 0 ? subtract('0', value) : value;
}

/** What a report says of itself. */
export function factOf(fact: keyof typeof facts, { publication }: Source): string {
  return {
    year: String(publication.year),
    authority: publication.authority,
    number: String(publication.number),
  }[fact];
}

/** What a department wrote last for a narrative, in one line. */
export function textOf(
  { narrative, department }: { narrative: string; department: string | undefined },
  { publication }: Source,
): string {
  const last = publication.texts.findLast(
    (each) => each.narrative === narrative && each.department === department,
  );
  return last === undefined ? noFigure : withoutControlCharacters(last.text).replaceAll('\n', '');
}
