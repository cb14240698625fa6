import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import type { Address } from '../../../shared/core/returns/address.ts';
import { hasErrors } from '../../../shared/core/returns/finding.ts';
import { saidIn } from '../../../shared/core/returns/grid.ts';
import { checkFile } from '../../use-cases/check.ts';
import { writeMarked } from '../../use-cases/feedback.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';
import { period } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { givenAddress } from './given-address.ts';
import { print, printFindings, printJson } from './output.ts';
import { type KeptWorkplace, withKeptWorkplace } from './workplace.ts';

interface CheckOptions extends Partial<Address> {
  marked?: string;
  json?: boolean;
}

/** `indicators check`: what would be found in a workbook. */
export function checkCommand({ options, finish }: CommandLine): Command {
  return new Command('check')
    .description('check a workbook as submitting it would, recording nothing')
    .argument('<file>')
    .option('--department <id>', 'whose return it is, if its folder, name or form does not say')
    .option('--period <period>', 'for which period', period)
    .option('--marked <file>', 'write a copy with the findings marked')
    .option('--json', 'findings as JSON')
    .action((file: string, given: CheckOptions) =>
      finish(withKeptWorkplace(options(), (workplace) => check(file, given, workplace))),
    );
}

/** Checks a file as a submission of it would, without recording anything. */
async function check(
  path: string,
  options: CheckOptions,
  { catalogues, now, ...workplace }: KeptWorkplace,
): Promise<number> {
  const bytes = new Uint8Array(await readFile(path));
  const given = givenAddress(options, workplace.catalogue);
  const address = addressOfFile(resolve(path), [...catalogues.values()], given);
  const file = { address, bytes, fileName: basename(path), uploadedAt: now, uploader: 'check' };
  const { examined, feedback, reference } = await checkFile(file, workplace);
  const { happening, form, by } = examined;
  const { catalogue } = by;
  const { findings } = happening;
  const { warnings } = feedback;
  if (options.marked !== undefined && form !== undefined) {
    await writeFile(options.marked, await writeMarked(feedback, form, { catalogue, reference }));
  }
  const accepted = !hasErrors(findings);
  if (options.json) {
    const { department, period } = happening;
    const observations = happening.kind === 'return-accepted' ? saidIn(happening).observations : [];
    printJson({ path, acceptable: accepted, department, period, findings, warnings, observations });
  } else {
    print(`${accepted ? 'acceptable' : 'not acceptable'}: ${path}`);
    printFindings([...findings, ...warnings], catalogue);
  }
  return accepted ? exitCodes.done : exitCodes.refused;
}
