import type { ReportedIndicator } from '../../catalogue/indicator.ts';
import { frequencies, type Period, periodInWords } from '../../catalogue/period.ts';
import type { Table } from '../../catalogue/tables.ts';
import type { Decimal } from '../../values/decimal.ts';
import { excerpt } from '../../values/text.ts';
import type { Observation } from '../observation.ts';
import { rule, warning } from './rule.ts';

function numberExpected({ decimals, unit }: ReportedIndicator): string {
  return decimals === 0 ? `整数（${unit}）` : `数字，最多 ${decimals} 位小数（${unit}）`;
}

/** The period that a figure is of, as its form calls it: 本月. */
export function current({ frequency }: ReportedIndicator): string {
  return frequencies[frequency].current;
}

/** The periods of its frequency: 各月. */
function each({ frequency }: ReportedIndicator): string {
  return frequencies[frequency].each;
}

/** What an input cell says. */
export const figureRules = {
  'figure-blank': rule('error', (indicator: ReportedIndicator) => ({
    found: '空白',
    expected: indicator.notApplicable ? '数字，或“不适用”' : '数字',
    message: indicator.notApplicable
      ? `本指标必须填写；${current(indicator)}没有发生请填 0，不适用请填“不适用”。`
      : `本指标必须填写；${current(indicator)}没有发生请填 0。`,
  })),
  'figure-not-applicable': rule('error', (indicator: ReportedIndicator) => ({
    found: '不适用',
    expected: numberExpected(indicator),
    message: `本指标不能填“不适用”；如${current(indicator)}没有发生，请填 0。`,
  })),
  'figure-too-large': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '不超过 15 位的数字',
    message: '数字过大或位数过多，系统不能准确保存；请核对后重新填写。',
  })),
  'figure-is-a-date': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '数字',
    message: '单元格里是日期，不是数字；请把单元格格式改为“常规”或“数值”，再重新填写数字。',
  })),
  'figure-is-an-error-value': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '数字',
    message: '单元格里是公式出错的结果；请删除公式，直接填写数字。',
  })),
  'figure-formula-without-result': rule('error', () => ({
    found: '没有计算结果的公式',
    expected: '数字',
    message: '单元格里是公式，但文件中没有保存计算结果；请直接填写数字，或用 Excel、WPS 打开并保存后再上传。',
  })),
  'figure-formula-not-a-number': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: '单元格里公式的结果不是数字；请删除公式，直接填写数字。',
  })),
  'figure-is-a-percentage': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: found.slice(0, 200),
    expected: numberExpected(indicator),
    message:
      '这里应填数量，不填百分比，比率由系统按全年合计计算；如单元格是百分比格式，请改为“常规”，再核对数字。',
  })),
  'figure-shown-otherwise': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: found.slice(0, 200),
    expected: numberExpected(indicator),
    message: `单元格显示的数字或单位与其中存储的不一致，系统无法判断以哪个为准；本指标的单位是“${indicator.unit}”，请把单元格格式改为“常规”，再核对或重新填写数字。`,
  })),
  'figure-unit-differs': rule('error', ({ unit, alsoIn }: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: [unit, ...alsoIn.map((other) => other.unit)].join('或'),
    message: `表中这一行的单位是“${excerpt(found)}”，与指标目录的“${unit}”不一致，或与数字后面写的单位不一致；请按“${unit}”填写数字，并把单位一栏改回“${unit}”。`,
  })),
  'figure-reversed': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '数字',
    message:
      '单元格里有看不见的字符 U+202E，它使数字倒着显示，系统无法判断是哪个数；请清除这一格，重新输入数字。',
  })),
  'figure-approximate': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '准确的数字',
    message: '这里填的是约数；请填写准确的数字，不要写“约”“余”“多”等字样。',
  })),
  'figure-word-for-nothing': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: indicator.notApplicable
      ? '系统无法判断是“没有发生”还是“不适用”；没有发生请填 0，不适用请填“不适用”。'
      : `如${current(indicator)}没有发生，请填 0。`,
  })),
  'figure-not-a-number': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: `这里应填数字，只用阿拉伯数字，不加文字说明；单位是“${indicator.unit}”。`,
  })),
  'figure-negative': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: '不小于 0 的数字',
    message: `本指标不能是负数；要更正以前各期的数，请重新报送那一期的报表，不要在${current(indicator)}冲减。`,
  })),
  'figure-out-of-range': rule('error', (found: string, expected: string) => ({
    found: excerpt(found),
    expected,
    message: `数字超出了允许的范围（${expected}）；请核对数字和单位。`,
  })),
  'figure-too-many-decimals': rule('error', (indicator: ReportedIndicator, found: string) => ({
    found: excerpt(found),
    expected: numberExpected(indicator),
    message:
      indicator.decimals === 0
        ? `本指标按“${indicator.unit}”计，应填整数；请核对数字。`
        : `本指标最多保留 ${indicator.decimals} 位小数；请核对数字。`,
  })),
  'figure-normalised': rule(
    'info',
    (
      { unit }: ReportedIndicator,
      { found, value, note }: { found: string; value: Decimal; note: string },
    ) => ({
      found: found.slice(0, 200),
      expected: value,
      message: `${note}：${value} ${unit}；如不对，请改正后重新上传。`,
    }),
  ),
};

/** What stands in the cell of a sum, which the form computes. */
export const sumRules = {
  'sum-differs': rule(
    'error',
    ({ name, typed, value, difference }: Record<'name' | 'typed' | 'value' | 'difference', string>) => ({
      found: typed,
      expected: value,
      message: `“${excerpt(name)}”填的是 ${typed}，各组成项加起来是 ${value}，相差 ${difference}；请核对各组成项，这一格可以清除，由系统计算。`,
    }),
  ),
  'sum-not-read': rule('info', (found: string) => ({
    found: excerpt(found),
    message: '这一格由系统按组成项计算，其中填写的内容没有读取。',
  })),
};

/** The blank cells of a table. */
export const tableRules = {
  'table-empty': rule('error', ({ name, blank }: Pick<Table, 'name' | 'blank'>) => ({
    found: '全表空白',
    message: `“${excerpt(name)}”一格都没有填；确实没有发生的，请在表下面填“${blank === 'zero' ? '本期无' : '是'}”，漏填的请补填。`,
  })),
  'table-blanks': rule('error', (name: string, count: number) => ({
    found: `${count} 格空白`,
    expected: '数字；没有发生的填 0',
    message: `“${excerpt(name)}”有 ${count} 格没有填；没有发生的请填 0，或在表下面填“是”，表示空白格都是 0。`,
  })),
};

/** A figure that is ten thousand times what is typical, or the other way round, by itself or as the year to date. */
interface UnitSlip {
  value: string;
  /** The median of those before; of the year to date the one before. */
  typical: string;
  /** Of a year to date: the whole, or what came since the one before. */
  of: 'period' | 'year-to-date' | 'what-came';
}

function slipInWords(
  indicator: ReportedIndicator,
): Record<UnitSlip['of'], Record<'what' | 'beside' | 'measure', string>> {
  const before = `以前${each(indicator)}`;
  return {
    period: { what: `${current(indicator)}数`, beside: before, measure: '中位数 ' },
    'year-to-date': { what: '累计数', beside: '上一次的累计数', measure: '' },
    'what-came': { what: '比上一次增加的数', beside: before, measure: '中位数 ' },
  };
}

/** What a period says after periods that all had figures, from the least to the most. */
interface SteadyThenNothing {
  now: Observation['status'];
  periods: number;
  least: string;
  most: string;
}

const nothingInWords: Record<Observation['status'], Record<'found' | 'asked' | 'agreed', string>> = {
  reported: { found: '0', asked: '为 0：确实没有', agreed: '确实没有的' },
  'not-applicable': { found: '不适用', asked: '填了“不适用”：确实不适用', agreed: '确实不适用的' },
  missing: { found: '空白', asked: '没有填写：确实没有', agreed: '确实没有的' },
};

/** A return that was made by another catalogue than the one in force. */
export const adoptionRules = {
  'figures-not-counted': warning('department', (names: readonly string[]) => ({
    found: excerpt(names.join('、')),
    message: `这份报表是按修订前的目录填报的，其中 ${names.length} 项现行目录不再要求或已改变含义，没有计入：${inFew(names)}；仍要计入的，请下载新模板重新报送，不必计入的请说明原因。`,
  })),
  'figures-asked-since': warning('department', (names: readonly string[]) => ({
    found: excerpt(names.join('、')),
    message: `这份报表报送之后，目录增加了 ${names.length} 项：${inFew(names)}；请下载新模板补报，没有可报的请说明原因。`,
  })),
};

function inFew(names: readonly string[]): string {
  return names.length <= 5 ? names.join('、') : `${names.slice(0, 5).join('、')}等`;
}

/** A period beside the department's earlier ones. */
export const comparisonRules = {
  'unit-slip': warning('remark', (indicator: ReportedIndicator, { value, typical, of }: UnitSlip) => {
    const { what, beside, measure } = slipInWords(indicator)[of];
    return {
      found: value,
      expected: `${of === 'what-came' ? what : ''}与${beside}相近（${measure}${typical} ${indicator.unit}）`,
      message: `${what}与${beside}相差约一万倍，可能填错了单位（例如把元填成了万元）；请核对，单位应为“${indicator.unit}”；无误的请说明原因。`,
    };
  }),
  outlier: warning(
    'remark',
    (indicator: ReportedIndicator, { value, least, most }: Record<'value' | 'least' | 'most', string>) => ({
      found: value,
      expected: `以前${each(indicator)}为 ${least} 至 ${most} ${indicator.unit}`,
      message: `${current(indicator)}数与本部门以前${each(indicator)}相差很大；请核对，有误的重新报送，无误的请说明原因。`,
    }),
  ),
  'cumulative-falls': warning(
    'legal-office',
    (found: string, { period, value }: { period: Period; value: string }) => ({
      found,
      expected: `不小于${periodInWords(period)}的累计数 ${value}`,
      message: `这一项填的是本年累计数，却比${periodInWords(period)}的累计数（${value}）小；请核对是否填成了当期数，或以前的数有误，有误的重新报送，无误的请写明情况，由法制机构核实后结案。`,
    }),
  ),
  'nothing-after-steady': warning(
    'remark',
    (indicator: ReportedIndicator, { now, periods, least, most }: SteadyThenNothing) => {
      const before = `${least} 至 ${most} ${indicator.unit}`;
      const { report } = frequencies[indicator.frequency];
      const { found, asked, agreed } = nothingInWords[now];
      return {
        found,
        expected: `此前连续 ${periods} 次${report}为 ${before}`,
        message: `此前连续 ${periods} 次${report}都有数字（${before}），${current(indicator)}${asked}，还是尚未统计或漏填？请核对；漏填的，填好后重新报送；${agreed}，请说明原因。`,
      };
    },
  ),
};
