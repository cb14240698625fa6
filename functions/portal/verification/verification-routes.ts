import { readers } from '../access/readers.ts';
import type { Reply } from '../reply.ts';
import { action, page, type Route, type Visit, yearParam } from '../route.ts';
import { readRawChains } from './chains.ts';
import { runVerification } from './run-verification.ts';
import { verificationPage } from './verification-page.ts';

const path = '/:year/verification';

/** The ledger's verification. Running it changes nothing, so that its answer is the page itself. */
export const verificationRoutes: Route[] = [
  page({ path, access: readers, params: yearParam }, async (visit): Promise<Reply> => {
    const { catalogue, chains } = await readChains(visit);
    return { kind: 'page', body: verificationPage(visit, { catalogue, chains, run: undefined }) };
  }),
  action({ path, access: readers, params: yearParam }, async (visit): Promise<Reply> => {
    const { catalogue, chains } = await readChains(visit);
    const outcome = await runVerification(chains, visit.services, catalogue);
    const run = { outcome, at: visit.now };
    return { kind: 'page', body: verificationPage(visit, { catalogue, chains, run }) };
  }),
];

async function readChains(visit: Visit<{ year: number }>) {
  const catalogue = visit.catalogue(visit.params.year);
  return { catalogue, chains: await readRawChains(visit.services, catalogue) };
}
