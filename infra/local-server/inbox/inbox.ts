import { resolve } from 'node:path';
import { readJournal } from '../../../functions/cli/returned-files.ts';
import { newestCatalogue } from '../../../shared/catalogue/load-catalogues.ts';
import { localTime } from '../../../shared/core/period.ts';
import type { Reports } from '../reports.ts';
import { enclosureFor } from './enclosure.ts';
import { GrowingPauses } from './growing-pauses.ts';
import { filesInInbox, type InboxFile } from './inbox-files.ts';
import { noteFile } from './note-file.ts';
import { type Enclosure, putAway } from './put-away.ts';
import { readQuietFile } from './read-quiet-file.ts';
import { type Provenance, type RecordingServices, recordFile } from './record-file.ts';

export interface InboxServices extends RecordingServices {
  folder: string;
  reports: Reports;
}

/**
 * The folder into which people put files (收件箱). It is looked at again and again, since shared folders do not tell
 * of changes. A file is taken in when it has not changed between two looks: recorded first, then moved away; stopped
 * in between, it is taken in again, which changes nothing.
 */
export class Inbox {
  private readonly services: InboxServices;
  private readonly pauses = new GrowingPauses();
  private lastSeen = new Map<string, InboxFile>();

  constructor(services: InboxServices) {
    this.services = services;
  }

  /** Takes in every file that is complete. Never throws: faults are reported, and tried again after a pause. */
  async look(isStopped: () => boolean = () => false): Promise<void> {
    const { folder } = this.services;
    await this.unlessPausing(folder, async () => {
      const files = await filesInInbox(folder);
      const complete = files.filter((file) => isUnchanged(file, this.lastSeen.get(file.path)));
      this.lastSeen = new Map(files.map((file) => [file.path, file]));
      this.pauses.keepOnly((path) => path === folder || this.lastSeen.has(path));
      if (complete.length === 0) return;
      const journal = await readJournal(folder);
      for (const file of complete) {
        if (isStopped()) return;
        await this.unlessPausing(file.path, () => this.takeIn(file, journal.get(resolve(file.path))));
      }
    });
  }

  private async unlessPausing(path: string, work: () => Promise<void>): Promise<void> {
    if (!this.pauses.isOver(path, performance.now())) return;
    try {
      await work();
      this.pauses.succeeded(path);
    } catch (error) {
      this.pauses.failed(path, performance.now());
      this.services.reports.fault('the inbox failed and is tried again', error, { path });
    }
  }

  private async takeIn(file: InboxFile, provenance: Provenance | undefined): Promise<void> {
    const { services } = this;
    if (file.nameIsLost) throw new Error('its name is not UTF-8: give it another one');
    const contents = await readQuietFile(file);
    if (contents.kind === 'busy') return;
    if (contents.kind === 'immense') return this.turnAway(file);
    const result = await recordFile(file, contents.bytes, { provenance, services });
    await this.putAway(file, await enclosureFor(result, services.documents));
    const { outcome, department, period } = result.feedback;
    const { recorded } = result;
    services.reports.done('inbox', { path: file.path, outcome, recorded, department, period });
  }

  private async turnAway(file: InboxFile): Promise<void> {
    const explanation = '文件超过 256 MB，不是月报工作簿：没有接收，也没有记入台账。';
    await this.putAway(file, { ending: '.txt', bytes: noteFile([explanation]) });
    const { path, size } = file;
    this.services.reports.fault('a file is too large to be recorded', 'put away', { path, size });
  }

  private putAway(file: InboxFile, enclosure: Enclosure | undefined): Promise<void> {
    const { folder, catalogues, now } = this.services;
    const day = localTime(now(), newestCatalogue(catalogues).utcOffset).slice(0, 10);
    return putAway(file, { inbox: folder, day, enclosure });
  }
}

function isUnchanged(now: InboxFile, before: InboxFile | undefined): boolean {
  return before !== undefined && now.size === before.size && now.changedAt === before.changedAt;
}
