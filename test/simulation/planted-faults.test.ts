import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AdoptedCatalogues, Adoption } from '../../shared/core/catalogue/adoption.ts';
import type { ReportedIndicator } from '../../shared/core/catalogue/indicator.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import type { Chain, LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { type Upload, uploadId } from '../../shared/core/ledger/upload.ts';
import type { Total } from '../../shared/core/totals/total.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import type { Plant } from './actors.ts';
import { problemLike } from './planted.ts';

/** A plain put, where the last one wins. */
function unconditional(sound: Ledger, events: Map<string, LedgerEvent[]>): Ledger {
  return {
    ...sound,
    async append(event) {
      const chain = [...(events.get(event.chain) ?? [])];
      chain[event.sequence - 1] = event;
      events.set(event.chain, chain);
      return 'appended';
    },
  };
}

/** Only the first page of a department's chain. Of the office's own the ledger would refuse whatever is appended. */
function firstPage(ledger: Ledger): Ledger {
  const read = async (chain: Chain) => {
    const events = await ledger.read(chain);
    return chain.endsWith('/office') ? events : events.slice(0, 3);
  };
  return { ...ledger, read };
}

/** What last year says is asked once. */
function keepingLastYear(ledger: Ledger): Ledger {
  const kept = new Map<string, LedgerEvent[]>();
  return {
    ...ledger,
    async read(chain) {
      if (!chain.startsWith('2022/')) return ledger.read(chain);
      const events = kept.get(chain) ?? (await ledger.read(chain));
      kept.set(chain, events);
      return events;
    },
  };
}

/** A chain in which an upload is not recognised. */
function forgetful(ledger: Ledger, id: string): Ledger {
  const forgotten = (event: LedgerEvent): LedgerEvent => {
    const { happening } = event;
    if (!('upload' in happening) || typeof happening.upload === 'string') return event;
    if (uploadId(happening.upload) !== id) return event;
    const upload = { ...happening.upload, key: 'uploads/another' };
    return { ...event, happening: { ...happening, upload } as typeof happening };
  };
  return { ...ledger, read: async (chain) => (await ledger.read(chain)).map(forgotten) };
}

/** What a fold may overlook; one kind is found as another is. */
const overlooked = [
  'deadline-extended',
  'correction-explained',
  'return-refused',
  'return-admitted',
  'admission-declined',
  'question-asked',
  'question-answered',
  'publication-issued',
].slice(0, casesTried(8, 3));

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock('../../shared/core/ledger/upload.ts');
    vi.doUnmock('../../shared/core/totals/totals.ts');
    vi.doUnmock('../../shared/core/year/year-state.ts');
    vi.doUnmock('../../shared/core/year/last-year.ts');
    vi.doUnmock('../../shared/core/catalogue/adoption.ts');
    vi.doUnmock('../../shared/core/catalogue/indicator.ts');
    vi.doUnmock('../../shared/core/values/text.ts');
    vi.resetModules();
  });

  it('few steps that are enough to show a fault, and tells how to play them', async () => {
    const { problemsOfSeed, accountOf } = await import('./seeds.ts');
    const { historyOf } = await import('./history.ts');
    const plant = { ledger: unconditional };
    let seed = 10; // One of those that show it, whose few steps are soon found.
    while ((await problemsOfSeed(seed, { plant })).length === 0) seed += 1;
    const account = await accountOf(seed, plant);
    const only = new RegExp(`--from ${seed} --seeds 1 --only (\\S+)`).exec(account)![1]!.split(',');
    expect(only.length).toBeLessThan(historyOf(seed).flatMap(({ deliveries }) => deliveries).length / 2);
    const faultless = account.includes(' --faultless');
    expect(await problemsOfSeed(seed, { only, faultless, plant })).not.toEqual([]);
  });

  it('an append without its condition', async () => {
    expect(
      await problemLike(/recorded 0 times/, { plant: { ledger: unconditional }, from: 18 }),
    ).toBeDefined();
  });

  it('a publication from a part of the pages', async () => {
    const plant: Plant = {
      publishing: (services) => ({ ...services, ledger: firstPage(services.ledger) }),
    };
    expect(await problemLike(/^the last publication: cases is/, { plant, from: 30 })).toBeDefined();
  });

  it('a retry that writes again', async () => {
    const plant: Plant = {
      ingesting: (services, upload) => ({
        ...services,
        ledger: forgetful(services.ledger, uploadId(upload)),
      }),
    };
    expect(await problemLike(/recorded [2-9] times/, { plant })).toBeDefined();
  });

  it('last year that is read once and kept', async () => {
    const plant: Plant = { ledger: keepingLastYear };
    expect(await problemLike(/other than beside the newest of last year/, { plant, from: 4 })).toBeDefined();
  });

  it('figures put beside others of another unit', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/last-year.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/last-year.ts')>();
      const figuresLastYear: typeof core.figuresLastYear = ({ lastYear }, { department }, { id }) => [
        ...(lastYear?.figures.get(department)?.get(id) ?? []),
      ];
      return { ...core, figuresLastYear };
    });
    expect(await problemLike(/warns beside nothing/, { from: 6 })).toBeDefined();
  });

  it('the newest taken by arrival in place of upload time', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/ledger/upload.ts', async (actual) => ({
      ...(await actual<object>()),
      byUploadOrder: () => 0,
    }));
    expect(await problemLike(/^the last publication: \w+ is/)).toBeDefined();
  });

  it('the newest taken by when it is said to have been handed in', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/ledger/upload.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/ledger/upload.ts')>();
      const claimed = (upload: Upload): Upload => ({ ...upload, uploadedAt: core.handedInAt(upload) });
      const byUploadOrder = (a: Upload, b: Upload) => core.byUploadOrder(claimed(a), claimed(b));
      return { ...core, byUploadOrder };
    });
    expect(await problemLike(/must be|but|counts other|stands as/)).toBeDefined();
  });

  it('lateness told from the time of receipt where the office says when it was handed in', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/ledger/upload.ts', async (actual) => ({
      ...(await actual<object>()),
      handedInAt: ({ uploadedAt }: Upload) => uploadedAt,
    }));
    expect(await problemLike(/must be|but|counts other|stands as/, { from: 83 })).toBeDefined();
  });

  it('a ratio that is averaged', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/totals/totals.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/totals/totals.ts')>();
      return { ...core, annualTotals: (state: YearState) => core.annualTotals(state).map(averaged) };
    });
    expect(await problemLike(/^the last publication: rate is/, { from: 6 })).toBeDefined();
  });

  it('a year to date that is of one month alone', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/totals/parts-of-year.ts', async (actual) => {
      const { PartsOfYear } = await actual<typeof import('../../shared/core/totals/parts-of-year.ts')>();
      class Forgetful extends PartsOfYear {
        override toDate(...asked: Parameters<typeof this.alone>) {
          return this.alone(...asked) ?? { value: null, missing: 0 };
        }
      }
      return { PartsOfYear: Forgetful };
    });
    expect(await problemLike(/^the last publication: \w+ in .* must be/, { from: 4 })).toBeDefined();
  });

  it('a late return that counts', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/year-state.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/year-state.ts')>();
      const lenient = ({ catalogue, ...adoption }: Adoption): Adoption => ({
        ...adoption,
        catalogue: {
          ...catalogue,
          periods: catalogue.periods.map((period) => ({ ...period, cutOff: '2099-12-31' })),
        },
      });
      const foldYear: typeof core.foldYear = (adopted, ...read) => ({
        ...core.foldYear({ ...adopted, inForce: lenient(adopted.inForce) }, ...read),
        catalogue: adopted.inForce.catalogue,
        adopted,
      });
      return { ...core, foldYear };
    });
    expect(await problemLike(/^the last publication: \w+ is/)).toBeDefined();
  });

  it.each(overlooked)('a fold that overlooks events: %s', async (kind) => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/year-state.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/year-state.ts')>();
      const foldYear: typeof core.foldYear = (catalogue, events, lastYear) => {
        const seen = events.filter(({ happening }) => happening.kind !== kind);
        const { publications } = core.foldYear(catalogue, events);
        return { ...core.foldYear(catalogue, seen, lastYear), publications };
      };
      return { ...core, foldYear };
    });
    expect(await problemLike(/must be|but|counts other|stands as|unaddressed/)).toBeDefined();
  });

  it('figures in an old unit that are added to others as they are', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/catalogue/adoption.ts', async (actual) => ({
      ...(await actual<object>()),
      factorToUnit: () => '1',
    }));
    expect(await problemLike(/^the last publication: money is/, { from: 12 })).toBeDefined();
  });

  it('a department whose earlier figures drop out when another takes its indicator over', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/catalogue/indicator.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/catalogue/indicator.ts')>();
      const now = (indicator: ReportedIndicator) =>
        core.reportersOf(indicator)?.filter(({ to }) => to === undefined);
      const isReportedBy = ((indicator: ReportedIndicator, department: string, period: Period) =>
        core.isReportedBy(indicator, department, period) &&
        (now(indicator)?.some((each) => each.department === department) ?? true)) as typeof core.isReportedBy;
      return { ...core, isReportedBy };
    });
    expect(await problemLike(/joint/)).toBeDefined();
  });

  it('a form that is read by the catalogue in force in place of its own', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/catalogue/adoption.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/catalogue/adoption.ts')>();
      return { ...core, adoptedWith: (_: unknown, adopted: AdoptedCatalogues) => adopted.inForce };
    });
    expect(await problemLike(/recorded as/, { from: 5 })).toBeDefined();
  });

  it('a sum that adds what it should take away', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/catalogue/sums.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/catalogue/sums.ts')>();
      const addUp: typeof core.addUp = (terms) => core.addUp(terms.map((term) => ({ ...term, sign: 1 })));
      return { ...core, addUp };
    });
    expect(await problemLike(/^the last publication: (?:open|grid-go-\w+) is/, { from: 3 })).toBeDefined();
  });

  it('a table whose columns are taken for each other', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/returns/grid.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/returns/grid.ts')>();
      const exchanged = (id: string) =>
        id.replace(/-p([ab])$/, (_, column) => (column === 'a' ? '-pb' : '-pa'));
      const saidIn: typeof core.saidIn = (kept) => {
        const { observations, measures } = core.saidIn(kept);
        return {
          measures,
          observations: observations.map((each) => ({ ...each, indicator: exchanged(each.indicator) })),
        };
      };
      return { ...core, saidIn };
    });
    expect(await problemLike(/^the last publication: grid-g\w-p\w is/, { from: 3 })).toBeDefined();
  });

  it('one work that is counted twice for the marks around it', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/values/text.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/values/text.ts')>();
      return { ...core, nameKey: (text: string) => core.nameKey(text) + (text.startsWith('《') ? '《' : '') };
    });
    expect(await problemLike(/works/, { from: 4 })).toBeDefined();
  });
});

function averaged(total: Total): Total {
  const months = total.byPeriod.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
  if (total.kind !== 'ratio' || months.length === 0) return total;
  return { ...total, value: `${Math.round(months.reduce((a, b) => a + b) / months.length)}` };
}
