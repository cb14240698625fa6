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
  type Asked,
  type Indicator,
  isReported,
  type ListIndicator,
  outputOf,
  type ReportedIndicator,
  reportersOf,
} from './indicator.ts';
import { kinds, overDepartmentsWords, overTimeWords } from './kinds.ts';
import type { Narrative } from './narratives.ts';
import { frequencies, periodInWords } from './period.ts';
import { indicatorsOfRule } from './rule-expression.ts';
import type { Section } from './sections.ts';
import { formLines, signingInWords } from './signing.ts';
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
  signing: '表号和签章',
} as const;
export type Change = keyof typeof changeWords;

/** An entry as it is compared: each of its aspects in words. */
export interface Described {
  id: string;
  name: string;
  indicators: readonly string[];
  aspects: Partial<Record<Change, string>>;
}

export function ofCatalogue(catalogue: Catalogue): Described {
  const { title, authority, notice = '', utcOffset, form, signing } = catalogue;
  const aspects = {
    title: [title, authority, notice, utcOffset].filter(Boolean).join('，'),
    signing: [...formLines(form), signingInWords(signing)].filter(Boolean).join('，'),
  };
  return { id: '', name: title, indicators: [], aspects };
}

export function ofSection({ id, name }: Section): Described {
  return { id, name: `${id} ${name}`, indicators: [], aspects: { renamed: name } };
}

export function ofDepartment(catalogue: Catalogue): (department: Department) => Described {
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

export function ofIndicator(catalogue: Catalogue): (indicator: Indicator) => Described {
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

export function ofTable(catalogue: Catalogue): (table: Table) => Described {
  return (table) => {
    const { id, name, unit, kind, decimals, section, definition, blank, range } = table;
    const entry = [
      `${decimals} 位小数`,
      blank === 'zero' ? '空白算 0' : '空白要问',
      ...howOftenInWords(table),
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

export function ofNarrative(catalogue: Catalogue): (narrative: Narrative) => Described {
  return (narrative) => {
    const { id, name, section, definition, required, maxLength } = narrative;
    const entry = [required ? '必填' : '选填', `最长 ${maxLength} 字`, ...howOftenInWords(narrative)];
    return {
      ...{ id, name, indicators: [] },
      aspects: {
        renamed: name,
        validity: validityInWords(narrative),
        moved: reportersInWords(narrative, catalogue),
        entry: entry.join('，'),
        definition: `${section} ${definition}`.trim(),
      },
    };
  };
}

export function ofLine(catalogue: Catalogue): (line: Line) => Described {
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

export function ofRule({ id, over, expression, message }: Rule): Described {
  const aspects = { rule: `${overWords[over]}：${expression}（${message}）` };
  return { id, name: message, indicators: indicatorsOfRule(expression), aspects };
}

export function ofPeriod(deadline: Deadline): Described {
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
  const { decimals, required, notApplicable, range, alsoIn } = indicator;
  return [
    `${decimals} 位小数`,
    required ? '必填' : '选填',
    ...(notApplicable ? ['可填“不适用”'] : []),
    ...howOftenInWords(indicator),
    `不小于 ${range.min}${range.max === undefined ? '' : `，不大于 ${range.max}`}`,
    ...alsoIn.map(({ unit, factor }) => `也可按${unit}填（乘以 ${factor}）`),
    ...(indicator.kind === 'list' ? [itemsInWords(indicator)] : []),
  ].join('，');
}

function howOftenInWords({ frequency, months }: Pick<Asked, 'frequency' | 'months'>): string[] {
  return [
    ...(frequency === 'month' ? [] : [`${frequencies[frequency].words}报送`]),
    ...(months === undefined ? [] : [`${months.join('、')}月报送`]),
  ];
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
