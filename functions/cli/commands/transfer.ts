import { readFile, writeFile } from 'node:fs/promises';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Ledger, LedgerReader } from '../../../shared/core/ledger/ports.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { RestoreError, restore } from '../../use-cases/restore/restore.ts';
import { importLedger, readLedgerFile, writeLedgerFile } from '../../use-cases/transfer.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface TransferOptions {
  /** A DynamoDB table that holds the ledger, in place of the local file. */
  table?: string;
}

/** Writes a ledger's year to a file that can be verified and imported elsewhere. */
export async function exportCommand(
  output: string,
  { ledger, catalogue }: { ledger: LedgerReader; catalogue: Catalogue },
): Promise<number> {
  const { chains, heads } = await readYear(ledger, catalogue);
  await writeFile(output, writeLedgerFile(chains, heads));
  const events = heads.reduce((total, { length }) => total + length, 0);
  print(`${output}: ${heads.filter(({ length }) => length > 0).length} chains, ${events} events`);
  return exitCodes.done;
}

/** Brings an exported ledger into a store. */
export async function importCommand(
  input: string,
  { table }: TransferOptions,
  workplace: Workplace,
): Promise<number> {
  const ledger = table === undefined ? workplace.ledger : await ledgerInTable(table);
  const { appended, present } = await importLedger(readLedgerFile(await readFile(input, 'utf8')), ledger);
  print(`${appended} events imported, ${present} were there already`);
  return exitCodes.done;
}

/** The ledger in a DynamoDB table. Most commands need no AWS client, so it is loaded only here. */
export async function ledgerInTable(table: string): Promise<Ledger> {
  const [{ dynamodbClient }, { dynamodbLedger }] = await Promise.all([
    import('../../../shared/adapters/aws-clients.ts'),
    import('../../../shared/adapters/dynamodb-ledger.ts'),
  ]);
  return dynamodbLedger({ client: dynamodbClient(), table });
}

/** Rebuilds a lost ledger from the documents, and lists what cannot be rebuilt. */
export async function restoreCommand(options: { json?: boolean }, workplace: Workplace): Promise<number> {
  const { now, user, ledger, documents, catalogue } = workplace;
  try {
    const request = { restoredAt: now, restoredBy: user };
    const restoration = await restore(request, { ledger, documents, catalogue });
    if (options.json) printJson(restoration);
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
