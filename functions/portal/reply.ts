import type { HtmlEscapedString } from 'hono/utils/html';
import type { Identity } from './access/identity.ts';
import type { PendingSignIn } from './access/session.ts';
import type { WrittenJson } from './api/written-json.ts';
import type { FileContents } from './long-work.ts';
import type { WrittenPart } from './pages/written-part.ts';

/** HTML whose every part that came from outside is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page is put together from, in order. */
export type PageParts = (Html | Promise<WrittenPart>)[];

/** What a handler answers; `portal.ts` turns it into HTTP. */
export type Reply =
  | { kind: 'page'; body: Html | PageParts; status?: 200 | 400 | 403 | 404 | 409 | 413 | 429 | 500 }
  /** See other: the browser goes on with GET. */
  | { kind: 'redirect'; to: string }
  | { kind: 'json'; written: WrittenJson }
  | { kind: 'file'; bytes: FileContents['bytes']; size?: number; fileName: string; type: string }
  /** A file that is being made: people go on to a page that waits for it, programs come again. */
  | { kind: 'being-made'; ahead: number; retryAfter: number; address: string; page: string }
  /** What pages refer to: shown, not saved, and kept by browsers. */
  | { kind: 'asset'; bytes: Uint8Array; type: string }
  | { kind: 'signed-in'; identity: Identity; to: string }
  | { kind: 'signed-out'; to: string }
  /**
   * Signed out here; the page goes on to where the provider signs out. Not a redirect: browsers hold those against
   * where forms may be sent, and the provider may redirect to anywhere.
   */
  | { kind: 'signed-out-here'; address: URL; body: Html }
  | { kind: 'sign-in-elsewhere'; address: URL; pending: PendingSignIn };
