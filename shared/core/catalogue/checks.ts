import {
  type Catalogue,
  catalogueShape,
  deadlineSchema,
  departmentSchema,
  expectedReturns,
  indicatorsOnForm,
  ruleSchema,
} from './catalogue.ts';
import { departmentFaults, sharedNames } from './department-checks.ts';
import { indicatorSchema } from './indicator.ts';
import { indicatorFaults } from './indicator-checks.ts';
import { narrativeFaults } from './narrative-checks.ts';
import { narrativeSchema } from './narratives.ts';
import { yearSchema } from './period.ts';
import { brokenSpans, disorder, periodFaults } from './period-checks.ts';
import {
  type CatalogueList,
  type CatalogueProblem,
  type Check,
  entryWords,
  type Fault,
  lists,
  nothingUnread,
  problemOf,
  type Unread,
} from './problem.ts';
import { ruleFaults } from './rule-checks.ts';
import { sectionNumbered, sectionSchema } from './sections.ts';
import { shapeProblems } from './shape-problems.ts';
import { lineFaults, sameLines, tableFaults } from './table-checks.ts';
import { lineSchema, tableSchema } from './tables.ts';

export { maxObservationBytes, reservedDepartmentIds } from './department-checks.ts';
export type { CatalogueProblem } from './problem.ts';

/**
 * A catalogue that makes sense: its shape, and then everything that a shape cannot say. Each problem names the
 * entry it is about.
 */
export const catalogueSchema = catalogueShape.superRefine((catalogue, context) => {
  for (const { entry, index, field, message } of problemsBeyondShape(catalogue)) {
    const list = Object.keys(lists).find((each) => lists[each as CatalogueList] === entry);
    const at = list === undefined || index === undefined ? [] : [list, index];
    const path = [...at, ...(field?.split('.') ?? [])];
    context.addIssue({ code: 'custom', message, path });
  }
});

/** A catalogue as it was read from JSON, or all that is wrong with it, each with the entry it is about. */
export type CatalogueReading =
  | { kind: 'catalogue'; catalogue: Catalogue }
  | { kind: 'problems'; problems: CatalogueProblem[] };

/** Positions of entries that are known not to be sound, for other reasons than their JSON gives. */
export type Unsound = Partial<Record<CatalogueList, ReadonlySet<number>>>;

/**
 * Entries that are not sound by themselves are said so and left out; the others are checked all the same, so that
 * everything is said at once. A catalogue with unsound entries is none, though nothing may be left to say.
 */
export function readCatalogue(json: unknown, unsound?: Unsound): CatalogueReading {
  const shape = catalogueShape.safeParse(json);
  const isWhole = shape.success && unsound === undefined;
  const { catalogue, unread, positions } = isWhole
    ? { catalogue: shape.data, unread: nothingUnread, positions: undefined }
    : soundPartOf(json, unsound);
  const problems = [
    ...(shape.success ? [] : shapeProblems(json, shape.error.issues)),
    ...problemsBeyondShape(catalogue, unread).map((problem) => inPlace(problem, positions)),
  ];
  if (problems.length > 0 || !isWhole) return { kind: 'problems', problems };
  return { kind: 'catalogue', catalogue };
}

/** Where the entries that could be read stand in the lists of the file. */
type Positions = Record<CatalogueList, number[]>;

function inPlace(problem: CatalogueProblem, positions: Positions | undefined): CatalogueProblem {
  const list = Object.keys(lists).find((each) => lists[each as CatalogueList] === problem.entry);
  if (positions === undefined || list === undefined || problem.index === undefined) return problem;
  return { ...problem, index: positions[list as CatalogueList][problem.index] };
}

const entrySchemas = {
  sections: sectionSchema,
  departments: departmentSchema,
  indicators: indicatorSchema,
  tables: tableSchema,
  lines: lineSchema,
  narratives: narrativeSchema,
  rules: ruleSchema,
  periods: deadlineSchema,
} as const;

/** The entries of a file that are sound by themselves, as a catalogue, and what had to be left out. */
function soundPartOf(
  json: unknown,
  unsound: Unsound = {},
): { catalogue: Catalogue; unread: Unread; positions: Positions } {
  const file = (typeof json === 'object' ? (json ?? {}) : {}) as Partial<
    Record<CatalogueList | 'year', unknown>
  >;
  const year = yearSchema.safeParse(file.year).data;
  const names = Object.keys(lists) as CatalogueList[];
  const parts = names.map((list) => [list, soundEntries(list, file[list], unsound[list])]);
  const of = Object.fromEntries(parts) as Record<CatalogueList, ReturnType<typeof soundEntries>>;
  const catalogue = { format: 'indicators-catalogue/1', year: year ?? 2000, title: '', authority: '' };
  return {
    catalogue: {
      ...catalogue,
      utcOffset: '+08:00',
      sections: of.sections.entries,
      form: {},
      signing: { scan: false, agreement: false },
      departments: of.departments.entries,
      indicators: of.indicators.entries,
      tables: of.tables.entries,
      lines: of.lines.entries,
      narratives: of.narratives.entries,
      rules: of.rules.entries,
      periods: of.periods.entries,
    } as unknown as Catalogue,
    unread: {
      departments: of.departments.unread,
      indicators: of.indicators.unread,
      tables: of.tables.unread,
      year: year === undefined,
      periods: !Array.isArray(file.periods) || of.periods.entries.length < file.periods.length,
    },
    positions: {
      sections: of.sections.positions,
      departments: of.departments.positions,
      indicators: of.indicators.positions,
      tables: of.tables.positions,
      lines: of.lines.positions,
      narratives: of.narratives.positions,
      rules: of.rules.positions,
      periods: of.periods.positions,
    },
  };
}

/** As many as any list may have; what is beyond is said of the list. */
const mostEntries = 2000;

function soundEntries(list: CatalogueList, value: unknown, unsound: ReadonlySet<number> = new Set()) {
  const entries: unknown[] = [];
  const positions: number[] = [];
  const unread = new Set<string>();
  (Array.isArray(value) ? value.slice(0, mostEntries) : []).forEach((each: unknown, index) => {
    const { success, data } = entrySchemas[list].safeParse(each);
    if (success && !unsound.has(index)) {
      entries.push(data);
      positions.push(index);
    } else if (typeof each === 'object' && each !== null && 'id' in each && typeof each.id === 'string') {
      unread.add(each.id);
    }
  });
  return { entries, positions, unread };
}

/** All that is wrong with a catalogue of the right shape, entry by entry in the order of the file. */
function problemsBeyondShape(catalogue: Catalogue, unread: Unread = nothingUnread): CatalogueProblem[] {
  const { departments, indicators, tables, narratives, rules, periods } = catalogue;
  const of = <L extends CatalogueList>(list: L, check: Check<L>, ...more: Map<number, Fault[]>[]) =>
    catalogue[list].flatMap((each, index) =>
      [...more.flatMap((faults) => faults.get(index) ?? []), ...check(each, catalogue, unread)].map((fault) =>
        problemOf(lists[list], index, each, fault),
      ),
    );
  const nothing = indicators.length + tables.length + unread.indicators.size + unread.tables.size === 0;
  return [
    ...(nothing && !unread.year ? [nothingToReport] : []),
    ...tooManyObservations(catalogue),
    ...of('sections', repeatedSection),
    ...of(
      'departments',
      departmentFaults,
      sameIds('department', departments),
      sharedNames(departments, 'department'),
    ),
    ...of(
      'indicators',
      indicatorFaults,
      sameIds('indicator', indicators),
      sharedNames(indicators, 'indicator'),
    ),
    ...of('tables', tableFaults, sameIds('table', tables)),
    ...of('lines', lineFaults, sameLines(catalogue)),
    ...of(
      'narratives',
      narrativeFaults,
      sameIds('narrative', narratives),
      sharedNames(narratives, 'narrative'),
    ),
    ...of('rules', ruleFaults, sameIds('rule', rules)),
    ...of('periods', periodFaults, samePeriods(periods), disorder(periods), brokenSpans(periods)),
  ];
}

const nothingToReport: CatalogueProblem = {
  entry: 'catalogue',
  index: undefined,
  field: 'indicators',
  message: '目录：“指标”有 0 项，至少 1 项；请改正。',
};

/**
 * As many figures as departments may be asked for in a year: a publication of 598,800 was measured to take 1.2 GB, of the 1.7 GB
 * that a function has.
 */
const mostObservations = 600_000;

function tooManyObservations(catalogue: Catalogue): CatalogueProblem[] {
  const asked = expectedReturns(catalogue).reduce(
    (count, { department, period }) => count + indicatorsOnForm(catalogue, department.id, period).length,
    0,
  );
  if (asked <= mostObservations) return [];
  return [
    {
      entry: 'catalogue',
      index: undefined,
      field: 'indicators',
      message: `目录：各部门一年共要填 ${asked} 个数，最多 ${mostObservations} 个，再多就不能汇总发布；请减少指标或报送部门，或改为按季、按年报送。`,
    },
  ];
}

function sameIds(
  entry: 'department' | 'indicator' | 'table' | 'narrative' | 'rule',
  entries: readonly { id: string; name?: string }[],
): Map<number, Fault[]> {
  return repeated(
    entries.map(({ id }) => id),
    (id, first) => {
      const name = entries[first]?.name;
      const other =
        name === undefined ? `第 ${first + 1} 条${entryWords[entry]}` : `${entryWords[entry]}“${name}”`;
      return { field: 'id', text: `代码“${id}”已经用于${other}；请换一个代码。` };
    },
  );
}

const repeatedSection: Check<'sections'> = (section, { sections }) => {
  const first = sectionNumbered(section.id, sections);
  if (first === section || first === undefined) return [];
  return [{ field: 'id', text: `这个章节已经有标题“${first.name}”；请删去其中一个。` }];
};

function samePeriods(periods: Catalogue['periods']): Map<number, Fault[]> {
  return repeated(
    periods.map(({ period }) => period),
    () => ({ field: 'period', text: '这个报告期写了两次；请删去其中一个。' }),
  );
}

/** What is said of each key that was there before, which gets the position of the first. */
function repeated(
  keys: readonly string[],
  fault: (key: string, first: number) => Fault,
): Map<number, Fault[]> {
  return new Map(
    keys.flatMap((key, index): [number, Fault[]][] => {
      const first = keys.indexOf(key);
      return first < index ? [[index, [fault(key, first)]]] : [];
    }),
  );
}
