import { compare, decimalPlaces } from '../values/decimal.ts';
import { nameKey } from '../values/text.ts';
import {
  type Catalogue,
  catalogueShape,
  type Department,
  departmentOf,
  indicatorOf,
  indicatorsOnForm,
} from './catalogue.ts';
import {
  type Indicator,
  isEverReportedBy,
  isReported,
  isReportedBy,
  type ListIndicator,
  outputOf,
  type RatioIndicator,
  type ReportedIndicator,
  reportersOf,
} from './indicator.ts';
import { kinds } from './kinds.ts';
import { yearOf } from './period.ts';
import { indicatorsOfRule } from './rule-expression.ts';
import { allNames, endsBeforeItBegins, isValidIn } from './validity.ts';

/** Department ids that name other chains and folders. */
export const reservedDepartmentIds: readonly string[] = ['office', 'unaddressed'];

/** The most bytes a return's observations may take in a ledger item, well under DynamoDB's 400 KB an item. */
export const maxObservationBytes = 200_000;

/**
 * A catalogue that makes sense: its shape, and then everything that a shape cannot say. Each problem names the
 * entry it is about.
 */
export const catalogueSchema = catalogueShape.superRefine((catalogue, context) => {
  for (const message of catalogueProblems(catalogue)) context.addIssue({ code: 'custom', message });
});

/** A catalogue as it was read from JSON, or all that is wrong with it, each with the entry it is about. */
export type CatalogueReading =
  | { kind: 'catalogue'; catalogue: Catalogue }
  | { kind: 'problems'; problems: string[] };

export function readCatalogue(json: unknown): CatalogueReading {
  const parsed = catalogueSchema.safeParse(json);
  if (parsed.success) return { kind: 'catalogue', catalogue: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${entryAt(json, path)}: ${message}`,
  );
  return { kind: 'problems', problems };
}

/** The path of an entry, with the ids of list entries in place of their positions: `indicator "a" unit`. */
function entryAt(json: unknown, path: readonly PropertyKey[]): string {
  let here: unknown = json;
  const names = path.map((key) => {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[key];
    const { id, period } = (here ?? {}) as { id?: unknown; period?: unknown };
    const name = [id, period].find((each) => typeof each === 'string');
    return typeof key === 'number' && name !== undefined ? `"${name}"` : String(key);
  });
  return names.join(' ').replace(/s (?=")/g, ' ');
}

function catalogueProblems(catalogue: Catalogue): string[] {
  return [
    ...duplicates('department', catalogue.departments),
    ...duplicates('indicator', catalogue.indicators),
    ...duplicates('rule', catalogue.rules),
    ...sameNames(catalogue),
    ...catalogue.departments.flatMap((department) => departmentProblems(department, catalogue)),
    ...catalogue.indicators.flatMap((indicator) => indicatorProblems(indicator, catalogue)),
    ...catalogue.rules.flatMap((rule) => ruleProblems(rule, catalogue)),
    ...periodProblems(catalogue),
    ...formProblems(catalogue),
  ];
}

function duplicates(what: string, entries: readonly { id: string }[]): string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }) => {
    if (seen.has(id)) return [`${what} "${id}" is listed twice`];
    seen.add(id);
    return [];
  });
}

/** A row is known by id and checked by name, so two indicators on one form must not share a name. */
function sameNames({ indicators, departments }: Catalogue): string[] {
  return [
    ...duplicates('indicator name', indicators.flatMap(keysOfNames)),
    ...duplicates('department name', departments.flatMap(keysOfNames)),
  ];
}

/** The keys of all names of an entry, each once: one that gets its old name back has it twice. */
function keysOfNames(entry: Parameters<typeof allNames>[0]): { id: string }[] {
  return [...new Set(allNames(entry).map(nameKey))].map((id) => ({ id }));
}

function departmentProblems(department: Department, catalogue: Catalogue): string[] {
  const problem = (text: string) => `department "${department.id}": ${text}`;
  const problems: string[] = [];
  if (reservedDepartmentIds.includes(department.id)) problems.push(problem('this id is reserved'));
  if (endsBeforeItBegins(department)) problems.push(problem('ends before it begins'));
  if (department.successor !== undefined) {
    const successor = departmentOf(catalogue, department.successor);
    if (department.to === undefined) problems.push(problem('has a successor but no last period ("to")'));
    if (successor === undefined || successor === department) {
      problems.push(problem(`successor "${department.successor}" is no other department`));
    }
    problems.push(...stocksLost(department, department.successor, catalogue).map(problem));
  }
  return problems;
}

/** A merged department's stocks live on in its successor's, which must therefore report them. */
function stocksLost({ id, to }: Department, successor: string, { indicators, periods }: Catalogue): string[] {
  const later = periods.map(({ period }) => period).filter((period) => to !== undefined && period > to);
  return indicators
    .filter(({ kind }) => kinds[kind].taken === 'last-month')
    .filter((indicator) => isEverReportedBy(indicator, id))
    .filter((indicator) => later.some((period) => !isReportedBy(indicator, successor, period)))
    .map(
      (indicator) => `its stock "${indicator.id}" would be lost: successor "${successor}" does not report it`,
    );
}

function indicatorProblems(indicator: Indicator, catalogue: Catalogue): string[] {
  const problem = (text: string) => `indicator "${indicator.id}": ${text}`;
  const { prose } = indicator;
  const problems: string[] = [];
  if (endsBeforeItBegins(indicator)) problems.push('ends before it begins');
  if (prose.style !== 'exact' && prose.step === undefined)
    problems.push(`prose "${prose.style}" needs a step`);
  if (prose.step !== undefined && compare(prose.step, '0') <= 0) problems.push('the step must be positive');
  if (isReported(indicator)) problems.push(...entryProblems(indicator, catalogue));
  else problems.push(...partsProblems(indicator, catalogue));
  if (indicator.kind === 'list') problems.push(...optionProblems(indicator));
  return problems.map(problem);
}

function entryProblems(indicator: ReportedIndicator, catalogue: Catalogue): string[] {
  const { range } = indicator;
  const isEmpty = range.max !== undefined && compare(range.min, range.max) > 0;
  return [
    ...(isEmpty ? ['range is empty'] : []),
    ...unitProblems(indicator),
    ...outputProblems(indicator),
    ...reporterProblems(indicator, catalogue),
  ];
}

/** With more places a total could not be kept exactly before it is rounded. */
const maxPlacesOfOutput = 10;

function outputProblems(indicator: ReportedIndicator): string[] {
  const { unit, factor } = outputOf(indicator);
  return [
    ...(compare(factor, '0') > 0 ? [] : [`output "${unit}" must have a positive factor`]),
    ...(indicator.decimals + decimalPlaces(factor) <= maxPlacesOfOutput
      ? []
      : [`output "${unit}": its factor has too many places`]),
  ];
}

function unitProblems({ unit, alsoIn }: ReportedIndicator): string[] {
  const units = [unit, ...alsoIn.map((other) => other.unit)];
  return alsoIn.flatMap(({ unit: other, factor }, index) => [
    ...(compare(factor, '0') > 0 ? [] : [`unit "${other}" must have a positive factor`]),
    ...(units.indexOf(other) <= index ? [`unit "${other}" is given twice`] : []),
  ]);
}

function partsProblems(ratio: RatioIndicator, catalogue: Catalogue): string[] {
  const [numerator, denominator] = [ratio.numerator, ratio.denominator].map((id) =>
    indicatorOf(catalogue, id),
  );
  const problems = [
    ...partProblems('numerator', ratio.numerator, numerator),
    ...partProblems('denominator', ratio.denominator, denominator),
  ];
  if (ratio.unit !== '%' || numerator === undefined || denominator === undefined) return problems;
  const [above, below] = [outputOf(numerator).unit, outputOf(denominator).unit];
  if (above !== below) {
    problems.push(
      `a percentage of "${numerator.id}" (${above}) in "${denominator.id}" (${below}) mixes units`,
    );
  }
  return problems;
}

function partProblems(part: string, id: string, found: Indicator | undefined): string[] {
  if (found === undefined) return [`${part} "${id}" is no indicator of this catalogue`];
  if (!kinds[found.kind].mayBeDivided) return [`${part} "${id}" must be a flow or a stock`];
  return found.overDepartments === 'sum' ? [] : [`${part} "${id}" has no sum over departments`];
}

function reporterProblems(indicator: ReportedIndicator, { departments }: Catalogue): string[] {
  const reporters = reportersOf(indicator) ?? [];
  return [
    ...reporters
      .filter(({ department }) => !departments.some(({ id }) => id === department))
      .map(({ department }) => `reporter "${department}" is no department of this catalogue`),
    ...reporters
      .filter(endsBeforeItBegins)
      .map(({ department }) => `reporter "${department}" ends before it begins`),
  ];
}

function optionProblems({ list: { options = [], maxLength } }: ListIndicator): string[] {
  return [
    ...options
      .filter((option) => option.length > maxLength)
      .map((option) => `option "${option}" is longer than maxLength`),
    ...duplicates(
      'option',
      options.map((option) => ({ id: nameKey(option) })),
    ),
  ];
}

function ruleProblems(rule: Catalogue['rules'][number], catalogue: Catalogue): string[] {
  const problem = (text: string) => `rule "${rule.id}": ${text}`;
  const ids = indicatorsOfRule(rule.expression);
  const indicators = ids.map((id) => indicatorOf(catalogue, id));
  const unknown = ids.filter((_, index) => indicators[index] === undefined);
  if (unknown.length > 0) return unknown.map((id) => problem(`"${id}" is no indicator of this catalogue`));
  const known = indicators.filter((indicator) => indicator !== undefined);
  const problems: string[] = [];
  const units = [...new Set(known.map(({ unit }) => unit))];
  if (units.length > 1) problems.push(problem(`compares different units: ${units.join(', ')}`));
  const unsuited = known.filter(
    ({ kind }) => !(kinds[kind].rulesOver as readonly string[]).includes(rule.over),
  );
  for (const { id, kind } of unsuited)
    problems.push(problem(`"${id}" is a ${kind}, which this rule cannot use`));
  const together = catalogue.departments.some(({ id }) =>
    known.every((indicator) => isEverReportedBy(indicator, id)),
  );
  if (!together)
    problems.push(problem('no department reports all of its indicators, so it would never be checked'));
  return problems;
}

function periodProblems(catalogue: Catalogue): string[] {
  return [
    ...duplicates(
      'period',
      catalogue.periods.map(({ period }) => ({ id: period })),
    ),
    ...catalogue.periods.flatMap(({ period, due, cutOff }) => {
      const problem = (text: string) => `period "${period}": ${text}`;
      const problems: string[] = [];
      if (yearOf(period) !== catalogue.year) problems.push(problem(`is not in ${catalogue.year}`));
      if (due < `${period}-01`) problems.push(problem('is due before it begins'));
      if (cutOff < due) problems.push(problem('is cut off before it is due'));
      return problems;
    }),
    ...catalogue.periods.flatMap(({ period }, index) =>
      (catalogue.periods[index - 1]?.period ?? '') > period ? [`period "${period}": is not in order`] : [],
    ),
  ];
}

function formProblems(catalogue: Catalogue): string[] {
  return catalogue.departments.flatMap((department) =>
    catalogue.periods
      .filter(({ period }) => isValidIn(department, period))
      .flatMap(({ period }) => {
        const bytes = indicatorsOnForm(catalogue, department.id, period)
          .map(largestObservationBytes)
          .reduce((total, size) => total + size, 0);
        return bytes > maxObservationBytes
          ? [
              `department "${department.id}", period "${period}": the form may take ${bytes} bytes in the ledger, more than ${maxObservationBytes}; ask for fewer indicators or shorter lists`,
            ]
          : [];
      })
      .slice(0, 1),
  );
}

/** What an observation's other fields take at their longest, with the measure of a unit that nothing else has. */
const otherFieldsBytes = 570;

/** Chinese takes three bytes a character in UTF-8. */
function largestObservationBytes(indicator: ReportedIndicator): number {
  if (indicator.kind !== 'list') return otherFieldsBytes;
  const { maxItems, maxLength } = indicator.list;
  return otherFieldsBytes + maxItems * (maxLength * 3 + 3);
}
