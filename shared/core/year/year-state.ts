import { z } from 'zod';
import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import {
  type Catalogue,
  type Department,
  type ExpectedReturn,
  expectedReturns,
} from '../catalogue/catalogue.ts';
import type { TimeLimit } from '../catalogue/deadlines.ts';
import type { Kind } from '../catalogue/kinds.ts';
import { instantSchema, type Period, yearSchema } from '../catalogue/period.ts';
import { uploadsCountedBy } from '../ledger/counted.ts';
import { type EventOf, isEvent, type LedgerEvent, type UploadEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import { byUploadOrder, type Upload, type UploadId, uploadId } from '../ledger/upload.ts';
import type { ReturnKey } from '../returns/address.ts';
import type { Finding } from '../returns/finding.ts';
import type { FigureSaid } from '../returns/observation.ts';
import { sha256Schema } from '../values/digest.ts';
import { agreementAsked, agreementsIn } from './agreements.ts';
import { type ExtensionRequest, extensionRequestsIn } from './extension-requests.ts';
import { type Acknowledgements, type Extended, lastExtension, officeDecisions } from './office-decisions.ts';
import type { QuestionState } from './questions.ts';
import type { Revision } from './revision.ts';
import { rankRevisions } from './revisions.ts';
import { scansIn } from './scans.ts';

/** An upload that was refused, with why. */
export interface Refusal {
  id: UploadId;
  upload: Upload;
  findings: Finding[];
}

/** An upload that is the form of another return than this one, for which it was sent: a refusal of neither. */
export interface MisdirectedUpload extends Refusal {
  /** The return whose form it is. */
  formOf: ReturnKey;
}

/** Everything known of one department's return for one period. */
export interface ReturnState extends TimeLimit {
  department: Department;
  period: Period;
  revisions: Revision[];
  refusals: Refusal[];
  misdirected: MisdirectedUpload[];
  counting: Revision | undefined;
  /** What the legal office asks about it, or asked, oldest first. */
  questions: QuestionState[];
  /** Who extended its deadline to when it is now, and why; undefined where nobody did. */
  extension: Extended | undefined;
  /** What the department asked for more time, oldest first. */
  extensionRequests: ExtensionRequest[];
}

/** Names what last year's figures are from: a publication and what it says, save ledger positions, or a baseline. */
export const lastYearSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('publication'),
    year: yearSchema,
    number: z.int().min(1),
    digest: sha256Schema,
  }),
  z.strictObject({
    kind: z.literal('baseline'),
    year: yearSchema,
    digest: sha256Schema.describe('of the document of the baseline, as its event names it'),
    recordedAt: instantSchema,
    recordedBy: z.string(),
  }),
]);
export type LastYearSource = z.infer<typeof lastYearSourceSchema>;
export type SourceOf<K extends LastYearSource['kind']> = Extract<LastYearSource, { kind: K }>;

/** What a department said of an indicator in a period of last year, and how that was counted. */
export interface FigureLastYear {
  period: Period;
  kind: Kind;
  unit: string;
  /** Whether it was reported as the year to date. */
  isToDate: boolean;
  said: FigureSaid;
}

/** Last year as its newest publication counted it or, where there is none, as the legal office entered it. */
export interface LastYear {
  source: LastYearSource;
  /** By department and indicator, in order of period, as it was recorded: so much is told by the chains alone. */
  figures: ReadonlyMap<string, ReadonlyMap<string, readonly FigureLastYear[]>>;
  /** The whole year, to be totalled as this one is; undefined where its catalogues are not at hand. */
  state: YearState | undefined;
  /** What was entered of the year as a whole, which goes before what its periods come to; undefined of a publication. */
  wholeYear: YearState | undefined;
}

/** What a year's chains say, whatever the order in which uploads were recorded. */
export interface YearState {
  /** The catalogue in force. */
  catalogue: Catalogue;
  adopted: AdoptedCatalogues;
  returns: ReturnState[];
  unaddressed: Refusal[];
  /** Accepted uploads of returns that the catalogue in force does not expect: none of them counts. */
  unexpected: EventOf<'return-accepted'>[];
  adoptions: EventOf<'catalogue-adopted'>[];
  /** Templates of the report, of which the last stands. */
  reportTemplates: EventOf<'report-template-adopted'>[];
  acknowledgements: Acknowledgements;
  publications: EventOf<'published'>[];
  /** Which publications the legal office issued (正式), by number; the others are kept as they were made (存档). */
  issued: ReadonlyMap<number, Act>;
  /** Beside what the year is looked at; undefined where nothing of last year is known. */
  lastYear: LastYear | undefined;
  /** The department whose returns alone are here; undefined where those of all are. */
  onlyOf: string | undefined;
}

/**
 * Folds the events of a year: those of every department, the office's own, and the unaddressed ones. Which catalogues
 * were adopted is told by `adopted`, since events name them by hash only. `onlyOf` is the department that may know of it.
 */
export function foldYear(
  adopted: AdoptedCatalogues,
  events: readonly LedgerEvent[],
  lastYear?: LastYear,
  onlyOf?: string,
): YearState {
  const { catalogue } = adopted.inForce;
  const { extensions, acknowledgements, questions, publications, ...decisions } = officeDecisions(events);
  const requests = byReturn(extensionRequestsIn(events));
  const [scans, agreements] = [byReturn(scansIn(events)), byReturn(agreementsIn(events))];
  const asked = byReturn(questions);
  const issuedOf = uploadsCountedBy([...decisions.issued.keys()], publications);
  const accepted = groupByReturn(events.filter((event) => isEvent(event, 'return-accepted')));
  const refused = groupByReturn(events.filter((event) => isEvent(event, 'return-refused')));
  const adoptions = events.filter((event) => isEvent(event, 'catalogue-adopted'));
  const asksAgreement = agreementAsked(adopted, adoptions);
  const expected = expectedReturns(catalogue);
  const told = onlyOf === undefined ? expected : expected.filter(({ department: { id } }) => id === onlyOf);
  const returns = told.map(({ department, period, deadline }): ReturnState => {
    const key = keyOf(department.id, period);
    const extension = lastExtension(extensions, { department: department.id, period });
    const limit = { deadline, extendedUntil: extension?.until };
    const uploads = firstRecordings(accepted.get(key) ?? []);
    const context = {
      ...{ ...decisions, adopted, asksAgreement, limit },
      issued: issuedOf({ department: department.id, period }),
      questions: asked.get(key) ?? [],
      scans: scans.get(key) ?? [],
      agreements: agreements.get(key) ?? [],
    };
    const { revisions, questions } = rankRevisions(uploads, context);
    return {
      department,
      period,
      ...limit,
      extension,
      revisions,
      ...refusedUploads(firstRecordings(refused.get(key) ?? [])),
      counting: revisions.find(({ state }) => state.kind === 'counting'),
      questions,
      extensionRequests: requests.get(key) ?? [],
    };
  });
  return {
    catalogue,
    adopted,
    returns,
    unaddressed: firstRecordings(strays(refused, expected)).map(refusalOf),
    unexpected: firstRecordings(strays(accepted, expected)),
    adoptions,
    reportTemplates: events.filter((event) => isEvent(event, 'report-template-adopted')),
    acknowledgements,
    publications,
    issued: decisions.issued,
    lastYear,
    onlyOf,
  };
}

/** As much of a year as one department may know. */
export function yearOfDepartment(state: YearState, department: string): YearState {
  const returns = state.returns.filter((one) => one.department.id === department);
  return { ...state, returns, onlyOf: department };
}

/** The state of one return; undefined if the catalogue expects none. */
export function returnOf(
  state: Pick<YearState, 'returns'>,
  { department, period }: ReturnKey,
): ReturnState | undefined {
  return state.returns.find(
    (candidate) => candidate.department.id === department && candidate.period === period,
  );
}

function keyOf(department: string | null, period: Period | null): string {
  return `${department ?? ''} ${period ?? ''}`;
}

function byReturn<K extends ReturnKey>(all: readonly K[]): Map<string, K[]> {
  return Map.groupBy(all, ({ department, period }) => keyOf(department, period));
}

function groupByReturn<E extends UploadEvent>(events: E[]): Map<string, E[]> {
  return Map.groupBy(events, ({ happening }) =>
    keyOf(happening.department, happening.period ?? sentFor(happening)),
  );
}

/** For which period a file was sent that is the form of another return. */
function sentFor(happening: UploadEvent['happening']): Period | null {
  return happening.kind === 'return-refused' ? (happening.misdirected?.sentFor ?? null) : null;
}

/** What was refused of uploads that were sent for a return, apart from what is the form of another. */
function refusedUploads(
  events: readonly EventOf<'return-refused'>[],
): Pick<ReturnState, 'refusals' | 'misdirected'> {
  return {
    refusals: events.filter(({ happening }) => happening.misdirected === undefined).map(refusalOf),
    misdirected: events.flatMap((event) => {
      const { misdirected } = event.happening;
      return misdirected === undefined ? [] : [{ ...refusalOf(event), formOf: misdirected.formOf }];
    }),
  };
}

function strays<E>(byReturn: ReadonlyMap<string, E[]>, expected: readonly ExpectedReturn[]): E[] {
  const keys = new Set(expected.map(({ department, period }) => keyOf(department.id, period)));
  return [...byReturn].flatMap(([key, uploads]) => (keys.has(key) ? [] : uploads));
}

/** In order of upload, each upload once. */
function firstRecordings<E extends UploadEvent>(events: E[]): E[] {
  const byId = new Map<string, E>();
  for (const event of events) {
    const id = uploadId(event.happening.upload);
    if (!byId.has(id)) byId.set(id, event);
  }
  return [...byId.values()].sort((a, b) => byUploadOrder(a.happening.upload, b.happening.upload));
}

function refusalOf({ happening }: EventOf<'return-refused'>): Refusal {
  return { id: uploadId(happening.upload), upload: happening.upload, findings: happening.findings };
}
