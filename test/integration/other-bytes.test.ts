import { describe, expect, it } from 'vitest';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { catalogueKey, keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import { PlaceTakenError } from '../../functions/use-cases/stores/put-once.ts';
import {
  keepReportTemplate,
  reportTemplateKey,
} from '../../functions/use-cases/stores/report-template-store.ts';
import { keepScan, scanKey } from '../../functions/use-cases/stores/scan-store.ts';
import { keepUpload, uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const publishedAt = instantSchema.parse('2023-05-04T01:00:00.000Z');
const other = new TextEncoder().encode('something else');
const request = { year: 2023, publishedAt, publishedBy: '李四', software: 'test' };

describe('where other bytes lie already', () => {
  it.each(['summary.json', 'summary.xlsx', 'changes.json', 'manifest.json'])(
    'a publication whose %s could not be written takes the next number, and is sound',
    async (name) => {
      const store = smallStore();
      await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
      await store.documents.put(`publications/2023/0001/${name}`, other);
      const { publication } = await publish(request, store);
      expect(publication.number).toBe(2);
      const { faults } = await verifyStore(await rawYearIn(store.events, store.documents), store.documents);
      expect(faults.filter(({ where }) => !where.includes('0001'))).toEqual([]);
      expect(await publish(request, store)).toMatchObject({ outcome: 'unchanged' });
    },
  );

  const key = { department: 'sfj', period: '2023-03' } as const;
  const scan = { sha256: sha256(other), size: other.length, kind: 'pdf' } as const;
  const file = { address: key, bytes: other, fileName: 'a.xlsx', uploadedAt: publishedAt, uploader: '张三' };

  it.each<[string, string, (documents: Documents) => Promise<unknown>]>([
    ['an original', uploadOf(file).key, (documents) => keepUpload(file, documents)],
    ['a scan', scanKey(key, scan), (documents) => keepScan(key, { scan, bytes: other }, documents)],
    [
      'a catalogue',
      catalogueKey(2023, catalogueHash(smallCatalogue)),
      (documents) => keepCatalogue(smallCatalogue, documents),
    ],
    [
      'a template',
      reportTemplateKey(2023, sha256(other)),
      (documents) => keepReportTemplate(2023, other, documents),
    ],
  ])('%s is not kept, since what an event names would never be found', async (_, at, keep) => {
    const { documents } = inMemoryPorts();
    await documents.put(at, new Uint8Array(3));
    await expect(keep(documents)).rejects.toThrow(PlaceTakenError);
    await expect(keep(documents)).rejects.toThrow(`${at} holds other bytes: move them away`);
  });

  it('the same bytes are no matter', async () => {
    const { documents } = inMemoryPorts();
    expect(await keepUpload(file, documents)).toEqual(await keepUpload(file, documents));
  });
});
