import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { Chain } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { ChannelName } from '../../shared/core/reminders/record.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import type { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import type { SignIn } from './access/identity-provider.ts';
import type { AccessLog } from './access-log/access-entry.ts';
import type { Assets } from './assets.ts';
import type { LongWork } from './long-work.ts';

/** All that the portal uses, made by whoever starts it: the local server or the Lambda function. */
export interface PortalServices {
  /** Where the portal is found, such as `https://indicators.example.gov`: no path, no slash at the end. */
  origin: string;
  ledger: Ledger;
  /** What stands in the store for a chain, unchecked, for verification. */
  rawEvents: (chain: Chain) => Promise<readonly unknown[]>;
  documents: Documents;
  catalogues: KnownCatalogues;
  uploadTarget: UploadTarget;
  /**
   * Where a browser fetches a document by itself for some minutes, with the name and the type it is to be saved under; undefined
   * where the portal hands documents over itself.
   */
  downloadAddress?: (document: {
    key: string;
    version: string | null;
    fileName: string;
    type: string;
  }) => Promise<string>;
  /** What lies in the inbox and is not taken in, with why; undefined where there is no inbox. */
  skippedFiles?: () => readonly { path: string; reason: string }[];
  /** What went wrong when a statement of the ledger was last signed and handed out, if anything did. */
  witnessProblem?: () => WitnessProblem | undefined;
  /** Shows the sample in a portal of its own, which is made when it is first asked for; undefined where there is none to show. */
  lookAtSample?: () => Promise<SampleLook>;
  /** By what departments are reminded of what they lack. */
  reminding: Reminding;
  work: LongWork;
  /** How the machine does, for whoever looks after it; undefined where something else tells. */
  health?: () => Health;
  signIn: SignIn;
  /** 32 bytes that session cookies are encrypted with. */
  sessionKey: Uint8Array;
  assets: Assets;
  now: () => Instant;
  /** Where it is written down who looked at what; without it nobody does. */
  accessLog?: AccessLog;
  /** One line for each answer and each fault: no names, no contents. */
  log: (entry: LogEntry) => void;
}

/** How reminders go out, and the addresses that are in them. */
export interface Reminding {
  /** The channels that are set, none if reminders are copied by hand; or what was deployed sends them, which alone knows by what. */
  by: readonly ChannelName[] | 'what-was-deployed';
  /** The address of a department's page for others; undefined where only this machine reaches the portal. */
  link: ((department: string, year: number) => string) | undefined;
}

/** How the server of one machine does; nothing in it is of anybody. */
export interface Health {
  software: string;
  runningSeconds: number;
  /** How long requests waited for the event loop in the last minutes (milliseconds). */
  eventLoopDelay: { measuredSeconds: number; p50: number; p99: number; max: number };
  /** Whether the thread that takes files in, and the one that makes what takes long, is at work; how much waits for it. */
  threads: Record<'receiving' | 'making', { busy: boolean; waiting: number }>;
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

/**
 * Why there is no new statement outside: the ledger or what lies outside contradicts it; it could not be signed; it could
 * not be brought to where it is handed to. Or it is there, and no authority stamped its time.
 */
export type WitnessProblem = 'contradicted' | 'not-signed' | 'not-handed-out' | 'not-stamped';

/** Where the portal of the sample stands. */
export type SampleLook = { kind: 'being-made' } | { kind: 'ready'; address: string } | { kind: 'failed' };

/** How an upload comes in from the page of a return. */
export type UploadTarget =
  /** The form is posted to the portal, which takes the file in at once; the result is the upload's id. */
  | { kind: 'here'; take: (file: UploadedFile) => Promise<string> }
  /** The form is posted straight to the store, which tells another function; the page waits for the result. */
  | {
      kind: 'store';
      form: (order: FormOrder) => Promise<StoreForm>;
      /** As `form`, for the scan of a signed and stamped sheet: the portal itself fetches and records it. */
      scanForm: (order: Omit<FormOrder, 'uploader'>) => Promise<StoreForm>;
      /** Puts a file there that is kept already, as a form with this token would have. */
      put: (file: UploadedFile, token: string) => Promise<void>;
      origin: string;
      /** The largest file that may be posted to the portal itself, to be checked only. */
      mostBytesHere: number;
    };

/** A file that was posted to the portal, for which return and by whom. */
export interface UploadedFile {
  address: ReturnKey;
  fileName: string;
  bytes: Uint8Array;
  uploader: string;
}

/** For which return a form is wanted, for whom, and where the browser goes afterwards. */
export interface FormOrder {
  address: ReturnKey;
  uploader: string;
  /** Names this upload: the store's key holds it, and so does the page that waits for it. */
  token: string;
  continueAt: string;
}

/** A form whose every field but the file is fixed and signed. */
export interface StoreForm {
  action: string;
  fields: Record<string, string>;
  /** Until when the form is good, in minutes from now. */
  minutes: number;
}

/** Where a form puts a scan, until the portal has looked at it and keeps it among the scans. */
export function incomingScanKey({ department, period }: ReturnKey, token: string): string {
  return `incoming/${department}/${period}/${token}`;
}

/** The first part of the key of an upload that a form puts into the store. */
export function tokenFolder({ department, period }: ReturnKey, token: string): string {
  return `uploads/${department}/${period}/${token}/`;
}
