import type { ReturnKey } from '../returns/address.ts';
import type { EventOf } from './event.ts';
import type { UploadId } from './upload.ts';

/** An upload that a publication counted, with the return that it is of. */
export interface CountedUpload extends ReturnKey {
  upload: UploadId;
}

/** Which uploads the publications of a year counted. An event says only what it counts otherwise than the one before. */
export interface CountedUploads {
  /** What the publication of that number counted of a return; undefined if it counted nothing of it. */
  uploadAt(number: number, key: ReturnKey): UploadId | undefined;
  /** All that it counted. */
  allAt(number: number): CountedUpload[];
}

/** From the publications of a year, all of them up to the one that is asked about. */
export function countedUploads(publications: readonly EventOf<'published'>[]): CountedUploads {
  const turns = new Map<string, ReturnKey & { since: { number: number; upload: UploadId | null }[] }>();
  for (const { happening } of publications.toSorted((a, b) => a.happening.number - b.happening.number)) {
    for (const [department, periods] of Object.entries(happening.counts)) {
      for (const [period, upload] of Object.entries(periods)) {
        const key = `${department} ${period}`;
        const turn = turns.get(key) ?? { department, period: period as ReturnKey['period'], since: [] };
        turn.since.push({ number: happening.number, upload });
        turns.set(key, turn);
      }
    }
  }
  const uploadAt = (number: number, { department, period }: ReturnKey) =>
    turns.get(`${department} ${period}`)?.since.findLast((turn) => turn.number <= number)?.upload ??
    undefined;
  return {
    uploadAt,
    allAt: (number) =>
      [...turns.values()].flatMap(({ department, period }) => {
        const upload = uploadAt(number, { department, period });
        return upload === undefined ? [] : [{ department, period, upload }];
      }),
  };
}

/** The uploads of a return that publications of these numbers counted, the newest publication first. */
export function uploadsCountedBy(
  numbers: readonly number[],
  publications: readonly EventOf<'published'>[],
): (key: ReturnKey) => UploadId[] {
  const counted = countedUploads(publications);
  const newestFirst = numbers.toSorted((a, b) => b - a);
  return (key) => newestFirst.flatMap((number) => counted.uploadAt(number, key) ?? []);
}

/** What an event says that its publication counts, by department and period; null of a return that counts no more. */
export type Counts = EventOf<'published'>['happening']['counts'];

/** What counts otherwise than in the last of these publications. */
export function countsSince(
  publications: readonly EventOf<'published'>[],
  counting: readonly CountedUpload[],
): Counts {
  const last = Math.max(0, ...publications.map(({ happening }) => happening.number));
  const before = countedUploads(publications);
  const counts = new Map<string, Counts[string]>();
  const count = ({ department, period }: ReturnKey, upload: UploadId | null) =>
    counts.set(department, { ...counts.get(department), [period]: upload });
  const now = new Set(counting.map(({ department, period }) => `${department} ${period}`));
  for (const one of before.allAt(last)) if (!now.has(`${one.department} ${one.period}`)) count(one, null);
  for (const one of counting) if (before.uploadAt(last, one) !== one.upload) count(one, one.upload);
  return Object.fromEntries(counts);
}
