import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Documents } from '../../../shared/core/ledger/ports.ts';

export interface DocumentsUnderTest {
  documents: Documents;
  close(): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every adapter of the documents port must do. */
export function documentsContract(name: string, open: () => Promise<DocumentsUnderTest>): void {
  describe(`documents: ${name}`, () => {
    let under: DocumentsUnderTest;
    let documents: Documents;

    beforeAll(async () => {
      under = await open();
      documents = under.documents;
    });
    afterAll(() => under?.close());

    it('knows nothing of a key that was never put', async () => {
      expect(await documents.get('uploads/none')).toBeUndefined();
      expect(await documents.list('nothing/')).toEqual([]);
    });

    it.each(['plain.json', '市司法局 2023年3月+月报（更正）.xlsx', "a'b%20c&d.txt", 'é.txt'])(
      'gives back what was put under %s',
      async (fileName) => {
        const key = `uploads/sfj/2023-03/${fileName}`;
        await documents.put(key, bytes(fileName));
        expect(await documents.get(key)).toEqual(bytes(fileName));
      },
    );

    it('replaces a document, unless told not to', async () => {
      expect(await documents.put('r/a', bytes('one'))).toBe('stored');
      expect(await documents.put('r/a', bytes('two'))).toBe('stored');
      expect(await documents.put('r/a', bytes('three'), { ifAbsent: true })).toBe('exists');
      expect(await documents.get('r/a')).toEqual(bytes('two'));
      expect(await documents.put('r/b', bytes('three'), { ifAbsent: true })).toBe('stored');
    });

    it('lets one of many win who put the same absent document at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) => documents.put('w/a', bytes(`${index}`), { ifAbsent: true })),
      );
      expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    });

    it('lists what is below a folder and nothing beside it, in order, with sizes', async () => {
      for (const key of ['l/sfj/b', 'l/sfj/a/deep', 'l/sfj2/c', 'l/sfj-x'])
        await documents.put(key, bytes(key));
      expect(await documents.list('l/sfj/')).toEqual([
        { key: 'l/sfj/a/deep', size: 12 },
        { key: 'l/sfj/b', size: 7 },
      ]);
      await expect(documents.list('l/sfj')).rejects.toThrow('ends with');
    });

    it('keeps an empty document and a large one', async () => {
      const large = new Uint8Array(3_000_000).fill(7);
      await documents.put('s/empty', new Uint8Array());
      await documents.put('s/large', large);
      expect(await documents.get('s/empty')).toEqual(new Uint8Array());
      expect(await documents.get('s/large')).toEqual(large);
    });

    it.each(['../outside', 'a/../../b', '/absolute', 'a//b', 'a/./b', 'nul\0'])(
      'refuses the key %j, which names no document',
      async (key) => {
        await expect(documents.put(key, bytes('x'))).rejects.toThrow('not a document key');
        await expect(documents.get(key)).rejects.toThrow('not a document key');
      },
    );
  });
}
