import { describe, expect, it } from 'vitest';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload, uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
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

  it('an original is not recorded, since it would never be found to be the one that was sent', async () => {
    const { documents } = inMemoryPorts();
    const address = { department: 'sfj', period: '2023-03' };
    const file = { address, bytes: other, fileName: 'a.xlsx', uploadedAt: publishedAt, uploader: '张三' };
    await documents.put(uploadOf(file).key, new Uint8Array(3));
    await expect(keepUpload(file, documents)).rejects.toThrow('holds other bytes');
  });

  it('the same bytes are no matter', async () => {
    const { documents } = inMemoryPorts();
    const address = { department: 'sfj', period: '2023-03' };
    const file = { address, bytes: other, fileName: 'a.xlsx', uploadedAt: publishedAt, uploader: '张三' };
    expect(await keepUpload(file, documents)).toEqual(await keepUpload(file, documents));
  });
});
