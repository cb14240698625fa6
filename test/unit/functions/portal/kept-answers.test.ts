import { describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../../../functions/portal/kept-answers.ts';
import type { YearState } from '../../../../shared/core/year/year-state.ts';

const newState = () => ({}) as YearState;

describe('answers that are kept', () => {
  it('are worked out once for each state and question', async () => {
    const kept = new KeptAnswers<string>();
    const [state, other] = [newState(), newState()];
    const workedOut: string[] = [];
    const ask = (of: YearState, name: string, question: unknown[]) =>
      kept.of(of, question, () => {
        workedOut.push(name);
        return name;
      });
    const answers = [
      await ask(state, 'first', ['a', 1]),
      await ask(state, 'again', ['a', 1]),
      await ask(state, 'other question', ['a', 2]),
      await ask(other, 'other state', ['a', 1]),
    ];
    expect(answers).toEqual(['first', 'first', 'other question', 'other state']);
    expect(workedOut).toEqual(['first', 'other question', 'other state']);
  });

  it('are worked out anew where that failed', async () => {
    const kept = new KeptAnswers<string>();
    const state = newState();
    const failing = () => {
      throw new Error('broken');
    };
    await expect(kept.of(state, ['a'], failing)).rejects.toThrow('broken');
    expect(await kept.of(state, ['a'], () => 'whole')).toBe('whole');
  });

  it('are forgotten when there are too many, the oldest first', async () => {
    const kept = new KeptAnswers<string>();
    const state = newState();
    for (let number = 0; number <= 200; number++) await kept.of(state, [number], () => 'first');
    expect(await kept.of(state, [200], () => 'anew')).toBe('first');
    expect(await kept.of(state, [0], () => 'anew')).toBe('anew');
  });
});
