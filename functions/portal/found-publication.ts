import type { EventOf } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import {
  type PublicationName,
  publishedEvent,
  readPublication,
  readPublishedSummary,
} from '../use-cases/stores/publication-store.ts';
import { PortalError } from './portal-error.ts';
import type { RequestContext } from './route.ts';

/** The ledger's event of a publication; throws a `PortalError` if there is none of that number. */
export function eventOf(state: YearState, number: number): EventOf<'published'> {
  const event = publishedEvent(state, number);
  if (event === undefined) throw new PortalError('not-found', `没有第 ${number} 次发布。`);
  return event;
}

/** A publication as it was written; throws a `PortalError` if it cannot be read. */
export const publicationOf = readBy(readPublication);

/** The same without its observations, of which there may be very many. */
export const summaryOf = readBy(readPublishedSummary);

function readBy<T>(
  read: (publication: PublicationName, documents: DocumentsReader) => Promise<T | undefined>,
) {
  return async (
    { services }: Pick<RequestContext, 'services'>,
    state: YearState,
    number: number,
  ): Promise<T> => {
    eventOf(state, number);
    const found = await read({ year: state.catalogue.year, number }, services.documents);
    if (found !== undefined) return found;
    throw new PortalError(
      'broken',
      `第 ${number} 次发布的文件缺失或被改动，请到“台账核验”查看，并联系管理员。`,
    );
  };
}
