import { type CheckCode, checkCode } from '../../shared/core/ledger/check-code.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import { type UploadId, uploadId } from '../../shared/core/ledger/upload.ts';
import { evidenceCodes, publicationCode } from '../../shared/core/publication/evidence.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import type { LedgerYear } from './read-year.ts';
import { readPublication } from './stores/publication-store.ts';

/** What carries a check code: a version of a return, all that a publication says, or one of its figures. */
export type Coded =
  | ({ kind: 'version'; upload: UploadId } & ReturnKey)
  | { kind: 'publication'; number: number }
  | { kind: 'figure'; number: number; indicator: string };

/** What was found by a code; where nothing was, of which publications every figure was looked at. */
export type CodeSearch = { found: Coded } | { found: undefined; figuresOf: number[] };

/**
 * Looks among all accepted versions and all publications of the year, and among the figures of one publication: the one
 * that is named, or else the newest and the last that was issued.
 */
export async function findByCheckCode(
  code: CheckCode,
  { chains, state, number }: Pick<LedgerYear, 'chains' | 'state'> & { number: number | undefined },
  documents: DocumentsReader,
): Promise<CodeSearch> {
  const version = chains
    .flatMap(({ events }) => events.filter((event) => isEvent(event, 'return-accepted')))
    .find((event) => checkCode(event) === code);
  if (version !== undefined) {
    const { department, period, upload } = version.happening;
    return { found: { kind: 'version', department, period, upload: uploadId(upload) } };
  }
  const published = state.publications.find(({ happening }) => publicationCode(happening) === code);
  if (published !== undefined) return { found: { kind: 'publication', number: published.happening.number } };
  const figuresOf: number[] = [];
  for (const each of number === undefined ? likely(state) : [number]) {
    const publication = await readPublication({ year: state.catalogue.year, number: each }, documents);
    if (publication === undefined) continue;
    const codeOf = evidenceCodes(publication);
    const total = publication.totals.find((one) => codeOf(one) === code);
    if (total !== undefined) return { found: { kind: 'figure', number: each, indicator: total.indicator } };
    figuresOf.push(each);
  }
  return { found: undefined, figuresOf };
}

/** The publications that people print from. */
function likely({ publications, issued }: LedgerYear['state']): number[] {
  const newest = publications.at(-1)?.happening.number;
  const lastIssued = Math.max(0, ...issued.keys());
  return [...new Set([newest ?? 0, lastIssued])].filter((number) => number > 0);
}
