import { afterEach, describe, expect, it, vi } from 'vitest';
import { problemLike } from './planted.ts';

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock('../../shared/core/totals/observations-by-indicator.ts');
    vi.doUnmock('../../shared/core/year/last-year.ts');
    vi.doUnmock('../../shared/core/year/taken-over.ts');
    vi.resetModules();
  });

  it('a rule beside another month of last year', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/last-year.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/last-year.ts')>();
      const figuresLastYear: typeof core.figuresLastYear = (...asked) => {
        const figures = core.figuresLastYear(...asked);
        return figures.map((each, index) => ({ ...each, said: figures[index + 1]?.said ?? each.said }));
      };
      return { ...core, figuresLastYear };
    });
    expect(await problemLike(/warns otherwise of rule-fleet/, { from: 4 })).toBeDefined();
  });

  it('a rule beside last year in the unit that last year had', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/last-year.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/last-year.ts')>();
      const figuresLastYear: typeof core.figuresLastYear = (state, key, indicator) => {
        const unit = state.lastYear?.figures.get(key.department)?.get(indicator.id)?.[0]?.unit;
        return unit === indicator.unit ? core.figuresLastYear(state, key, indicator) : [];
      };
      return { ...core, figuresLastYear };
    });
    expect(await problemLike(/warns otherwise of rule-spent/, { from: 21 })).toBeDefined();
  });

  it('a rule beside last year of whoever has taken over another since', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/taken-over.ts', () => ({ ofSameOffices: () => () => true }));
    expect(await problemLike(/warns otherwise of rule-fleet sfj 2023-03/, { from: 15 })).toBeDefined();
  });

  it('a rule over totals that does not wait for what is missing', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/totals/observations-by-indicator.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/totals/observations-by-indicator.ts')>();
      const observationsByIndicator: typeof core.observationsByIndicator = (state) =>
        new Map([...core.observationsByIndicator(state)].map(([id, all]) => [id, { ...all, missing: [] }]));
      return { ...core, observationsByIndicator };
    });
    expect(await problemLike(/warns otherwise of rule-posts/, { from: 4 })).toBeDefined();
  });
});
