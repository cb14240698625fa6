import { readFile, writeFile } from 'node:fs/promises';
import { importLedger, readLedgerFile, writeLedgerFile } from '../transfer/ledger-file.ts';
import { readYear } from '../year/read-year.ts';
import { exitCodes, print } from './output.ts';
import type { Workplace } from './workplace.ts';

/** Writes the year's ledger to a file that can be verified and imported elsewhere. */
export async function exportCommand(output: string, { ledger, catalogue }: Workplace): Promise<number> {
  const { chains, heads } = await readYear(ledger, catalogue);
  await writeFile(output, writeLedgerFile(chains, heads));
  const events = heads.reduce((total, { length }) => total + length, 0);
  print(`${output}: ${heads.filter(({ length }) => length > 0).length} chains, ${events} events`);
  return exitCodes.done;
}

/** Brings an exported ledger into this store. */
export async function importCommand(input: string, { ledger }: Workplace): Promise<number> {
  const { appended, present } = await importLedger(readLedgerFile(await readFile(input, 'utf8')), ledger);
  print(`${appended} events imported, ${present} were there already`);
  return exitCodes.done;
}
