import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { submitFiles } from '../../functions/cli/commands/submit-files.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { isUploadEvent, type LedgerEvent, type UploadEvent } from '../../shared/core/ledger/event.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { anInbox, april } from '../fixtures/inbox.ts';
import { ingestFunction } from '../fixtures/ingest-function.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { type StrayFile, strayFiles } from '../fixtures/stray-files.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

type Way = (path: string, bytes: Uint8Array) => Promise<{ event: UploadEvent; documents: Documents }>;

const ways: Record<string, Way> = {
  'the inbox': async (path, bytes) => {
    const box = await anInbox();
    await box.put(path, bytes);
    await box.lookTwice();
    expect(box.faults).toEqual([]);
    return { event: onlyUpload(box.chains.values()), documents: box.services.documents };
  },
  'the command line': async (path, bytes) => {
    const folder = await temporaryFolder();
    const file = join(folder, 'given', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    await adoptInFolder(folder, smallCatalogue);
    const order = { folder, catalogues: [smallCatalogue], address: {}, user: '王五' };
    const files = [{ path: file, uploadedAt: april, claimedAt: null, uploader: '王五' }];
    const [submitted] = await submitFiles(files, order);
    const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
    const event = submitted!.result.event;
    expect(await ledger.read(event.chain)).toEqual([event]);
    ledger.close();
    return { event, documents: folderDocuments(folder) };
  },
  'the store': async (path, bytes) => {
    const city = ingestFunction();
    await city.put(`uploads/${path}`, bytes);
    return { event: onlyUpload(city.events.values()), documents: city.documents };
  },
};

function onlyUpload(chains: Iterable<readonly LedgerEvent[]>): UploadEvent {
  const [event, ...others] = [...chains].flat().filter(isUploadEvent);
  expect(others).toEqual([]);
  return event!;
}

function outcomeOf({ happening }: UploadEvent) {
  const { department, period, kind, findings } = happening;
  const misdirected = happening.kind === 'return-refused' ? happening.misdirected : undefined;
  const rules = (severity: string) =>
    findings.filter((one) => one.severity === severity).map(({ rule }) => rule);
  return {
    of: department === null ? undefined : `${department} ${period ?? misdirected?.sentFor}`,
    formOf: misdirected && Object.values(misdirected.formOf).join(' '),
    refused: kind === 'return-refused' ? rules('error') : undefined,
    said: rules('info'),
  };
}

/** The verdict, without which upload it is about. */
function verdictOf({ chain, happening }: UploadEvent) {
  const { upload, ...verdict } = happening;
  return { chain, verdict };
}

describe.each(Object.entries(ways))('whose return a file is that came by %s', (_, submit) => {
  it.each<StrayFile>(strayFiles)(
    'is $of, and it is refused with $refused: $what, $path',
    async ({ path, file, of, formOf, refused, said = [] }) => {
      const { event, documents } = await submit(path, await file());
      expect(outcomeOf(event)).toEqual({ of, formOf, refused, said });
      const chain = of === undefined ? '2023/unaddressed' : `2023/${of.split(' ')[0]}`;
      expect(event.chain).toBe(chain);
      const marked = (await documents.list('feedback/')).filter(({ key }) => key.endsWith('校验结果.xlsx'));
      const { findings } = event.happening;
      const below =
        of === undefined || formOf !== undefined || findings.length === 0
          ? []
          : [expect.stringMatching(`^feedback/${of.replace(' ', '/')}/`)];
      expect(marked.map(({ key }) => key)).toEqual(below);
      for (const { key } of marked) {
        expect((await readWorkbook((await documents.get(key))!)).findings).toEqual([]);
      }
    },
  );
});

describe('the verdict on a file', () => {
  it.each<StrayFile>(strayFiles)(
    'under one key is one, whichever way it comes: $what, $path',
    async ({ path, file }) => {
      const bytes = await file();
      const { event } = await ways['the command line']!(path, bytes);
      const city = ingestFunction();
      await city.put(event.happening.upload.key, bytes);
      expect(verdictOf(onlyUpload(city.events.values()))).toEqual(verdictOf(event));
    },
  );
});
