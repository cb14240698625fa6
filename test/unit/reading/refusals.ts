import { expect } from 'vitest';
import { findingSchema } from '../../../shared/core/returns/finding.ts';
import { type ReadingLimits, readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';

/** The rules by which a file is refused, each with a sentence that people can be told. */
export async function rulesOf(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<string[]> {
  const { findings } = await readWorkbook(bytes, limits);
  for (const finding of findings) {
    findingSchema.parse(finding);
    expect(finding.message).toMatch(/^[^,;:!?]*[。]$/);
    expect(finding.message).toMatch(/请|系统/);
  }
  return findings.map(({ rule }) => rule);
}
