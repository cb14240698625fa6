import { type AdoptedCatalogues, type Adoption, adoptedWith } from '../../shared/core/catalogue/adoption.ts';
import { type Catalogue, indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import { measuresOf } from '../../shared/core/catalogue/measures.ts';
import { yearOf } from '../../shared/core/catalogue/period.ts';
import { cellOf } from '../../shared/core/catalogue/tables.ts';
import { type Chain, chainOf, maxFindingsKept, type UploadEvent } from '../../shared/core/ledger/event.ts';
import { addressOfKey, type ReadUpload, type Upload } from '../../shared/core/ledger/upload.ts';
import {
  type Address,
  nobody,
  otherReturnIn,
  type Resolution,
  type ReturnKey,
  resolveAddress,
} from '../../shared/core/returns/address.ts';
import { bySeverity, type Finding, hasErrors } from '../../shared/core/returns/finding.ts';
import { say } from '../../shared/core/returns/findings/findings.ts';
import { keptOf } from '../../shared/core/returns/grid.ts';
import { emptySubmission, type Submission } from '../../shared/core/returns/submission.ts';
import { validateReturn } from '../../shared/core/returns/validation.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { identityOf, whyUnidentified } from '../../shared/workbook/form-identity.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import type { WorkbookReading } from '../../shared/workbook/reading/model.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { officeYear, type Store } from './adopted.ts';
import type { FilledForm } from './feedback.ts';

/** What a file turned out to be. */
export interface Examined {
  chain: Chain;
  happening: UploadEvent['happening'];
  /** The catalogue that it was read by. */
  by: Adoption;
  /** The return it is for, and what was typed, where the address is known. */
  form: FilledForm | undefined;
}

/** Decides on an upload by the catalogues of its year, writing nothing. */
export async function examine(
  { upload, bytes }: { upload: ReadUpload; bytes: Uint8Array },
  adopted: AdoptedCatalogues,
): Promise<Examined> {
  return examineReading(await readWorkbook(bytes), upload, adopted);
}

/** Decides again on an upload that is kept; undefined where its file is not there any more, or another. */
export async function examineAgain(
  { upload, year }: { upload: ReadUpload; year: number },
  store: Store,
): Promise<Examined | undefined> {
  const bytes = await store.documents.get(upload.key, upload.version);
  if (bytes === undefined || sha256(bytes) !== upload.sha256) return undefined;
  const { adopted } = await officeYear(year, store);
  return examine({ upload, bytes }, adopted);
}

/** Refuses an upload that was not read, for what it was sent for. */
export function examineUnread(upload: Upload, unread: Finding, by: Adoption): Examined {
  const resolution = resolve(upload, by.catalogue);
  if (resolution.kind === 'refused') return unaddressed(upload, [unread, resolution.finding], by);
  const { key } = resolution;
  const happening = { kind: 'return-refused' as const, ...key, upload, findings: [unread] };
  return addressed(key, { happening, submission: emptySubmission(), by });
}

/** Reads a form by the catalogue that it was made from, if that was ever adopted; all else by the one in force. */
export function examineReading(
  reading: WorkbookReading,
  upload: ReadUpload,
  adopted: AdoptedCatalogues,
): Examined {
  throwIfOurFault(reading);
  const mark = identityOf(reading);
  const by = adoptedWith(mark.catalogue, adopted) ?? adopted.inForce;
  const { catalogue } = by;
  const resolution = resolve(upload, catalogue, mark);
  if (resolution.kind === 'refused') {
    return unaddressed(upload, [...whyUnidentified(reading), resolution.finding], by);
  }
  const { key } = resolution;
  const submission = readForm(reading, catalogue, key);
  const validated = validateReturn(submission, catalogue, key);
  const formOf = otherReturnIn(mark, key);
  if (formOf !== undefined) return misdirected({ key, formOf }, { upload, findings: validated.findings, by });
  const findings = [...resolution.findings, ...validated.findings];
  const about = { ...key, upload, findings: kept(findings) };
  const { narratives, remarks, signature } = validated;
  const { observations, grids } = keptOf(validated.observations, catalogue);
  const asked = indicatorsOnForm(catalogue, key.department, key.period);
  const measures = measuresOf(asked.filter(({ id }) => cellOf(catalogue, id) === undefined));
  const happening: UploadEvent['happening'] = hasErrors(findings)
    ? { kind: 'return-refused', ...about }
    : {
        ...{ kind: 'return-accepted', ...about, observations, measures, signature },
        ...(grids.length === 0 ? {} : { grids }),
        ...(narratives.length === 0 ? {} : { narratives }),
        ...(remarks.length === 0 ? {} : { remarks }),
      };
  return addressed(key, { happening, submission, by });
}

/** Whose return an upload is, by its key, its name, and the mark of the form in it where it was read. */
function resolve({ key, fileName }: Upload, catalogue: Catalogue, mark: Address = nobody): Resolution {
  return resolveAddress(addressOfKey(key), catalogue, { mark, fileName });
}

/**
 * A fault of the reader is the program's, not the sender's: recorded as a refusal it would stand for ever, while
 * thrown it is tried again after the program is mended.
 */
function throwIfOurFault({ findings }: WorkbookReading): void {
  const fault = findings.find(({ rule }) => rule === 'file-unreadable');
  if (fault !== undefined) throw new Error(`the reader failed on a file: ${fault.found}`);
}

function unaddressed(upload: Upload, findings: Finding[], by: Adoption): Examined {
  return {
    by,
    chain: chainOf(by.catalogue.year, 'unaddressed'),
    happening: { kind: 'return-refused', department: null, period: null, upload, findings: kept(findings) },
    form: undefined,
  };
}

/** A file that is the form of another return is in the chain of whom it was sent for, and a refusal of neither. */
function misdirected(
  { key, formOf }: { key: ReturnKey; formOf: ReturnKey },
  { upload, findings, by }: { upload: Upload; findings: Finding[]; by: Adoption },
): Examined {
  const { department, period: sentFor } = key;
  const about = { department, period: null, upload, findings: kept(findings) };
  return {
    by,
    chain: chainOf(yearOf(sentFor), department),
    happening: { kind: 'return-refused', ...about, misdirected: { sentFor, formOf } },
    form: undefined,
  };
}

function addressed(
  key: ReturnKey,
  {
    happening,
    submission,
    by,
  }: { happening: UploadEvent['happening']; submission: Submission; by: Adoption },
): Examined {
  return { by, chain: chainOf(yearOf(key.period), key.department), happening, form: { key, submission } };
}

/** What findings may take of a ledger item, beside the observations (see `maxObservationBytes`). */
const maxFindingBytes = 150_000;

/** Findings as they are recorded: the worst first, and beyond a number or size only how many there were. */
function kept(findings: Finding[]): Finding[] {
  const worstFirst = findings.toSorted(bySeverity);
  let bytes = 0;
  const fits = worstFirst.findIndex((finding, index) => {
    bytes += Buffer.byteLength(JSON.stringify(finding)) + 1;
    return index >= maxFindingsKept || bytes > maxFindingBytes;
  });
  if (fits < 0) return findings;
  return [...worstFirst.slice(0, fits), say('more-findings', worstFirst.length - fits)];
}
