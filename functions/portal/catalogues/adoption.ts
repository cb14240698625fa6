import { z } from 'zod';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import type { Irreconcilable } from '../../../shared/core/year/reconciliation.ts';
import { AdoptionError, adopt, previewAdoption } from '../../use-cases/adopt.ts';
import { addressWith, cataloguesAddress } from '../pages/addresses.ts';
import type { Reply } from '../reply.ts';
import { catalogueParams, fieldsNamed, formRoute } from '../route.ts';
import { findCatalogue } from './catalogue-files.ts';
import { type CatalogueVisit, previewReply, type Typed } from './preview-page.ts';
import { factorFieldName, statedConversions } from './unit-factors.ts';

const noCatalogue = z.literal('').transform(() => null);

/** Brings a catalogue that was looked at into force. */
export const adoptionRoute = formRoute(
  {
    path: `${cataloguesAddress}/:year/:hash/adoption`,
    access: ['legal-office'],
    params: catalogueParams,
    form: { replaces: sha256Schema.or(noCatalogue), reason: reasonSchema },
    otherFields: z.string().max(200),
  },
  async (request) => {
    const { reason, replaces } = request.form;
    const catalogue = await findCatalogue(request);
    const factors = fieldsNamed(factorFieldName, request.form);
    const typed: Typed = { catalogue, factors, reason };
    const { needed } = await previewAdoption({ catalogue, conversions: [] }, request.services);
    const stated = statedConversions(needed, factors);
    const conversions = stated.filter((each) => each !== undefined);
    const unread = needed.filter((_, index) => stated[index] === undefined);
    const unreadable = unread.map(({ indicator, from, to }) => notAFactor(indicator, { from, to, typed }));
    if (unreadable.length > 0) return previewReply(request, { ...typed, refused: unreadable });
    try {
      const { now: at, identity, services } = request;
      await adopt({ catalogue, conversions, reason, replaces, at, by: identity.name }, services);
    } catch (error) {
      return refusal(request, { typed, error });
    }
    await request.services.catalogues.readAnew();
    const adopted = String(catalogue.year);
    return { kind: 'redirect', to: addressWith(cataloguesAddress, { adopted }) };
  },
);

function notAFactor(
  indicator: string,
  { from, to, typed }: { from: string; to: string; typed: Typed },
): Irreconcilable {
  const name = indicatorOf(typed.catalogue, indicator)?.name ?? indicator;
  const message = `“${name}”的换算没有写对：请写 1 ${from}等于多少${to}，用大于 0 的数，最多 8 位小数。`;
  return { entry: 'indicator', id: indicator, message };
}

function refusal(
  request: CatalogueVisit,
  { typed, error }: { typed: Typed; error: unknown },
): Promise<Reply> {
  if (!(error instanceof AdoptionError)) throw error;
  return previewReply(request, { ...typed, refused: error.problems });
}
