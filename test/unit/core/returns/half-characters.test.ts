import { describe, expect, it } from 'vitest';
import { uploadOf } from '../../../../functions/use-cases/stores/upload-store.ts';
import { nextEvent } from '../../../../shared/core/ledger/event.ts';
import { personSchema } from '../../../../shared/core/ledger/people.ts';
import { canonicalJson, sha256 } from '../../../../shared/core/values/digest.ts';

const half = '\ud83d';

describe('half a character, which has no digest', () => {
  it('is mended in the name of a person before it is hashed', () => {
    expect(personSchema.parse(`王${half}`)).toBe('王\ufffd');
    const event = nextEvent('2023/office', [], {
      at: '2023-04-03T01:15:00.000Z',
      by: `王${half}`,
      catalogue: sha256('catalogue'),
      happening: {
        kind: 'deadline-extended',
        department: null,
        period: '2023-03',
        until: '2023-05-01T00:00:00.000Z',
        reason: `节假日${half}`,
      },
    });
    expect(event.by).toBe('王\ufffd');
    expect(event.happening).toMatchObject({ reason: '节假日\ufffd' });
  });

  it('is mended where a file name is cut in the middle of one', () => {
    const { fileName } = uploadOf({
      address: { department: 'sfj', period: '2023-03' },
      bytes: new Uint8Array(),
      fileName: `${'a'.repeat(254)}😀.xlsx`,
      uploadedAt: '2023-04-03T01:15:00.000Z',
      uploader: '张三',
    });
    expect(fileName).toBe(`${'a'.repeat(254)}\ufffd`);
    expect(() => canonicalJson({ fileName })).not.toThrow();
  });
});
