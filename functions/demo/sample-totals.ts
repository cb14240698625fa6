import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue } from '../../shared/core/catalogue.ts';
import type { Decimal } from '../../shared/core/decimal.ts';

/**
 * Made-up exact figures for what the report gives only roughly (200余, 超90%) or not at all (the parts of its
 * rates). Each is written in prose just as the report writes it.
 */
export const madeUpTotals: Readonly<Record<string, Decimal>> = {
  'learning-sessions': '237',
  'review-major-decisions': '23',
  'review-project-contracts': '274',
  'legal-aid-losses-recovered': '189.5934',
  'legal-opinions': '46',
  'service-beneficiaries': '2085',
  'hotline-due': '13918',
  'hotline-on-time': '13918',
  'voice-surveyed': '1360',
  'voice-satisfied': '1292',
  'enforcement-personnel': '1264',
  'businesses-inspected': '1337',
  'online-exam-eligible': '2846',
  'online-exam-taken': '2791',
  'online-exam-excellent': '2604',
  'market-law-fairs': '108',
  'official-accounts': '53',
  'contracts-filed': '528',
};

/** What each reported indicator of the city must come to over the year: the published figure where it is exact. */
export function sampleTotals(catalogue: Catalogue, figures: ReportFigures): Map<string, Decimal> {
  const published = new Map(figures.figures.map((figure) => [figure.indicator, figure]));
  const counted = catalogue.indicators.filter(
    ({ kind, overDepartments }) => kind !== 'ratio' && overDepartments !== 'none',
  );
  return new Map(
    counted.map(({ id }) => {
      const figure = published.get(id);
      const total = figure?.exactness === 'exact' ? figure.published : madeUpTotals[id];
      if (total === undefined) throw new Error(`no sample total for ${id}`);
      return [id, total];
    }),
  );
}
