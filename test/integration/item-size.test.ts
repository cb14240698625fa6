import { describe, expect, it } from 'vitest';
import { examine } from '../../functions/use-cases/examine.ts';
import { uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema, maxObservationBytes } from '../../shared/core/catalogue/checks.ts';
import { nextEvent } from '../../shared/core/ledger/event.ts';
import { canonicalJson, sha256 } from '../../shared/core/values/digest.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

const dynamodbItem = 400_000;

/** A form as large as a catalogue may ask for: long names, long lists, in characters of three bytes. */
function largestCatalogue(): Catalogue {
  const list = { itemName: '名称', maxItems: 160, maxLength: 200 };
  const works = smallCatalogue.indicators.find(({ kind }) => kind === 'list')!;
  const indicators = [1, 2].map((number) => ({
    ...works,
    id: `list-${number}`,
    name: `清单${number}`,
    list,
  }));
  return catalogueSchema.parse({ ...smallCatalogue, indicators });
}

async function examined(catalogue: Catalogue, item: (number: number) => string) {
  const items = Array.from({ length: 160 }, (_, number) => ({
    content: { kind: 'text', text: item(number) } as const,
  }));
  const bytes = await writeForm(formLayout(catalogue, { department: 'sfj', period: '2023-03' }), {
    figures: new Map(
      catalogue.indicators.map(({ id }) => [id, { content: { kind: 'number', text: '160' } as const }]),
    ),
    lists: new Map(catalogue.indicators.map(({ id }) => [id, items])),
    signature: {
      preparer: '张'.repeat(60),
      reviewer: '李'.repeat(60),
      telephone: '1',
      correctionNote: '更'.repeat(500),
    },
  });
  const address = { department: 'sfj', period: '2023-03' };
  const uploadedAt = '2023-04-03T01:15:00.000Z' as const;
  const upload = uploadOf({ address, bytes, fileName: '月报.xlsx', uploadedAt, uploader: '张三' });
  const { happening } = await examine({ upload, bytes }, adoptedAlone(catalogue));
  const at = { at: uploadedAt, by: 'tester', catalogue: sha256('catalogue') };
  return {
    happening,
    size: Buffer.byteLength(canonicalJson(nextEvent('2023/sfj', [], { ...at, happening }))),
  };
}

describe('the size of a ledger item', () => {
  it('stays far under the limit of a DynamoDB item for the largest form, filled to the last character', async () => {
    const catalogue = largestCatalogue();
    const { happening, size } = await examined(catalogue, (number) => `${number}`.padEnd(200, '报'));
    expect(happening.kind).toBe('return-accepted');
    expect(size).toBeGreaterThan(maxObservationBytes * 0.9);
    expect(size).toBeLessThan(dynamodbItem * 0.9);
  });

  it('stays under it too when every item of the largest form is wrong', async () => {
    const catalogue = largestCatalogue();
    const { happening, size } = await examined(catalogue, (number) => `${number}`.padEnd(300, '报'));
    expect(happening.kind).toBe('return-refused');
    expect(happening.kind === 'return-refused' && happening.findings.at(-1)?.rule).toBe('more-findings');
    expect(size).toBeLessThan(dynamodbItem * 0.9);
  });

  it('cannot be asked to be larger by a catalogue', () => {
    const catalogue = largestCatalogue();
    const [first] = catalogue.indicators;
    const indicators = [...catalogue.indicators, { ...first, id: 'list-3', name: '清单3' }];
    expect(() => catalogueSchema.parse({ ...catalogue, indicators })).toThrow('台账一次只能记');
  });
});
