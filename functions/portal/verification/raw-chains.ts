import pMap from 'p-map';
import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import {
  type Chain,
  type LedgerEvent,
  ledgerEventSchema,
  noHash,
} from '../../../shared/core/ledger/event.ts';
import { chainsOfLastYear, chainsOfYear } from '../../use-cases/read-year.ts';
import { deriveFeedbackAnew } from '../../use-cases/verify/feedback-anew.ts';
import { type Fault, fetching } from '../../use-cases/verify/verify.ts';
import { verifyStore } from '../../use-cases/verify/verify-store.ts';
import type { PortalServices } from '../services.ts';

/** The chains of a year as they stand in the store, whatever became of them. */
export type RawChains = ReadonlyMap<string, readonly unknown[]>;

/** Reads the chains unchecked: verification is for those that cannot be read otherwise, too. */
export function readRawChains(
  services: Pick<PortalServices, 'rawEvents'>,
  catalogue: Catalogue,
): Promise<RawChains> {
  return readUnchecked(services, chainsOfYear(catalogue));
}

async function readUnchecked(
  { rawEvents }: Pick<PortalServices, 'rawEvents'>,
  names: readonly Chain[],
): Promise<RawChains> {
  const events = await pMap(names, (name) => rawEvents(name), fetching);
  return new Map(names.map((name, index) => [name, events[index] ?? []]));
}

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
export function ownerInWords(chain: string, catalogue: Catalogue): string {
  const owner = chain.slice(chain.indexOf('/') + 1);
  if (owner === 'office') return '法制机构（办理、发布）';
  if (owner === 'unaddressed') return '未能识别部门和月份的文件';
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
  chains: RawChains,
  services: Pick<PortalServices, 'documents' | 'rawEvents'>,
  catalogue: Catalogue,
): Promise<Outcome> {
  const { documents } = services;
  const lastYears = await readUnchecked(services, chainsOfLastYear(catalogue));
  const { checked, faults } = await verifyStore(chains, documents, catalogue.year, lastYears);
  const anew = await deriveFeedbackAnew({ chains, lastYears, documents, catalogue, workbooks: false });
  const once = new Map(
    [...faults, ...anew.faults].map((fault) => [`${fault.where} ${fault.explanation}`, fault]),
  );
  return { sound: once.size === 0, checked: [...checked, ...anew.checked], faults: [...once.values()] };
}
