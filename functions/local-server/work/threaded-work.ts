import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import type { KeptUpload, LongWork, Standing, Verified, WantedForm } from '../../portal/long-work.ts';
import type { WitnessProblem } from '../../portal/services.ts';
import type { BaselineFile } from '../../use-cases/baseline-file.ts';
import type { Examined } from '../../use-cases/examine.ts';
import type { ReportWork } from '../../use-cases/report-work.ts';
import type { HandedOver } from '../../use-cases/stores/upload-store.ts';
import type { DailyRun } from '../daily-publication.ts';
import type { Logger } from '../logger.ts';
import { ExtractFiles } from './extract-files.ts';
import { afterAWhile, type MarkedLedger, OngoingWork } from './ongoing.ts';
import type { Threads } from './threads.ts';
import type { Published, Stamped } from './worker.ts';

/** What a publication or a verification came to is told for so long (milliseconds). */
const toldFor = 600_000;

interface WorkServices {
  threads: Threads;
  ledger: MarkedLedger;
  now: () => Instant;
  reports: Logger;
}

/** What is done in threads while the portal answers others. */
export class ThreadedWork implements LongWork {
  private readonly threads: Threads;
  private readonly ledger: MarkedLedger;
  private readonly now: () => Instant;
  private readonly extracts: ExtractFiles;
  private readonly publications = new OngoingWork<void>(toldFor);
  private readonly verifications = new OngoingWork<Verified>(toldFor);
  /** What was found is not told for longer: it changes with the catalogue. */
  private readonly examinations = new OngoingWork<Examined | undefined>(0);
  private readonly reports: Logger;
  private problem: WitnessProblem | undefined;
  private stampProblem: WitnessProblem | undefined;

  constructor(data: string, { threads, ledger, now, reports }: WorkServices) {
    this.threads = threads;
    this.ledger = ledger;
    this.now = now;
    this.reports = reports;
    this.extracts = new ExtractFiles(data, { lane: threads.making, ledger });
  }

  readonly extract: LongWork['extract'] = (question, patience) => this.extracts.extract(question, patience);

  async publish(year: number, by: string): Promise<Standing<void>> {
    const order = { year, publishedAt: this.now(), publishedBy: by };
    const begin = () => {
      const { done, ahead } = this.threads.making.begin('publish', order);
      return { done: done.then((published) => this.report(published)), ahead };
    };
    return this.answered(this.publications.begin(String(year), await this.ledger.mark(), begin));
  }

  /** The daily run. What goes wrong in it is reported. */
  readonly publishDue: DailyRun = async (given) => {
    try {
      this.report(await this.threads.making.begin('publishDue', given).done);
    } catch (error) {
      this.reports.fault('the daily publication failed', error);
    }
  };

  /** What was wrong with the newest statement of the ledger that was to be signed, or to be stamped. */
  get witnessProblem(): WitnessProblem | undefined {
    return this.problem ?? this.stampProblem;
  }

  private report({ reported, witnessProblem, isStampDue }: Published): void {
    this.passOn(reported);
    this.problem = witnessProblem;
    if (isStampDue) void this.stamp();
  }

  /** A piece of work of its own: an authority that does not answer makes nobody wait for a publication. */
  private async stamp(): Promise<void> {
    try {
      const { reported, witnessProblem } = await this.threads.making.begin('stamp', { at: this.now() }).done;
      this.passOn(reported);
      this.stampProblem = witnessProblem;
    } catch (error) {
      this.stampProblem = 'not-stamped';
      this.reports.fault('the witness of the ledger', error);
    }
  }

  private passOn(reported: Stamped['reported']): void {
    for (const report of reported) {
      if (report.kind === 'done') this.reports.done(report.what, report.details);
      else this.reports.fault(report.what, report.error, report.details);
    }
  }

  publication(year: number): Standing<void> | undefined {
    return this.publications.of(String(year))?.standing();
  }

  async verify(year: number): Promise<Standing<Verified>> {
    return this.answered(await this.verificationOf(year));
  }

  verification(year: number): Standing<Verified> | undefined {
    return this.verifications.of(String(year))?.standing();
  }

  async verified(year: number) {
    return (await (await this.verificationOf(year)).done).outcome;
  }

  readCatalogue(bytes: Uint8Array) {
    return this.threads.receiving.begin('readCatalogue', bytes).done;
  }

  readBaseline(file: BaselineFile) {
    return this.threads.receiving.begin('readBaseline', file).done;
  }

  baselineWorkbook(catalogue: Catalogue) {
    return this.threads.receiving.begin('baselineWorkbook', catalogue).done;
  }

  catalogueWorkbook(catalogue: Catalogue) {
    return this.threads.receiving.begin('catalogueWorkbook', catalogue).done;
  }

  form(wanted: WantedForm) {
    return this.threads.receiving.begin('form', wanted).done;
  }

  check(file: HandedOver) {
    return this.threads.check(file);
  }

  /** Of one file once for all who ask at the same time: reading it may take long. */
  async examineAgain(kept: KeptUpload): Promise<Examined | undefined> {
    const mark = await this.ledger.mark();
    const begin = () => this.threads.receiving.begin('examineAgain', kept);
    return this.examinations.begin(uploadId(kept.upload), mark, begin).done;
  }

  /** What reads Word files is done where things are made; copies are handed over, and counted among what waits. */
  readonly wordReports: ReportWork = {
    newTemplate: (catalogue) => this.threads.receiving.begin('newTemplate', catalogue).done,
    examineTemplate: ({ bytes: given, year }) => {
      const bytes = new Uint8Array(given);
      return this.threads.making.begin('examineTemplate', { bytes, year }, [bytes.buffer]).done;
    },
    examineStanding: (catalogue) => this.threads.receiving.begin('examineStanding', catalogue).done,
    makeReport: (publication) => this.threads.making.begin('makeReport', publication).done,
    checkReport: (given) => {
      const bytes = new Uint8Array(given);
      return this.threads.making.begin('checkReport', bytes, [bytes.buffer]).done;
    },
    updateReport: (given) => {
      const bytes = new Uint8Array(given);
      return this.threads.making.begin('updateReport', bytes, [bytes.buffer]).done;
    },
  };

  /** Nothing that was made for somebody stays. */
  stop(): void {
    this.extracts.removeAll();
  }

  private async verificationOf(year: number) {
    const at = this.now();
    const begin = () => this.threads.making.begin('verify', { year, at });
    return this.verifications.begin(String(year), await this.ledger.mark(), begin);
  }

  /** A fault at once is told, and logged, as any other; one that comes later stands on the page, and is reported. */
  private async answered<T>(work: ReturnType<OngoingWork<T>['begin']>): Promise<Standing<T>> {
    const standing = await afterAWhile(work);
    if (standing.kind === 'under-way') {
      work.done.catch((error: unknown) => this.reports.fault('what somebody waits for failed', error));
    }
    if (standing.kind === 'failed') throw work.fault();
    return standing;
  }
}
