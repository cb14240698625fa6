import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { departmentOf } from '../../core/catalogue/catalogue.ts';
import {
  type Indicator,
  isEverReportedBy,
  isReported,
  type ReportedIndicator,
} from '../../core/catalogue/indicator.ts';
import { frequencyOf, type Period, periodInYear } from '../../core/catalogue/period.ts';
import { readFigure } from '../../core/returns/figure.ts';
import type { Finding, Place } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { compare, type Decimal } from '../../core/values/decimal.ts';
import { nameKey } from '../../core/values/text.ts';
import { type BaselineRow, baselinePeriods, maxListCount } from '../../core/year/baseline.ts';
import { placeOfCell, type TypedRow, type TypedTable, typedText } from '../catalogue/typed.ts';
import { fillable } from './baseline-columns.ts';
import { sayOfBaseline } from './baseline-findings.ts';
import { baselineNames, type Named } from './baseline-names.ts';

/** Where each figure stands in the file, by `placeKey`. */
export type FigurePlaces = Map<string, Place>;

export function placeKey(
  { department, indicator }: Pick<BaselineRow, 'department' | 'indicator'>,
  period: Period,
): string {
  return `${department ?? '*'} ${indicator} ${period}`;
}

/** Of whom, and of what, a row is. */
interface Subject {
  department: string | null;
  indicator: ReportedIndicator;
}

/** The figures that are typed in a baseline's table, each once, with all that is wrong with them and where they stand. */
export function figuresIn(
  typed: TypedTable,
  catalogue: Catalogue,
  places: FigurePlaces,
): { rows: BaselineRow[]; findings: Finding[] } {
  const names = baselineNames(catalogue);
  const rows = new Map<string, BaselineRow>();
  const findings: Finding[] = [];
  for (const row of typed.rows) {
    const figures = [...row.cells].filter(([key]) => /^20/.test(key)) as [Period, Entry][];
    if (figures.length === 0) continue;
    const subject = subjectOf(row, { typed, catalogue, names }, findings);
    if (subject === undefined) continue;
    const key = `${subject.department ?? '*'} ${subject.indicator.id}`;
    const kept = rows.get(key) ?? {
      department: subject.department,
      indicator: subject.indicator.id,
      values: {},
    };
    for (const [period, entry] of figures) {
      const value = figureIn(entry, { ...subject, period, unit: row.cells.get('unit') }, catalogue, findings);
      if (value === undefined) continue;
      const at = placeKey(kept, period);
      const earlier = places.get(at);
      if (earlier === undefined) {
        places.set(at, entry.place);
        kept.values[period] = value;
      } else findings.push(sayOfBaseline('baseline-figure-twice', entry.place, earlier.cell ?? ''));
    }
    if (Object.keys(kept.values).length > 0) rows.set(key, kept);
  }
  return { rows: [...rows.values()], findings };
}

interface Table {
  typed: TypedTable;
  catalogue: Catalogue;
  names: Named;
}

/** Whose figures a row has, and of what; nothing where that cannot be, which is said. */
function subjectOf(row: TypedRow, table: Table, findings: Finding[]): Subject | undefined {
  const { typed, catalogue, names } = table;
  const placeOf = (key: string) => placeOfCell(typed, row.row, key);
  const said = (key: string) => {
    const entry = row.cells.get(key);
    return entry === undefined ? '' : typedText(entry);
  };
  const [whose, what] = [said('department'), said('indicator')];
  const problems: Finding[] = [];
  const departments = names.departments(whose);
  const indicators = names.indicators(what);
  if (whose === '') problems.push(sayOfBaseline('baseline-name-missing', placeOf('department'), '部门'));
  else if (departments.length === 0) {
    const guess = names.guess.departments(whose);
    problems.push(sayOfBaseline('baseline-name-unknown', placeOf('department'), '部门', whose, guess));
  }
  if (what === '') problems.push(sayOfBaseline('baseline-name-missing', placeOf('indicator'), '指标'));
  else if (indicators.length === 0) {
    const guess = names.guess.indicators(what);
    problems.push(sayOfBaseline('baseline-name-unknown', placeOf('indicator'), '指标', what, guess));
  } else if (indicators.length > 1) {
    const ids = indicators.map(({ id }) => id).join('、');
    problems.push(sayOfBaseline('baseline-name-ambiguous', placeOf('indicator'), what, ids));
  }
  const [department] = departments;
  const [indicator] = indicators;
  if (problems.length === 0 && department !== undefined && indicator !== undefined) {
    const problem = unfit(indicator, department, catalogue, placeOf);
    if (problem === undefined && isReported(indicator)) return { department, indicator };
    if (problem !== undefined) problems.push(problem);
  }
  findings.push(...problems);
  return undefined;
}

/** Why nobody, or not this department, can have figures of the indicator. */
function unfit(
  indicator: Indicator,
  department: string | null,
  catalogue: Catalogue,
  placeOf: (key: string) => Place,
): Finding | undefined {
  if (!isReported(indicator)) {
    return sayOfBaseline('baseline-computed', placeOf('indicator'), indicator.name);
  }
  if (department === null) {
    return indicator.overDepartments === 'none'
      ? sayOfBaseline('baseline-no-city', placeOf('department'), indicator.name)
      : undefined;
  }
  const { name } = indicator;
  if (isEverReportedBy(indicator, department)) return undefined;
  const whose = departmentOf(catalogue, department)?.name ?? department;
  return sayOfBaseline('baseline-not-reporter', placeOf('department'), name, whose);
}

/** The figure of a cell, if it may stand there and is one. */
function figureIn(
  entry: Entry,
  { department, indicator, period, unit }: Subject & { period: Period; unit: Entry | undefined },
  { year }: Catalogue,
  findings: Finding[],
): Decimal | undefined {
  if (!baselinePeriods(indicator, year - 1).includes(period)) {
    const asked = fillable(indicator, year - 1)
      .map(periodInYear)
      .join('、');
    findings.push(sayOfBaseline('baseline-not-asked', entry.place, indicator.name, asked));
    return undefined;
  }
  if (indicator.kind === 'list' && department === null && frequencyOf(period) !== 'year') {
    findings.push(sayOfBaseline('baseline-list-period', entry.place, indicator.name));
    return undefined;
  }
  const own = unit === undefined ? '' : typedText(unit);
  const isOtherUnit = own !== '' && nameKey(own) !== nameKey(indicator.unit);
  const read = readFigure(
    bounded(indicator, { department, period }),
    isOtherUnit ? { ...entry, unit: own } : entry,
  );
  for (const { rule, found = '', ...finding } of read.findings) {
    const isNegative = rule === 'figure-negative';
    findings.push(
      isNegative ? sayOfBaseline('baseline-negative', entry.place, found) : { rule, found, ...finding },
    );
  }
  if (read.reading?.status === 'not-applicable') {
    findings.push(sayOfBaseline('baseline-not-applicable', entry.place));
  }
  return read.reading?.status === 'reported' ? read.reading.value : undefined;
}

/** What is true of one return bounds no sum of several; of a list no more is counted than names can be kept apart. */
function bounded(
  indicator: ReportedIndicator,
  { department, period }: { department: string | null; period: Period },
): ReportedIndicator {
  const { min, max } = indicator.range;
  if (indicator.kind === 'list') return { ...indicator, range: { min: '0', max: `${maxListCount}` } };
  const isAdded =
    (department === null && indicator.overDepartments === 'sum') ||
    (frequencyOf(period) !== indicator.frequency && indicator.overTime === 'sum');
  if (!isAdded) return indicator;
  const least = compare(min, '0') < 0 ? '-999999999999999' : min;
  return { ...indicator, range: { min: least, ...(max === undefined ? {} : { max: '999999999999999' }) } };
}
