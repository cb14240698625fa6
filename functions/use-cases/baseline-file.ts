import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import type { Baseline } from '../../shared/core/year/baseline.ts';
import { readBaselineWorkbook } from '../../shared/workbook/baseline/baseline-reader.ts';
import { writeMarkedBaseline } from '../../shared/workbook/baseline/baseline-writer.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { type FileFinding, inWorkbook } from './catalogue-file.ts';

/**
 * Last year's figures as a workbook says them, with what was remarked; or all that is wrong with it, and the workbook once
 * more with each finding at its cell, if there was anything to mark.
 */
export type BaselineFileReading =
  | { kind: 'baseline'; baseline: Baseline; findings: FileFinding[] }
  | { kind: 'problems'; findings: FileFinding[]; marked: Uint8Array | undefined };

/** A workbook, and the catalogue in force of the year that is compared. */
export interface BaselineFile {
  bytes: Uint8Array;
  catalogue: Catalogue;
}

/** Reads a workbook of last year's figures. It never rejects, whatever the bytes. */
export async function readBaselineFile({ bytes, catalogue }: BaselineFile): Promise<BaselineFileReading> {
  const reading = readBaselineWorkbook(await readWorkbook(bytes), catalogue);
  const findings = reading.findings.map(inWorkbook);
  if (reading.kind === 'problems') {
    const { typed } = reading;
    const marked =
      typed.rows.length === 0 ? undefined : await writeMarkedBaseline(catalogue, typed, reading.findings);
    return { kind: 'problems', findings, marked };
  }
  const baseline: Baseline = {
    format: 'indicators-baseline/1',
    year: catalogue.year - 1,
    catalogue: catalogueHash(catalogue),
    workbook: sha256(bytes),
    rows: reading.rows,
  };
  return { kind: 'baseline', baseline, findings };
}
