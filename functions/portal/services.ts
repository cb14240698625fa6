import type { Catalogue } from '../../shared/core/catalogue.ts';
import type { Chain } from '../../shared/core/event.ts';
import type { Instant } from '../../shared/core/period.ts';
import type { Documents, Ledger } from '../../shared/core/ports.ts';
import type { SignIn } from './access/sign-in.ts';
import type { Assets } from './assets.ts';
import type { UploadIntake } from './intake.ts';

/** All that the portal uses, made by whoever starts it: the local server or the Lambda function. */
export interface PortalServices {
  /** Where the portal is found, such as `https://indicators.example.gov`: no path, no slash at the end. */
  origin: string;
  ledger: Ledger;
  /** What stands in the store for a chain, unchecked, for verification. */
  rawEvents: (chain: Chain) => Promise<readonly unknown[]>;
  documents: Documents;
  catalogues: ReadonlyMap<number, Catalogue>;
  intake: UploadIntake;
  /**
   * Where a browser fetches a document by itself for some minutes, with the name it is to be saved under; undefined
   * where the portal hands documents over itself.
   */
  downloadAddress?: (document: { key: string; version: string | null; fileName: string }) => Promise<string>;
  /** Publishes the year as it stands, in the name of a person. */
  publishNow: (catalogue: Catalogue, by: string) => Promise<void>;
  signIn: SignIn;
  /** 32 bytes that session cookies are encrypted with. */
  sessionKey: Uint8Array;
  assets: Assets;
  now: () => Instant;
  /** One line for each answer and each fault: no names, no contents. */
  log: (entry: LogEntry) => void;
}

/** What is logged of an answer. `error` is there if the portal itself failed. */
export interface LogEntry {
  method: string;
  /** The route's pattern, not the address: no department or upload is named. */
  route: string;
  status: number;
  milliseconds: number;
  request: string;
  error?: unknown;
}
