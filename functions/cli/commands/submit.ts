import { join } from 'node:path';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { heldBecause, type Revision } from '../../../shared/core/year/revisions.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { type ReturnedFile, returnedFiles } from '../../use-cases/returned-files.ts';
import { exitCodes } from './exit-codes.ts';
import { givenAddress } from './given-address.ts';
import { print, printFindings, printJson, withProgress } from './output.ts';
import { type Submitted, submitFiles } from './submit-files.ts';
import type { Workplace } from './workplace.ts';

export interface SubmitOptions extends Partial<Address> {
  uploadedAt?: Instant;
  uploader?: string;
  json?: boolean;
}

/** Submits files and whole folders; tells what became of each. */
export async function submitCommand(
  paths: string[],
  options: SubmitOptions,
  workplace: Workplace,
): Promise<number> {
  const files = await returnedFiles(paths);
  if (files.length === 0) {
    print(`no files in ${paths.join(', ')}`);
    return exitCodes.misused;
  }
  const submitted = await submitToWorkplace(files, options, workplace);
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

/** Submits files with progress on a terminal. */
export async function submitToWorkplace(
  files: readonly ReturnedFile[],
  { uploadedAt, uploader, department, period }: SubmitOptions,
  { folder, catalogue, catalogues, now, user }: Workplace,
): Promise<Submitted[]> {
  const address = givenAddress({ department, period }, catalogue);
  const order = { folder, catalogues: [...catalogues.values()], address, uploadedAt, uploader, now, user };
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
  const held = revision && heldBecause(revision);
  if (feedback.outcome === 'refused') print(`    feedback: ${join(workplace.folder, result.feedbackFolder)}`);
  if (held === 'after-cut-off') {
    print(`    let it in: indicators admit ${revision?.id} --reason "..."`);
  }
  if (held === 'changes-published-figures') {
    print(`    give the reason: indicators explain ${revision?.id} --reason "..."`);
  }
}

/** Whether this very upload was recorded before, or its file is the one before it once more. */
function wasKnown({ recorded, revision, event }: IngestResult): boolean {
  const isRepeat = revision !== undefined && revision.id !== uploadId(event.happening.upload);
  return recorded === 'already' || isRepeat;
}

function describeStanding(revision: Revision): string {
  const held = heldBecause(revision);
  const why =
    held === 'after-cut-off'
      ? ' (after the cut-off)'
      : held === undefined
        ? ''
        : ' (changes published figures without a reason)';
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
    heldBecause: (revision && heldBecause(revision)) ?? null,
    feedbackFolder: join(folder, result.feedbackFolder),
  };
}
