import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { daySchema, localDay, periodSchema } from '../../../shared/core/catalogue/period.ts';
import { uploadSchema } from '../../../shared/core/ledger/upload.ts';
import type { Observation } from '../../../shared/core/returns/observation.ts';
import { lineageOf } from '../../../shared/core/totals/observations-by-indicator.ts';
import { lineageSchema } from '../../../shared/core/totals/total.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';

const { department, period, indicator, revision, status, value, unit, uploadedAt, uploader, upload } =
  lineageSchema.shape;
const { chain, sequence } = lineageSchema.shape.ledger.shape;

/** What became of an accepted revision: it counts, a later one took its place, or it does not count yet. */
export const revisionStateSchema = z.enum(['counting', 'superseded', 'held', 'declined']);

/** One observation of one accepted revision, counting or not. */
export const storedRecordSchema = z.strictObject({
  department,
  period,
  indicator,
  revision,
  standing: revisionStateSchema,
  status,
  value,
  unit,
  items: z.array(z.string()),
  remark: z.string().describe('what was written beside it; empty if nothing was'),
  sheet: z.string(),
  cell: z.string(),
  fileName: uploadSchema.shape.fileName,
  sha256: lineageSchema.shape.file.shape.sha256,
  uploadedAt,
  uploader,
  upload,
  chain,
  sequence,
});
export type StoredRecord = z.infer<typeof storedRecordSchema>;

/** What is looked for; all that is given must hold. */
export const recordFilterSchema = z.strictObject({
  department: departmentIdSchema.optional(),
  indicator: z.string().max(64).optional(),
  period: periodSchema.optional(),
  /** The number of a revision, or whichever counts. */
  revision: z.union([z.literal('counting'), z.int().min(1)]).optional(),
  standing: revisionStateSchema.optional(),
  /** Part of the name of whoever uploaded it, in upper or lower case. */
  uploader: z.string().optional(),
  /** The first and the last day of upload, in the catalogue's time zone. */
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type RecordFilter = z.infer<typeof recordFilterSchema>;

/** Records that were found: how many, and any run of them, which is made when it is asked for. */
export type FoundRecords = Pick<readonly StoredRecord[], 'length' | 'slice'>;

/** The stored records that fit, in order of period, department, revision and form. */
export function searchRecords(state: YearState, filter: RecordFilter): FoundRecords {
  const all = [...observationsFound(state, filter)];
  return { length: all.length, slice: (start, end) => all.slice(start, end).map(recordOf) };
}

/** The same one by one: all of a large city's would take gigabytes. */
export function* recordsFound(state: YearState, filter: RecordFilter): Generator<StoredRecord> {
  for (const found of observationsFound(state, filter)) yield recordOf(found);
}

interface FoundObservation {
  observation: Observation;
  revision: Revision;
}

function* observationsFound(state: YearState, filter: RecordFilter): Generator<FoundObservation> {
  const { utcOffset } = state.catalogue;
  for (const one of state.returns) {
    if (filter.department !== undefined && one.department.id !== filter.department) continue;
    if (filter.period !== undefined && one.period !== filter.period) continue;
    for (const revision of one.revisions) {
      if (!fitsRevision(revision, filter) || !fitsUpload(revision, filter, utcOffset)) continue;
      for (const observation of revision.observations) {
        if (filter.indicator === undefined || observation.indicator === filter.indicator)
          yield { observation, revision };
      }
    }
  }
}

function fitsRevision({ number, state }: Revision, filter: RecordFilter): boolean {
  const { revision: wanted } = filter;
  return (
    (filter.standing === undefined || state.kind === filter.standing) &&
    (wanted === undefined || (wanted === 'counting' ? state.kind === 'counting' : number === wanted))
  );
}

function fitsUpload(
  { upload }: Revision,
  { uploader = '', from, to }: RecordFilter,
  utcOffset: string,
): boolean {
  if (!upload.uploader.toLowerCase().includes(uploader.trim().toLowerCase())) return false;
  if (from === undefined && to === undefined) return true;
  const day = localDay(upload.uploadedAt, utcOffset);
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

function recordOf({ observation, revision }: FoundObservation): StoredRecord {
  const {
    department,
    period,
    indicator,
    items = [],
    remark = '',
    ...lineage
  } = lineageOf(observation, revision);
  const { revision: number, status, value, unit, cell, file, uploadedAt, uploader, upload, ledger } = lineage;
  return {
    ...{ department, period, indicator, revision: number, standing: revision.state.kind },
    ...{ status, value, unit, items, remark, sheet: cell.sheet ?? '', cell: cell.cell ?? '' },
    ...{ fileName: file.name, sha256: file.sha256, uploadedAt, uploader, upload },
    ...{ chain: ledger.chain, sequence: ledger.sequence },
  };
}
