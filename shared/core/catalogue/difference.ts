import { roundingWords } from '../values/decimal.ts';
import {
  type Catalogue,
  type Deadline,
  type Department,
  departmentOf,
  overWords,
  ownSpanInWords,
  type Rule,
} from './catalogue.ts';
import {
  type Indicator,
  isReported,
  type ListIndicator,
  outputOf,
  type ReportedIndicator,
  reportersOf,
} from './indicator.ts';
import { kinds, overDepartmentsWords, overTimeWords } from './kinds.ts';
import { frequencies, periodInWords } from './period.ts';
import { indicatorsOfRule } from './rule-expression.ts';
import { type Cell, cellsOf, gridsOf, type Line, type Table } from './tables.ts';
import type { Validity } from './validity.ts';

/** What about an entry is another than before. */
export const changeWords = {
  added: '新增',
  removed: '删去',
  renamed: '改名',
  validity: '起止期',
  group: '分组',
  moved: '报送部门',
  unit: '单位',
  kind: '性质和汇总方法',
  entry: '填报要求',
  output: '发布方式',
  definition: '口径和章节',
  was: '上年代码',
  rule: '校验规则',
  deadline: '报送期限',
  title: '目录本身',
} as const;
export type Change = keyof typeof changeWords;

/** What sort of entry of a catalogue it is. */
export type EntryKind = 'catalogue' | 'department' | 'indicator' | 'table' | 'line' | 'rule' | 'period';

/** One thing in which a catalogue differs from the one before, as people read it; empty where there was, or is, nothing. */
export interface Difference {
  entry: EntryKind;
  id: string;
  name: string;
  change: Change;
  before: string;
  after: string;
  /** The indicators that it is about, if it is about some. */
  indicators: readonly string[];
}

/** All in which a catalogue differs from the one before, in the order of its entries. */
export function differences(before: Catalogue, after: Catalogue): Difference[] {
  return [
    ...entryDifferences('catalogue', [before].map(ofCatalogue), [after].map(ofCatalogue)),
    ...entryDifferences(
      'department',
      before.departments.map(ofDepartment(before)),
      after.departments.map(ofDepartment(after)),
    ),
    ...entryDifferences(
      'indicator',
      before.indicators.map(ofIndicator(before)),
      after.indicators.map(ofIndicator(after)),
    ),
    ...entryDifferences('table', before.tables.map(ofTable(before)), after.tables.map(ofTable(after))),
    ...entryDifferences('line', before.lines.map(ofLine(before)), after.lines.map(ofLine(after))),
    ...entryDifferences('rule', before.rules.map(ofRule), after.rules.map(ofRule)),
    ...entryDifferences('period', before.periods.map(ofPeriod), after.periods.map(ofPeriod)),
  ];
}

/** An entry as it is compared: each of its aspects in words. */
interface Described {
  id: string;
  name: string;
  indicators: readonly string[];
  aspects: Partial<Record<Change, string>>;
}

function entryDifferences(
  entry: EntryKind,
  before: readonly Described[],
  after: readonly Described[],
): Difference[] {
  const old = new Map(before.map((each) => [each.id, each]));
  const now = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !now.has(id));
  return [
    ...after.flatMap((is) => {
      const was = old.get(is.id);
      const { id, name, indicators } = is;
      const about = { entry, id, name, indicators };
      return was === undefined
        ? [{ ...about, change: 'added' as const, before: '', after: name }]
        : aspectDifferences(was, is, about);
    }),
    ...gone.map(({ id, name, indicators }) => ({
      ...{ entry, id, name, indicators },
      ...{ change: 'removed' as const, before: name, after: '' },
    })),
  ];
}

function aspectDifferences(
  was: Described,
  is: Described,
  about: Pick<Difference, 'entry' | 'id' | 'name' | 'indicators'>,
): Difference[] {
  return (Object.keys(is.aspects) as Change[]).flatMap((change) => {
    const [before = '', after = ''] = [was.aspects[change], is.aspects[change]];
    return before === after ? [] : [{ ...about, change, before, after }];
  });
}

function ofCatalogue({ title, authority, notice = '', utcOffset }: Catalogue): Described {
  const aspects = { title: [title, authority, notice, utcOffset].filter(Boolean).join('，') };
  return { id: '', name: title, indicators: [], aspects };
}

function ofDepartment(catalogue: Catalogue): (department: Department) => Described {
  return (department) => {
    const { id, name, successor } = department;
    const heir = successor === undefined ? '' : `，并入${nameOf(successor, catalogue)}`;
    return {
      id,
      name,
      indicators: [],
      aspects: {
        renamed: name,
        group: department.group ?? '',
        validity: validityInWords(department) + heir,
      },
    };
  };
}

function ofIndicator(catalogue: Catalogue): (indicator: Indicator) => Described {
  return (indicator) => {
    const { id, name, section, definition, unit, kind, overTime, overDepartments } = indicator;
    const operators = [kinds[kind].words, overTimeWords[overTime], overDepartmentsWords[overDepartments]];
    return {
      ...{ id, name, indicators: [id] },
      aspects: {
        renamed: name,
        validity: validityInWords(indicator),
        moved: isReported(indicator) ? reportersInWords(indicator, catalogue) : '',
        unit,
        kind: [...operators, ...partsInWords(indicator)].join('，'),
        entry: entryInWords(indicator),
        output: outputInWords(indicator),
        definition: `${section} ${definition}`.trim(),
        was: indicator.was ?? '',
      },
    };
  };
}

function ofTable(catalogue: Catalogue): (table: Table) => Described {
  return (table) => {
    const { id, name, unit, kind, decimals, section, definition, blank, frequency, months, range } = table;
    const entry = [
      `${decimals} 位小数`,
      blank === 'zero' ? '空白算 0' : '空白要问',
      ...(frequency === 'month' ? [] : [`${frequencies[frequency].words}报送`]),
      ...(months === undefined ? [] : [`${months.join('、')}月报送`]),
      `不小于 ${range.min}${range.max === undefined ? '' : `，不大于 ${range.max}`}`,
    ];
    return {
      ...{ id, name, indicators: typedCells(catalogue, (cell) => cell.table.id === id).slice(0, 1) },
      aspects: {
        renamed: name,
        validity: validityInWords(table),
        moved: reportersInWords(table, catalogue),
        unit,
        kind: kinds[kind].words,
        entry: entry.join('，'),
        definition: `${section} ${definition}`.trim(),
      },
    };
  };
}

function ofLine(catalogue: Catalogue): (line: Line) => Described {
  return (line) => {
    const { table, axis, id, name } = line;
    const isOn = ({ table: { id: of }, row, column }: Cell) =>
      of === table && (axis === 'column' ? column.id === id : axis === 'row' ? row.id === id : true);
    const formula = (axis === 'balance' ? line.rule : line.sum) ?? '';
    return {
      ...{ id: `${table} ${axis} ${id}`, name, indicators: typedCells(catalogue, isOn).slice(0, 1) },
      aspects: { renamed: name, rule: formula },
    };
  };
}

/** The cells of which figures are typed. */
function typedCells(catalogue: Catalogue, isMeant: (cell: Cell) => boolean): string[] {
  return gridsOf(catalogue)
    .flatMap(cellsOf)
    .filter((cell) => isReported(cell.indicator) && isMeant(cell))
    .map(({ indicator }) => indicator.id);
}

function partsInWords(indicator: Indicator): string[] {
  if (indicator.kind === 'ratio') return [`${indicator.numerator} ÷ ${indicator.denominator}`];
  if (indicator.kind !== 'sum') return [];
  return [indicator.parts.map(({ sign, indicator: id }) => `${sign} ${id}`).join(' ')];
}

function ofRule({ id, over, expression, message }: Rule): Described {
  const aspects = { rule: `${overWords[over]}：${expression}（${message}）` };
  return { id, name: message, indicators: indicatorsOfRule(expression), aspects };
}

function ofPeriod(deadline: Deadline): Described {
  const { period, due, cutOff } = deadline;
  const span = ownSpanInWords(deadline);
  const aspects = {
    deadline: `${span === undefined ? '' : `统计期间${span}，`}${due}前报送，最迟 ${cutOff}`,
  };
  return { id: period, name: periodInWords(period), indicators: [], aspects };
}

function validityInWords({ from, to }: Validity): string {
  if (from === undefined && to === undefined) return '全年';
  return `${from === undefined ? '' : `${periodInWords(from)}起`}${to === undefined ? '' : `至${periodInWords(to)}止`}`;
}

function reportersInWords(indicator: Pick<ReportedIndicator, 'reporters'>, catalogue: Catalogue): string {
  const reporters = reportersOf(indicator);
  if (reporters === undefined) return '全部部门';
  return reporters
    .map((each) => {
      const when = validityInWords(each);
      return nameOf(each.department, catalogue) + (when === '全年' ? '' : `（${when}）`);
    })
    .join('、');
}

function nameOf(id: string, catalogue: Catalogue): string {
  return departmentOf(catalogue, id)?.name ?? id;
}

function entryInWords(indicator: Indicator): string {
  if (!isReported(indicator)) return '';
  const { decimals, required, notApplicable, frequency, months, range, alsoIn } = indicator;
  return [
    `${decimals} 位小数`,
    required ? '必填' : '选填',
    ...(notApplicable ? ['可填“不适用”'] : []),
    ...(frequency === 'month' ? [] : [`${frequencies[frequency].words}报送`]),
    ...(months === undefined ? [] : [`${months.join('、')}月报送`]),
    `不小于 ${range.min}${range.max === undefined ? '' : `，不大于 ${range.max}`}`,
    ...alsoIn.map(({ unit, factor }) => `也可按${unit}填（乘以 ${factor}）`),
    ...(indicator.kind === 'list' ? [itemsInWords(indicator)] : []),
  ].join('，');
}

function outputInWords(indicator: Indicator): string {
  const { unit, factor, decimals } = outputOf(indicator);
  const scaled = factor === '1' ? '' : `，乘以 ${factor}`;
  return `按${unit}发布${scaled}，${decimals} 位小数，${roundingWords[indicator.rounding]}，写作${proseInWords(indicator)}`;
}

function itemsInWords({ list: { itemName, maxItems, maxLength, options } }: ListIndicator): string {
  const choices = options === undefined ? '' : `，只选：${options.join('、')}`;
  return `清单“${itemName}”最多 ${maxItems} 项，每项最长 ${maxLength} 字${choices}`;
}

function proseInWords({ prose: { style, step = '1', numerals, scale } }: Indicator): string {
  const written = { exact: '原数', 'at-least': `${step} 的倍数加“余”`, 'more-than': `超过 ${step} 的倍数` }[
    style
  ];
  const words = [
    written,
    ...(numerals === 'chinese' ? ['用汉字数字'] : []),
    ...(scale === undefined ? [] : [`以${scale}计`]),
  ];
  return words.join('，');
}
