import type { Instant } from '../core/catalogue/period.ts';
import type { ChainHead } from '../core/ledger/event.ts';
import { figureChanges } from '../core/publication/changes.ts';
import { contentOf, returnsBy } from '../core/publication/content.ts';
import type { Publication } from '../core/publication/publication.ts';
import { textChanges } from '../core/publication/texts.ts';
import { type Moment, totalsAt } from '../core/totals/not-due.ts';
import type { Sha256 } from '../core/values/digest.ts';
import { onceForEach } from '../core/values/once-for-each.ts';
import type { YearState } from '../core/year/year-state.ts';
import { digestOfContent } from './digest.ts';

/** What a publication needs beside the state of the year. */
export interface PublicationContext {
  number: number;
  chains: ChainHead[];
  publishedAt: Instant;
  publishedBy: string;
  software: string;
  /** The publication before this one, which changes are told against. */
  previous: Publication | undefined;
}

/**
 * The whole of a publication as one model, which every writer renders; into which template its report is written is for whoever
 * writes it to say. Its `digest` covers what it says, not when
 * (nor what was not due then), by which number, at which ledger positions or beside what of last year: the same digest as the
 * previous publication's means that nothing has changed.
 */
export function composePublication(state: YearState, context: PublicationContext): Publication {
  const undated = contentOf(state);
  const moment = { now: context.publishedAt, catalogue: state.catalogue };
  const content = { ...undated, ...saidAt(undated, moment) };
  const { texts, adoptions } = content;
  const { previous } = context;
  return {
    ...content,
    number: context.number,
    publishedAt: context.publishedAt,
    publishedBy: context.publishedBy,
    digest: publicationDigest(state),
    software: context.software,
    comparedWith: state.lastYear?.source ?? null,
    report: { template: null, refused: null },
    changes: {
      since: previous?.number ?? null,
      figures: previous === undefined ? [] : figureChanges(previous, content, state),
      texts: previous === undefined ? [] : textChanges(previous.texts, texts, state),
      adoptions: previous === undefined ? [] : adoptions.slice(previous.adoptions.length),
    },
    chains: context.chains,
  };
}

/** The digest of what a publication would say now: that of the newest one where there is nothing new to say. */
export const publicationDigest = onceForEach((state: YearState): Sha256 => digestOfContent(contentOf(state)));

/** What is not due by the moment of publication, in place of not reported; no part of the digest, as time is none. */
function saidAt(
  { totals, returns }: Pick<Publication, 'totals' | 'returns'>,
  moment: Moment,
): Pick<Publication, 'totals' | 'returns'> {
  return {
    totals: totalsAt(totals, moment),
    returns: returnsBy(returns, moment),
  };
}
