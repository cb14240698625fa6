import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { verifyChain } from '../../../shared/core/ledger/chain-faults.ts';
import type { LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { StoreBusyError } from '../../../shared/core/ledger/ports.ts';
import { acceptedEvent } from '../../fixtures/events.ts';
import { lockFile } from '../../fixtures/locked-ledger.ts';
import { newFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { documentsContract } from './documents-contract.ts';
import { ledgerContract } from './ledger-contract.ts';

ledgerContract('SQLite', async () => {
  const { folder, remove } = await newFolder();
  const file = join(folder, 'ledger.sqlite');
  const [ledger, another] = [openSqliteLedger(file), openSqliteLedger(file)];
  return {
    ledger,
    another,
    close: async () => {
      ledger.close();
      another.close();
      await remove();
    },
  };
});

it('has another mark as soon as anybody has written to the ledger, and the same until then', async () => {
  const file = join(await temporaryFolder(), 'ledger.sqlite');
  const [ledger, another] = [openSqliteLedger(file), openSqliteLedger(file)];
  onTestFinished(() => {
    for (const each of [ledger, another]) each.close();
  });
  const events: LedgerEvent[] = [];
  for (const writer of [ledger, another, another, ledger]) {
    const before = await ledger.mark();
    expect(await ledger.mark()).toBe(before);
    const event = acceptedEvent(events, String(events.length));
    await writer.append(event);
    events.push(event);
    expect(await ledger.mark()).not.toBe(before);
  }
});

documentsContract('folders', async () => {
  const { folder, remove } = await newFolder();
  return { documents: folderDocuments(folder), close: remove };
});

const appender = fileURLToPath(new URL('../../fixtures/append-events.ts', import.meta.url));

it('loses nothing when several processes write to one ledger file at once', async () => {
  const file = join(await temporaryFolder(), 'ledger.sqlite');
  const processes = [1, 2, 3].map((number) =>
    spawn(process.execPath, [appender, file, String(number), '20']),
  );
  const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  const ledger = openSqliteLedger(file);
  const events = await ledger.read('2023/sfj');
  ledger.close();
  expect(events).toHaveLength(60);
  expect(verifyChain('2023/sfj', events)).toEqual([]);
});

describe('a ledger file that another program writes to', () => {
  it('is waited for, and the process goes on with everything else meanwhile', async () => {
    const file = join(await temporaryFolder(), 'ledger.sqlite');
    const ledger = openSqliteLedger(file, { patience: 60_000 });
    onTestFinished(() => ledger.close());
    const release = lockFile(file);
    const order: string[] = [];
    const appended = ledger.append(acceptedEvent([], '1')).then(() => order.push('appended'));
    order.push(`${(await ledger.read('2023/sfj')).length} events read`);
    release();
    await appended;
    expect(order).toEqual(['0 events read', 'appended']);
    expect(await ledger.read('2023/sfj')).toHaveLength(1);
  });

  it('is not written to if that takes too long: that is said, and nothing was done', async () => {
    const file = join(await temporaryFolder(), 'ledger.sqlite');
    const ledger = openSqliteLedger(file, { patience: 10 });
    onTestFinished(() => ledger.close());
    const release = lockFile(file);
    await expect(ledger.append(acceptedEvent([], '1'))).rejects.toThrow(StoreBusyError);
    release();
    expect(await ledger.read('2023/sfj')).toEqual([]);
  });

  it('is not opened if that one has it for itself alone: that is said in the same words', async () => {
    const file = join(await temporaryFolder(), 'ledger.sqlite');
    openSqliteLedger(file).close();
    const release = lockFile(file, { alone: true });
    expect(() => openSqliteLedger(file, { patience: 10 })).toThrow(StoreBusyError);
    release();
    openSqliteLedger(file).close();
  });
});

it('refuses to change or delete an event even by SQL', async () => {
  const file = join(await temporaryFolder(), 'ledger.sqlite');
  const ledger = openSqliteLedger(file);
  await ledger.append(acceptedEvent([], '1'));
  ledger.close();
  const database = new DatabaseSync(file);
  expect(() => database.exec("UPDATE events SET event = '{}'")).toThrow('never changed');
  expect(() => database.exec('DELETE FROM events')).toThrow('never deleted');
  database.close();
});
