import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Period } from '../../shared/core/catalogue/period.ts';
import {
  type CountedUpload,
  countedUploads,
  countsSince,
  uploadsCountedBy,
} from '../../shared/core/ledger/counted.ts';
import type { EventOf } from '../../shared/core/ledger/event.ts';
import type { UploadId } from '../../shared/core/ledger/upload.ts';

const keys = ['jia', 'yi'].flatMap((department) =>
  (['2023-01', '2023-02', '2023-Q1'] as Period[]).map((period) => ({ department, period })),
);

/** What counts at one moment: of each return an upload, or nothing of it. */
const counting = fc
  .array(fc.option(fc.nat(2)), { minLength: keys.length, maxLength: keys.length })
  .map((picked): CountedUpload[] =>
    picked.flatMap((upload, index) =>
      upload === null ? [] : [{ ...keys[index]!, upload: `${upload}`.repeat(16) as UploadId }],
    ),
  );

type Published = EventOf<'published'>;

/** The publications of a year in which first this counted, then that; some numbers were begun and left behind. */
function publish(history: readonly { now: CountedUpload[]; skipped: number }[]): Published[] {
  const publications: Published[] = [];
  for (const { now, skipped } of history) {
    const number = (publications.at(-1)?.happening.number ?? 0) + 1 + skipped;
    const counts = countsSince(publications, now);
    publications.push({ happening: { number, counts } } as Published);
  }
  return publications;
}

const history = fc.array(fc.record({ now: counting, skipped: fc.nat(1) }), { minLength: 1, maxLength: 6 });
const sorted = (uploads: readonly CountedUpload[]) =>
  uploads.map(({ department, period, upload }) => `${department} ${period} ${upload}`).sort();

describe('what publications say that they count', () => {
  it('tells of each publication what it counted, whatever counted before and after', () => {
    fc.assert(
      fc.property(history, (moments) => {
        const publications = publish(moments);
        const counted = countedUploads(publications.toReversed());
        for (const [index, { happening }] of publications.entries()) {
          expect(sorted(counted.allAt(happening.number))).toEqual(sorted(moments[index]!.now));
        }
        const newestFirst = uploadsCountedBy(
          publications.map(({ happening }) => happening.number),
          publications,
        );
        for (const key of keys) {
          const uploads = moments.toReversed().flatMap(({ now }) => {
            const one = now.find(
              ({ department, period }) => department === key.department && period === key.period,
            );
            return one === undefined ? [] : [one.upload];
          });
          expect(newestFirst(key)).toEqual(uploads);
        }
      }),
    );
  });

  it('says nothing where the same counts as before', () => {
    fc.assert(
      fc.property(history, (moments) => {
        const publications = publish(moments);
        expect(countsSince(publications, moments.at(-1)!.now)).toEqual({});
      }),
    );
  });
});
