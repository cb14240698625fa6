import pMap from 'p-map';
import { type AdoptedCatalogues, adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import { adoptedAt } from '../../../shared/core/ledger/adoptions.ts';
import { verifyChain } from '../../../shared/core/ledger/chain-faults.ts';
import {
  chainOf,
  isUploadEvent,
  type LedgerEvent,
  type UploadEvent,
} from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import type { Feedback } from '../../../shared/core/ledger/receipt.ts';
import { canonicalJson, type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import { software } from '../../software.ts';
import { deriveFeedback, hasMarks, lastYearBehind, type MarkedWith, writeMarked } from '../feedback.ts';
import { formOf } from '../ingest.ts';
import type { ReadChain } from '../read-year.ts';
import { BaselineGoneError } from '../stores/baseline-store.ts';
import { CatalogueGoneError } from '../stores/catalogue-store.ts';
import { markedWorkbookKey, readReceipt, receiptKey } from '../stores/receipt-store.ts';
import type { RawChains, RawYear } from './read-raw.ts';
import { type Fault, fetching, legibleEvents } from './verify.ts';
import type { Verification } from './verify-store.ts';

export interface FeedbackToDerive {
  /** Its chains, those of last year, beside which figures were looked at, and its catalogues. */
  raw: Pick<RawYear, 'year' | 'chains' | 'lastYears' | 'adopted'>;
  documents: DocumentsReader;
  /** Whether marked workbooks are made again from the originals too, which takes some 40 ms for each. */
  workbooks: boolean;
}

type SoundChains = ReadonlyMap<string, readonly LedgerEvent[]>;

/**
 * What became of one feedback: the same when it was derived anew, not to be derived here, another than it should be,
 * or absent, which is for `verifyFeedback` to say.
 */
type Outcome =
  | { kind: 'same' }
  | { kind: 'absent' }
  | { kind: 'elsewhere' }
  | { kind: 'fault'; fault: Fault };

/**
 * Derives every feedback anew from the chains, as far as they went when it was given, and its workbook from the
 * original: so an edit shows that was made to fit in all files around the ledger. What other words of another version
 * of the program or another catalogue said cannot be told from an edit, and is counted, not called a fault.
 */
export async function deriveFeedbackAnew(given: FeedbackToDerive): Promise<Verification> {
  const { chains, lastYears, adopted } = given.raw;
  const ofYear = soundChains(chains);
  const uploads = [...ofYear.values()].flat().filter(isUploadEvent);
  const sound = new Map([...ofYear, ...soundChains(lastYears)]);
  const outcomes = await pMap(uploads, (event) => outcomeOf(event, sound, { ...given, adopted }), fetching);
  const count = (wanted: Outcome['kind']) => outcomes.filter(({ kind }) => kind === wanted).length;
  const what = given.workbooks ? 'with their marked workbooks' : 'without their marked workbooks';
  return {
    checked: [
      `${count('same')} feedback files derived anew ${what}, ${count('elsewhere')} not, of other versions or catalogues`,
    ],
    faults: outcomes.flatMap((outcome) => (outcome.kind === 'fault' ? [outcome.fault] : [])),
  };
}

function soundChains(chains: RawChains): SoundChains {
  const sound = [...chains].filter(([chain, events]) => verifyChain(chain, events).length === 0);
  return new Map(sound.map(([chain, events]) => [chain, legibleEvents(new Map([[chain, events]]))]));
}

async function outcomeOf(
  event: UploadEvent,
  sound: SoundChains,
  { raw, documents, workbooks, adopted }: FeedbackToDerive & { adopted: AdoptedCatalogues | undefined },
): Promise<Outcome> {
  const feedback = await readReceipt(event.happening, documents);
  if (feedback === undefined) return { kind: 'absent' };
  const chains = chainsAsOf(feedback, sound);
  const office = chains?.find(({ chain }) => chain === chainOf(raw.year, 'office'))?.events ?? [];
  const then = adopted && adoptedAt(office, adopted);
  const pinned = then && adoptedWith(event.catalogue, then)?.catalogue;
  if (chains === undefined || then === undefined || pinned === undefined) return { kind: 'elsewhere' };
  const { workbook, ...unsealed } = feedback;
  const lastYear = await lastYearAsOf(chains, { year: raw.year, adopted: then }, documents);
  if (lastYear === 'gone') return { kind: 'elsewhere' };
  const { software: by } = feedback.asOf;
  const { feedback: derived, reference } = deriveFeedback(event, chains, {
    adopted: then,
    software: by,
    ...lastYear,
  });
  if (canonicalJson(unsealed) !== canonicalJson(derived)) {
    return differing(
      feedback,
      receiptKey(event.happening),
      'is not what the ledger came to when it was given: it was edited',
    );
  }
  const made = workbooks
    ? await markedAnew(event, { feedback, catalogue: pinned, reference, documents })
    : undefined;
  if (made === undefined || made === workbook) return { kind: 'same' };
  const where = markedWorkbookKey(event.happening);
  return differing(feedback, where, 'is not what is made of the original and its findings: it was edited');
}

/** By what of last year feedback was given; of what is gone `verifyBaselines` and `verifyAdoptions` tell. */
async function lastYearAsOf(...given: Parameters<typeof lastYearBehind>) {
  try {
    return await lastYearBehind(...given);
  } catch (error) {
    if (error instanceof BaselineGoneError || error instanceof CatalogueGoneError) return 'gone';
    throw error;
  }
}

/** The chains from which feedback was derived; undefined if they do not go that far, or are not here. */
function chainsAsOf({ asOf }: Feedback, sound: SoundChains): ReadChain[] | undefined {
  const chains = asOf.chains.flatMap(({ chain, length }) => {
    const events = sound.get(chain);
    return events === undefined || events.length < length ? [] : [{ chain, events: events.slice(0, length) }];
  });
  return chains.length === asOf.chains.length ? chains : undefined;
}

function differing({ asOf }: Feedback, where: string, explanation: string): Outcome {
  return asOf.software === software
    ? { kind: 'fault', fault: { where, explanation } }
    : { kind: 'elsewhere' };
}

/** The hash of the workbook that is made of an original and its findings; null of none; undefined if it cannot be made here. */
async function markedAnew(
  { happening }: UploadEvent,
  { feedback, documents, ...markedWith }: MarkedWith & { feedback: Feedback; documents: DocumentsReader },
): Promise<Sha256 | null | undefined> {
  if (!hasMarks(feedback)) return null;
  const { upload, department, period } = happening;
  if (department === null || period === null) return undefined;
  const bytes = upload.sha256 === null ? undefined : await documents.get(upload.key, upload.version);
  if (upload.sha256 !== null && (bytes === undefined || sha256(bytes) !== upload.sha256)) return undefined;
  const form = await formOf(bytes, { department, period }, markedWith.catalogue);
  return sha256(await writeMarked(feedback, form, markedWith));
}
