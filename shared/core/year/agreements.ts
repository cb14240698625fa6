import { type AdoptedCatalogues, adoptedWith } from '../catalogue/adoption.ts';
import type { Instant } from '../catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import type { UploadId } from '../ledger/upload.ts';
import type { OfUpload } from './scans.ts';

/** The department's own reviewer agrees that a version counts (审核同意), or does not; `reason` is empty where none was asked for. */
export interface Agreement extends Act {
  kind: 'agreed' | 'disagreed';
}

/** What reviewers decided, in the order in which they did. */
export function agreementsIn(events: readonly LedgerEvent[]): OfUpload<Agreement>[] {
  return events
    .filter((event) => isEvent(event, 'return-agreed') || isEvent(event, 'return-disagreed'))
    .map(({ by, at, happening }) => {
      const { department, period, upload } = happening;
      const said: Agreement =
        happening.kind === 'return-agreed'
          ? { kind: 'agreed', by, at, reason: '' }
          : { kind: 'disagreed', by, at, reason: happening.reason };
      return { department, period, upload, said };
    });
}

/** What was last decided about a version: of whoever had uploaded it by then nothing is heard. */
export function lastAgreement(
  uploads: readonly { id: UploadId; upload: { uploader: string; uploadedAt: Instant } }[],
  agreements: readonly OfUpload<Agreement>[],
): Agreement | undefined {
  const isOwn = ({ by, at }: Agreement) =>
    uploads.some(({ upload }) => upload.uploader === by && upload.uploadedAt <= at);
  return agreements.findLast(({ upload, said }) => uploads.some(({ id }) => id === upload) && !isOwn(said))
    ?.said;
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
