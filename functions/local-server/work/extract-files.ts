import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateModes } from '../../../shared/adapters/private-modes.ts';
import type { ExtractStanding, FileContents, Patience } from '../../portal/long-work.ts';
import type { ExtractQuestion } from '../../portal/records/extract.ts';
import type { Lane } from './lane.ts';
import { afterAWhile, type MarkedLedger, type Ongoing, OngoingWork } from './ongoing.ts';

/** How many files are kept at once, and for how long (milliseconds): to be fetched by whoever waited for them. */
const mostFiles = 8;
const keptFor = 600_000;

interface Extract {
  question: ExtractQuestion;
  path: string;
  /** The ledger's mark from before it was begun. */
  mark: string;
}

/**
 * Extracts as files that only this account may read, in a folder of their own among the data: each is made once for
 * all who ask the same at the same time, and removed after a while, at the latest when the server stops or starts.
 */
export class ExtractFiles {
  private readonly folder: string;
  private readonly lane: Lane;
  private readonly ledger: MarkedLedger;
  private readonly work = new OngoingWork<number>(keptFor);
  private readonly extracts = new Map<string, Extract>();

  constructor(data: string, { lane, ledger }: { lane: Lane; ledger: MarkedLedger }) {
    this.folder = join(data, 'extracts');
    this.lane = lane;
    this.ledger = ledger;
    this.removeAll();
  }

  removeAll(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async extract(question: ExtractQuestion, { wait, since }: Patience): Promise<ExtractStanding> {
    const { takenAt: _, ...asked } = question;
    const key = JSON.stringify(asked);
    const mark = await this.ledger.mark();
    const ongoing = this.fitting(key, { since, mark }) ?? this.begin(key, { question, mark });
    const {
      path,
      question: { takenAt },
    } = this.extracts.get(key)!;
    const standing = wait === 'a-while' ? await afterAWhile(ongoing) : ongoing.standing();
    if (standing.kind === 'under-way') return { ...standing, takenAt };
    if (standing.kind === 'failed') throw ongoing.fault();
    return { kind: 'done', takenAt, result: () => contentsOf(path, standing.result) };
  }

  /**
   * What is being made, or was made since somebody waits for it, or since when nothing was recorded. Whoever waited for
   * one that failed is told so; whoever asks anew is not.
   */
  private fitting(
    key: string,
    { since, mark }: Pick<Patience, 'since'> & Pick<Extract, 'mark'>,
  ): Ongoing<number> | undefined {
    const ongoing = this.work.of(key);
    const made = this.extracts.get(key);
    if (ongoing === undefined || made === undefined) return undefined;
    const { kind } = ongoing.standing();
    const isAwaited = kind === 'under-way' || made.question.takenAt === since;
    return isAwaited || (kind === 'done' && made.mark === mark) ? ongoing : undefined;
  }

  private begin(key: string, { question, mark }: Pick<Extract, 'question' | 'mark'>): Ongoing<number> {
    mkdirSync(this.folder, { recursive: true, mode: privateModes.folder });
    const extract = { question, mark, path: join(this.folder, `${randomUUID()}.${question.ending}`) };
    const ongoing = this.work.begin(key, () => this.lane.begin('extract', { question, path: extract.path }));
    this.remove(key);
    this.extracts.set(key, extract);
    const removeLater = () => void setTimeout(() => this.remove(key, extract), keptFor).unref();
    ongoing.done.then(removeLater, () => {
      rmSync(extract.path, { force: true });
      removeLater();
    });
    const oldest = [...this.extracts.keys()].filter((each) => this.isMade(each));
    for (const each of oldest.slice(0, Math.max(0, this.extracts.size - mostFiles))) this.remove(each);
    return ongoing;
  }

  private isMade(key: string): boolean {
    return this.work.of(key)?.standing().kind !== 'under-way';
  }

  /** Removes what is kept for a question, if it is still that. */
  private remove(key: string, only = this.extracts.get(key)): void {
    if (only === undefined) return;
    rmSync(only.path, { force: true });
    if (this.extracts.get(key) === only) this.extracts.delete(key);
  }
}

/** The file is opened when somebody begins to read it: whoever asks for the head of an answer never does. */
function contentsOf(path: string, size: number): FileContents {
  async function* read(): AsyncGenerator<Uint8Array> {
    yield* createReadStream(path);
  }
  const pieces = read();
  const bytes = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return { bytes, size };
}
