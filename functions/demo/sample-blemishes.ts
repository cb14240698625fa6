import { type Catalogue, deadlineOf } from '../../shared/core/catalogue/catalogue.ts';
import { periodOf } from '../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import { add, decimalSchema, multiply } from '../../shared/core/values/decimal.ts';
import type { SampleSubmission } from './sample-submission.ts';
import type { Random } from './seeded-random.ts';
import { daysAfter, isWorkingDay, officeTime, workingDays } from './working-hours.ts';

/** Turns a flawless upload into what really came: itself changed, or itself with others. */
type Blemishing = (flawless: SampleSubmission, context: BlemishContext) => SampleSubmission[];

interface BlemishContext {
  catalogue: Catalogue;
  random: Random;
}

/** What goes wrong in the sample year: by department and month, or for a department in every month. */
const blemishings: Readonly<Record<string, Blemishing>> = {
  'nyj 3': refusedThenCorrected,
  'scj 5': restatedInSeptember,
  'zfb 6': typedFullWidth,
  'jtj 7': late,
  'sfj 8': typedWithUnits,
  wjj: savedByOtherProgram,
};

/** The uploads that a department made of a return, given the one that would have been flawless. */
export function withBlemishes(flawless: SampleSubmission, context: BlemishContext): SampleSubmission[] {
  const { department, period } = flawless;
  const blemishing = blemishings[`${department} ${Number(period.slice(5))}`] ?? blemishings[department];
  return blemishing?.(flawless, context) ?? [flawless];
}

function late(flawless: SampleSubmission, { catalogue, random }: BlemishContext): SampleSubmission[] {
  const { due } = deadlineOf(catalogue, flawless.period)!;
  const day = [6, 7, 8].map((days) => daysAfter(due, days)).find(isWorkingDay)!;
  return [{ ...flawless, uploadedAt: officeTime(random, day, catalogue), blemish: 'late' }];
}

/** A blank, a rough figure and a negative one; two days later all of them are mended. */
function refusedThenCorrected(
  flawless: SampleSubmission,
  { catalogue, random }: BlemishContext,
): SampleSubmission[] {
  const days = workingDays(deadlineOf(catalogue, flawless.period)!);
  const day = days.find((candidate) => days.includes(daysAfter(candidate, 2)))!;
  const mistakes = {
    'learning-sessions': '',
    'enforcement-personnel': '约30',
    'businesses-inspected': '-2',
  };
  return [
    {
      ...flawless,
      uploadedAt: officeTime(random, day, catalogue),
      entries: { ...flawless.entries, ...mistakes },
      blemish: 'refused',
    },
    {
      ...flawless,
      fileName: flawless.fileName.replace('.xlsx', '（已改正）.xlsx'),
      uploadedAt: officeTime(random, daysAfter(day, 2), catalogue),
      blemish: 'corrected',
    },
  ];
}

/** Joint inspections were counted by two departments; months later this one takes its share back. */
function restatedInSeptember(
  flawless: SampleSubmission,
  { catalogue, random }: BlemishContext,
): SampleSubmission[] {
  const more = (indicator: string, extra: number) =>
    add(decimalSchema.parse(flawless.entries[indicator]), `${extra}`);
  return [
    {
      ...flawless,
      entries: {
        ...flawless.entries,
        'enforcement-personnel': more('enforcement-personnel', random.between(4, 9)),
        'businesses-inspected': more('businesses-inspected', random.between(10, 19)),
      },
    },
    {
      ...flawless,
      fileName: flawless.fileName.replace('.xlsx', '（更正）.xlsx'),
      uploadedAt: officeTime(random, `${periodOf(catalogue.year, 9)}-14`, catalogue),
      correctionNote:
        '5月与市综合行政执法局的联合检查两家都计了数，现按“只由牵头部门计”的口径核减本局的检查户次和出动人次。',
      blemish: 'restated',
    },
  ];
}

/** Amounts in 元 with thousands separators, counts with their unit: unusual, but clear. */
function typedWithUnits(flawless: SampleSubmission, { catalogue }: BlemishContext): SampleSubmission[] {
  const entries = { ...flawless.entries };
  const losses = 'legal-aid-losses-recovered';
  const yuan = multiply(decimalSchema.parse(entries[losses]), '10000');
  entries[losses] = `${yuan.replace(/(?<=[0-9])(?=([0-9]{3})+$)/g, ',')}元`;
  for (const id of ['legal-aid-cases', 'contracts-filed']) entries[id] += indicatorOf(catalogue, id)!.unit;
  return [{ ...flawless, entries }];
}

function typedFullWidth(flawless: SampleSubmission): SampleSubmission[] {
  const fullWidth = (text: string) =>
    text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const entries = { ...flawless.entries };
  for (const id of ['hotline-received', 'hotline-due']) entries[id] = fullWidth(entries[id]!);
  return [{ ...flawless, entries }];
}

function savedByOtherProgram(flawless: SampleSubmission): SampleSubmission[] {
  return [{ ...flawless, savedBy: 'other-program', blemish: 'other-program' }];
}
