import { z } from 'zod';
import { comparePeriods, periodSchema } from '../catalogue/period.ts';
import { indicatorsOf } from '../catalogue/tables.ts';
import { actSchema } from '../ledger/people.ts';
import type { ReturnKey } from '../returns/address.ts';
import { type Finding, findingSchema } from '../returns/finding.ts';
import { settledBy } from '../returns/findings/findings.ts';
import { type AnswerKind, answerKindSchema, isEnough } from '../returns/findings/rule.ts';
import { type Observation, observationIn } from '../returns/observation.ts';
import type { RemarkSaid } from '../returns/remark.ts';
import { digestOf, sha256Schema } from '../values/digest.ts';
import type { ReturnState, YearState } from './year-state.ts';

const answerSchema = actSchema.extend({
  as: answerKindSchema.describe('`remark`: it stood in the workbook beside the figure, before anybody asked'),
});
export type Answer = z.infer<typeof answerSchema>;

/** A warning on a return, or on the totals of all departments, settled once it was answered by whom it takes. */
export const warningSchema = z.strictObject({
  id: sha256Schema,
  department: z
    .string()
    .nullable()
    .describe('null for a rule over the totals of all departments, which the legal office answers'),
  period: periodSchema,
  finding: findingSchema,
  settledBy: answerKindSchema.describe('the least that settles it'),
  acknowledged: answerSchema.nullable().describe('what settles it; null while it is open'),
  explained: answerSchema.nullable().describe('what was said of it besides, and does not settle it'),
});
export type Warning = z.infer<typeof warningSchema>;

/** A warning as it was derived, before it is looked up whether it is settled. */
export type Pending = Pick<Warning, 'department' | 'period' | 'finding'>;

/** Where it is looked up. */
type Answered = Pick<YearState, 'catalogue' | 'acknowledgements' | 'returns'>;

/** The warnings in order of period, and as the form runs, each with what was answered to it. */
export function inOrderOfForm(pending: readonly Pending[], answered: Answered): Warning[] {
  const { catalogue } = answered;
  const order = new Map(indicatorsOf(catalogue).map(({ id }, index) => [id, index]));
  const position = ({ finding }: Pending) => order.get(finding.indicator ?? '') ?? -1;
  const warnings = pending
    .toSorted((a, b) => comparePeriods(a.period, b.period) || position(a) - position(b))
    .map((one) => ({ ...one, ...standingOf(one, answered) }));
  const asked = figuresAsked(warnings);
  return warnings.map(({ remark, ...warning }) => {
    const { id, settledBy: needed } = warning;
    const answers: Answer[] = [...(answered.acknowledgements.get(id) ?? [])];
    const isOnOthers = remark !== undefined && (asked.get(remark.said)?.size ?? 0) > 1;
    const acknowledged =
      answers.findLast(({ as }) => isEnough(as, needed)) ??
      (remark !== undefined && isEnough('remark', needed) && !isOnOthers ? remark.answer : null);
    const explained = answers.findLast(({ as }) => !isEnough(as, needed)) ?? remark?.answer ?? null;
    return { ...warning, acknowledged, explained: explained === acknowledged ? null : explained };
  });
}

function standingOf({ department, period, finding }: Pending, answered: Answered) {
  const { rule, indicator = '', found = '' } = finding;
  const id = digestOf({ department, period, rule, indicator, found });
  const remark = department === null ? undefined : remarkOn(indicator, { department, period }, answered);
  return { id, settledBy: settledBy(finding, answered.catalogue), remark };
}

interface Remark {
  said: RemarkSaid;
  answer: Answer;
}

/** What the return that counts says beside the figure. */
function remarkOn(indicator: string, key: ReturnKey, { returns }: Answered): Remark | undefined {
  const counting = returns.find(
    ({ department, period }) => department.id === key.department && period === key.period,
  )?.counting;
  const said = counting?.remarks.get(indicator);
  if (counting === undefined || said === undefined) return undefined;
  const { uploader, uploadedAt } = counting.upload;
  return { said, answer: { as: 'remark', by: uploader, at: uploadedAt, reason: said.text } };
}

/**
 * The figures that are asked about beside each remark. One at the end of a row answers where a single figure of the row
 * is asked about: of several nobody can tell which it is on.
 */
function figuresAsked(
  warnings: readonly (Pending & { settledBy: AnswerKind; remark: Remark | undefined })[],
): ReadonlyMap<RemarkSaid, ReadonlySet<string>> {
  const asked = new Map<RemarkSaid, Set<string>>();
  for (const { settledBy: needed, remark, finding } of warnings) {
    if (remark === undefined || !isEnough('remark', needed)) continue;
    const figures = asked.get(remark.said) ?? new Set();
    asked.set(remark.said, figures.add(finding.indicator ?? ''));
  }
  return asked;
}

/** What a return that counts says of an indicator. */
export function observationOf({ counting }: ReturnState, indicator: string): Observation | undefined {
  return counting && observationIn(counting.figures, indicator);
}

/** Where in its file a return says it. */
export function placeOf(state: ReturnState, indicator: string): Pick<Finding, 'place'> {
  const place = observationOf(state, indicator)?.place;
  return place === undefined ? {} : { place };
}
