import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { comparePeriods, type Period } from '../../shared/core/catalogue/period.ts';

const number = { overTime: 'sum', overDepartments: 'sum', reporters: 'all', definition: '数量' };

/** Every kind of indicator, over three months, a quarter, a half-year of its own days and the year; the third department is merged into the first after two. */
export const city: Catalogue = catalogueSchema.parse({
  format: 'indicators-catalogue/1',
  year: 2023,
  title: '测试市2023年指标目录',
  authority: '测试市',
  departments: [
    { id: 'sfj', name: '市司法局', group: '司法' },
    { id: 'sfj2', name: '市司法局二', group: '司法' },
    { id: 'lyj', name: '市林业局', to: '2023-02', successor: 'sfj' },
  ],
  indicators: [
    { ...number, id: 'cases', name: '案件', unit: '件', kind: 'flow' },
    { ...number, id: 'solved', name: '办结', unit: '件', kind: 'flow' },
    { ...number, id: 'heard', name: '接待', unit: '人', kind: 'flow', overTime: 'cumulative' },
    { ...number, id: 'money', name: '金额', unit: '万元', kind: 'flow', decimals: 4, notApplicable: true },
    { ...number, id: 'joint', name: '参与', unit: '次', kind: 'flow', overDepartments: 'none' },
    { ...number, id: 'buses', name: '车辆', unit: '辆', kind: 'stock', overTime: 'last' },
    { ...number, id: 'checks', name: '检查', unit: '次', kind: 'flow', frequency: 'quarter' },
    {
      ...number,
      id: 'staff',
      name: '人员',
      unit: '人',
      kind: 'stock',
      overTime: 'last',
      frequency: 'half-year',
    },
    { ...number, id: 'budget', name: '经费', unit: '万元', kind: 'flow', frequency: 'year' },
    {
      ...{ ...number, id: 'peak', name: '峰值', unit: '人', kind: 'extreme' },
      ...{ overTime: 'max', overDepartments: 'max', required: false },
    },
    {
      ...{ ...number, id: 'works', name: '作品', unit: '部', kind: 'list' },
      ...{ overTime: 'distinct', overDepartments: 'distinct' },
      list: { itemName: '作品名称', maxItems: 10 },
    },
    {
      ...{ id: 'open', name: '未结', definition: '案件减去办结', unit: '件', kind: 'sum' },
      ...{ overTime: 'add-up', overDepartments: 'add-up' },
      parts: [{ indicator: 'cases' }, { indicator: 'solved', sign: '-' }],
    },
    {
      ...{ id: 'rate', name: '办结率', definition: '办结占案件', unit: '%', kind: 'ratio', decimals: 2 },
      ...{ overTime: 'recompute', overDepartments: 'recompute', numerator: 'solved', denominator: 'cases' },
    },
  ],
  tables: [
    {
      ...{ id: 'grid', name: '分类情况', unit: '件', definition: '按当事人', kind: 'flow' },
      ...{ reporters: 'all', blank: 'zero' },
    },
  ],
  lines: [
    { table: 'grid', axis: 'row', id: 'gr', name: '收到' },
    { table: 'grid', axis: 'row', id: 'gd', name: '办结' },
    { table: 'grid', axis: 'row', id: 'go', name: '未结', sum: 'gr - gd' },
    { table: 'grid', axis: 'column', id: 'pa', name: '个人' },
    { table: 'grid', axis: 'column', id: 'pb', name: '单位' },
    { table: 'grid', axis: 'column', id: 'all', name: '合计', sum: 'pa + pb' },
  ],
  narratives: [
    {
      id: 'story',
      name: '情况说明',
      definition: '写明情况',
      reporters: 'all',
      required: false,
      maxLength: 50,
    },
  ],
  rules: [
    { id: 'solved', over: 'year-to-date', expression: 'solved <= cases', message: '办结不多于案件' },
    { id: 'fleet', over: 'period', expression: 'buses >= last-year(buses)', message: '车辆不少于上年' },
    { id: 'spent', over: 'period', expression: 'money >= last-year(money)', message: '金额不少于上年' },
    { id: 'posts', over: 'all-departments', expression: 'staff <= 9', message: '人员不超过编制' },
  ],
  periods: [
    { period: '2023-01', due: '2023-02-10', cutOff: '2023-03-15' },
    { period: '2023-02', due: '2023-03-10', cutOff: '2023-03-31' },
    { period: '2023-03', due: '2023-04-10', cutOff: '2023-04-30' },
    { period: '2023-Q1', due: '2023-04-12', cutOff: '2023-04-28' },
    { period: '2023-H1', starts: '2022-11-11', ends: '2023-05-10', due: '2023-05-12', cutOff: '2023-05-15' },
    { period: '2023', due: '2024-01-10', cutOff: '2024-01-31' },
  ],
});

/** Last year's: the same in the months that are recorded of it, or with every unit another. */
export function catalogueOfLastYear({ isOtherUnit }: { isOtherUnit: boolean }): Catalogue {
  const year = city.year - 1;
  return catalogueSchema.parse({
    ...city,
    year,
    indicators: city.indicators.map((each) => (isOtherUnit ? { ...each, unit: `百${each.unit}` } : each)),
    tables: city.tables.map((each) => (isOtherUnit ? { ...each, unit: `百${each.unit}` } : each)),
    periods: [
      ...[1, 2, 3, 6, 9, 11, 12].map((month) => `${year}-${String(month).padStart(2, '0')}`),
      ...[`${year}-Q1`, `${year}-H1`, `${year}`],
    ]
      .map((period) => ({ period, due: city.periods[0]!.due, cutOff: city.periods[0]!.cutOff }))
      .toSorted((a, b) => comparePeriods(a.period as Period, b.period as Period)),
  });
}

/** As little as an upload and a publication need: one department, one month, one figure. */
export const hamlet: Catalogue = catalogueSchema.parse({
  ...city,
  departments: [{ id: 'sfj', name: '市司法局' }],
  indicators: city.indicators.slice(0, 1),
  tables: [],
  lines: [],
  narratives: [],
  rules: [],
  periods: city.periods.slice(0, 1),
});

/**
 * The hotline of joint actions moves; visits are counted from February on; money is counted in another unit; returns are
 * signed, and reviewed.
 */
function changedCity({
  visits,
  money = {},
  signing = {},
}: {
  visits: boolean;
  money?: object;
  signing?: object;
}): Catalogue {
  const reporters = [{ department: 'sfj', to: '2023-02' }, 'sfj2', 'lyj'];
  const changes: Record<string, object> = { joint: { reporters }, money };
  const indicators = city.indicators.map((each) => ({ ...each, ...changes[each.id] }));
  const added = { ...city.indicators[0], id: 'visits', name: '走访', from: '2023-02' };
  return catalogueSchema.parse({
    ...city,
    signing,
    indicators: visits ? [...indicators, added] : indicators,
  });
}

/** The catalogues that the city adopts in a year, each over the one before. */
export const cityCatalogues: readonly Catalogue[] = [
  city,
  changedCity({ visits: false }),
  changedCity({ visits: true, signing: { scan: true } }),
  changedCity({
    visits: true,
    money: { unit: '元', decimals: 0 },
    signing: { scan: true, agreement: true },
  }),
];
