import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyComparisons } from '../../functions/use-cases/verify/comparisons.ts';
import { adoptedCatalogues, conversionSchema } from '../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { baselineHash } from '../../shared/core/year/baseline.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import { composePublication } from '../../shared/publication/compose.ts';
import { run } from '../fixtures/command-line.ts';
import { isHere } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';
import { type Figures, yearBeside } from '../unit/core/totals/compared-years.ts';
import { baselineOf, type Entered, enteredYear, monthsOf2022 } from '../unit/core/year/entered-years.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const toDate = { overTime: 'cumulative' };
const inThousands = { unit: '千件', factor: '0.001', decimals: 0 };
const parts = (...ids: string[]) => ({ parts: ids.map((id) => ({ indicator: id })) });

type Converted = { indicator: string; from: string; to: string; factor: string };

/** The indicators before their units were changed. */
function asBefore(indicators: readonly object[], converted: readonly Converted[]): object[] {
  return indicators.map((each) => {
    const own = converted.find(({ indicator: id }) => 'id' in each && each.id === id);
    return own === undefined ? each : { ...each, unit: own.from };
  });
}

/** A year whose adoption states these conversions. */
function stating(converted: readonly Converted[], state: YearState): YearState {
  const conversions = converted.map((each) => conversionSchema.parse(each));
  const adoptions = state.adoptions.map((event) => ({
    ...event,
    happening: { ...event.happening, conversions },
  }));
  return { ...state, adoptions, adopted: adoptedCatalogues([{ ...state.adopted.inForce, conversions }])! };
}

/** Verifies the comparisons of what is in a file as the Python verifier does. */
const script = `
import json, sys
sys.path.insert(0, sys.argv[1])
from comparisons import verify_comparisons
from ledger import faults
from tables import expanded
said = json.load(open(sys.argv[2], encoding="utf-8"))
catalogue = expanded(said["catalogue"])
catalogues = {name: expanded(one) for name, one in said["catalogues"].items()}
verify_comparisons(said["summary"], catalogue, {}, catalogues, {said["baselineHash"]: said["baseline"]}, True)
print(faults)
sys.exit(1 if faults else 0)
`;

describe.skipIf(!isHere('python3', '--version'))(
  'both verifiers come to the comparisons with a baseline',
  () => {
    it.each<
      [
        what: string,
        indicators: object[],
        entered: Entered,
        now?: Figures | undefined,
        converted?: Converted[],
      ]
    >([
      [
        'of what is to date and known of some months alone',
        [indicator('x', 'flow', toDate), indicator('twice', 'sum', parts('x'))],
        { 全市: { x: { '2022-03': '30', '2022-04': '40', '2022-12': '120' } } },
      ],
      [
        'of what is to date and was left blank or not reported, in either year',
        [
          indicator('x', 'flow', { ...toDate, required: false, notApplicable: true }),
          indicator('y', 'flow', toDate),
          indicator('xy', 'sum', parts('x', 'y')),
          indicator('rate', 'ratio', { numerator: 'x', denominator: 'y' }),
        ],
        {
          jia: { x: monthsOf2022([1, 2, 3, 4, 5]), y: monthsOf2022([9, 9, 9, 9, 9]) },
          yi: { x: { '2022-01': '1', '2022-04': '5' }, y: { '2022-02': '8', '2022-03': '9' } },
        },
        {
          jia: [{ x: '1', y: '1' }, { x: null, y: '2' }, { x: '3', y: '3' }, undefined, { x: '6', y: '7' }],
          yi: [
            { x: null, y: '1' },
            { x: '不适用', y: '2' },
            { x: '3', y: '3' },
            { x: null, y: '4' },
          ],
        },
      ],
      [
        'of sums and ratios of the city and of some departments',
        [
          indicator('x'),
          indicator('y'),
          indicator('xy', 'sum', parts('x', 'y')),
          indicator('rate', 'ratio', { numerator: 'x', denominator: 'y' }),
        ],
        {
          全市: { x: { '2022': '50' } },
          jia: { x: { '2022-01': '1' }, y: { '2022': '10', '2022-01': '2' } },
        },
      ],
      [
        'of a ratio whose parts are published more coarsely than they are added up',
        [
          indicator('x', 'flow', { output: inThousands }),
          indicator('y', 'flow', { output: inThousands }),
          indicator('rate', 'ratio', { numerator: 'x', denominator: 'y' }),
        ],
        { 全市: { x: { '2022': '700' }, y: { '2022': '1700' } } },
      ],
      [
        'of a sum that stands before a sum that is part of it',
        [
          indicator('all', 'sum', parts('xy', 'x')),
          indicator('xy', 'sum', parts('x', 'y')),
          indicator('x'),
          indicator('y'),
        ],
        { 全市: { x: { '2022': '50' }, y: { '2022': '7' } } },
      ],
      [
        'of a sum and a ratio of which a part is asked for in some months, and of a sum of stocks',
        [
          indicator('x'),
          indicator('y', 'flow', { months: [3, 4, 12] }),
          indicator('xy', 'sum', parts('x', 'y')),
          indicator('yx', 'ratio', { numerator: 'y', denominator: 'x' }),
          indicator('all', 'sum', parts('xy', 'x')),
          indicator('s', 'stock'),
          indicator('t', 'stock', { months: [6, 12] }),
          indicator('st', 'sum', parts('s', 't')),
        ],
        {
          全市: Object.fromEntries(
            ['x', 'y', 's', 't'].map((id) => [id, monthsOf2022(months.map((month) => month))]),
          ),
        },
      ],
      [
        'in a unit that an adoption of this year changed',
        [
          indicator('x'),
          indicator('y'),
          indicator('rate', 'ratio', { numerator: 'y', denominator: 'x', unit: '倍' }),
        ],
        { 全市: { x: monthsOf2022(months), y: monthsOf2022(months) } },
        undefined,
        [{ indicator: 'x', from: '百件', to: '件', factor: '100' }],
      ],
    ])('%s', async (_, indicators, entered, now, converted = []) => {
      const of = { indicators, months };
      const catalogue = catalogueOf(of);
      const entering = catalogueOf({ ...of, indicators: asBefore(indicators, converted) });
      const [baseline, lastYear] = [baselineOf(entering, entered), enteredYear(entering, entered)];
      const reported = (indicators as { id: string; kind: string; months?: number[] }[]).filter(
        ({ kind }) => kind === 'flow' || kind === 'stock',
      );
      const figures = months.map((month) =>
        Object.fromEntries(
          reported.filter((one) => one.months?.includes(month) ?? true).map(({ id }) => [id, `${month * 5}`]),
        ),
      );
      const summary = composePublication(
        stating(converted, yearBeside(of, now ?? { jia: figures, yi: figures }, lastYear)),
        {
          number: 1,
          chains: [],
          publishedAt: instantSchema.parse('2024-01-31T00:00:00.000Z'),
          publishedBy: '法制机构',
          software: 'x',
          previous: undefined,
        },
      );
      expect(verifyComparisons(summary, catalogue, { kind: 'here', lastYear }).faults).toEqual([]);
      const file = join(await temporaryFolder(), 'said.json');
      const catalogues = [catalogue, entering].map((each) => [catalogueHash(each), each]);
      const said = { summary, catalogue, baseline, baselineHash: baselineHash(baseline) };
      await writeFile(file, JSON.stringify({ ...said, catalogues: Object.fromEntries(catalogues) }));
      const folder = fileURLToPath(new URL('../verifier', import.meta.url));
      expect(await run('python3', ['-c', script, folder, file])).toMatchObject({ code: 0, output: '[]\n' });
    });
  },
);
