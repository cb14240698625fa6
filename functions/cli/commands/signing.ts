import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { maxScanBytes, scanFaultWords } from '../../../shared/core/ledger/scan.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import { fileScan } from '../../use-cases/file-scan.ts';
import { DecisionError } from '../../use-cases/office.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { textUpTo } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { decide } from './office.ts';
import { print } from './output.ts';
import { type Workplace, withWorkplace } from './workplace.ts';

/** What is done about versions that are signed and stamped: the commands of the command line. */
export function signingCommands({ options, finish }: CommandLine): Command[] {
  return [
    new Command('file-scan')
      .description('department: file the scan (PDF, JPEG, PNG) of the signed and stamped sheet of a version')
      .argument('<upload>', 'as "submit" and "query" show it')
      .argument('<file>')
      .option('--by <name>', 'who files it, if not you', textUpTo(80))
      .action((upload, file, { by }: { by?: string }) =>
        finish(withWorkplace(options(), (workplace) => fileScanCommand({ upload, file, by }, workplace))),
      ),
    new Command('agree')
      .description('reviewer of the department: agree that a version counts')
      .argument('<upload>', 'as "submit" and "status" show it')
      .option('--by <name>', 'who reviews it, if not you', textUpTo(80))
      .action((upload, { by }: { by?: string }) =>
        finish(withWorkplace(options(), (workplace) => reviewCommand({ upload, by }, workplace))),
      ),
    new Command('disagree')
      .description('reviewer of the department: do not agree; whoever uploaded it sees why')
      .argument('<upload>', 'as "submit" and "status" show it')
      .requiredOption(
        '--reason <text>',
        `why, up to ${maxReasonLength} characters`,
        textUpTo(maxReasonLength),
      )
      .option('--by <name>', 'who reviews it, if not you', textUpTo(80))
      .action((upload, given: { reason: string; by?: string }) =>
        finish(withWorkplace(options(), (workplace) => reviewCommand({ upload, ...given }, workplace))),
      ),
  ];
}

async function reviewCommand(
  { upload, reason, by }: { upload: string; reason?: string; by?: string | undefined },
  workplace: Workplace,
): Promise<number> {
  const revision = await findRevision(upload, workplace);
  if (revision === undefined) return exitCodes.misused;
  const { department, period, id } = revision;
  const about = { department, period, upload: id };
  const decision =
    reason === undefined
      ? ({ kind: 'return-agreed', ...about } as const)
      : ({ kind: 'return-disagreed', ...about, reason } as const);
  return decide(decision, by, workplace);
}

async function fileScanCommand(
  { upload, file, by }: { upload: string; file: string; by: string | undefined },
  workplace: Workplace,
): Promise<number> {
  const revision = await findRevision(upload, workplace);
  if (revision === undefined) return exitCodes.misused;
  if ((await stat(file)).size > maxScanBytes) {
    print(scanFaultWords['too-large']);
    return exitCodes.refused;
  }
  const { department, period, id } = revision;
  const filing = { department, period, upload: id, bytes: await readFile(file), fileName: basename(file) };
  try {
    const filed = await fileScan(filing, { at: workplace.now, by: by ?? workplace.user }, workplace);
    if (filed.kind === 'fault') {
      print(scanFaultWords[filed.fault]);
      return exitCodes.refused;
    }
    print(`recorded as ${filed.event.chain}#${filed.event.sequence} by ${filed.event.by}`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    print(error.message);
    return exitCodes.misused;
  }
}

/** The accepted version that an upload made; says so where none did. */
async function findRevision(upload: string, workplace: Workplace): Promise<Revision | undefined> {
  const { state } = await readYear(workplace, workplace.year);
  const found = state.returns
    .flatMap(({ revisions }) => revisions)
    .find(({ id }) => upload.length >= 6 && id.startsWith(upload));
  if (found === undefined) print(`no accepted upload ${upload}: "query" lists those that are`);
  return found;
}
