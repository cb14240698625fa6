import { join } from 'node:path';
import { Command } from 'commander';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { UploadEvent } from '../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { heldBecause, type Revision } from '../../../shared/core/year/revision.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { finishPending, later, timeOfReceipt } from '../../use-cases/receive.ts';
import { type ReturnedFile, returnedFiles } from '../../use-cases/returned-files.ts';
import { instant, period as periodArgument, textUpTo } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { givenAddress } from './given-address.ts';
import { heldSentences } from './office.ts';
import { print, printFindings, printJson, withProgress } from './output.ts';
import { type FileToSubmit, type Submitted, submitFiles } from './submit-files.ts';
import { type Workplace, withWorkplace } from './workplace.ts';

interface SubmitOptions extends Partial<Address> {
  handedInAt?: Instant;
  uploader?: string;
  json?: boolean;
}

/** `indicators submit`: records workbooks. */
export function submitCommand({ options, finish }: CommandLine): Command {
  return new Command('submit')
    .description(
      'record workbooks, or every file in folders; doing it again changes nothing. A file belongs to the department and period that the form in it says; its folders (sfj/2023-03/) or its name (sfj-2023-03.xlsx) may say so too, and if they say otherwise it is refused with a question that names both. A folder may hold uploads.json: who handed in which file when',
    )
    .argument('<paths...>')
    .option('--department <id>', 'whose return it is')
    .option('--period <period>', 'for which period', periodArgument)
    .option('--handed-in-at <time>', 'when it was handed in, if it came another way', instant)
    .option('--uploader <name>', 'who sent it, if not you', textUpTo(80))
    .option('--json', 'outcomes and findings as JSON')
    .action((paths: string[], given: SubmitOptions) =>
      finish(withWorkplace(options(), (workplace) => submit(paths, given, workplace))),
    );
}

/** Submits files and whole folders; tells what became of each. */
async function submit(paths: string[], options: SubmitOptions, workplace: Workplace): Promise<number> {
  const files = await returnedFiles(paths);
  if (files.length === 0) {
    print(`no files in ${paths.join(', ')}`);
    return exitCodes.misused;
  }
  await finishPending(workplace, { isAlone: false });
  const { department, period } = options;
  const toSubmit = await received(files, options, workplace);
  const submitted = await submitToWorkplace(toSubmit, { department, period }, workplace);
  const revisions = await revisionsByUpload(submitted, workplace);
  if (options.json) {
    printJson(submitted.map((one) => asJson(one, revisions, workplace)));
  } else {
    for (const one of submitted) printSubmitted(one, revisions, workplace);
    printCounts(submitted);
  }
  return submitted.some(({ result }) => result.feedback.outcome === 'refused')
    ? exitCodes.refused
    : exitCodes.done;
}

/**
 * The files as they are received, one after the other, those first that were handed in first: of two versions of one
 * return the one that comes last counts.
 */
async function received(
  files: readonly ReturnedFile[],
  { handedInAt, uploader }: SubmitOptions,
  { ledger, now, user }: Workplace,
): Promise<FileToSubmit[]> {
  const first = await timeOfReceipt(now, ledger);
  const claimed = files.map((file) => ({ ...file, claimedAt: handedInAt ?? file.handedInAt ?? null }));
  const order = ({ claimedAt, path }: { claimedAt: Instant | null; path: string }) =>
    `${claimedAt ?? first} ${path}`;
  return claimed
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ path, claimedAt, uploader: said }, index) => {
      if (claimedAt !== null && claimedAt > now) throw new UsageError(claimInFuture(path, claimedAt));
      return { path, uploadedAt: later(first, index), claimedAt, uploader: uploader ?? said ?? user };
    });
}

function claimInFuture(path: string, claimedAt: Instant): string {
  return `${path}: it cannot have been handed in at ${claimedAt}, which is still to come`;
}

/** Submits files with progress on a terminal. */
export async function submitToWorkplace(
  files: readonly FileToSubmit[],
  given: Partial<Address>,
  { folder, catalogue, catalogues, user }: Workplace,
): Promise<Submitted[]> {
  const address = givenAddress(given, catalogue);
  const order = { folder, catalogues: [...catalogues.values()], address, user };
  return withProgress('submitting', files.length, (step) => submitFiles(files, order, step));
}

type Revisions = ReadonlyMap<string, Revision>;

/** Every revision of the years of what was submitted, by each upload that made or repeated it. */
async function revisionsByUpload(submitted: readonly Submitted[], workplace: Workplace): Promise<Revisions> {
  const years = new Set(submitted.map(({ result }) => Number(result.event.chain.slice(0, 4))));
  const read = await Promise.all([...years].map((year) => readYear(workplace, year)));
  return new Map(
    read
      .flatMap(({ state }) => state.returns)
      .flatMap(({ revisions }) => revisions)
      .flatMap((revision) => [revision, ...revision.repeats].map(({ id }) => [id, revision] as const)),
  );
}

function printSubmitted({ path, result }: Submitted, revisions: Revisions, workplace: Workplace): void {
  const { feedback } = result;
  const id = uploadId(feedback.upload);
  const revision = revisions.get(id);
  const { department, period } = feedback;
  const name = department === null ? '' : (departmentOf(workplace.catalogue, department)?.name ?? department);
  const standing = revision === undefined ? '' : describeStanding(revision);
  const again = wasKnown(result) ? ', the same file was submitted before: nothing changed' : '';
  print(
    `${feedback.outcome.padEnd(8)} ${department ?? '?'} ${period ?? '?'} ${name}  ${path}${standing}${again}`,
  );
  if (feedback.outcome === 'refused' || again === '') {
    const worth = feedback.findings.filter(
      ({ severity }) => feedback.outcome === 'refused' || severity !== 'info',
    );
    printFindings([...worth, ...feedback.warnings], workplace.catalogue);
  }
  printMisdirected(result.event);
  if (feedback.outcome === 'refused') print(`    feedback: ${join(workplace.folder, result.feedbackFolder)}`);
  if (revision === undefined) return;
  for (const each of heldBecause(revision)) print(`    ${heldSentences[each].command(revision.id)}`);
}

/** A form of another return is no refusal of the one that it was sent for: how to submit it as what it is. */
function printMisdirected({ happening }: UploadEvent): void {
  if (happening.kind !== 'return-refused' || happening.misdirected === undefined) return;
  const { sentFor, formOf } = happening.misdirected;
  print(`    it is the form of ${formOf.department} ${formOf.period}, and was not taken as ${sentFor}`);
  print(
    `    submit it as that: indicators submit FILE --department ${formOf.department} --period ${formOf.period}`,
  );
}

/** Whether this very upload was recorded before, or its file is the one before it once more. */
function wasKnown({ recorded, revision, event }: IngestResult): boolean {
  const isRepeat = revision !== undefined && revision.id !== uploadId(event.happening.upload);
  return recorded === 'already' || isRepeat;
}

function describeStanding(revision: Revision): string {
  const held = heldBecause(revision).map((each) => heldSentences[each].why);
  const why = held.length === 0 ? '' : ` (${held.join(', ')})`;
  const { number, state, late } = revision;
  return `, revision ${number}: ${state.kind}${why}${late ? ', late' : ''}`;
}

function printCounts(submitted: readonly Submitted[]): void {
  const count = (test: (result: IngestResult) => boolean) =>
    submitted.filter(({ result }) => test(result)).length;
  print(
    `${submitted.length} files: ${count(({ feedback }) => feedback.outcome === 'accepted')} accepted, ` +
      `${count(({ feedback }) => feedback.outcome === 'refused')} refused; ` +
      `${count(wasKnown)} had been submitted before`,
  );
}

function asJson({ path, result }: Submitted, revisions: Revisions, { folder }: Workplace) {
  const id = uploadId(result.feedback.upload);
  const revision = revisions.get(id);
  return {
    path,
    recorded: result.recorded,
    ...result.feedback,
    revision: revision?.number ?? null,
    repeats: revision !== undefined && revision.id !== id,
    standing: revision?.state.kind ?? null,
    heldBecause: revision === undefined ? [] : heldBecause(revision),
    feedbackFolder: join(folder, result.feedbackFolder),
  };
}
