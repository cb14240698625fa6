import { publicationFolder } from '../../functions/use-cases/stores/publication-store.ts';
import { verifyDocuments } from '../../functions/use-cases/verify/documents.ts';
import { verifyChains, verifyPublication } from '../../functions/use-cases/verify/verify.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { ownChains } from './comparison-checks.ts';
import type { Aftermath } from './simulation.ts';

/** Chains, originals, receipts and publications are whole, and nothing was replaced. */
export async function storeProblems(aftermath: Aftermath): Promise<string[]> {
  const { ports } = aftermath;
  const chains = ownChains(aftermath);
  const around = await verifyDocuments(ports.documents, chains);
  const published = [...chains.values()].flat().filter((event) => isEvent(event, 'published'));
  const faults = [...around.faults];
  const knownHeads = [...around.heads];
  for (const { happening } of published) {
    const name = publicationFolder(happening);
    const names = (await ports.documents.list(name)).map(({ key }) => key.slice(name.length));
    const get = async (file: string) => ports.files.get(name + file);
    const publication = await verifyPublication({ name, names, get }, published);
    faults.push(...publication.faults);
    knownHeads.push(...publication.heads);
  }
  faults.push(...verifyChains({ chains, knownHeads }));
  return [
    ...faults.map(({ where, explanation }) => `${where}: ${explanation}`),
    ...ports.replaced.map((key) => `${key}: was replaced`),
  ];
}
