import { z } from 'zod';
import { type Decimal, decimalSchema } from '../values/decimal.ts';
import { nameKey } from '../values/text.ts';
import { placeSchema } from './finding.ts';

/** The longest text that a return may carry as head, preparer, reviewer, telephone, date. */
export const maxSignatureLength = 60;
/** The longest correction note (更正说明). */
export const maxNoteLength = 500;

const identity = { indicator: z.string(), place: placeSchema.optional() };

/**
 * One indicator's value in a return (观测值), with the cell it came from. A number (zero is a number) in the
 * indicator's unit; a list's number is its count of different items; `not-applicable` (不适用) was said so by the
 * department; `missing` is a blank where a figure is not required.
 */
export const observationSchema = z.discriminatedUnion('status', [
  z.strictObject({
    ...identity,
    status: z.literal('reported'),
    value: decimalSchema,
    items: z.array(z.string().min(1).max(200)).max(500).optional(),
  }),
  z.strictObject({ ...identity, status: z.literal('not-applicable') }),
  z.strictObject({ ...identity, status: z.literal('missing') }),
]);
export type Observation = z.infer<typeof observationSchema>;

/**
 * What a return says beside its figures, as it was typed: whose unit it is (单位负责人), who filled it in (填报人), who
 * checked it (审核人), telephone, on which day (日期), 更正说明.
 */
export const signatureSchema = z.strictObject({
  head: z.string().max(maxSignatureLength),
  preparer: z.string().max(maxSignatureLength),
  reviewer: z.string().max(maxSignatureLength),
  telephone: z.string().max(maxSignatureLength),
  date: z.string().max(maxSignatureLength),
  correctionNote: z.string().max(maxNoteLength),
});
export type Signature = z.infer<typeof signatureSchema>;

/** What its parts are called, in the order in which they stand on forms. */
export const signatureWords: Record<keyof Signature, string> = {
  head: '单位负责人',
  preparer: '填报人',
  reviewer: '审核人',
  telephone: '联系电话',
  date: '日期',
  correctionNote: '更正说明',
};

/** A signature of which nothing was typed. */
export const unsigned: Signature = {
  head: '',
  preparer: '',
  reviewer: '',
  telephone: '',
  date: '',
  correctionNote: '',
};

const byIndicator = new WeakMap<readonly Observation[], ReadonlyMap<string, Observation>>();

/**
 * What figures say of an indicator. Found by a table that is made once for each list: a form may have thousands of figures,
 * each of which is looked at beside those of all months.
 */
export function observationIn(figures: readonly Observation[], indicator: string): Observation | undefined {
  const made = byIndicator.get(figures) ?? new Map(figures.map((each) => [each.indicator, each]));
  byIndicator.set(figures, made);
  return made.get(indicator);
}

/** What one indicator's observation says, wherever it stands: in a return, or cited in a total. */
export interface FigureSaid {
  status: Observation['status'];
  value?: Decimal | null | undefined;
  items?: readonly string[] | undefined;
}

/** Whether two observations say the same; of a list neither the order of its items nor how they are set says anything. */
export function sameFigure(a: FigureSaid | undefined, b: FigureSaid | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.status === b.status && (a.value ?? null) === (b.value ?? null) && sameItems(a.items, b.items);
}

function sameItems(a: readonly string[] = [], b: readonly string[] = []): boolean {
  const [left, right] = [a.map(nameKey).sort(), b.map(nameKey).sort()];
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** Whether two returns say the same figures, wherever in the file they stand. */
export function sameFigures(a: readonly Observation[], b: readonly Observation[]): boolean {
  const said = new Map(b.map((observation) => [observation.indicator, observation]));
  return a.length === b.length && a.every((each) => sameFigure(each, said.get(each.indicator)));
}
