import { z } from 'zod';
import { conversionSchema } from '../catalogue/adoption.ts';
import { departmentIdSchema } from '../catalogue/indicator.ts';
import { measureSchema } from '../catalogue/measures.ts';
import { instantSchema, periodSchema, yearSchema } from '../catalogue/period.ts';
import { returnKeySchema } from '../returns/address.ts';
import { findingSchema } from '../returns/finding.ts';
import { answerKindSchema } from '../returns/findings/rule.ts';
import { gridSchema } from '../returns/grid.ts';
import { narrativeSaidSchema } from '../returns/narrative.ts';
import { observationSchema, signatureSchema } from '../returns/observation.ts';
import { remarkSaidSchema } from '../returns/remark.ts';
import { digestOf, type Sha256, sha256Schema } from '../values/digest.ts';
import { personSchema, reasonSchema } from './people.ts';
import { scanSchema } from './scan.ts';
import { readUploadSchema, uploadIdSchema, uploadSchema } from './upload.ts';

/**
 * The name of a chain: `2023/sfj` for a department's year, `2023/office` for the legal office's acts and
 * publications, `2023/unaddressed` for uploads of which neither place nor form nor name tells whose they are.
 */
export const chainSchema = z.string().regex(/^20[0-9]{2}\/[a-z][a-z0-9-]{0,23}$/);
export type Chain = z.infer<typeof chainSchema>;

export function chainOf(year: number, owner: string): Chain {
  return `${year}/${owner}`;
}

/** Findings beyond this many are counted, not kept: an event must stay one ledger item. */
export const maxFindingsKept = 100;
const findingsSchema = z.array(findingSchema).max(maxFindingsKept + 1);

/** Whether a return counts while the department is asked about it (核实), or does not until it answers (退回). */
export const questionEffectSchema = z.enum(['counts-meanwhile', 'sent-back']);
export type QuestionEffect = z.infer<typeof questionEffectSchema>;

const address = { department: departmentIdSchema, period: periodSchema };

/** As what somebody answers a warning: some are closed by the legal office alone. */
export const answererSchema = answerKindSchema.exclude(['remark']);
export type Answerer = z.infer<typeof answererSchema>;

/**
 * That a file is the form of another return than the one it was sent for: it is refused there, and a refusal of
 * neither.
 */
export const misdirectionSchema = z.strictObject({ sentFor: periodSchema, formOf: returnKeySchema.strict() });
export type Misdirection = z.infer<typeof misdirectionSchema>;

/** What happened. Nothing in it depends on another event: whatever does is derived when the ledger is read. */
export const payloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('return-accepted'),
    ...address,
    upload: readUploadSchema,
    observations: z.array(observationSchema).max(2000),
    measures: z.array(measureSchema).max(2000),
    grids: z.array(gridSchema).min(1).max(100).optional(),
    narratives: z.array(narrativeSaidSchema).min(1).max(50).optional(),
    remarks: z.array(remarkSaidSchema).min(1).max(2000).optional(),
    signature: signatureSchema,
    findings: findingsSchema,
  }),
  z.strictObject({
    kind: z.literal('return-refused'),
    department: departmentIdSchema.nullable(),
    period: periodSchema.nullable(),
    upload: uploadSchema,
    findings: findingsSchema,
    misdirected: misdirectionSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('correction-explained'),
    ...address,
    upload: uploadIdSchema,
    reason: reasonSchema,
  }),
  z.strictObject({ kind: z.literal('return-agreed'), ...address, upload: uploadIdSchema }),
  z.strictObject({
    kind: z.literal('return-disagreed'),
    ...address,
    upload: uploadIdSchema,
    reason: reasonSchema,
  }),
  z.strictObject({ kind: z.literal('scan-filed'), ...address, upload: uploadIdSchema, scan: scanSchema }),
  z.strictObject({
    kind: z.literal('deadline-extended'),
    department: departmentIdSchema.nullable(),
    period: periodSchema,
    until: instantSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('return-admitted'),
    ...address,
    upload: uploadIdSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('extension-requested'),
    ...address,
    until: instantSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('extension-declined'),
    ...address,
    request: sha256Schema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('admission-declined'),
    ...address,
    upload: uploadIdSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('question-asked'),
    ...address,
    upload: uploadIdSchema,
    about: z.string().max(100).nullable(),
    effect: questionEffectSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('question-answered'),
    ...address,
    question: sha256Schema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('question-insisted'),
    ...address,
    question: sha256Schema,
    upload: uploadIdSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('question-closed'),
    ...address,
    question: sha256Schema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('warning-acknowledged'),
    as: answererSchema,
    department: departmentIdSchema.nullable(),
    period: periodSchema,
    warning: sha256Schema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('catalogue-adopted'),
    catalogue: sha256Schema,
    replaces: sha256Schema.nullable(),
    conversions: z.array(conversionSchema).max(2000),
    reason: reasonSchema,
  }),
  z.strictObject({ kind: z.literal('baseline-recorded'), baseline: sha256Schema, reason: reasonSchema }),
  z.strictObject({
    kind: z.literal('report-template-adopted'),
    template: sha256Schema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('published'),
    year: yearSchema,
    number: z.int().min(1),
    digest: sha256Schema,
    manifest: sha256Schema,
    counts: z.record(departmentIdSchema, z.record(periodSchema, uploadIdSchema.nullable())),
  }),
  z.strictObject({
    kind: z.literal('publication-issued'),
    year: yearSchema,
    number: z.int().min(1),
    reason: reasonSchema,
  }),
]);
export type Payload = z.infer<typeof payloadSchema>;
export const payloadKindSchema = z.enum(payloadSchema.options.map(({ shape }) => shape.kind.value));

/** The hash that stands before a chain's first event. */
export const noHash = sha256Schema.parse('0'.repeat(64));

/**
 * One link of a chain: what happened, recorded when and by whom, under which catalogue. `hash` is the SHA-256 of
 * the RFC 8785 canonical JSON of the event without `hash`; `previous` is the hash of the event before.
 */
export const ledgerEventSchema = z.strictObject({
  format: z.literal('indicators-event/1'),
  chain: chainSchema,
  sequence: z.int().min(1),
  at: instantSchema,
  by: personSchema,
  catalogue: sha256Schema,
  happening: payloadSchema,
  previous: sha256Schema,
  hash: sha256Schema,
});
export type LedgerEvent = z.infer<typeof ledgerEventSchema>;
export type PayloadKind = z.infer<typeof payloadKindSchema>;
export type EventOf<K extends PayloadKind> = LedgerEvent & { happening: Extract<Payload, { kind: K }> };

export function isEvent<K extends PayloadKind>(event: LedgerEvent, kind: K): event is EventOf<K> {
  return event.happening.kind === kind;
}

/** An event that records an upload, accepted or refused. */
export type UploadEvent = EventOf<'return-accepted'> | EventOf<'return-refused'>;

export function isUploadEvent(event: LedgerEvent): event is UploadEvent {
  return isEvent(event, 'return-accepted') || isEvent(event, 'return-refused');
}

/** The next link of a chain, given the events that are there. */
export function nextEvent<P extends Payload>(
  chain: Chain,
  events: readonly LedgerEvent[],
  entry: Pick<LedgerEvent, 'at' | 'by' | 'catalogue'> & { happening: P },
): LedgerEvent & { happening: P } {
  const last = events.at(-1);
  const draft = {
    format: 'indicators-event/1' as const,
    chain,
    sequence: (last?.sequence ?? 0) + 1,
    ...entry,
    previous: last?.hash ?? noHash,
    hash: noHash,
  };
  const parsed = ledgerEventSchema.parse(draft) as LedgerEvent & { happening: P };
  return { ...parsed, hash: hashOfEvent(parsed) };
}

/** The hash that an event's contents call for. */
export function hashOfEvent({ hash: _hash, ...unsealed }: LedgerEvent): Sha256 {
  return digestOf(unsealed);
}

/** The head of a chain: how long it is, and the hash of its last event. */
export const chainHeadSchema = z.strictObject({
  chain: chainSchema,
  length: z.int().min(0),
  hash: sha256Schema,
});
export type ChainHead = z.infer<typeof chainHeadSchema>;

export function headOf(chain: Chain, events: readonly LedgerEvent[]): ChainHead {
  return { chain, length: events.length, hash: events.at(-1)?.hash ?? noHash };
}
