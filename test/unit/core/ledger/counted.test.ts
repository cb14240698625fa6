import { describe, expect, it } from 'vitest';
import { countedUploads, uploadsCountedBy } from '../../../../shared/core/ledger/counted.ts';
import { type EventOf, isEvent, type Payload } from '../../../../shared/core/ledger/event.ts';
import { catalogueOf, indicator, recorded } from '../small-year.ts';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(16));
const hash = 'f'.repeat(64);

function published(...counts: Record<string, Record<string, string | null>>[]): EventOf<'published'>[] {
  const happenings = counts.map(
    (each, index) =>
      ({
        kind: 'published',
        year: 2023,
        number: index + 1,
        digest: hash,
        manifest: hash,
        counts: each,
      }) as Payload,
  );
  const events = recorded(catalogueOf({ indicators: [indicator('x')] }), happenings);
  return events.filter((event) => isEvent(event, 'published'));
}

describe('what publications counted, each of which says what it counts otherwise', () => {
  const events = published(
    { jia: { '2023-01': first!, '2023-02': second! } },
    { jia: { '2023-01': third! }, yi: { '2023-01': second! } },
    {},
    { jia: { '2023-02': null } },
  );
  it.each([
    [1, '2023-01', first],
    [2, '2023-01', third],
    [3, '2023-01', third],
    [3, '2023-02', second],
    [4, '2023-02', undefined],
    [0, '2023-01', undefined],
    [4, '2023-03', undefined],
  ] as const)('publication %i of %s', (number, period, upload) => {
    expect(countedUploads(events).uploadAt(number, { department: 'jia', period })).toBe(upload);
  });

  it('is told of all returns together', () => {
    const counted = countedUploads(events);
    expect(counted.allAt(1)).toEqual([
      { department: 'jia', period: '2023-01', upload: first },
      { department: 'jia', period: '2023-02', upload: second },
    ]);
    expect(counted.allAt(4).map(({ department, period }) => `${department} ${period}`)).toEqual([
      'jia 2023-01',
      'yi 2023-01',
    ]);
    expect(countedUploads([]).allAt(1)).toEqual([]);
  });

  it('does not depend on the order in which they are given', () => {
    const events = published({ jia: { '2023-01': first! } }, { jia: { '2023-01': second! } });
    const backwards = countedUploads(events.toReversed());
    expect(backwards.uploadAt(2, { department: 'jia', period: '2023-01' })).toBe(second);
  });

  it('is told for a return, of some of them, the newest first', () => {
    const events = published(
      { jia: { '2023-01': first! } },
      { jia: { '2023-01': second! } },
      { jia: { '2023-01': third! } },
    );
    const of = uploadsCountedBy([1, 3, 2], events);
    expect(of({ department: 'jia', period: '2023-01' })).toEqual([third, second, first]);
    expect(of({ department: 'jia', period: '2023-02' })).toEqual([]);
    expect(uploadsCountedBy([2], events)({ department: 'jia', period: '2023-01' })).toEqual([second]);
  });
});
