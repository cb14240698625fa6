import { stat } from 'node:fs/promises';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openWitnessKey, publicKeyFile } from '../../shared/adapters/witness-key.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { Documents, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { keyFingerprint } from '../../shared/core/ledger/witness.ts';
import type { WitnessProblem } from '../portal/services.ts';
import { newestStatement } from '../use-cases/stores/witness-store.ts';
import {
  compareWithOutside,
  handOut,
  makeStatement,
  stampNewest,
  WitnessContradictedError,
} from '../use-cases/witness.ts';
import type { Logger } from './logger.ts';

/** Where this machine's key is, and where statements are handed to. */
export interface WitnessPlaces {
  /** The file of the key that signs; made if there is none. */
  key: string;
  /** A folder on another disk; undefined where statements are only kept beside the ledger. */
  folder?: string | undefined;
  /** The address of the authority that stamps the time of statements; undefined where none does. */
  timestampAuthority?: string | undefined;
}

interface WitnessingStore {
  ledger: LedgerReader;
  documents: Documents;
  now: () => Instant;
  reports: Logger;
}

/**
 * Signs statements of this machine's ledger and hands them outside. What does not go well is reported, shown to the
 * office until it does, and tried again next time; nothing else waits for it or fails by it.
 */
export class LocalWitness {
  private found: WitnessProblem | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly places: WitnessPlaces;
  private readonly store: WitnessingStore;

  constructor(places: WitnessPlaces, store: WitnessingStore) {
    this.places = places;
    this.store = store;
  }

  /** What went wrong last time, if anything did. */
  get problem(): WitnessProblem | undefined {
    return this.found;
  }

  /** The key's fingerprint, for whoever starts the program; undefined where there can be none. */
  async openKey(): Promise<{ fingerprint: string; isNew: boolean } | undefined> {
    const signer = await this.attempt('not-signed', () => openWitnessKey(this.places.key));
    return signer && { fingerprint: keyFingerprint(signer.publicKey), isNew: signer.isNew };
  }

  /** Signs a statement of the ledger as it is, and hands out all that were signed. */
  state(): Promise<void> {
    return this.inTurn(() => this.stateNow(() => true));
  }

  /** The same where no statement was signed since then; what was not handed out is handed out in any case. */
  stateUnlessSince(then: Instant): Promise<void> {
    return this.inTurn(() => this.stateNow((last) => last === undefined || last < then));
  }

  /**
   * Has the authority, if one was named, stamp the newest statement, if none has yet, and hands the stamp out: by itself,
   * lest whoever publishes wait for it. The packages for it are loaded only here.
   */
  stamp(): Promise<void> {
    return this.inTurn(() => this.stampNow());
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.working = this.working.then(work);
    return this.working;
  }

  private async stateNow(isDue: (last: Instant | undefined) => boolean): Promise<void> {
    const { documents, ledger, now } = this.store;
    this.found = undefined;
    const outside = await this.attempt('not-handed-out', () => this.openOutside());
    const signer = await this.attempt('not-signed', async () => {
      if (outside !== undefined) await compareWithOutside(documents, outside);
      const key = await openWitnessKey(this.places.key);
      const last = (await newestStatement(documents))?.statement?.at;
      if (isDue(last)) await makeStatement(now(), { ledger, documents, signer: key });
      return key;
    });
    if (signer === undefined || outside === undefined) return;
    const publicKey = publicKeyFile(signer.publicKey);
    await this.attempt('not-handed-out', () => handOut({ documents, publicKey }, outside));
  }

  private async stampNow(): Promise<void> {
    const { documents } = this.store;
    const { timestampAuthority } = this.places;
    if (timestampAuthority === undefined) return;
    this.found = undefined;
    const stamped = await this.attempt('not-stamped', async () => {
      const { askForTimeStamp } = await import('../../shared/adapters/time-stamp.ts');
      return stampNewest(documents, (file) => askForTimeStamp(timestampAuthority, file));
    });
    if (stamped !== 'stamped') return;
    await this.attempt('not-handed-out', async () => {
      const outside = await this.openOutside();
      if (outside === undefined) return;
      const { publicKey } = await openWitnessKey(this.places.key);
      await handOut({ documents, publicKey: publicKeyFile(publicKey) }, outside);
    });
  }

  /** The folder outside; never made, since where a disk is not there it would be made on this one. */
  private async openOutside(): Promise<Documents | undefined> {
    const { folder } = this.places;
    if (folder === undefined) return undefined;
    if ((await stat(folder)).isDirectory()) return folderDocuments(folder);
    throw new Error(`${folder} is no folder: statements of the ledger wait to be handed out`);
  }

  private async attempt<T>(problem: WitnessProblem, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.found = error instanceof WitnessContradictedError ? 'contradicted' : problem;
      this.store.reports.fault('the witness of the ledger', error);
      return undefined;
    }
  }
}
