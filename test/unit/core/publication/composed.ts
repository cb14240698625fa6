import { expect } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { headOf, type Payload } from '../../../../shared/core/ledger/event.ts';
import { type Publication, summarySchema } from '../../../../shared/core/publication/publication.ts';
import { lineageSchema } from '../../../../shared/core/totals/total.ts';
import { foldYear } from '../../../../shared/core/year/year-state.ts';
import { composePublication } from '../../../../shared/publication/compose.ts';
import { accepted, adoption, catalogueOf, indicator, recorded, type Said } from '../small-year.ts';

/** Whose returns these are. */
export const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('works', 'list'),
    indicator('joined', 'flow', { overDepartments: 'none' }),
    indicator('rate', 'ratio', { numerator: 'a', denominator: 'b' }),
    indicator('b', 'flow', { notApplicable: true }),
  ],
  months: [1, 2],
});

/** What a return says, with the figure of `a` to choose. */
export const figures = (a: string, more: Record<string, Said> = {}) => ({
  a,
  works: ['甲'],
  joined: '1',
  b: '10',
  ...more,
});
/** All returns of the year. */
export const whole: Payload[] = ['jia', 'yi'].flatMap((department) =>
  ['2023-01', '2023-02'].map((period) => accepted(department, period, figures('2'))),
);

/** The publication of what is recorded, looked at whether it has the form of one. */
export function compose(happenings: Payload[], previous?: Publication, of = catalogue): Publication {
  const events = recorded(of, [adoption(of), ...happenings]);
  const publication = composePublication(foldYear(adoptedAlone(of), events), {
    chains: [
      headOf(
        '2023/jia',
        events.filter(({ chain }) => chain === '2023/jia'),
      ),
    ],
    publishedAt: '2024-01-15T00:00:00.000Z',
    publishedBy: '法制机构',
    software: 'indicators 0.1.0',
    number: (previous?.number ?? 0) + 1,
    previous,
  });
  const { observations, ...summary } = publication;
  expect(summarySchema.parse(summary)).toEqual(summary);
  expect(lineageSchema.array().parse(observations)).toEqual(observations);
  return publication;
}
