import { join } from 'node:path';
import { Command } from 'commander';
import { templateRefusedWords } from '../../../shared/core/words.ts';
import { makeStatement } from '../../use-cases/witness.ts';
import { textUpTo, witnessKeyOption } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { complain, print, printJson } from './output.ts';
import { openKey, type WitnessKeyOptions, witnessKeyFile } from './witness.ts';
import { type Workplace, withWorkplace } from './workplace.ts';

interface PublishOptions extends WitnessKeyOptions {
  by?: string;
  json?: boolean;
}

/** `indicators publish`: the year's figures, frozen under a number. */
export function publishCommand({ options, finish }: CommandLine): Command {
  return new Command('publish')
    .description(
      'publish the year as it stands as a numbered, frozen folder, and sign a statement of the ledger; if nothing changed, it says so',
    )
    .addOption(witnessKeyOption())
    .option('--by <name>', 'who publishes, if not you', textUpTo(80))
    .option('--json', 'as JSON')
    .action((given: PublishOptions) =>
      finish(withWorkplace(options(), (workplace) => publishYear(given, workplace))),
    );
}

/** Publishes the year as it stands. */
async function publishYear(options: PublishOptions, workplace: Workplace): Promise<number> {
  const { year, now, user, software, folder: data } = workplace;
  witnessKeyFile(options, data);
  const request = { year, publishedAt: now, publishedBy: options.by ?? user, software };
  // With it come what draws and writes documents, which nobody needs who asks for help.
  const { publish } = await import('../../use-cases/publish/publish.ts');
  const { outcome, publication, folder } = await publish(request, workplace);
  const code = outcome === 'published' ? await witness(options, workplace) : exitCodes.done;
  const { number, status, totals, changes, digest, report } = publication;
  const provisional = totals.filter((total) => total.status === 'provisional');
  if (options.json) {
    printJson({ outcome, year: publication.year, number, status, digest, folder: join(data, folder) });
    return code;
  }
  if (outcome === 'unchanged') {
    print(`nothing has changed since publication ${number} of ${publication.year}: no new one was made`);
  } else {
    print(`publication ${number} of ${publication.year}, ${status}: ${totals.length} totals`);
    if (changes.since !== null)
      print(`${changes.figures.length} figures changed since publication ${changes.since}`);
  }
  if (provisional.length > 0)
    print(`${provisional.length} totals are provisional; the cover says what is missing`);
  if (report.refused !== null) {
    print(`the report is in the template to begin with: ${templateRefusedWords[report.refused.because]}`);
    for (const finding of report.refused.findings) print(`  ${finding}`);
  }
  print(join(data, folder));
  return code;
}

/** Signs a statement of the ledger as it is published; that it could not be is told, and undoes no publication. */
async function witness(options: WitnessKeyOptions, workplace: Workplace): Promise<number> {
  try {
    const signer = await openKey(options, workplace.folder);
    await makeStatement(workplace.now, { ...workplace, signer });
    return exitCodes.done;
  } catch (error) {
    complain(
      `it is published, but no statement of the ledger was signed: ${error instanceof Error ? error.message : error}`,
    );
    return exitCodes.failed;
  }
}
