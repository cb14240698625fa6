import { z } from 'zod';
import { departmentIdSchema } from '../catalogue/indicator.ts';
import { daySchema, instantSchema, localDay, periodSchema } from '../catalogue/period.ts';
import {
  answererSchema,
  chainHeadSchema,
  type EventOf,
  isEvent,
  type LedgerEvent,
  type PayloadKind,
  payloadKindSchema,
  questionEffectSchema,
  type UploadEvent,
} from '../ledger/event.ts';
import { personSchema } from '../ledger/people.ts';
import { uploadId, uploadIdSchema } from '../ledger/upload.ts';
import { sha256Schema } from '../values/digest.ts';
import type { Warning } from './warning.ts';
import type { YearState } from './year-state.ts';

/**
 * One act or decision as the ledger recorded it (办理记录): who did what, when, about what, why. What an act of its kind
 * does not have is null. An upload was made when it was received, by whoever sent it.
 */
export const recordedActSchema = z.strictObject({
  at: instantSchema,
  by: personSchema,
  kind: payloadKindSchema,
  department: departmentIdSchema.nullable().describe('null for what is of no department, or of all'),
  period: periodSchema.nullable(),
  about: z
    .string()
    .nullable()
    .describe(
      'the indicator or text that is asked about or that a warning, as far as it still stands, is about',
    ),
  effect: questionEffectSchema.nullable().describe('of the question that it is about'),
  upload: uploadIdSchema.nullable(),
  version: z.int().min(1).nullable().describe('the number of the accepted version that the upload made'),
  file: z.string().nullable().describe('what the uploaded file or scan is called'),
  until: instantSchema.nullable().describe('until when more time was given, asked for or declined'),
  publication: z.int().min(1).nullable(),
  document: sha256Schema
    .nullable()
    .describe('the hash of the catalogue, baseline, template of the report or scan'),
  as: answererSchema.nullable().describe('as what a warning was answered'),
  reason: z.string().nullable(),
  ledger: z.strictObject({
    chain: chainHeadSchema.shape.chain,
    sequence: z.int().min(1),
    hash: chainHeadSchema.shape.hash,
  }),
});
export type RecordedAct = z.infer<typeof recordedActSchema>;

/** What is looked for; all that is given must hold. */
export const actFilterSchema = z.strictObject({
  department: departmentIdSchema.optional(),
  period: periodSchema.optional(),
  kind: payloadKindSchema.optional(),
  /** Part of a name, in upper or lower case. */
  person: z.string().max(80).optional(),
  /** The first and the last day, in the catalogue's time zone. */
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type ActFilter = z.infer<typeof actFilterSchema>;

/** A year as it was read, with the warnings on it. */
export interface ActsSource {
  events: readonly LedgerEvent[];
  state: YearState;
  warnings: readonly Pick<Warning, 'id' | 'finding'>[];
}

/**
 * Every act of a year that fits, the newest first. Of a year as one department may know it only what is of that
 * department is told, and extensions for all: the office's chain has what others were asked and answered too.
 */
export function actsOf(source: ActsSource, filter: ActFilter = {}): RecordedAct[] {
  const { onlyOf, catalogue } = source.state;
  const referred = new Map(source.events.map((event) => [event.hash as string, event]));
  const versions = versionsOf(source.state);
  const about = new Map(source.warnings.map(({ id, finding }) => [id as string, finding.indicator ?? null]));
  return source.events
    .map((event) => actIn(event, { referred, versions, about }))
    .filter((act) => onlyOf === undefined || concerns(act, onlyOf))
    .filter((act) => fits(act, filter, catalogue.utcOffset))
    .sort(newestFirst);
}

/** Whether an act is of a department, or extends a period for all of them. */
function concerns(act: RecordedAct, department: string): boolean {
  return act.department === department || (act.kind === 'deadline-extended' && act.department === null);
}

function newestFirst(a: RecordedAct, b: RecordedAct): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.ledger.chain !== b.ledger.chain) return a.ledger.chain < b.ledger.chain ? -1 : 1;
  return b.ledger.sequence - a.ledger.sequence;
}

function fits(act: RecordedAct, filter: ActFilter, utcOffset: string): boolean {
  const { department, period, kind, person = '', from = '0000-01-01', to = '9999-12-31' } = filter;
  const day = localDay(act.at, utcOffset);
  return (
    (department === undefined || concerns(act, department)) &&
    (period === undefined || act.period === period) &&
    (kind === undefined || act.kind === kind) &&
    from <= day &&
    day <= to &&
    act.by.toLowerCase().includes(person.trim().toLowerCase())
  );
}

/** The number of the version that each accepted upload made or repeated. */
function versionsOf({ returns }: YearState): ReadonlyMap<string, number> {
  return new Map(
    returns.flatMap(({ revisions }) =>
      revisions.flatMap(({ number, id, repeats }) =>
        [id, ...repeats.map((repeat) => repeat.id)].map((each) => [each as string, number] as const),
      ),
    ),
  );
}

interface ActContext {
  /** Every event by its hash. */
  referred: ReadonlyMap<string, LedgerEvent>;
  versions: ReadonlyMap<string, number>;
  /** What warnings that stand are about. */
  about: ReadonlyMap<string, string | null>;
}

const nothing = {
  ...{ department: null, period: null, about: null, effect: null, upload: null },
  ...{ file: null, until: null, publication: null, document: null, as: null, reason: null },
} as const;

function actIn(event: LedgerEvent, context: ActContext): RecordedAct {
  const { at, by, chain, sequence, hash, happening } = event;
  const of = particulars[happening.kind] as (event: LedgerEvent, context: ActContext) => Particulars;
  const act = { ...nothing, at, by, kind: happening.kind, ...of(event, context) };
  const version = act.upload === null ? null : (context.versions.get(act.upload) ?? null);
  return { ...act, version, ledger: { chain, sequence, hash } };
}

type Particulars = Partial<Omit<RecordedAct, 'kind' | 'version' | 'ledger'>>;

/** What there is to say of an event, by its kind: a kind without an entry does not compile. */
const particulars: {
  [K in PayloadKind]: (event: EventOf<K>, context: ActContext) => Particulars;
} = {
  'return-accepted': (event) => ({
    ...ofUpload(event),
    reason: event.happening.signature.correctionNote.trim() || null,
  }),
  'return-refused': ofUpload,
  'correction-explained': onUpload,
  'return-admitted': onUpload,
  'admission-declined': onUpload,
  'return-agreed': ({ happening: { department, period, upload } }) => ({ department, period, upload }),
  'return-disagreed': onUpload,
  'scan-filed': ({ happening: { department, period, upload, scan } }) => ({
    ...{ department, period, upload },
    file: scan.fileName ?? null,
    document: scan.sha256,
  }),
  'deadline-extended': ({ happening }) => ({ ...onReturn(happening), until: happening.until }),
  'extension-requested': ({ happening }) => ({ ...onReturn(happening), until: happening.until }),
  'extension-declined': ({ happening }, { referred }) => {
    const asked = referred.get(happening.request);
    const until = asked && isEvent(asked, 'extension-requested') ? asked.happening.until : null;
    return { ...onReturn(happening), until };
  },
  'question-asked': ({ happening }) => {
    const { about, effect, upload } = happening;
    return { ...onReturn(happening), about, effect, upload };
  },
  'question-answered': onQuestion,
  'question-insisted': onQuestion,
  'question-closed': onQuestion,
  'warning-acknowledged': ({ happening }, { about }) => ({
    ...onReturn(happening),
    about: about.get(happening.warning) ?? null,
    as: happening.as,
  }),
  'catalogue-adopted': ({ happening: { catalogue, reason } }) => ({ document: catalogue, reason }),
  'baseline-recorded': ({ happening: { baseline, reason } }) => ({ document: baseline, reason }),
  'report-template-adopted': ({ happening: { template, reason } }) => ({ document: template, reason }),
  published: ({ happening: { number } }) => ({ publication: number }),
  'publication-issued': ({ happening: { number, reason } }) => ({ publication: number, reason }),
};

/** Whoever sent an upload did so when it was received; who recorded it is a program. */
function ofUpload({ happening: { department, period, upload } }: UploadEvent): Particulars {
  const { uploadedAt, uploader, fileName } = upload;
  return { at: uploadedAt, by: uploader, department, period, upload: uploadId(upload), file: fileName };
}

type OnUpload = EventOf<
  'correction-explained' | 'return-admitted' | 'admission-declined' | 'return-disagreed'
>;

function onUpload({ happening }: OnUpload): Particulars {
  return { ...onReturn(happening), upload: happening.upload };
}

function onReturn({
  department,
  period,
  reason,
}: Pick<RecordedAct, 'department' | 'period' | 'reason'>): Particulars {
  return { department, period, reason };
}

type OnQuestion = EventOf<'question-answered' | 'question-insisted' | 'question-closed'>;

function onQuestion({ happening }: OnQuestion, { referred }: ActContext): Particulars {
  const asked = referred.get(happening.question);
  if (asked === undefined || !isEvent(asked, 'question-asked')) return onReturn(happening);
  const { about, effect, upload } = asked.happening;
  return { ...onReturn(happening), about, effect, upload };
}
