import { yearOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import type { Store } from './adopted.ts';
import { append } from './append.ts';
import { type Decided, problemWith, type WarningAnswer } from './office.ts';
import { type LedgerYear, officeEventsIn, readYear } from './read-year.ts';

/** What became of answers that were given together. */
export interface AnswersGiven {
  recorded: LedgerEvent[];
  /** Those of warnings that no longer stand: they went with a correction meanwhile. */
  gone: WarningAnswer[];
}

/**
 * Records answers to warnings of one year, one event each. All that still stand are recorded, whatever became of the
 * others; the year is read once, and again only where somebody else was quicker.
 */
export async function answerWarnings(
  answers: readonly [WarningAnswer, ...WarningAnswer[]],
  { at, by }: Decided,
  store: Store & { ledger: Ledger },
): Promise<AnswersGiven> {
  const year = yearOf(answers[0].period);
  const chain = chainOf(year, 'office');
  const given: AnswersGiven = { recorded: [], gone: [] };
  let known: Known | undefined;
  for (const answer of answers) {
    const looked = known;
    let isFirst = true;
    const outcome = await append<Known & { event: LedgerEvent | undefined }>(store.ledger, async () => {
      const as = isFirst && looked !== undefined ? looked : await readAnew(year, store);
      isFirst = false;
      const { catalogueHash: catalogue, state } = as.read;
      const isGone = problemWith(answer, state, by) !== undefined;
      if (isGone) return { kind: 'settled', result: { ...as, event: undefined } };
      const event = nextEvent(chain, as.events, { at, by, catalogue, happening: answer });
      return { kind: 'append', event, result: { ...as, events: [...as.events, event], event } };
    });
    known = outcome;
    if (outcome.event === undefined) given.gone.push(answer);
    else given.recorded.push(outcome.event);
  }
  return given;
}

/** The year as it was read, with what was appended to the office's chain since. */
interface Known {
  read: LedgerYear;
  events: readonly LedgerEvent[];
}

async function readAnew(year: number, store: Store & { ledger: Ledger }): Promise<Known> {
  const read = await readYear(store, year);
  return { read, events: officeEventsIn(read.chains, year) };
}
