import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { type LedgerEvent, ledgerEventSchema, noHash } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { deriveFeedbackAnew } from '../../use-cases/verify/feedback-anew.ts';
import type { RawChains, RawYear } from '../../use-cases/verify/read-raw.ts';
import type { Fault } from '../../use-cases/verify/verify.ts';
import { verifyStore } from '../../use-cases/verify/verify-store.ts';

/** What the page has to know of a year that it verifies; no names where its catalogue is gone. */
export type VerifiedYear = Pick<
  Catalogue,
  'year' | 'utcOffset' | 'departments' | 'indicators' | 'tables' | 'lines' | 'narratives'
>;

/** How long a chain is, and the hash of its last event; null if that is no event. */
export interface RawHead {
  chain: string;
  length: number;
  hash: string | null;
  /** When the last event was recorded. */
  at: Instant | null;
}

export function rawHeads(chains: RawChains): RawHead[] {
  return [...chains].map(([chain, events]) => {
    const last = events.length === 0 ? undefined : legible(events.at(-1));
    const hash = events.length === 0 ? noHash : (last?.hash ?? null);
    return { chain, length: events.length, hash, at: last?.at ?? null };
  });
}

function legible(event: unknown): LedgerEvent | undefined {
  return ledgerEventSchema.safeParse(event).data;
}

/** Whose chain it is. */
export function ownerInWords(chain: string, catalogue: VerifiedYear): string {
  const owner = chain.slice(chain.indexOf('/') + 1);
  if (owner === 'office') return '法制机构（办理、发布）';
  if (owner === 'unaddressed') return '未能识别部门和报告期的文件';
  return departmentOf(catalogue, owner)?.name ?? owner;
}

/** What a verification came to: what was looked at, and every fault once. */
export interface Outcome {
  sound: boolean;
  checked: string[];
  faults: Fault[];
}

/** Verifies a year's chains, and all that is kept around them or was derived from them. */
export async function runVerification(
  raw: RawYear,
  { documents }: { documents: DocumentsReader },
): Promise<Outcome> {
  const { checked, faults } = await verifyStore(raw, documents);
  const anew = await deriveFeedbackAnew({ raw, documents, workbooks: false });
  const once = new Map(
    [...faults, ...anew.faults].map((fault) => [`${fault.where} ${fault.explanation}`, fault]),
  );
  return { sound: once.size === 0, checked: [...checked, ...anew.checked], faults: [...once.values()] };
}
