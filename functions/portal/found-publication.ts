import type { EventOf } from '../../shared/core/ledger/event.ts';
import type { Publication, Summary } from '../../shared/core/publication/publication.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import {
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
export async function publicationOf(
  { services }: Pick<RequestContext, 'services'>,
  state: YearState,
  number: number,
): Promise<Publication> {
  eventOf(state, number);
  const { year } = state.catalogue;
  return (await readPublication({ year, number }, services.documents)) ?? unreadable(number);
}

/** The same without its observations, of which there may be very many. */
export async function summaryOf(
  { services }: Pick<RequestContext, 'services'>,
  state: YearState,
  number: number,
): Promise<Summary> {
  eventOf(state, number);
  const { year } = state.catalogue;
  return (await readPublishedSummary({ year, number }, services.documents)) ?? unreadable(number);
}

function unreadable(number: number): never {
  throw new PortalError(
    'broken',
    `第 ${number} 次发布的文件缺失或被改动，请到“台账核验”查看，并联系管理员。`,
  );
}
