import { Command } from 'commander';
import { loadCatalogue } from '../../../shared/catalogue/load.ts';
import { type Conversion, conversionSchema } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { changeWords } from '../../../shared/core/catalogue/difference.ts';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { AdoptionError, type AdoptionPreview, adopt, previewAdoption } from '../../use-cases/adopt.ts';
import type { Store } from '../../use-cases/adopted.ts';
import { textUpTo } from './arguments.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { print, printTable } from './output.ts';
import { type OfficeStore, type WorkplaceOptions, withKeptStore, withStore } from './workplace.ts';

/** How a command of another file is run: the options that stand before it, and what its exit code is for. */
export interface CommandLine {
  options: () => WorkplaceOptions;
  finish: (result: Promise<number>) => Promise<void>;
}

interface AdoptOptions {
  reason: string;
  by?: string;
  factor?: string[];
}

/** `indicators catalogue …`: what is counted, and by which catalogue. */
export function catalogueCommand({ options, finish }: CommandLine): Command {
  const command = new Command('catalogue').description('what is counted: show and change it');
  command
    .command('diff')
    .description('show what adopting a catalogue would change, and what forbids it')
    .argument('<file>')
    .option('--factor <words...>', 'how a unit is converted: INDICATOR=FACTOR')
    .action((file, given) => finish(withKeptStore(options(), (store) => diffCommand(file, given, store))));
  command
    .command('adopt')
    .description('bring a catalogue into force; the store is made if there is none')
    .argument('<file>')
    .requiredOption('--reason <text>', 'why', textUpTo(maxReasonLength))
    .option('--by <name>', 'who decides, if not you', textUpTo(80))
    .option('--factor <words...>', 'by what figures in the old unit are multiplied: INDICATOR=FACTOR')
    .action((file, given) => finish(adoptFrom(file, given, options())));
  return command;
}

async function diffCommand(
  file: string,
  { factor = [] }: Pick<AdoptOptions, 'factor'>,
  store: Store,
): Promise<number> {
  const catalogue = loadCatalogue(file);
  const preview = await previewWith(catalogue, factor, store);
  printPreview(preview);
  return preview.problems.length === 0 ? exitCodes.done : exitCodes.refused;
}

/** A file that is no catalogue makes no store. */
function adoptFrom(file: string, given: AdoptOptions, options: WorkplaceOptions): Promise<number> {
  const catalogue = loadCatalogue(file);
  return withStore(options, (store) => adoptCommand(catalogue, given, store));
}

async function adoptCommand(
  catalogue: Catalogue,
  { factor = [], reason, by }: AdoptOptions,
  store: OfficeStore,
): Promise<number> {
  const preview = await previewWith(catalogue, factor, store);
  const conversions = conversionsOf(preview.needed, factor);
  printPreview(preview);
  try {
    const about = { replaces: preview.replaces, at: store.now, by: by ?? store.user };
    const event = await adopt({ catalogue, conversions, reason, ...about }, store);
    print(
      `adopted for ${catalogue.year}: ${event.happening.kind} ${event.chain}#${event.sequence} by ${event.by}`,
    );
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof AdoptionError)) throw error;
    print('not adopted:');
    for (const { message } of error.problems) print(`  ${message}`);
    return exitCodes.refused;
  }
}

/** A preview with the conversions that the factors state. */
async function previewWith(
  catalogue: Catalogue,
  factor: readonly string[],
  store: Store,
): Promise<AdoptionPreview> {
  const { needed } = await previewAdoption({ catalogue, conversions: [] }, store);
  return previewAdoption({ catalogue, conversions: conversionsOf(needed, factor) }, store);
}

function conversionsOf(needed: AdoptionPreview['needed'], factors: readonly string[]): Conversion[] {
  return factors.map((text) => {
    const [indicator = '', factor] = text.split('=');
    const wanted = needed.find((each) => each.indicator === indicator);
    const stated = conversionSchema.safeParse({ ...wanted, factor });
    if (stated.success) return stated.data;
    const names = needed.map(({ indicator: id, from, to }) => `${id} (${from} to ${to})`).join(', ');
    throw new UsageError(`--factor ${text}: write INDICATOR=FACTOR; units that change: ${names || 'none'}`);
  });
}

function printPreview({ differences, problems }: AdoptionPreview): void {
  printTable(
    ['', 'what', 'before', 'after', 'returns'],
    differences.map(({ name, change, before, after, returns }) => [
      name,
      changeWords[change],
      before,
      after,
      `${returns}`,
    ]),
  );
  for (const { message } of problems) print(`PROBLEM ${message}`);
}
