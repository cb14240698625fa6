import type { Catalogue } from '../../../shared/core/catalogue.ts';
import type { Fault } from '../../verify/verify.ts';
import { verifyStore } from '../../verify/verify-store.ts';
import type { PortalServices } from '../services.ts';
import type { RawChains } from './chains.ts';

/** What a verification came to: what was looked at, and every fault once. */
export interface Outcome {
  sound: boolean;
  checked: string[];
  faults: Fault[];
}

/** Verifies a year's chains and all that is kept around them. */
export async function runVerification(
  chains: RawChains,
  { documents }: Pick<PortalServices, 'documents'>,
  { year }: Catalogue,
): Promise<Outcome> {
  const { checked, faults } = await verifyStore(chains, documents, year);
  const once = new Map(faults.map((fault) => [`${fault.where} ${fault.explanation}`, fault]));
  return { sound: once.size === 0, checked, faults: [...once.values()] };
}
