import { z } from 'zod';
import {
  compare,
  type Decimal,
  decimalPlaces,
  decimalSchema,
  exactInverse,
  multiply,
} from '../values/decimal.ts';
import type { Sha256 } from '../values/digest.ts';
import { type Catalogue, catalogueHash } from './catalogue.ts';
import { idSchema, outputOf, type ReportedIndicator, unitSchema } from './indicator.ts';
import { indicatorOf, indicatorsOf } from './tables.ts';

/** The most places of a factor: a hundred millionth makes 亿元 of 元. */
const maxFactorPlaces = 8;

/** What the figures of an indicator that were reported in another unit are multiplied by to be in the new one. */
export const conversionSchema = z.strictObject({
  indicator: idSchema,
  from: unitSchema,
  to: unitSchema,
  factor: decimalSchema.refine(
    (factor) => compare(factor, '0') > 0 && decimalPlaces(factor) <= maxFactorPlaces,
  ),
});
export type Conversion = z.infer<typeof conversionSchema>;

/** A catalogue that came into force by adoption (采用), and what its adoption states. */
export interface Adoption {
  catalogue: Catalogue;
  hash: Sha256;
  conversions: readonly Conversion[];
}

/**
 * All catalogues that were adopted for a year, in order; the last one is in force. Returns are read and interpreted by
 * the one that their form was made from, and counted under the one in force.
 */
export interface AdoptedCatalogues {
  inForce: Adoption;
  adoptions: readonly Adoption[];
}

/** What the adoptions of a year state, in order. */
export interface StatedConversions {
  adoptions: readonly Pick<Adoption, 'conversions'>[];
}

/** The catalogues of a year by its adoptions in order; undefined before the first. */
export function adoptedCatalogues(adoptions: readonly Adoption[]): AdoptedCatalogues | undefined {
  const inForce = adoptions.at(-1);
  return inForce && { inForce, adoptions };
}

/** A year in which nothing but this catalogue was ever adopted. */
export function adoptedAlone(catalogue: Catalogue): AdoptedCatalogues {
  return withAdoption(undefined, { catalogue, hash: catalogueHash(catalogue), conversions: [] });
}

/** The catalogues of a year after one more is adopted. */
export function withAdoption(adopted: AdoptedCatalogues | undefined, next: Adoption): AdoptedCatalogues {
  return { inForce: next, adoptions: [...(adopted?.adoptions ?? []), next] };
}

/** The adopted catalogue of this hash. */
export function adoptedWith(
  hash: string | undefined,
  { adoptions }: AdoptedCatalogues,
): Adoption | undefined {
  return adoptions.findLast((adoption) => adoption.hash === hash);
}

/**
 * What a figure of the indicator in a unit is multiplied by to be in the unit of the catalogue in force: the product
 * of the factors that adoptions have stated since the unit was last the indicator's own; undefined if none did.
 */
export function factorToUnit(
  { indicator, from, to }: Omit<Conversion, 'factor'>,
  { adoptions }: StatedConversions,
): Decimal | undefined {
  if (from === to) return '1';
  const stated = adoptions
    .flatMap(({ conversions }) => conversions)
    .filter((conversion) => conversion.indicator === indicator);
  const since = stated.slice(stated.findLastIndex((conversion) => conversion.from === from));
  if (since[0]?.from !== from || since.at(-1)?.to !== to) return undefined;
  return since.reduce<Decimal>((product, { factor }) => multiply(product, factor), '1');
}

/** The conversions, without their factors, that adopting a catalogue has to state: of each unit that changed, the last. */
export function conversionsNeeded(
  next: Catalogue,
  adopted: AdoptedCatalogues | undefined,
): Omit<Conversion, 'factor'>[] {
  const before = (adopted?.adoptions ?? []).toReversed().map(({ catalogue }) => catalogue);
  return indicatorsOf(next).flatMap(({ id, unit }) => {
    const last = before
      .map((catalogue) => indicatorOf(catalogue, id))
      .find((indicator) => indicator !== undefined);
    return last === undefined || last.unit === unit ? [] : [{ indicator: id, from: last.unit, to: unit }];
  });
}

/** The conversions that adopting a catalogue has to state, where the catalogues themselves know their factors. */
export function knownConversions(next: Catalogue, adopted: AdoptedCatalogues | undefined): Conversion[] {
  const before = (adopted?.adoptions ?? []).toReversed().map(({ catalogue }) => catalogue);
  return conversionsNeeded(next, adopted).flatMap((needed) => {
    const factor = knownFactor(needed, { before, after: next }) ?? publishedFactor(needed, [next, ...before]);
    return factor === undefined ? [] : [{ ...needed, factor }];
  });
}

/** By what the figures are multiplied where a catalogue publishes them in the other unit. */
function publishedFactor(
  { indicator, from, to }: Omit<Conversion, 'factor'>,
  catalogues: readonly Catalogue[],
): Decimal | undefined {
  for (const catalogue of catalogues) {
    const found = indicatorOf(catalogue, indicator);
    if (found === undefined) continue;
    const output = outputOf(found);
    if (found.unit === from && output.unit === to) return output.factor;
    if (found.unit === to && output.unit === from) return exactInverse(output.factor, maxFactorPlaces);
  }
  return undefined;
}

/**
 * By what the figures of a unit that changed are multiplied, where the indicator itself says so: among the units that
 * may be entered beside its own, before the change or after it. Undefined where neither does.
 */
export function knownFactor(
  { indicator, from, to }: Omit<Conversion, 'factor'>,
  { before, after }: { before: readonly Pick<Catalogue, 'indicators'>[]; after: Catalogue },
): Decimal | undefined {
  const stated = [after, ...before].flatMap(({ indicators }) =>
    indicators.filter((each) => each.id === indicator).flatMap((each) => ('alsoIn' in each ? [each] : [])),
  );
  for (const { unit, alsoIn } of stated) {
    const [old, renewed] = [from, to].map((other) => alsoIn.find((each) => each.unit === other)?.factor);
    if (unit === to && old !== undefined) return old;
    if (unit === from && renewed !== undefined) return exactInverse(renewed, maxFactorPlaces);
  }
  return undefined;
}

/** This year, to whose units last year's figures are converted. */
export interface YearToConvertTo extends StatedConversions {
  catalogue: Catalogue;
}

/**
 * What a figure of last year is multiplied by to be in the unit in which this year's is entered, where one of the two
 * indicators says so, or an adoption of this year that changed it; undefined where nobody does, and of a list, which counts
 * things.
 */
export function factorFromLastYear(
  was: ReportedIndicator,
  now: ReportedIndicator,
  { catalogue, adoptions }: YearToConvertTo,
): Decimal | undefined {
  if (was.unit === now.unit) return '1';
  if (now.kind === 'list') return undefined;
  const units = { indicator: now.id, from: was.unit, to: now.unit };
  const before = [{ indicators: [{ ...was, id: now.id }] }];
  return knownFactor(units, { before, after: catalogue }) ?? factorToUnit(units, { adoptions });
}
