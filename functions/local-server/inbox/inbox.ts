import { basename, relative } from 'node:path';
import { type Instant, localDay, usualOffset } from '../../../shared/core/catalogue/period.ts';
import { recorders } from '../../../shared/core/ledger/people.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { type KnownCatalogues, newestOf } from '../../use-cases/known-catalogues.ts';
import type { ReceiptClock, Receive } from '../../use-cases/receive.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';
import type { Logger } from '../logger.ts';
import { archiveFile, type Enclosure, enclosureFor } from './archive-file.ts';
import { contentsOf, type InboxFile, isSameFile, noteFile, type SkippedFile } from './inbox-folder.ts';
import { readStableFile } from './read-stable-file.ts';

export interface InboxServices {
  folder: string;
  documents: Documents;
  receive: Receive;
  receipts: ReceiptClock;
  catalogues: KnownCatalogues;
  now: () => Instant;
  reports: Logger;
}

/**
 * The folder into which people put files (收件箱). It is looked at again and again, since shared folders do not tell
 * of changes. A file is taken in when it has not changed between two looks and its end is there: recorded first, then
 * moved away; stopped in between, it is taken in again, which changes nothing.
 */
export class Inbox {
  private readonly services: InboxServices;
  private readonly pauses = new Backoff();
  private lastSeen = new Map<string, InboxFile>();
  /** Files whose end was not there, as they were. */
  private readonly cutOff = new Map<string, InboxFile>();
  private leftAlone: SkippedFile[] = [];
  private failing = new Map<string, string>();

  constructor(services: InboxServices) {
    this.services = services;
  }

  /** What lies in the inbox and is not taken in, by its path there, with why; as of the last look. */
  skipped(): SkippedFile[] {
    const waiting = [...this.cutOff.keys()].map((path) => ({ path, reason: cutOffReason }));
    const failed = [...this.failing].map(([path, reason]) => ({ path, reason }));
    return [...this.leftAlone, ...waiting, ...failed].map(({ path, reason }) => ({
      path: relative(this.services.folder, path),
      reason,
    }));
  }

  /** Takes in every file that is complete. Never throws: faults are reported, and tried again after a pause. */
  async look(isStopped: () => boolean = () => false): Promise<void> {
    const { folder } = this.services;
    await this.unlessPausing(folder, async () => {
      const { files, skipped } = await contentsOf(folder);
      const complete = files.filter((file) => this.isComplete(file));
      this.lastSeen = new Map(files.map((file) => [file.path, file]));
      this.forgetWhatHasGone(folder);
      this.leftAlone = skipped;
      if (complete.length === 0) return;
      if ((await this.services.catalogues.read()).size === 0) return this.leaveAll(complete);
      for (const file of complete) {
        if (isStopped()) return;
        await this.unlessPausing(file.path, () => this.takeIn(file));
      }
    });
  }

  /** Without a catalogue nobody can tell what a file says: it waits until one is adopted. */
  private leaveAll(files: readonly InboxFile[]): void {
    const reason = '法制机构还没有采用指标目录，文件留在这里；采用之后会自动收走。';
    this.leftAlone = [...this.leftAlone, ...files.map(({ path }) => ({ path, reason }))];
  }

  private isComplete(file: InboxFile): boolean {
    return isUnchanged(file, this.lastSeen.get(file.path)) && !isUnchanged(file, this.cutOff.get(file.path));
  }

  private forgetWhatHasGone(folder: string): void {
    this.pauses.keepOnly((path) => path === folder || this.lastSeen.has(path));
    for (const known of [this.cutOff, this.failing]) {
      for (const path of known.keys()) if (path !== folder && !this.lastSeen.has(path)) known.delete(path);
    }
  }

  private async unlessPausing(path: string, work: () => Promise<void>): Promise<void> {
    if (!this.pauses.isOver(path, performance.now())) return;
    try {
      await work();
      this.pauses.succeeded(path);
      this.failing.delete(path);
    } catch (error) {
      this.pauses.failed(path, performance.now());
      this.failing.set(path, '系统暂时没能读取，过一会儿会再试；一直这样的，请联系管理员。');
      this.services.reports.fault('the inbox failed and is tried again', error, { path });
    }
  }

  /** Records a file as an upload that is received now; `path` is as it lies in the inbox. */
  private async record(path: string, bytes: Uint8Array): Promise<IngestResult> {
    const { services } = this;
    const file = {
      address: addressOfFile(path, [...services.catalogues.last.values()]),
      bytes,
      fileName: basename(path),
      uploadedAt: await services.receipts.next(),
      uploader: recorders.inbox,
    };
    return services.receive(file, recorders.inbox);
  }

  private async takeIn(file: InboxFile): Promise<void> {
    const { services } = this;
    const contents = await readStableFile(file);
    this.cutOff.delete(file.path);
    if (contents.kind === 'busy') return;
    if (contents.kind === 'cut-off') {
      this.cutOff.set(file.path, file);
      return;
    }
    if (contents.kind === 'immense') return this.turnAway(file);
    const path = relative(services.folder, file.path);
    const result = await this.record(path, contents.bytes);
    await this.archive(file, await enclosureFor(result, services.documents));
    const { outcome, department, period } = result.feedback;
    const { recorded } = result;
    services.reports.done('inbox', { path: file.path, outcome, recorded, department, period });
  }

  private async turnAway(file: InboxFile): Promise<void> {
    const explanation = '文件超过 256 MB，不是报表工作簿：没有接收，也没有记入台账。';
    await this.archive(file, { ending: '.txt', bytes: noteFile([explanation]) });
    const { path, size } = file;
    this.services.reports.fault('a file is too large to be recorded', 'put away', { path, size });
  }

  private archive(file: InboxFile, enclosure: Enclosure | undefined): Promise<void> {
    const { folder, catalogues, now } = this.services;
    const day = localDay(now(), newestOf(catalogues.last)?.utcOffset ?? usualOffset);
    return archiveFile(file, { inbox: folder, day, enclosure });
  }
}

const cutOffReason = '文件不完整（末尾缺失），可能还在拷贝；一直这样的，请重新放入完整的文件。';

function isUnchanged(now: InboxFile, before: InboxFile | undefined): boolean {
  return (
    before !== undefined && isSameFile(before, { ino: now.inode, size: now.size, mtimeMs: now.changedAt })
  );
}

const [shortest, longest] = [2_000, 600_000];

/** What failed is tried again, each time after a longer pause (milliseconds of a clock that only goes on). */
export class Backoff {
  private readonly failures = new Map<string, { times: number; until: number }>();

  isOver(what: string, clock: number): boolean {
    return clock >= (this.failures.get(what)?.until ?? 0);
  }

  failed(what: string, clock: number): void {
    const times = (this.failures.get(what)?.times ?? 0) + 1;
    this.failures.set(what, { times, until: clock + Math.min(shortest * 2 ** times, longest) });
  }

  succeeded(what: string): void {
    this.failures.delete(what);
  }

  /** Forgets what is no longer there to be tried again. */
  keepOnly(isThere: (what: string) => boolean): void {
    for (const what of this.failures.keys()) if (!isThere(what)) this.failures.delete(what);
  }
}
