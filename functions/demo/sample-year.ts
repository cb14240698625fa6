import {
  type Catalogue,
  type Department,
  deadlineOf,
  expectedReturns,
  indicatorsOnForm,
} from '../../shared/core/catalogue/catalogue.ts';
import { narrativesOnForm } from '../../shared/core/catalogue/narratives.ts';
import { numberInYear, type Period, periodInWords } from '../../shared/core/catalogue/period.ts';
import { withBlemishes } from './sample-blemishes.ts';
import type { SampleSubmission } from './sample-submission.ts';
import { type SampleValues, sampleValues } from './sample-values.ts';
import type { SampleWork } from './sample-work.ts';
import type { Random } from './seeded-random.ts';
import { officeTime, workingDays } from './working-hours.ts';

export type { SampleSubmission } from './sample-submission.ts';

/**
 * Makes up a year of uploads for the worked example, in the order in which they came. The newest accepted upload
 * of every return, taken together, comes to exactly the plan's totals, as far as there are returns of the year, and
 * keeps every rule of the catalogue. The same plan makes the same year.
 */
export function planSampleYear(work: SampleWork): SampleSubmission[] {
  const { catalogue } = work;
  const values = sampleValues(work);
  return expectedReturns(catalogue)
    .filter(({ period }) => numberInYear(period) <= work.lastMonth)
    .flatMap(({ department, period }) => {
      const random = work.random(`upload ${department.id} ${period}`);
      const flawless = {
        ...filledIn(catalogue, values, department, period),
        texts: textsIn(work, department, period),
        ...sent(catalogue, department, period, random),
      };
      return work.isBlemished ? withBlemishes(flawless, { catalogue, random }) : [flawless];
    })
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function filledIn(catalogue: Catalogue, values: SampleValues, { id }: Department, period: Period) {
  const entries: SampleSubmission['entries'] = {};
  const items: SampleSubmission['items'] = {};
  for (const indicator of indicatorsOnForm(catalogue, id, period)) {
    const month = numberInYear(period);
    if (indicator.kind === 'list') {
      items[indicator.id] = values.items(indicator, id, month);
      entries[indicator.id] = String(items[indicator.id]!.length);
    } else {
      entries[indicator.id] = values.figure(indicator, id, month);
    }
  }
  return { department: id, period, entries, items, remarks: remarksOn(entries) };
}

/** What comes once a year, or nearly, is explained before anybody asks. */
const onceAYear: Readonly<Record<string, string>> = {
  'online-exam-eligible': '年度在线考试集中在本月举行，其余各月没有。',
  'law-exam-participants': '行政执法人员通用法律知识考试在本月组织。',
  'business-environment-measures': '年度优化营商环境措施在本月一次印发。',
};

function remarksOn(entries: SampleSubmission['entries']): SampleSubmission['remarks'] {
  return Object.fromEntries(Object.entries(onceAYear).filter(([id]) => Number(entries[id] ?? 0) > 0));
}

function textsIn({ catalogue, practices }: SampleWork, { id }: Department, period: Period) {
  const practice = practices[`${id} ${numberInYear(period)}`];
  const asked = narrativesOnForm(catalogue, { department: id, period });
  return Object.fromEntries(
    asked.flatMap((narrative) => (practice === undefined ? [] : [[narrative.id, practice]])),
  );
}

function sent(catalogue: Catalogue, { id, name }: Department, period: Period, random: Random) {
  const place = catalogue.departments.findIndex((department) => department.id === id);
  return {
    fileName: `${name}${periodInWords(period)}法治政府建设月报.xlsx`,
    uploadedAt: officeTime(random, random.pick(workingDays(deadlineOf(catalogue, period)!)), catalogue),
    uploader: `${name}填报员（样例）`,
    preparer: `${surname(place)}某某（样例）`,
    reviewer: `${surname(place + 7)}某（样例）`,
    phone: `0818-0000${String(place + 1).padStart(3, '0')}`,
    correctionNote: '',
    savedBy: 'template' as const,
  };
}

function surname(place: number): string {
  const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦';
  return surnames[place % surnames.length]!;
}

function order({ uploadedAt, department, period }: SampleSubmission): string {
  return `${uploadedAt} ${department} ${period}`;
}
