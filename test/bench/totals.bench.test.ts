import { expect, it } from 'vitest';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash, expectedReturns } from '../../shared/core/catalogue/catalogue.ts';
import { measuresOf } from '../../shared/core/catalogue/measures.ts';
import { chainOf, type LedgerEvent, nextEvent } from '../../shared/core/ledger/event.ts';
import { unsigned } from '../../shared/core/returns/observation.ts';
import { annualTotals } from '../../shared/core/totals/totals.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { foldYear } from '../../shared/core/year/year-state.ts';
import { median, printFigures } from './figures.ts';
import { catalogueOf, figureOf } from './year/made-year.ts';

/** One times is 40 departments with 5 indicators; departments and indicators grow as they would, to 400 by 50. */
const sizes = [
  { times: 1, departments: 40, indicators: 6 },
  { times: 10, departments: 40, indicators: 60 },
  { times: 100, departments: 400, indicators: 60 },
];
const rounds = 3;

function eventsOf(catalogue: Catalogue): LedgerEvent[] {
  const byChain = new Map<string, LedgerEvent[]>();
  const hash = catalogueHash(catalogue);
  for (const { department, period } of expectedReturns(catalogue)) {
    const chain = chainOf(2023, department.id);
    const events = byChain.get(chain) ?? [];
    const [number, month] = [Number(department.id.slice(1)), Number(period.slice(5))];
    const name = `${department.id}-${period}.xlsx`;
    const upload = {
      key: `uploads/${department.id}/${period}/${name}`,
      version: null,
      fileName: name,
      sha256: sha256(name),
      size: 1,
      uploadedAt: '2023-12-31T01:00:00.000Z',
      claimedAt: null,
      uploader: 'bench',
    } as const;
    events.push(
      nextEvent(chain, events, {
        at: '2023-12-31T01:00:00.000Z',
        by: 'bench',
        catalogue: hash,
        happening: {
          kind: 'return-accepted',
          department: department.id,
          period,
          upload,
          observations: catalogue.indicators.map(({ id }, index) => ({
            indicator: id,
            status: 'reported',
            value: `${figureOf(number, month, index)}`,
            place: { sheet: '月报', cell: `E${index + 6}` },
          })),
          measures: measuresOf(catalogue.indicators),
          signature: unsigned,
          findings: [],
        },
      }),
    );
    byChain.set(chain, events);
  }
  return [...byChain.values()].flat();
}

it('how folding and totals grow with the number of observations', () => {
  const years = sizes.map(({ times, departments, indicators }) => {
    const catalogue = catalogueOf(departments, indicators);
    return { times, catalogue, events: eventsOf(catalogue), milliseconds: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { catalogue, events, milliseconds } of years) {
      const started = performance.now();
      const totals = annualTotals(foldYear(adoptedAlone(catalogue), events));
      milliseconds.push(performance.now() - started);
      expect(totals.every(({ status }) => status === 'final')).toBe(true);
    }
  }
  const first = median(years[0]!.milliseconds);
  printFigures(
    'fold and totals, milliseconds (ratio: to the smallest)',
    years.map(({ catalogue, milliseconds }) => {
      const observations = catalogue.departments.length * 12 * catalogue.indicators.length;
      const figure = median(milliseconds);
      return { what: `${observations} observations`, figure, ratio: figure / first };
    }),
  );
});
