import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { LongWork, Standing, Verified } from '../../portal/long-work.ts';
import type { LastRecorded } from '../../use-cases/receive.ts';
import { ExtractFiles } from './extract-files.ts';
import { afterAWhile, OngoingWork } from './ongoing.ts';
import type { Threads } from './threads.ts';

/** What a publication or a verification came to is told for so long (milliseconds). */
const toldFor = 600_000;

/** What is done in threads while the portal answers others. */
export class ThreadedWork implements LongWork {
  private readonly threads: Threads;
  private readonly now: () => Instant;
  private readonly extracts: ExtractFiles;
  private readonly publications = new OngoingWork<void>(toldFor);
  private readonly verifications = new OngoingWork<Verified>(toldFor);

  constructor(
    data: string,
    { threads, ledger, now }: { threads: Threads; ledger: LastRecorded; now: () => Instant },
  ) {
    this.threads = threads;
    this.now = now;
    this.extracts = new ExtractFiles(data, { lane: threads.making, ledger });
  }

  readonly extract: LongWork['extract'] = (question, wait) => this.extracts.extract(question, wait);

  async publish(year: number, by: string): Promise<Standing<void>> {
    const order = { year, publishedAt: this.now(), publishedBy: by };
    return this.answered(
      this.publications.begin(String(year), () => this.threads.making.begin('publish', order)),
    );
  }

  publication(year: number): Standing<void> | undefined {
    return this.publications.of(String(year))?.standing();
  }

  async verify(year: number): Promise<Standing<Verified>> {
    return this.answered(this.verificationOf(year));
  }

  verification(year: number): Standing<Verified> | undefined {
    return this.verifications.of(String(year))?.standing();
  }

  async verified(year: number) {
    return (await this.verificationOf(year).done).outcome;
  }

  readCatalogue(bytes: Uint8Array) {
    return this.threads.receiving.begin('readCatalogue', bytes).done;
  }

  /** Nothing that was made for somebody stays. */
  stop(): void {
    this.extracts.removeAll();
  }

  private verificationOf(year: number) {
    const at = this.now();
    return this.verifications.begin(String(year), () => this.threads.making.begin('verify', { year, at }));
  }

  /** A fault at once is told, and logged, as any other; one that comes later stands on the page. */
  private async answered<T>(work: ReturnType<OngoingWork<T>['begin']>): Promise<Standing<T>> {
    const standing = await afterAWhile(work);
    if (standing.kind === 'failed') throw work.fault();
    return standing;
  }
}
