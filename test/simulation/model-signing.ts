import type { ModelUpload } from './model-figures.ts';
import type { Fact } from './model-returns.ts';

/** From which of its catalogues on the city has reviewers agree. */
const reviewedFrom = 3;

type Known = readonly ModelUpload[];

/** Whether a version waits for its reviewer: the office's chain tells which catalogue was in force when. */
export function waitsForReviewer(version: Known, office: readonly Fact[], now: number): boolean {
  const adopted = office.filter(({ kind }) => kind === 'catalogue-adopted');
  const then = adopted.filter(({ at }) => at <= version[0]!.uploadedAt).length - 1;
  if (Math.min(now, then) < reviewedFrom) return false;
  const decided = office.filter(
    (fact) =>
      (fact.kind === 'return-agreed' || fact.kind === 'return-disagreed') &&
      version.some(({ id }) => id === fact.upload) &&
      version.every(({ uploader, uploadedAt }) => uploader !== fact.by || uploadedAt > fact.at),
  );
  return decided.at(-1)?.kind !== 'return-agreed';
}

/** The scan that is meant of a version: the last that was filed. */
export function scanOf(version: Known | undefined, office: readonly Fact[]): string | undefined {
  const filed = office.flatMap((fact) =>
    fact.kind === 'scan-filed' && version?.some(({ id }) => id === fact.upload) ? [fact.scan.sha256] : [],
  );
  return filed.at(-1);
}
