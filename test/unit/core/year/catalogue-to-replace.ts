import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { catalogueFile, indicator, narrative, smallTable } from '../small-year.ts';

/** A catalogue with one of each entry, over which others are adopted. */
export const parts = {
  sections: [{ id: 'jia', name: '第一部分' }],
  indicators: [
    indicator('a'),
    indicator('b', 'flow', { section: 'jia' }),
    indicator('n', 'flow', { required: false, notApplicable: true }),
    indicator('solo'),
    indicator('people', 'stock'),
    indicator('works', 'list'),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
  ],
  ...smallTable(),
  narratives: [narrative('how'), narrative('more', { required: false })],
  rules: [{ id: 'a-of-b', over: 'period', expression: 'a <= b', message: '甲不得大于乙。' }],
};
type Parts = Omit<Parameters<typeof catalogueFile>[0], 'indicators'> & { indicators?: object[] };
/** That catalogue, with some of it changed. */
export const catalogueOf = (change: Parts = {}, more: object = {}) =>
  catalogueSchema.parse({ ...catalogueFile({ ...parts, ...change }), ...more });

/** The indicators with one of them changed. */
export const withChanged = (id: string, change: object) => ({
  indicators: parts.indicators.map((each) => (each.id === id ? { ...each, ...change } : each)),
});

/** How a unit of one of its indicators may be converted. */
export const toThousands = { indicator: 'solo', from: '件', to: '千件', factor: '0.001' } as const;
