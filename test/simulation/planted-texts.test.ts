import { afterEach, describe, expect, it, vi } from 'vitest';
import { problemLike } from './planted.ts';

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock('../../shared/core/publication/texts.ts');
    vi.resetModules();
  });

  it('texts of a revision that does not count', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/publication/texts.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/publication/texts.ts')>();
      const countingTexts: typeof core.countingTexts = (state) =>
        core.countingTexts({
          ...state,
          returns: state.returns.map((one) => ({ ...one, counting: one.counting && one.revisions.at(-1) })),
        });
      return { ...core, countingTexts };
    });
    expect(await problemLike(/its texts are/)).toBeDefined();
  });
});
