import type { Random } from '../../functions/demo/seeded-random.ts';
import { type IngestServices, ingest, refuseUnread } from '../../functions/use-cases/ingest.ts';
import { type Decision, DecisionError, recordDecision } from '../../functions/use-cases/office.ts';
import { issuePublication } from '../../functions/use-cases/publish/issue.ts';
import {
  type KeptFromLast,
  type PublishServices,
  publish,
} from '../../functions/use-cases/publish/publish.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { keepUpload, uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantOf } from '../../shared/core/catalogue/period.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import { type ReadUpload, uploadIdSchema } from '../../shared/core/ledger/upload.ts';
import type { Address } from '../../shared/core/returns/address.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { heldBecause } from '../../shared/core/year/revision.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import { chanceOf } from './chance.ts';
import type { ActStep, Step, UploadStep } from './history.ts';
import { chooseSigning, isSigningAct, recordSigning, type SigningChoice } from './signing.ts';
import { quickWorkbooks, quickWriters, workbookOf } from './small-city.ts';
import type { StayingPublisher } from './staying-publisher.ts';

/** What an actor works with in one of its lives. */
export interface Means {
  ledger: Ledger;
  documents: Documents;
  catalogue: Catalogue;
  now: Instant;
}

/** What the simulated people were told: it must be so ever after. */
export type Told = (event: LedgerEvent) => void;

/** Faults of the program that the tests of the tests plant. */
export interface Plant {
  /** A store that breaks its word, put in place of the sound one. */
  ledger?: (sound: Ledger, events: Map<string, LedgerEvent[]>) => Ledger;
  ingesting?: (services: IngestServices, upload: ReadUpload) => IngestServices;
  publishing?: (services: PublishServices) => PublishServices;
}

const noUpload = uploadIdSchema.parse('0'.repeat(16));
const instant = (moment: number) => instantOf(new Date(moment));

/** What an upload is, as the store and the notice, or the clerk's machine, tell it. */
export function uploadOfStep(step: UploadStep): { upload: ReadUpload; bytes: Uint8Array } {
  const { fileName } = step;
  const { department, period } = placeOf(step);
  const bytes = bytesOf(step);
  const told = { fileName, uploadedAt: instant(step.at), uploader: `上传人${step.id}` };
  if (step.manner === 'handed-over') {
    const { claimedBefore } = step;
    const claim = claimedBefore === undefined ? {} : { claimedAt: instant(step.at - claimedBefore) };
    return { upload: uploadOf({ ...told, ...claim, address: { department, period }, bytes }), bytes };
  }
  const key = `uploads/${department ?? 'unaddressed'}/${period ?? 'unaddressed'}/${fileName}`;
  const version = sha256(step.id).slice(0, 12);
  return {
    upload: { ...told, claimedAt: null, key, version, sha256: sha256(bytes), size: bytes.length },
    bytes,
  };
}

function placeOf({ place, department, period }: UploadStep): Address {
  const says = (what: typeof place) => place === 'whole' || place === what;
  return {
    department: says('department') ? department : undefined,
    period: says('period') ? period : undefined,
  };
}

function bytesOf({ set, version, department = '', period = '', note }: UploadStep): Uint8Array {
  return workbookOf({ set, version, department, period, note });
}

/** One delivery of an upload: kept first if it is handed over, fetched first if it was put. */
export async function takeIn(step: UploadStep, means: Means, told: Told, plant: Plant): Promise<void> {
  const { documents, now } = means;
  const { upload, bytes: sent } = uploadOfStep(step);
  const recording = { recordedAt: now, recordedBy: 'ingest' };
  const services: IngestServices = { ...means, workbooks: quickWorkbooks };
  const planted = plant.ingesting?.(services, upload) ?? services;
  if (step.manner === 'handed-over')
    await keepUpload({ ...upload, address: placeOf(step), bytes: sent }, documents);
  if (step.tooLarge) {
    told((await refuseUnread({ ...recording, upload: { ...upload, sha256: null } }, planted)).event);
    return;
  }
  const bytes = step.manner === 'put' ? await documents.get(upload.key, upload.version) : sent;
  if (bytes === undefined) throw new Error(`${step.id} is gone from the store`);
  told((await ingest({ ...recording, upload, bytes }, planted)).event);
}

/** One run of the schedule, by a process that stays or by one of its own. */
export async function publishNow(means: Means, plant: Plant = {}, publisher?: StayingPublisher) {
  const { catalogue, now, ...ports } = means;
  const request = { year: catalogue.year, publishedAt: now, publishedBy: 'schedule', software: 'simulation' };
  const run = (kept: KeptFromLast | undefined) => {
    const services: PublishServices = { ...ports, kept, writers: quickWriters };
    return publish(request, plant.publishing?.(services) ?? services);
  };
  return publisher === undefined ? run(undefined) : publisher.publish(means, run);
}

/** What somebody decides, recorded as the use cases do. */
type Chosen = Decision | { kind: 'issue'; number: number } | { kind: 'signing'; choice: SigningChoice };

/** Somebody looks at the state once, decides, and then insists until it is recorded or makes no sense. */
export function decider(step: ActStep, seed: number): (means: Means, told: Told) => Promise<void> {
  let decision: Chosen | undefined;
  return async (means, told) => {
    if (decision === undefined) {
      const { state } = await readYear(means, means.catalogue.year);
      decision = chooseDecision(step, state, chanceOf(seed, `choice of ${step.id}`));
    }
    try {
      told(await recordChosen(decision, means));
    } catch (error) {
      if (!(error instanceof DecisionError)) throw error;
    }
  };
}

function recordChosen(decision: Chosen, means: Means): Promise<LedgerEvent> {
  const decided = { at: means.now, by: '法制科' };
  if (decision.kind === 'signing') return recordSigning(decision.choice, means);
  if (decision.kind !== 'issue') return recordDecision(decision, decided, means);
  const { year } = means.catalogue;
  return issuePublication({ year, number: decision.number, reason: '审定', ...decided }, means);
}

/** Mostly something that matters, sometimes what makes no sense as things stand. */
function chooseDecision({ act, at }: ActStep, state: YearState, random: Random): Chosen {
  if (act === 'issue') return { kind: 'issue', number: state.publications.length };
  if (isSigningAct(act)) return { kind: 'signing', choice: chooseSigning(act, state, random) };
  const reason = '核实无误';
  const revisions = state.returns.flatMap((each) => each.revisions);
  const waitsFor = act === 'explain' ? 'changes-issued' : 'after-cut-off';
  const waiting = revisions.filter((revision) => heldBecause(revision).includes(waitsFor));
  const held = waiting.length > 0 ? waiting : revisions.filter(({ state }) => state.kind === 'held');
  const about = random.chance(90) && held.length > 0 ? random.pick(held) : revisions[0];
  const one = random.pick(state.returns);
  const { department, period } = about ?? { department: one.department.id, period: one.period };
  if (act === 'extend') {
    const came = about === undefined ? at : Date.parse(about.upload.uploadedAt);
    const until = instant(came + random.pick([-1, 0, 86_400_000, 20 * 86_400_000]));
    const whose = random.pick([null, department, one.department.id]);
    return { kind: 'deadline-extended', department: whose, period, until, reason };
  }
  if (act === 'acknowledge') {
    const warning = warningsOf(state)[0];
    const where = { department, period, ...warning };
    return {
      ...{ kind: 'warning-acknowledged', as: random.pick(['department', 'legal-office'] as const) },
      ...{ department: where.department, period: where.period, reason },
      warning: warning?.id ?? sha256('no warning'),
    };
  }
  if (act === 'ask') return questionAbout(state, random);
  if (act === 'answer' || act === 'insist' || act === 'close') return stepOf(act, state, random);
  const kind = kindsOfActs[act];
  return { kind, department, period, upload: about?.id ?? noUpload, reason };
}

const kindsOfActs = {
  admit: 'return-admitted',
  decline: 'admission-declined',
  explain: 'correction-explained',
} as const;

/** Mostly about the newest version of a return, sometimes about one that was replaced, or about nothing. */
function questionAbout(state: YearState, random: Random): Decision {
  const come = state.returns.filter(({ revisions }) => revisions.length > 0);
  const one = random.pick(come.length > 0 ? come : state.returns);
  const revision = random.chance(90) ? one.revisions.at(-1) : one.revisions[0];
  const about = random.chance(50) ? null : (revision?.figures[0]?.indicator ?? 'nothing');
  return {
    ...{ kind: 'question-asked', department: one.department.id, period: one.period, about },
    upload: revision?.id ?? noUpload,
    effect: random.chance(60) ? 'sent-back' : 'counts-meanwhile',
    reason: '请核实',
  };
}

function stepOf(act: 'answer' | 'insist' | 'close', state: YearState, random: Random): Decision {
  const asked = state.returns.flatMap(({ questions, revisions }) =>
    questions.map((question) => ({ question, newest: revisions.at(-1) })),
  );
  const found = asked.length > 0 ? random.pick(asked) : undefined;
  const { department, period } = found?.question ?? {
    department: state.returns[0]!.department.id,
    period: state.returns[0]!.period,
  };
  const about = { department, period, question: found?.question.id ?? sha256('nothing'), reason: '已核实' };
  if (act === 'answer') return { kind: 'question-answered', ...about };
  if (act === 'close') return { kind: 'question-closed', ...about };
  return { kind: 'question-insisted', ...about, upload: found?.newest?.id ?? noUpload };
}

interface Acting {
  seed: number;
  told: Told;
  plant: Plant;
  /** The process that stays and publishes, where it is not one of its own. */
  publisher: StayingPublisher | undefined;
}

/** What a step does each time that it is started; publications and acts are started once. */
export function workOf(
  step: Step,
  { seed, told, plant, publisher }: Acting,
): (means: Means) => Promise<void> {
  if (step.kind === 'upload') return (means) => takeIn(step, means, told, plant);
  if (step.kind === 'publish') return async (means) => void (await publishNow(means, plant, publisher));
  const decide = decider(step, seed);
  return (means) => decide(means, told);
}
