import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { privateModes } from '../../shared/adapters/private-modes.ts';
import { hasCode } from '../../shared/adapters/system-error.ts';
import { daySchema, localDay } from '../../shared/core/catalogue/period.ts';
import type { AccessDay, AccessEntry, AccessLog } from '../portal/access-log/access-entry.ts';
import type { Logger } from './logger.ts';

/** For so many days accesses are kept; 网络安全法 asks for six months at least. */
export const accessDaysKept = 400;

/** So many lines wait at most while the disk is slow; what comes beyond them is lost, and that is said. */
const mostWaiting = 10_000;

const fileName = /^(20[0-9]{2}-[0-9]{2}-[0-9]{2})\.jsonl$/;

interface Settings {
  /** The folder `access` of the data. */
  folder: string;
  utcOffset: () => string;
  reports: Logger;
}

/**
 * The log of accesses of one machine: a file of JSON lines for each day in the city's time, only ever appended to, written
 * behind the answers, a failure reported and no more. With the first line of a day what is too old is removed.
 */
export class AccessFiles implements AccessLog {
  private readonly settings: Settings;
  private waiting: AccessEntry[] = [];
  private writing: Promise<void> | undefined;
  private newest = '';
  private isOverflowing = false;
  readonly kept = {
    kind: 'here' as const,
    days: () => this.days(),
    read: (day: string) => this.read(day),
  };

  constructor(settings: Settings) {
    this.settings = settings;
  }

  readonly record = (entry: AccessEntry): void => {
    if (this.waiting.length >= mostWaiting) {
      if (!this.isOverflowing) this.fault(new Error(`more than ${mostWaiting} lines wait`));
      this.isOverflowing = true;
      return;
    }
    this.waiting.push(entry);
    this.writing ??= this.write();
  };

  /** Waits until everything is written that was recorded. */
  async stop(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    // What comes with the same turn is written at once.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const entries = this.waiting;
      this.waiting = [];
      const byDay = Map.groupBy(entries, ({ at }) => localDay(at, this.settings.utcOffset()));
      for (const [day, own] of byDay) await this.append(day, own).catch((error) => this.fault(error));
    }
    this.isOverflowing = false;
    this.writing = undefined;
  }

  private async append(day: string, entries: readonly AccessEntry[]): Promise<void> {
    const { folder } = this.settings;
    if (day > this.newest) {
      await mkdir(folder, { recursive: true, mode: privateModes.folder });
      await this.removeBefore(dayBefore(day, accessDaysKept));
      this.newest = day;
    }
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await appendFile(join(folder, `${day}.jsonl`), lines, { mode: privateModes.file });
  }

  private async removeBefore(first: string): Promise<void> {
    for (const day of await this.days()) {
      if (day < first) await rm(join(this.settings.folder, `${day}.jsonl`), { force: true });
    }
  }

  private async days(): Promise<string[]> {
    const names = await readdir(this.settings.folder).catch((error) => absent(error, [] as string[]));
    return names
      .flatMap((name) => fileName.exec(name)?.[1] ?? [])
      .sort()
      .reverse();
  }

  private async read(day: string): Promise<AccessDay | undefined> {
    if (!daySchema.safeParse(day).success) return undefined;
    const path = join(this.settings.folder, `${day}.jsonl`);
    const bytes = await readFile(path).catch((error) => absent(error, undefined));
    return bytes && { day, bytes };
  }

  private fault(error: unknown): void {
    this.settings.reports.fault('the log of accesses could not be written', error);
  }
}

/** What stands for a file or folder that is not there; throws any other fault. */
function absent<T>(error: unknown, instead: T): T {
  if (hasCode(error, 'ENOENT')) return instead;
  throw error;
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
