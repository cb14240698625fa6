import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateModes } from '../../../shared/adapters/private-modes.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { ExtractStanding, FileContents, Patience } from '../../portal/long-work.ts';
import type { ExtractQuestion } from '../../portal/records/extract.ts';
import type { Lane } from './lane.ts';
import { afterAWhile, type MarkedLedger, type Ongoing, ongoing } from './ongoing.ts';

/** How many files are kept at once, and for how long (milliseconds): to be fetched by whoever waited for them. */
const mostFiles = 8;
const keptFor = 600_000;

interface Extract {
  /** The question but for its time. */
  asked: string;
  takenAt: Instant;
  /** The ledger's mark from before it was begun. */
  mark: string;
  path: string;
  making: Ongoing<number>;
}

/**
 * Extracts as files that only this account may read, in a folder of their own among the data: each is made once for
 * all who ask the same while nothing is recorded, and removed after a while, at the latest when the server stops or starts.
 */
export class ExtractFiles {
  private readonly folder: string;
  private readonly lane: Lane;
  private readonly ledger: MarkedLedger;
  /** Those that were begun first come first. */
  private readonly extracts = new Set<Extract>();

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
    const { takenAt: _, ...rest } = question;
    const asked = JSON.stringify(rest);
    const mark = await this.ledger.mark();
    const extract = this.fitting(asked, { since, mark }) ?? this.begin(question, { asked, mark });
    const { takenAt, path, making } = extract;
    const standing = wait === 'a-while' ? await afterAWhile(making) : making.standing();
    if (standing.kind === 'under-way') return { ...standing, takenAt };
    if (standing.kind === 'failed') throw making.fault();
    return { kind: 'done', takenAt, result: () => contentsOf(path, standing.result) };
  }

  /**
   * The one that somebody waits for, or one since which nothing was recorded: one that is being made may have read the year
   * before what came. Whoever waited for one that failed is told so; whoever asks anew is not.
   */
  private fitting(
    asked: string,
    { since, mark }: Pick<Patience, 'since'> & Pick<Extract, 'mark'>,
  ): Extract | undefined {
    const same = [...this.extracts].filter((each) => each.asked === asked);
    return (
      same.findLast((each) => each.takenAt === since) ??
      same.findLast((each) => each.mark === mark && each.making.standing().kind !== 'failed')
    );
  }

  private begin(question: ExtractQuestion, { asked, mark }: Pick<Extract, 'asked' | 'mark'>): Extract {
    mkdirSync(this.folder, { recursive: true, mode: privateModes.folder });
    const path = join(this.folder, `${randomUUID()}.${question.ending}`);
    const making = ongoing(this.lane.begin('extract', { question, path }));
    const extract = { asked, takenAt: question.takenAt, mark, path, making };
    this.extracts.add(extract);
    const removeLater = () => void setTimeout(() => this.remove(extract), keptFor).unref();
    making.done.then(removeLater, () => {
      rmSync(path, { force: true });
      removeLater();
    });
    const made = [...this.extracts].filter((each) => each.making.standing().kind !== 'under-way');
    for (const each of made.slice(0, Math.max(0, this.extracts.size - mostFiles))) this.remove(each);
    return extract;
  }

  private remove(extract: Extract): void {
    rmSync(extract.path, { force: true });
    this.extracts.delete(extract);
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
