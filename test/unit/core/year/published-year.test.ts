import { describe, expect, it } from 'vitest';
import { adoptedAlone, type Conversion, withAdoption } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { annualTotals } from '../../../../shared/core/totals/totals.ts';
import { digestOf } from '../../../../shared/core/values/digest.ts';
import { lastYearOf, newestPublication } from '../../../../shared/core/year/last-year.ts';
import { accepted, adoption, catalogueOf, indicator, recorded } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')] });
type Accepted = ReturnType<typeof accepted>;

const january = accepted('jia', '2023-01', { x: '5' });
const february = accepted('jia', '2023-02', { x: '7' });
const held = accepted('yi', '2023-01', { x: '100' }, { at: '2023-05-25T02:00:00.000Z' });
const admitted: Payload = {
  kind: 'return-admitted',
  department: 'yi',
  period: held.period,
  upload: uploadId(held.upload),
  reason: '同意',
};

function publishing(...counts: Accepted[]): Payload {
  const counted: Record<string, Record<string, string>> = {};
  for (const { department, period, upload } of counts)
    counted[department] = { ...counted[department], [period]: uploadId(upload) };
  const digest = digestOf(counted);
  return { kind: 'published', year: 2023, number: 1, digest, manifest: digest, counts: counted } as Payload;
}

function total(happenings: Payload[], adopted = adoptedAlone(catalogue)): string | null | undefined {
  const events = recorded(catalogue, [adoption(catalogue), ...happenings]);
  const published = newestPublication(events);
  const state = published && lastYearOf(published, events, adopted).state;
  return state && annualTotals(state)[0]?.value;
}

describe('last year, folded as its newest publication has it', () => {
  const correction = accepted('jia', '2023-02', { x: '70' }, { at: '2023-03-09T00:00:00.000Z' });

  it.each<[string, Payload[], string]>([
    ['adds up what was counted', [january, february, publishing(january, february)], '12'],
    ['has nothing of a return that it did not count', [january, february, publishing(january)], '5'],
    [
      'has the revision that it counted, not a later one',
      [january, february, publishing(january, february), correction],
      '12',
    ],
    [
      'has none that it did not count, whatever the office did before',
      [january, february, admitted, admitted, publishing(january)],
      '5',
    ],
    ['has a late return that was let in', [january, held, admitted, publishing(january, held)], '105'],
    [
      'has what was counted, even if the deadline would hold it now',
      [january, held, publishing(january, held)],
      '105',
    ],
  ])('%s', (_, happenings, expected) => {
    expect(total(happenings)).toBe(expected);
  });

  it('is made under the catalogue that was in force then, not under one that was adopted since', () => {
    const later = catalogueOf({ indicators: [indicator('x', 'flow', { unit: '百件', decimals: 2 })] });
    const conversions: Conversion[] = [{ indicator: 'x', from: '件', to: '百件', factor: '0.01' }];
    const hash = catalogueHash(later);
    const both = withAdoption(adoptedAlone(catalogue), { catalogue: later, hash, conversions });
    const adopting: Payload = {
      ...adoption(later),
      replaces: catalogueHash(catalogue),
      conversions,
    } as Payload;
    expect(total([january, publishing(january), adopting], both)).toBe('5');
    expect(total([january, adopting, publishing(january)], both)).toBe('0.05');
  });

  it('is not known where its catalogues are not', () => {
    const other = catalogueOf({ indicators: [indicator('y')] });
    expect(total([january, publishing(january)], adoptedAlone(other))).toBeUndefined();
  });
});
