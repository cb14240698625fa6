import type { StoredRecord } from '../../use-cases/records/search-records.ts';

/** What became of a revision. */
export const revisionStandingWords: Record<StoredRecord['standing'], string> = {
  counting: '计入汇总',
  superseded: '已被替代',
  held: '暂存未计入',
};

/** Which of the accepted uploads of a return it is. */
export function revisionInWords(number: number): string {
  return `第 ${number} 次修订`;
}
