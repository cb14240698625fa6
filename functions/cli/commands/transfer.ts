import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import type { Store } from '../../use-cases/adopted.ts';
import { baselinesOf } from '../../use-cases/baselines.ts';
import { officeEventsIn, readYear } from '../../use-cases/read-year.ts';
import { RestoreError, restore } from '../../use-cases/restore/restore.ts';
import { yearsWithCatalogues } from '../../use-cases/stores/catalogue-store.ts';
import { importLedger, readLedgerFile, writeLedgerFile } from '../../use-cases/transfer.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson } from './output.ts';
import { type OfficeStore, withKeptOffice, withOfficeStore, withStore } from './workplace.ts';

/** `indicators export`, `import`, `restore`: a ledger taken elsewhere, and made again where it was lost. */
export function transferCommands({ options, finish }: CommandLine): Command[] {
  return [
    new Command('export')
      .description("write the year's ledger to a file, to keep, to verify or to import elsewhere")
      .requiredOption('-o, --output <file>')
      .action(({ output }: { output: string }) =>
        finish(withKeptOffice(options(), (office) => exportYear(output, office.year, office))),
      ),
    new Command('import')
      .description('bring an exported ledger into this store, hash for hash')
      .argument('<file>')
      .action((file: string) => finish(withOfficeStore(options(), (store) => importYear(file, store)))),
    new Command('restore')
      .description(
        'the ledger is lost: rebuild it from the uploads and receipts in the folder; lists what cannot be rebuilt',
      )
      .option('--json', 'as JSON')
      .action(({ json }: { json?: true }) => {
        const { year } = options();
        return finish(withStore(options(), (store) => restoreYear({ json, year }, store)));
      }),
  ];
}

/** Writes a ledger's year to a file that can be verified and imported elsewhere. */
async function exportYear(output: string, year: number, store: Store): Promise<number> {
  const { chains, heads, state } = await readYear(store, year);
  const baselines = await baselinesOf(year, officeEventsIn(chains, year), store.documents);
  await writeFile(output, writeLedgerFile(chains, heads, state.adopted, baselines));
  const events = heads.reduce((total, { length }) => total + length, 0);
  print(`${output}: ${heads.filter(({ length }) => length > 0).length} chains, ${events} events`);
  return exitCodes.done;
}

/** Brings an exported ledger into a store. */
async function importYear(input: string, store: { ledger: Ledger; documents: Documents }): Promise<number> {
  const { appended, present } = await importLedger(readLedgerFile(await readFile(input, 'utf8')), store);
  print(`${appended} events imported, ${present} were there already`);
  return exitCodes.done;
}

/** Rebuilds a lost ledger from the documents, and lists what cannot be rebuilt. */
async function restoreYear(
  { json, year }: { json: boolean | undefined; year: number | undefined },
  { ledger, documents }: OfficeStore,
): Promise<number> {
  try {
    const lost = year ?? Math.max(0, ...(await yearsWithCatalogues(documents)));
    if (lost === 0)
      throw new RestoreError('the documents have no catalogue, by which alone returns can be read');
    const restoration = await restore(lost, { ledger, documents });
    if (json) printJson(restoration);
    else {
      const { uploads, identical, losses } = restoration;
      print(`${uploads} uploads restored, ${identical} of their events hash for hash`);
      for (const { what, where, explanation } of losses)
        print(`NOT RESTORED ${what} ${where}: ${explanation}`);
    }
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof RestoreError)) throw error;
    print(error.message);
    return exitCodes.misused;
  }
}
