import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { problemLike } from './planted.ts';

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock('../../shared/core/publication/texts.ts');
    vi.doUnmock('../../shared/core/totals/kept.ts');
    vi.doUnmock('../../shared/core/totals/last-years-indicators.ts');
    vi.doUnmock('../../shared/core/year/last-year.ts');
    vi.doUnmock('../../shared/core/year/baseline.ts');
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
    expect(await problemLike(/its texts are/, { from: 13 })).toBeDefined();
  });

  it('totals that are kept whatever came since', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/totals/kept.ts', async (actual) => {
      const { Kept, ...core } = await actual<typeof import('../../shared/core/totals/kept.ts')>();
      const { once } = Kept.prototype;
      Kept.prototype.once = function (name, _, workOut) {
        return once.call(this, name, [], workOut) as ReturnType<typeof workOut>;
      };
      return { Kept, ...core };
    });
    expect(await problemLike(/^publication .*: cannot be made again from the ledger/)).toBeDefined();
  });

  it('last year beside this one in whatever unit it was counted', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/totals/last-years-indicators.ts', () => ({
      lastYearsIndicators: (_: Catalogue, before: Catalogue) =>
        new Map(before.indicators.map((indicator) => [indicator.id, indicator])),
    }));
    expect(await problemLike(/beside cases in 2023-01 stand/)).toBeDefined();
  });

  it('the first baseline, whatever was recorded since', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/baseline.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/baseline.ts')>();
      const baselineEvents: typeof core.baselineEvents = (events) => core.baselineEvents(events).slice(0, 1);
      return { ...core, baselineEvents };
    });
    expect(await problemLike(/cites another last year than there is/, { from: 31 })).toBeDefined();
  });

  it('last year as it was first published, whatever was corrected and published since', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/last-year.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/last-year.ts')>();
      const lastYearOf: typeof core.lastYearOf = (event, events, adopted) => {
        const first = events.filter((each) => isEvent(each, 'published'))[0] ?? event;
        const { year, number, digest } = event.happening;
        const source = { kind: 'publication' as const, year, number, digest };
        return { ...core.lastYearOf(first, events, adopted), source };
      };
      return { ...core, lastYearOf };
    });
    expect(await problemLike(/the last publication: beside/, { from: 4 })).toBeDefined();
  });
});
