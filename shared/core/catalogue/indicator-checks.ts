import { compare, decimalPlaces } from '../values/decimal.ts';
import { nameKey } from '../values/text.ts';
import type { Catalogue } from './catalogue.ts';
import { validityFaults } from './department-checks.ts';
import {
  type Indicator,
  idLastYear,
  isReported,
  type ListIndicator,
  outputOf,
  type RatioIndicator,
  type ReportedIndicator,
  reportersOf,
  type SumIndicator,
} from './indicator.ts';
import { kinds } from './kinds.ts';
import { frequencies } from './period.ts';
import { unlistedFrequency } from './period-checks.ts';
import type { Check, Fault, Unread } from './problem.ts';
import { addendsOf, containsItself } from './sums.ts';
import { type Indicators, indicatorOf, indicatorsOf } from './tables.ts';
import { endsBeforeItBegins } from './validity.ts';

export const indicatorFaults: Check<'indicators'> = (indicator, catalogue, unread) => [
  ...validityFaults(indicator),
  ...proseFaults(indicator),
  ...wasFaults(indicator, catalogue),
  ...(isReported(indicator) ? entryFaults(indicator, catalogue, unread) : []),
  ...(indicator.kind === 'ratio' ? ratioFaults(indicator, catalogue, unread) : []),
  ...(indicator.kind === 'sum' ? sumFaults(indicator, catalogue, unread) : []),
  ...(indicator.kind === 'list' ? optionFaults(indicator) : []),
];

/** Last year's figures of an indicator may be those of one of this year's only, the cells of tables among them. */
function wasFaults(indicator: Indicator, catalogue: Indicators): Fault[] {
  const { id, was } = indicator;
  if (was === undefined) return [];
  if (was === id) return [{ field: 'was', text: '与现在的代码相同；没有改代码的，请留空。' }];
  const other = indicatorsOf(catalogue).find((each) => each.id !== id && idLastYear(each) === was);
  if (other === undefined) return [];
  return [{ field: 'was', text: `“${other.name}”已经与上年的“${was}”相比；请改为另一个代码，或留空。` }];
}

function proseFaults({ prose: { style, step } }: Indicator): Fault[] {
  const field = 'prose.step';
  if (step !== undefined && compare(step, '0') <= 0) {
    return [{ field, text: `步长是 ${step}，应当大于 0；请填写 10、100 这样的数。` }];
  }
  if (style === 'exact' || step !== undefined) return [];
  const words = style === 'at-least' ? '“…余”' : '“超…”';
  return [{ field, text: `报告写法是${words}，却没有填步长；请填写步长（如 10），或改为原数。` }];
}

function entryFaults(indicator: ReportedIndicator, catalogue: Catalogue, unread: Unread): Fault[] {
  const { min, max } = indicator.range;
  const isEmpty = max !== undefined && compare(min, max) > 0;
  return [
    ...(isEmpty
      ? [{ field: 'range.max', text: `最大值 ${max} 小于最小值 ${min}，什么数都填不进去；请改正其中一个。` }]
      : []),
    ...frequencyFaults(indicator, catalogue, unread),
    ...unitFaults(indicator),
    ...outputFaults(indicator),
    ...reporterFaults(indicator, catalogue, unread),
  ];
}

/** What is wrong with how often an indicator or a table is asked for. */
export function frequencyFaults(
  { frequency, months }: Pick<ReportedIndicator, 'frequency' | 'months'>,
  catalogue: Catalogue,
  unread: Unread,
): Fault[] {
  const text = `只有按月报送的指标才能限定报送月份，这里${frequencies[frequency].words}报送；请清空报送月份，或改报送频率。`;
  return [
    ...(months === undefined || frequency === 'month' ? [] : [{ field: 'months', text }]),
    ...(unread.periods ? [] : unlistedFrequency(frequency, catalogue)),
  ];
}

/** With more places a total could not be kept exactly before it is rounded. */
const maxPlacesOfOutput = 10;

function outputFaults(indicator: ReportedIndicator | SumIndicator): Fault[] {
  const { unit, factor } = outputOf(indicator);
  const field = 'output.factor';
  const places = indicator.decimals + decimalPlaces(factor);
  return [
    ...(compare(factor, '0') > 0
      ? []
      : [
          {
            field,
            text: `换算为发布单位“${unit}”的数是 ${factor}，应当大于 0；请填写 1 个填报单位合多少发布单位。`,
          },
        ]),
    ...(places <= maxPlacesOfOutput
      ? []
      : [
          {
            field,
            text: `换算为发布单位“${unit}”的小数位过多，连同填报的小数位共 ${places} 位，最多 ${maxPlacesOfOutput} 位；请减少小数位，或换一个发布单位。`,
          },
        ]),
  ];
}

function unitFaults({ unit, alsoIn }: ReportedIndicator): Fault[] {
  const units = [unit, ...alsoIn.map((other) => other.unit)].map(nameKey);
  return alsoIn.flatMap(({ unit: other, factor }, index) => [
    ...(compare(factor, '0') > 0
      ? []
      : [
          {
            field: `alsoIn.${index}.factor`,
            text: `可用单位“${other}”的换算是 ${factor}，应当大于 0；请写明 1${other}合多少${unit}。`,
          },
        ]),
    ...(units.indexOf(nameKey(other)) <= index
      ? [{ field: `alsoIn.${index}.unit`, text: `单位“${other}”写了两次；请删去其中一个。` }]
      : []),
  ]);
}

function ratioFaults(ratio: RatioIndicator, catalogue: Catalogue, { indicators: unread }: Unread): Fault[] {
  const parts = [
    { field: 'numerator', words: '分子', id: ratio.numerator },
    { field: 'denominator', words: '分母', id: ratio.denominator },
  ].map((part) => ({ ...part, found: indicatorOf(catalogue, part.id) }));
  const faults = parts
    .filter(({ id, found }) => found !== undefined || !unread.has(id))
    .flatMap(({ field, words, id, found }) => partFaults(words, id, found).map((text) => ({ field, text })));
  const [numerator, denominator] = parts.map(({ found }) => found);
  if (ratio.unit !== '%' || numerator === undefined || denominator === undefined) return faults;
  const [above, below] = [outputOf(numerator).unit, outputOf(denominator).unit];
  if (above === below) return faults;
  const text = `百分比的分子“${numerator.name}”以${above}计，分母“${denominator.name}”以${below}计，单位不同；请换用单位相同的两个指标，或改写本指标的单位。`;
  return [...faults, { field: 'unit', text }];
}

function partFaults(words: string, id: string, found: Indicator | undefined): string[] {
  if (found === undefined) return [`${words}“${id}”不是本目录的指标；请填写目录中的指标。`];
  if (!kinds[found.kind].mayBeDivided) {
    return [
      `${words}“${found.name}”是${kinds[found.kind].words}；${words}只能是流量、存量或它们的合计，请换一个指标。`,
    ];
  }
  if (found.overDepartments === 'sum' || found.kind === 'sum') return [];
  return [
    `${words}“${found.name}”不是各部门相加的，没有全市合计可以相除；请换一个指标，或改它的跨部门汇总。`,
  ];
}

/** Only what is added up over departments can be added up again; and things are added to their like. */
function sumFaults(sum: SumIndicator, catalogue: Catalogue, unread: Unread): Fault[] {
  if (containsItself(sum, catalogue)) {
    return [{ field: 'parts', text: '组成项中（直接或间接）有这个合计自己；请去掉它。' }];
  }
  const ids = sum.parts.map(({ indicator }) => indicator);
  const parts = ids.flatMap((id, index): Fault[] => {
    const field = `parts.${index}.indicator`;
    const found = indicatorOf(catalogue, id);
    if (found === undefined && unread.indicators.has(id)) return [];
    const text =
      found === undefined
        ? `组成项“${id}”不是本目录的指标；请填写目录中的指标。`
        : partOfSumFault(sum, found);
    const again =
      ids.indexOf(id) < index ? `组成项“${found?.name ?? id}”写了两次；请删去其中一个。` : undefined;
    return [text, again].flatMap((each) => (each === undefined ? [] : [{ field, text: each }]));
  });
  const measured = new Set(addendsOf(sum, catalogue).map(({ indicator }) => indicator.kind));
  const text = '组成项有流量也有存量，全年的数不能相加；请只用同一种性质的指标。';
  return [
    ...parts,
    ...(measured.size > 1 ? [{ field: 'parts', text }] : []),
    ...partsOfSeveralFrequencies(sum, catalogue),
    ...partsToDate(sum, catalogue),
    ...outputFaults(sum),
  ];
}

/** What is not reported equally often is never on one form, and has no period in which it could be added up. */
function partsOfSeveralFrequencies(sum: SumIndicator, catalogue: Catalogue): Fault[] {
  const often = new Set(addendsOf(sum, catalogue).map(({ indicator }) => indicator.frequency));
  if (often.size <= 1) return [];
  const words = [...often].map((each) => frequencies[each].words).join('、');
  const text = `组成项的报送频率不同（${words}），没有同一期的数可以相加；请只用报送频率相同的指标。`;
  return [{ field: 'parts', text }];
}

/** A sum on a form adds what stands there: the figures of a period, or of the year to date. */
function partsToDate(sum: SumIndicator, catalogue: Catalogue): Fault[] {
  const toDate = new Set(
    addendsOf(sum, catalogue).map(({ indicator }) => indicator.overTime === 'cumulative'),
  );
  const text = '组成项有的填当期数，有的填本年累计数，不能相加；请只用填法相同的指标。';
  return toDate.size > 1 ? [{ field: 'parts', text }] : [];
}

function partOfSumFault({ unit }: SumIndicator, part: Indicator): string | undefined {
  const isAddable = part.kind === 'flow' || part.kind === 'stock' || part.kind === 'sum';
  if (!isAddable) {
    return `组成项“${part.name}”是${kinds[part.kind].words}，不能相加；请只用流量、存量或它们的合计。`;
  }
  if (part.unit !== unit) {
    return `组成项“${part.name}”以${part.unit}计，本指标以${unit}计；请换用单位相同的指标，或改写单位。`;
  }
  if (part.kind === 'sum' || part.overDepartments === 'sum') return undefined;
  return `组成项“${part.name}”不是各部门相加的；请换一个指标，或改它的跨部门汇总。`;
}

/** What is wrong with who reports an indicator or a table. */
export function reporterFaults(
  indicator: Pick<ReportedIndicator, 'reporters'>,
  { departments }: Catalogue,
  unread: Unread,
): Fault[] {
  return (reportersOf(indicator) ?? []).flatMap((reporter, index): Fault[] => {
    const { department: id, from, to } = reporter;
    const field = `reporters.${index}`;
    const department = departments.find((each) => each.id === id);
    const isUnknown = department === undefined && !unread.departments.has(id);
    return [
      ...(isUnknown
        ? [{ field, text: `报送部门“${id}”不在目录的部门中；请先把它列为部门，或改正这里。` }]
        : []),
      ...(endsBeforeItBegins(reporter)
        ? [
            {
              field,
              text: `报送部门“${department?.name ?? id}”的结束期 ${to} 早于起始期 ${from}；请改正其中一个。`,
            },
          ]
        : []),
    ];
  });
}

/** As many characters as all options may have, so that one cell of a workbook holds them. */
const longestOptions = 30_000;

function optionFaults({ list: { options = [], maxLength } }: ListIndicator): Fault[] {
  const keys = options.map(nameKey);
  const length = options.join('、').length;
  const text = `可选项共有 ${length} 个字，最多 ${longestOptions} 个字；请减少或缩短可选项。`;
  const tooLong = length > longestOptions ? [{ field: 'list.options', text }] : [];
  const single = options.flatMap((option, index): Fault[] => {
    const field = `list.options.${index}`;
    return [
      ...(option.length > maxLength
        ? [
            {
              field,
              text: `可选项“${option}”有 ${option.length} 个字，超过最长字数 ${maxLength}；请缩短它，或加大最长字数。`,
            },
          ]
        : []),
      ...(keys.indexOf(keys[index]!) < index
        ? [{ field, text: `可选项“${option}”与前面的一项相同；请删去其中一个。` }]
        : []),
    ];
  });
  return [...tooLong, ...single];
}
