import { type Catalogue, indicatorsOnForm } from '../catalogue/catalogue.ts';
import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { kinds } from '../catalogue/kinds.ts';
import { narrativesOnForm } from '../catalogue/narratives.ts';
import { numberInYear, type Period } from '../catalogue/period.ts';
import type { ReturnKey } from '../returns/address.ts';
import type { Field, Typed } from '../returns/fields.ts';
import { compare, type Decimal } from '../values/decimal.ts';
import type { ReferenceFigures } from './reference-figures.ts';

/** Why a field of a zero report is looked at, or typed, by whoever sends it. */
export type AskedBecause =
  /** What was there stays there: the state at the end of a period, the count since January. */
  | 'as-before'
  /** Nobody knows what it is where nothing happened, or what it was before. */
  | 'unknown'
  /** By the range that the catalogue allows, it cannot be zero. */
  | 'out-of-range'
  /** A text that has to be written. */
  | 'text';

/** A field that a zero report does not fill in by itself, with what it proposes. */
export interface AskedInZeroReport {
  field: Field;
  proposal: string;
  because: AskedBecause;
}

/** A return of a period in which nothing happened (零报告): what it says by itself, and what it asks for. */
export interface ZeroReport {
  zeros: Typed[];
  asked: AskedInZeroReport[];
}

type Said = { kind: 'zero' } | ({ kind: 'asked' } & Omit<AskedInZeroReport, 'field'>);

/**
 * What an indicator says where nothing happened. What was counted in the period is zero; what is counted since January, or
 * stands at its end, is what it was; an extreme of nothing does not apply.
 */
export function saidOfNothing(
  indicator: ReportedIndicator,
  { period, before }: { period: Period; before: ReferenceFigures | undefined },
): Said {
  const known = before?.lastPeriod ?? before?.yearToDate;
  const isToDate = indicator.overTime === 'cumulative';
  if (isToDate && numberInYear(period) === 1) return zeroOf(indicator);
  if (isToDate || kinds[indicator.kind].ofNothing === 'as-before') return asBefore(known);
  if (kinds[indicator.kind].ofNothing === 'zero') return zeroOf(indicator);
  return { kind: 'asked', because: 'unknown', proposal: indicator.notApplicable ? '不适用' : '' };
}

function asBefore(known: Decimal | undefined): Said {
  return { kind: 'asked', because: known === undefined ? 'unknown' : 'as-before', proposal: known ?? '' };
}

function zeroOf({ range: { min, max } }: ReportedIndicator): Said {
  const isAllowed = compare('0', min) >= 0 && (max === undefined || compare('0', max) <= 0);
  return isAllowed ? { kind: 'zero' } : { kind: 'asked', because: 'out-of-range', proposal: '' };
}

/** The zero report of a return, beside the department's figures before it. */
export function zeroReport(
  catalogue: Catalogue,
  key: ReturnKey,
  reference: ReadonlyMap<string, ReferenceFigures>,
): ZeroReport {
  const { department, period } = key;
  const zeros: Typed[] = [];
  const asked: AskedInZeroReport[] = [];
  for (const indicator of indicatorsOnForm(catalogue, department, period)) {
    const field: Field = { kind: 'figure', indicator: indicator.id };
    const said = saidOfNothing(indicator, { period, before: reference.get(indicator.id) });
    if (said.kind === 'zero') zeros.push([field, '0']);
    else asked.push({ field, proposal: said.proposal, because: said.because });
  }
  for (const { id, required } of narrativesOnForm(catalogue, key)) {
    if (required) asked.push({ field: { kind: 'narrative', narrative: id }, proposal: '', because: 'text' });
  }
  return { zeros, asked };
}
