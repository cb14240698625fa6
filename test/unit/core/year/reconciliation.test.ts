import { describe, expect, it } from 'vitest';
import { type Adoption, adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import {
  type Irreconcilable,
  type Reconciliation,
  reconcile,
} from '../../../../shared/core/year/reconciliation.ts';
import { foldYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, indicator, narrative, recorded, refused, smallTable } from '../small-year.ts';
import { catalogueOf, parts, toThousands, withChanged } from './catalogue-to-replace.ts';

const without = (...ids: string[]) => ({
  indicators: parts.indicators.filter(({ id }) => !ids.includes(id)),
  rules: [],
});

const cells = { 'grid-ra-ca': '3', 'grid-ra-cb': '3', 'grid-rb-ca': '1', 'grid-rb-cb': '1' };
/** What 甲局 reported for two months, 乙局 for one, of which n says that it does not apply. */
const said = { a: '1', b: '2', solo: '3', n: '不适用', people: '7', works: ['甲'] };
const reported: Payload[] = [
  { ...accepted('jia', '2023-01', said), narratives: [{ narrative: 'how', text: '写明' }] },
  accepted('jia', '2023-02', { ...said, b: null }),
  accepted('yi', '2023-01', { ...said, ...cells }),
  refused('yi', '2023-02'),
];

function adopting(
  next: Catalogue,
  { conversions = [], happenings = reported }: Partial<Given> = {},
): Reconciliation {
  const before = catalogueOf();
  const events = recorded(before, [adoption(before), ...happenings]);
  const state = foldYear(adoptedAlone(before), events);
  return reconcile(state, { catalogue: next, hash: catalogueHash(next), conversions }, events);
}
interface Given {
  conversions: Adoption['conversions'];
  happenings: Payload[];
}
const told = (problems: readonly Irreconcilable[]) =>
  problems.map(({ entry, id }) => `${entry} ${id}`.trim());

/** Solo in another unit, with what it is in the one before. */
const thousands = { unit: '千件', decimals: 3, alsoIn: [{ unit: '件', factor: '0.001' }] };

/** The periods with January due and cut off on other days. */
const withJanuary = (due: string, cutOff: string) => ({
  periods: catalogueOf().periods.map((each) => (each.period === '2023-01' ? { ...each, due, cutOff } : each)),
});

const endingJia = {
  departments: [
    { id: 'jia', name: '甲局', to: '2023-01', successor: 'yi' },
    { id: 'yi', name: '乙局' },
  ],
};
const tooLate = accepted('jia', '2023-02', said, { at: '2023-03-21T02:00:00.000Z' });
const declined: Payload = {
  ...{ kind: 'admission-declined', department: 'jia', period: '2023-02' },
  ...{ upload: uploadId(tooLate.upload), reason: '不同意' },
};

describe('a catalogue that would be adopted', () => {
  it.each<[sentence: string, next: Catalogue, given: Partial<Given>, problems: string[], message?: RegExp]>([
    ['may be the same', catalogueOf(), {}, []],
    ['may ask for more', catalogueOf({ indicators: [...parts.indicators, indicator('new')] }), {}, []],
    [
      'may be called otherwise',
      catalogueOf(withChanged('a', { name: '别的名称', definition: '口径改了。' })),
      {},
      [],
    ],
    ['may stop to ask for what never said a number', catalogueOf(without('n')), {}, []],
    [
      'may ask for nothing that was reported, as long as nothing was',
      catalogueOf(without('solo')),
      { happenings: [] },
      [],
    ],
    [
      'must ask for what counts, said once of all returns that have it',
      catalogueOf(without('solo')),
      {},
      ['indicator solo'],
      /^甲局2023年1月已报的数会从全年中消失：新目录在这一期不再要求这个部门报送“指标solo”；/,
    ],
    [
      'must ask whoever reported it',
      catalogueOf(withChanged('people', { reporters: ['jia'] })),
      {},
      ['indicator people'],
      /^乙局2023年1月已报的数/,
    ],
    [
      'must ask in the month in which it was reported',
      catalogueOf(withChanged('works', { months: [1, 3] })),
      {},
      ['indicator works'],
      /^甲局2023年2月已报的数/,
    ],
    [
      'must not make another thing of what was counted',
      catalogueOf(withChanged('people', { kind: 'flow', overTime: 'sum' })),
      {},
      ['indicator people'],
      /“指标people”的性质或汇总方法改了/,
    ],
    [
      'must not add up otherwise what was counted, and says of how many returns',
      catalogueOf(withChanged('people', { overDepartments: 'max' })),
      {},
      ['indicator people'],
      /已有 3 份报表按原来的方法计入/,
    ],
    [
      'may add up otherwise what nobody reported',
      catalogueOf(withChanged('n', { overDepartments: 'none' })),
      {},
      [],
    ],
    [
      'must not add up over time otherwise',
      catalogueOf(withChanged('solo', { overTime: 'cumulative' })),
      {},
      ['indicator solo', 'indicator solo'],
      /已有 3 份报表/,
    ],
    [
      'must ask for what was written',
      catalogueOf({ narratives: [narrative('other'), parts.narratives[1]!] }),
      {},
      ['narrative how'],
      /^甲局2023年1月已报的文字会消失：新目录在这一期不再要求这个部门报送“说明how”/,
    ],
    [
      'must keep a department for the months that it reported',
      catalogueOf(endingJia),
      {},
      ['department jia'],
      /^甲局2023年2月.*已经计入，新目录不再要求报送这份报表/,
    ],
    [
      'must keep a department for what waits for the office to let it in',
      catalogueOf(endingJia),
      { happenings: [tooLate] },
      ['department jia'],
      /^甲局2023年2月.*还没有决定是否计入，新目录不再要求报送这份报表；不予计入的，请先答复不同意/,
    ],
    [
      'may end a department once that is declined',
      catalogueOf(endingJia),
      { happenings: [tooLate, declined] },
      [],
    ],
    [
      'may end one later than what waits',
      catalogueOf({
        departments: [
          { id: 'jia', name: '甲局', to: '2023-02', successor: 'yi' },
          { id: 'yi', name: '乙局' },
        ],
      }),
      { happenings: [tooLate] },
      [],
    ],
    [
      'must not cut off earlier what came in time',
      catalogueOf({}, withJanuary('2023-02-10', '2023-02-15')),
      { happenings: [accepted('jia', '2023-01', said, { at: '2023-02-16T02:00:00.000Z' })] },
      ['department jia'],
      /已经计入，按新目录的期限，这份报表不再计入/,
    ],
    [
      'must be of the year',
      catalogueOf(
        {},
        { year: 2024, periods: [{ period: '2024-01', due: '2024-02-10', cutOff: '2024-02-20' }] },
      ),
      { happenings: [] },
      ['catalogue'],
      /^这是2024年的目录，不能用于2023年。$/,
    ],
    [
      'must state how a unit is converted, said once',
      catalogueOf(withChanged('solo', { unit: '千件', decimals: 3 })),
      {},
      ['indicator solo'],
      /^“指标solo”的单位由“件”改为“千件”，没有写明换算/,
    ],
    [
      'counts in the new unit where that is stated',
      catalogueOf(withChanged('solo', { unit: '千件', decimals: 3 })),
      { conversions: [toThousands] },
      [],
    ],
    [
      'counts by the factor that it knows itself',
      catalogueOf(withChanged('solo', thousands)),
      { conversions: [toThousands] },
      [],
    ],
    [
      'must not convert by another factor than it knows itself, whether anything was reported or not',
      catalogueOf(withChanged('solo', thousands)),
      { conversions: [{ ...toThousands, factor: '1000' }], happenings: [] },
      ['indicator solo'],
      /^“指标solo”写明的换算是 1 件 = 1000 千件，而目录写明的是 1 件 = 0.001 千件（可用单位或发布单位）；请改写换算；目录写错的，请在新目录的“可用单位”里写对。$/,
    ],
  ])('%s', (_, next, given, problems, message = /^$/) => {
    const found = adopting(next, given).problems;
    expect(told(found)).toEqual(problems);
    expect(found[0]?.message ?? '').toMatch(message);
  });
});

describe('a difference', () => {
  const grid = smallTable();
  it.each<[sentence: string, next: Catalogue, touched: string[]]>([
    ['of nothing touches nothing', catalogueOf(), []],
    [
      'of the catalogue itself touches every return that counts',
      catalogueOf({}, { title: '新目录' }),
      ['catalogue  3'],
    ],
    [
      'of a section touches none',
      catalogueOf({ sections: [{ id: 'jia', name: '改称' }] }),
      ['section jia 0'],
    ],
    [
      'of a department touches its own',
      catalogueOf({
        departments: [
          { id: 'jia', name: '甲局' },
          { id: 'yi', name: '乙委' },
        ],
      }),
      ['department yi 1'],
    ],
    [
      'of a month touches its own',
      catalogueOf({}, withJanuary('2023-02-11', '2023-02-20')),
      ['period 2023-01 2'],
    ],
    [
      'of a text touches those that have it',
      catalogueOf({ narratives: [narrative('how', { name: '改称' }), parts.narratives[1]!] }),
      ['narrative how 1'],
    ],
    [
      'of a text that nobody wrote touches none',
      catalogueOf({
        narratives: [parts.narratives[0]!, narrative('more', { required: false, name: '改称' })],
      }),
      ['narrative more 0'],
    ],
    [
      'of an indicator touches those that say a number of it',
      catalogueOf(withChanged('b', { name: '改称' })),
      ['indicator b 2'],
    ],
    [
      'of an indicator that applied to nobody touches none',
      catalogueOf(withChanged('n', { name: '改称' })),
      ['indicator n 0'],
    ],
    [
      'of a rule touches those that say a number of all that it is about',
      catalogueOf({ rules: [{ ...parts.rules[0], message: '甲应当不大于乙。' }] }),
      ['rule a-of-b 2'],
    ],
    [
      'of a table touches those that fill it in',
      catalogueOf({ tables: [{ ...grid.tables[0], name: '改称' }] }),
      ['table grid 1'],
    ],
    [
      'of a line touches those that fill it in',
      catalogueOf({ lines: grid.lines.map((line) => (line.id === 'ra' ? { ...line, name: '接收' } : line)) }),
      ['line grid row ra 1'],
    ],
  ])('%s', (_, next, touched) => {
    expect(adopting(next).differences.map(({ entry, id, returns }) => `${entry} ${id} ${returns}`)).toEqual(
      touched,
    );
  });
});
