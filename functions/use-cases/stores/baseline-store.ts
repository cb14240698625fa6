import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { type Baseline, baselineHash, baselineSchema } from '../../../shared/core/year/baseline.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { catalogueFolder } from './catalogue-store.ts';
import { keepOnce } from './put-once.ts';

/** A baseline that an event names is not among the documents as it was recorded. */
export class BaselineGoneError extends Error {
  override readonly name = 'BaselineGoneError';
}

/** Where the baselines are kept beside which a year is looked at: with its catalogues. */
function folder(year: number): string {
  return `${catalogueFolder(year)}baselines/`;
}

/** Where a baseline is kept by its hash; `year` is the one that is compared. */
export function baselineKey(year: number, hash: string): string {
  return `${folder(year)}${hash}.json`;
}

/** Where the workbook is kept that a baseline was read from, byte for byte. */
export function baselineWorkbookKey({ year, workbook }: Pick<Baseline, 'year' | 'workbook'>): string {
  return `${folder(year + 1)}${workbook}.xlsx`;
}

/** Keeps a baseline and the workbook that it was read from among the documents, before an event names it. */
export async function keepBaseline(
  baseline: Baseline,
  documents: Documents,
  workbook?: Uint8Array,
): Promise<Sha256> {
  const hash = baselineHash(baseline);
  const kept: [string, Uint8Array][] = [[baselineKey(baseline.year + 1, hash), jsonFile(baseline)]];
  if (workbook !== undefined) kept.push([baselineWorkbookKey(baseline), workbook]);
  for (const [key, bytes] of kept) await keepOnce(key, bytes, documents);
  return hash;
}

/** The baseline that is kept under a hash, read anew; undefined if it is gone or is another. */
export async function readBaselineAnew(
  year: number,
  hash: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Baseline | undefined> {
  const bytes = await documents.get(baselineKey(year, hash));
  const baseline = bytes && baselineSchema.safeParse(parseJson(bytes)).data;
  const isAsKept =
    baseline !== undefined &&
    baselineHash(baseline) === hash &&
    Buffer.compare(jsonFile(baseline), bytes ?? new Uint8Array()) === 0;
  return isAsKept ? baseline : undefined;
}

/** Whether the workbook that a baseline was read from is there, to the byte. */
export async function hasWorkbookOf(
  baseline: Baseline,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<boolean> {
  const bytes = await documents.get(baselineWorkbookKey(baseline));
  return bytes !== undefined && sha256(bytes) === baseline.workbook;
}

/** Baselines never change under their hash, so that what a process has read of a store once it need not read again. */
const read = new WeakMap<object, Map<string, Baseline>>();

/** The baseline that is kept under a hash. Throws `BaselineGoneError` if it is gone or is another. */
export async function keptBaseline(
  year: number,
  hash: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Baseline> {
  const known = read.get(documents) ?? new Map<string, Baseline>();
  read.set(documents, known);
  const baseline = known.get(hash) ?? (await readBaselineAnew(year, hash, documents));
  if (baseline === undefined) {
    throw new BaselineGoneError(`${baselineKey(year, hash)} was recorded, and is gone or was edited`);
  }
  known.set(hash, baseline);
  return baseline;
}
