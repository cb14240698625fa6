import { compare } from '../values/decimal.ts';
import {
  type Catalogue,
  catalogueShape,
  type Indicator,
  indicatorsOnForm,
  inForce,
  isReportedBy,
  type Kind,
} from './catalogue.ts';
import { yearOf } from './period.ts';
import { indicatorsOfRule } from './rule-expression.ts';

/** Department ids that name other chains and folders. */
export const reservedDepartmentIds: readonly string[] = ['office', 'unaddressed'];

/** The most bytes a return's observations may take in a ledger item, well under DynamoDB's 400 KB an item. */
export const maxObservationBytes = 200_000;

const operators: Record<Kind, { overTime: string[]; overDepartments: string[] }> = {
  flow: { overTime: ['sum'], overDepartments: ['sum', 'none'] },
  stock: { overTime: ['last'], overDepartments: ['sum', 'max', 'min', 'none'] },
  extreme: { overTime: ['max', 'min'], overDepartments: ['max', 'min', 'none'] },
  list: { overTime: ['distinct'], overDepartments: ['distinct', 'none'] },
  ratio: { overTime: ['recompute'], overDepartments: ['recompute'] },
};

/**
 * A catalogue that makes sense: its shape, and then everything that a shape cannot say. Each problem names the
 * entry it is about.
 */
export const catalogueSchema = catalogueShape.superRefine((catalogue, context) => {
  for (const message of catalogueProblems(catalogue)) context.addIssue({ code: 'custom', message });
});

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
    ...duplicates(
      'indicator name',
      indicators.map(({ name }) => ({ id: name })),
    ),
    ...duplicates(
      'department name',
      departments.map(({ name }) => ({ id: name })),
    ),
  ];
}

function departmentProblems(department: Catalogue['departments'][number], catalogue: Catalogue): string[] {
  const problem = (text: string) => `department "${department.id}": ${text}`;
  const problems: string[] = [];
  if (reservedDepartmentIds.includes(department.id)) problems.push(problem('this id is reserved'));
  if (department.from !== undefined && department.to !== undefined && department.from > department.to) {
    problems.push(problem('ends before it begins'));
  }
  if (department.successor !== undefined) {
    const successor = catalogue.departments.find(({ id }) => id === department.successor);
    if (department.to === undefined) problems.push(problem('has a successor but no last period ("to")'));
    if (successor === undefined || successor === department) {
      problems.push(problem(`successor "${department.successor}" is no other department`));
    }
    problems.push(...stocksLost(department.id, department.successor, catalogue).map(problem));
  }
  return problems;
}

/** A merged department's stocks live on in its successor's, which must therefore report them. */
function stocksLost(department: string, successor: string, { indicators }: Catalogue): string[] {
  return indicators
    .filter(({ kind }) => kind === 'stock')
    .filter((indicator) => isReportedBy(indicator, department) && !isReportedBy(indicator, successor))
    .map(({ id }) => `its stock "${id}" would be lost: successor "${successor}" does not report it`);
}

function indicatorProblems(indicator: Indicator, catalogue: Catalogue): string[] {
  const problem = (text: string) => `indicator "${indicator.id}": ${text}`;
  const allowed = operators[indicator.kind];
  const problems: string[] = [];
  if (!allowed.overTime.includes(indicator.overTime)) {
    problems.push(
      problem(
        `a ${indicator.kind} cannot be taken over time by "${indicator.overTime}", only ${allowed.overTime.join(' or ')}`,
      ),
    );
  }
  if (!allowed.overDepartments.includes(indicator.overDepartments)) {
    problems.push(
      problem(
        `a ${indicator.kind} cannot be taken over departments by "${indicator.overDepartments}", only ${allowed.overDepartments.join(' or ')}`,
      ),
    );
  }
  if (indicator.range.max !== undefined && compare(indicator.range.min, indicator.range.max) > 0) {
    problems.push(problem('range is empty'));
  }
  if (indicator.prose.style !== 'exact' && indicator.prose.step === undefined) {
    problems.push(problem(`prose "${indicator.prose.style}" needs a step`));
  }
  if (indicator.prose.step !== undefined && compare(indicator.prose.step, '0') <= 0) {
    problems.push(problem('the step must be positive'));
  }
  return [
    ...problems,
    ...unitProblems(indicator).map(problem),
    ...partsProblems(indicator, catalogue).map(problem),
    ...reporterProblems(indicator, catalogue).map(problem),
    ...listProblems(indicator).map(problem),
  ];
}

function unitProblems({ unit, alsoIn }: Indicator): string[] {
  const units = [unit, ...alsoIn.map((other) => other.unit)];
  return alsoIn.flatMap(({ unit: other, factor }, index) => [
    ...(compare(factor, '0') > 0 ? [] : [`unit "${other}" must have a positive factor`]),
    ...(units.indexOf(other) <= index ? [`unit "${other}" is given twice`] : []),
  ]);
}

function partsProblems(indicator: Indicator, catalogue: Catalogue): string[] {
  if (indicator.kind !== 'ratio') {
    return indicator.numerator === undefined && indicator.denominator === undefined
      ? []
      : ['only a ratio has a numerator and a denominator'];
  }
  const parts = (['numerator', 'denominator'] as const).map((part) => ({
    part,
    id: indicator[part],
    indicator: catalogue.indicators.find(({ id }) => id === indicator[part]),
  }));
  const problems = parts.flatMap(({ part, id, indicator: found }) => {
    if (id === undefined) return [`a ratio needs a ${part}`];
    if (found === undefined) return [`${part} "${id}" is no indicator of this catalogue`];
    if (found.kind !== 'flow' && found.kind !== 'stock') return [`${part} "${id}" must be a flow or a stock`];
    if (found.overDepartments !== 'sum') return [`${part} "${id}" has no sum over departments`];
    return [];
  });
  const [numerator, denominator] = parts;
  if (
    indicator.unit === '%' &&
    numerator?.indicator !== undefined &&
    denominator?.indicator !== undefined &&
    numerator.indicator.unit !== denominator.indicator.unit
  ) {
    problems.push(
      `a percentage of "${numerator.id}" (${numerator.indicator.unit}) in "${denominator.id}" (${denominator.indicator.unit}) mixes units`,
    );
  }
  return problems;
}

function reporterProblems(indicator: Indicator, catalogue: Catalogue): string[] {
  if (indicator.kind === 'ratio') {
    return indicator.reporters === undefined ? [] : ['a ratio is computed: it has no reporters'];
  }
  if (indicator.reporters === undefined) return ['nobody reports it: "reporters" is missing'];
  if (indicator.reporters === 'all') return [];
  return indicator.reporters
    .filter((id) => !catalogue.departments.some((department) => department.id === id))
    .map((id) => `reporter "${id}" is no department of this catalogue`);
}

function listProblems(indicator: Indicator): string[] {
  if (indicator.kind === 'list') {
    if (indicator.list === undefined) return ['a list needs "list"'];
    const tooLong =
      indicator.list.options?.filter((option) => option.length > indicator.list!.maxLength) ?? [];
    return tooLong.map((option) => `option "${option}" is longer than maxLength`);
  }
  return indicator.list === undefined ? [] : ['only a list has "list"'];
}

function ruleProblems(rule: Catalogue['rules'][number], catalogue: Catalogue): string[] {
  const problem = (text: string) => `rule "${rule.id}": ${text}`;
  const ids = indicatorsOfRule(rule.expression);
  const indicators = ids.map((id) => catalogue.indicators.find((indicator) => indicator.id === id));
  const unknown = ids.filter((_, index) => indicators[index] === undefined);
  if (unknown.length > 0) return unknown.map((id) => problem(`"${id}" is no indicator of this catalogue`));
  const known = indicators.filter((indicator) => indicator !== undefined);
  const problems: string[] = [];
  const units = [...new Set(known.map(({ unit }) => unit))];
  if (units.length > 1) problems.push(problem(`compares different units: ${units.join(', ')}`));
  const unsuited = known.filter(
    ({ kind }) => kind === 'ratio' || (rule.over === 'year-to-date' && kind === 'extreme'),
  );
  for (const { id, kind } of unsuited)
    problems.push(problem(`"${id}" is a ${kind}, which this rule cannot use`));
  const together = catalogue.departments.some(({ id }) =>
    known.every((indicator) => isReportedBy(indicator, id)),
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
      index > 0 && catalogue.periods[index - 1]!.period > period
        ? [`period "${period}": is not in order`]
        : [],
    ),
  ];
}

function formProblems(catalogue: Catalogue): string[] {
  return catalogue.departments.flatMap((department) =>
    catalogue.periods
      .filter(({ period }) => inForce(department, period))
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

/** Chinese takes three bytes a character in UTF-8; 420 bytes cover an observation's other fields at their longest. */
function largestObservationBytes(indicator: Indicator): number {
  const items =
    indicator.list === undefined ? 0 : indicator.list.maxItems * (indicator.list.maxLength * 3 + 3);
  return 420 + items;
}
