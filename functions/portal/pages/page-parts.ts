import type { YearState } from '../../../shared/core/year/year-state.ts';
import { KeptAnswers } from '../kept-answers.ts';
import type { Html, PageParts } from '../reply.ts';
import { WrittenPart } from './written-part.ts';

const parts = new KeptAnswers<WrittenPart>();

/** A part that is the same for all whose question it is (see `KeptAnswers`), rendered for the first of them. */
export function keptPart(
  state: YearState,
  question: readonly unknown[],
  render: () => Html,
): Promise<WrittenPart> {
  return parts.of(state, question, async () => new WrittenPart(await render()));
}

/** A page as it goes out. */
export async function pageBytes(page: Html | PageParts): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await Promise.all(Array.isArray(page) ? page : [page]);
  return Buffer.concat(
    whole.map((part) => (part instanceof WrittenPart ? part.bytes : new WrittenPart(part).bytes)),
  );
}
