import { type AdoptedCatalogues, adoptedWith } from '../catalogue/adoption.ts';
import type { Instant } from '../catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';

/** The department's own reviewer agrees that a version counts (审核同意), or does not; `reason` is empty where none was asked for. */
export interface Agreement extends Act {
  kind: 'agreed' | 'disagreed';
}

/** What reviewers decided, by upload, in the order in which they did. */
export type Agreements = ReadonlyMap<string, readonly Agreement[]>;

export function agreementsIn(events: readonly LedgerEvent[]): Agreements {
  const decided = events.filter(
    (event): event is EventOf<'return-agreed'> | EventOf<'return-disagreed'> =>
      isEvent(event, 'return-agreed') || isEvent(event, 'return-disagreed'),
  );
  const byUpload = Map.groupBy(decided, ({ happening }) => happening.upload as string);
  return new Map([...byUpload].map(([upload, own]) => [upload, own.map(agreementOf)]));
}

function agreementOf({
  by,
  at,
  happening,
}: EventOf<'return-agreed'> | EventOf<'return-disagreed'>): Agreement {
  return happening.kind === 'return-agreed'
    ? { kind: 'agreed', by, at, reason: '' }
    : { kind: 'disagreed', by, at, reason: happening.reason };
}

/** What was last decided about a version: of whoever uploaded it nothing is heard. */
export function lastAgreement(
  uploads: readonly { id: string; upload: { uploader: string } }[],
  agreements: Agreements,
): Agreement | undefined {
  const uploaders = uploads.map(({ upload }) => upload.uploader);
  return uploads
    .flatMap(({ id }) => agreements.get(id) ?? [])
    .filter(({ by }) => !uploaders.includes(by))
    .reduce<Agreement | undefined>(
      (last, each) => (last !== undefined && last.at > each.at ? last : each),
      undefined,
    );
}

/**
 * Whether a version that was uploaded at a moment counts only when a reviewer has agreed: the catalogue that was in force then asked for
 * it, and the one that is now still does. So nothing that counts is held by a later catalogue, and no older form gets
 * round it.
 */
export function agreementAsked(
  adopted: AdoptedCatalogues,
  adoptions: readonly EventOf<'catalogue-adopted'>[],
): (at: Instant) => boolean {
  if (!adopted.inForce.catalogue.signing.agreement) return () => false;
  return (at) => {
    const then = adoptions.findLast((event) => event.at <= at) ?? adoptions[0];
    const { catalogue } = adoptedWith(then?.happening.catalogue, adopted) ?? adopted.inForce;
    return catalogue.signing.agreement;
  };
}
