import { join } from 'node:path';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import type { Revision } from '../../../shared/core/year/year-state.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { type ReturnedFile, returnedFiles } from '../../use-cases/returned-files.ts';
import { exitCodes } from './exit-codes.ts';
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
  const { state } = await readYear(workplace.ledger, workplace.catalogue);
  const revisions = new Map(
    state.returns.flatMap((one) => one.revisions.map((revision) => [revision.event.hash, revision] as const)),
  );
  if (options.json) {
    printJson(submitted.map((one) => asJson(one, revisions, workplace)));
  } else {
    for (const one of submitted) printSubmitted(one, revisions.get(one.result.event.hash), workplace);
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
  { folder, catalogue, now, user }: Workplace,
): Promise<Submitted[]> {
  const order = { folder, catalogue, address: { department, period }, uploadedAt, uploader, now, user };
  return withProgress('submitting', files.length, (step) => submitFiles(files, order, step));
}

function printSubmitted(
  { path, result }: Submitted,
  revision: Revision | undefined,
  workplace: Workplace,
): void {
  const { feedback, recorded } = result;
  const { department, period } = feedback;
  const name = department === null ? '' : (departmentOf(workplace.catalogue, department)?.name ?? department);
  const standing = revision === undefined ? '' : describeStanding(revision);
  const again = recorded === 'already' ? `, submitted before: nothing changed${toCountAgain(revision)}` : '';
  print(
    `${feedback.outcome.padEnd(8)} ${department ?? '?'} ${period ?? '?'} ${name}  ${path}${standing}${again}`,
  );
  if (feedback.outcome === 'refused' || recorded === 'now') {
    const worth = feedback.findings.filter(
      ({ severity }) => feedback.outcome === 'refused' || severity !== 'info',
    );
    printFindings([...worth, ...feedback.warnings], workplace.catalogue);
  }
  if (feedback.outcome === 'refused') print(`    feedback: ${join(workplace.folder, result.feedbackFolder)}`);
  if (revision?.heldBecause === 'after-cut-off') {
    print(`    let it in: indicators admit ${revision.id} --reason "..."`);
  }
  if (revision?.heldBecause === 'changes-published-figures') {
    print(`    give the reason: indicators explain ${revision.id} --reason "..."`);
  }
}

function toCountAgain(revision: Revision | undefined): string {
  return revision?.standing === 'superseded' ? '; to make it count again, submit it under another name' : '';
}

function describeStanding({ number, standing, heldBecause, late }: Revision): string {
  const why =
    heldBecause === 'after-cut-off'
      ? ' (after the cut-off)'
      : heldBecause === undefined
        ? ''
        : ' (changes published figures without a reason)';
  return `, revision ${number}: ${standing}${why}${late ? ', late' : ''}`;
}

function printCounts(submitted: readonly Submitted[]): void {
  const count = (test: (result: IngestResult) => boolean) =>
    submitted.filter(({ result }) => test(result)).length;
  print(
    `${submitted.length} files: ${count(({ feedback }) => feedback.outcome === 'accepted')} accepted, ` +
      `${count(({ feedback }) => feedback.outcome === 'refused')} refused; ` +
      `${count(({ recorded }) => recorded === 'already')} had been submitted before`,
  );
}

function asJson(
  { path, result }: Submitted,
  revisions: ReadonlyMap<string, Revision>,
  { folder }: Workplace,
) {
  const revision = revisions.get(result.event.hash);
  return {
    path,
    recorded: result.recorded,
    ...result.feedback,
    revision: revision?.number ?? null,
    standing: revision?.standing ?? null,
    heldBecause: revision?.heldBecause ?? null,
    feedbackFolder: join(folder, result.feedbackFolder),
  };
}
