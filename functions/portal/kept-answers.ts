import type { YearState } from '../../shared/core/year/year-state.ts';

/** So many are kept for a state, some ten kilobytes each; the oldest is forgotten first. */
const mostKept = 200;

/**
 * What answers say of a state of a year, worked out once for each question and kept until something is recorded, which
 * makes another state. Whatever decides besides the state must be in the question: the role of whoever asks, where it
 * makes a difference, and the phase of the year (`phaseOf`), where something depends on the time. What is of one person,
 * such as a name or a form's token, must not be kept.
 */
export class KeptAnswers<Answer> {
  private readonly kept = new WeakMap<YearState, Map<string, Promise<Answer>>>();

  of(
    state: YearState,
    question: readonly unknown[],
    workOut: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const own = this.kept.get(state) ?? new Map<string, Promise<Answer>>();
    this.kept.set(state, own);
    const key = JSON.stringify(question);
    const known = own.get(key);
    if (known !== undefined) return known;
    const [oldest] = own.keys();
    if (own.size >= mostKept && oldest !== undefined) own.delete(oldest);
    const answer = Promise.try(workOut);
    own.set(key, answer);
    answer.catch(() => own.delete(key));
    return answer;
  }
}
