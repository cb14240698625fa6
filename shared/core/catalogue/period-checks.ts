import { type Catalogue, type Deadline, hasOwnSpan, spanOf } from './catalogue.ts';
import { isReported } from './indicator.ts';
import {
  calendarSpan,
  comparePeriods,
  daysAfter,
  type Frequency,
  frequencies,
  frequencyOf,
  periodBefore,
  periodInWords,
  yearOf,
} from './period.ts';
import type { Check, Fault } from './problem.ts';
import { indicatorsOf } from './tables.ts';

/** A first day that is not the calendar's may lie so many days away from it: a statistical year begins in December. */
const farthest = 62;

export const periodFaults: Check<'periods'> = (deadline, catalogue, unread) => {
  const { period, due, cutOff } = deadline;
  return [
    ...(unread.year || yearOf(period) === catalogue.year
      ? []
      : [{ field: 'period', text: `报告期不在 ${catalogue.year} 年；请改正报告期，或目录的年份。` }]),
    ...spanFaults(deadline),
    ...(due < spanOf(deadline).starts
      ? [{ field: 'due', text: `截止日 ${due} 在${periodInWords(period)}开始之前；请改正。` }]
      : []),
    ...(cutOff < due
      ? [{ field: 'cutOff', text: `最迟日 ${cutOff} 早于截止日 ${due}；请填写截止日当天或以后的日子。` }]
      : []),
    ...(unread.indicators.size + unread.tables.size > 0 ? [] : unasked(frequencyOf(period), catalogue)),
  ];
};

function spanFaults(deadline: Deadline): Fault[] {
  if (!hasOwnSpan(deadline)) return [];
  const { starts, ends } = spanOf(deadline);
  if (starts > ends) {
    const field = deadline.ends === undefined ? 'starts' : 'ends';
    return [{ field, text: `统计止日 ${ends} 早于统计起日 ${starts}；请改正其中一个。` }];
  }
  const calendar = calendarSpan(deadline.period);
  return (['starts', 'ends'] as const)
    .map((field) => ({ field, day: { starts, ends }[field], usual: calendar[field] }))
    .filter(({ day, usual }) => day < daysAfter(usual, -farthest) || day > daysAfter(usual, farthest))
    .map(({ field, day, usual }) => ({
      field,
      text: `统计${field === 'starts' ? '起日' : '止日'} ${day} 与${periodInWords(deadline.period)}的 ${usual} 相差两个月以上；请核对年份和月份。`,
    }));
}

/** A period for which nothing is asked. */
function unasked(frequency: Frequency, catalogue: Catalogue): Fault[] {
  const asked = [...indicatorsOf(catalogue).filter(isReported), ...catalogue.narratives];
  if (asked.some((each) => each.frequency === frequency)) return [];
  const { words, report } = frequencies[frequency];
  return [
    {
      field: 'period',
      text: `没有一个指标${words}报送，这份${report}里没有什么可填；请删去这个报告期，或改某个指标的报送频率。`,
    },
  ];
}

/** That an indicator is asked for as often as no period is. */
export function unlistedFrequency(frequency: Frequency, { periods }: Catalogue): Fault[] {
  if (periods.some(({ period }) => frequencyOf(period) === frequency)) return [];
  const { words, report } = frequencies[frequency];
  return [
    {
      field: 'frequency',
      text: `报送频率是${words}，而报送期中没有${report}的报告期；请在报送期中加上，或改报送频率。`,
    },
  ];
}

/** Periods that follow an earlier one in the list, and are before it. */
export function disorder(periods: readonly Deadline[]): Map<number, Fault[]> {
  const text = '没有按先后排列；请把各报告期从早到晚排列，同月结束的，先短后长。';
  return new Map(
    periods.flatMap(({ period }, index): [number, Fault[]][] => {
      const before = periods[index - 1]?.period;
      const isInOrder = before === undefined || comparePeriods(before, period) <= 0;
      return isInOrder ? [] : [[index, [{ field: 'period', text }]]];
    }),
  );
}

/**
 * Days that two consecutive periods of one frequency both count, or that neither does, where one of them has days of
 * its own; said of the later.
 */
export function brokenSpans(periods: readonly Deadline[]): Map<number, Fault[]> {
  const faults = new Map<number, Fault[]>();
  periods.forEach((deadline, index) => {
    const before = periods.find(({ period }) => period === periodBefore(deadline.period));
    if (before === undefined || !(hasOwnSpan(before) || hasOwnSpan(deadline))) return;
    const { starts } = spanOf(deadline);
    const expected = daysAfter(spanOf(before).ends, 1);
    if (starts === expected) return;
    const name = periodInWords(before.period);
    const text =
      starts < expected
        ? `与${name}重叠：${name}统计到 ${spanOf(before).ends}，${periodInWords(deadline.period)}却从 ${starts} 起；请改为从 ${expected} 起，或改${name}的统计止日。`
        : `与${name}之间有空缺：${name}统计到 ${spanOf(before).ends}，${periodInWords(deadline.period)}从 ${starts} 才起；请改为从 ${expected} 起，或改${name}的统计止日。`;
    faults.set(index, [{ field: 'starts', text }]);
  });
  return faults;
}
