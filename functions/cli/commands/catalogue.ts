import { Command, Option } from 'commander';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { textUpTo, wholeNumber } from './arguments.ts';
import {
  type AdoptOptions,
  adoptCommand,
  checkCatalogueCommand,
  diffCommand,
  exportCatalogueCommand,
  newCatalogueCommand,
} from './catalogue-files.ts';
import type { CommandLine } from './command-line.ts';
import {
  isDeployed,
  withKeptOffice,
  withKeptStore,
  withKeptWorkplace,
  withOfficeStore,
} from './workplace.ts';

const factors = new Option(
  '--factor <words...>',
  'by what figures in the old unit are multiplied: INDICATOR=FACTOR, as "diff" asks for',
);

/** `indicators catalogue …`: what is counted, written as a workbook or as JSON, and brought into force. */
export function catalogueCommand({ options, finish }: CommandLine): Command {
  const command = new Command('catalogue').description(
    'what is counted: begin a catalogue, check it, see what it would change, bring it into force',
  );
  command
    .command('new')
    .description('write a catalogue to begin with, as a workbook or JSON by the ending of its name')
    .option('-o, --output <file>', 'where to', 'catalogue.xlsx')
    .option('--for <year>', 'for which year (default the present one)', wholeNumber)
    .option('--next', 'from the catalogue in force, with its dates moved; without it from the sample')
    .action(({ output, for: year, next }) =>
      finish(
        next
          ? withKeptWorkplace(options(), (at) => newCatalogueCommand({ output, year, from: at.catalogue }))
          : newCatalogueCommand({ output, year, from: undefined }),
      ),
    );
  command
    .command('check')
    .description('say all that is wrong with a catalogue, by cell or entry; nothing is changed')
    .argument('<file>')
    .option('--marked <file>', 'write a copy of the workbook with the findings marked')
    .action((file, given) => finish(checkCatalogueCommand(file, given)));
  command
    .command('diff')
    .description(
      'show what adopting a catalogue would change, how many returns it touches, and what forbids it',
    )
    .argument('<file>')
    .addOption(factors)
    .action((file, given: Pick<AdoptOptions, 'factor'>) =>
      finish(
        isDeployed(options())
          ? withOfficeStore(options(), (store) => diffCommand(file, given, store))
          : withKeptStore(options(), (store) => diffCommand(file, given, store)),
      ),
    );
  command
    .command('adopt')
    .description('bring a catalogue into force; the store is made if there is none')
    .argument('<file>')
    .requiredOption('--reason <text>', 'why', textUpTo(maxReasonLength))
    .option('--by <name>', 'who decides, if not you', textUpTo(80))
    .addOption(factors)
    .action((file, given: AdoptOptions) => finish(adoptCommand(file, given, options())));
  command
    .command('export')
    .description(
      'write the catalogue in force, as a workbook or JSON by the ending; JSON with its JSON Schema beside',
    )
    .requiredOption('-o, --output <file>')
    .action(({ output }) => finish(withKeptOffice(options(), (at) => exportCatalogueCommand(output, at))));
  return command;
}
