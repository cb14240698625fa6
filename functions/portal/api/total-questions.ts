import { z } from 'zod';
import { countingObservations } from '../../../shared/core/evidence.ts';
import { lineageSchema, totalSchema } from '../../../shared/core/publication.ts';
import { annualTotals } from '../../../shared/core/totals.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import { question, type Route, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

/** The year's figures as they stand in the ledger now, published or not. */
export const totalQuestions: Route[] = [
  question(
    {
      path: '/api/:year/totals',
      access: readers,
      params: yearParam,
      query: pageQuery,
      summary: 'The annual totals as the ledger stands now, without the observations behind them',
      answer: listOf(totalSchema.omit({ contributions: true })),
    },
    async (visit) => {
      const { state } = await visit.readYear(visit.params.year);
      const totals = annualTotals(state).map(({ contributions: _contributions, ...total }) => total);
      return pageOf(totals, visit);
    },
  ),
  question(
    {
      path: '/api/:year/totals/:indicator',
      access: readers,
      params: { ...yearParam, indicator: z.string().min(1).max(64) },
      summary:
        'One annual total, with every observation behind it down to cell, file, uploader and ledger event',
      answer: totalSchema.extend({ contributions: z.array(lineageSchema) }),
    },
    async (visit) => {
      const { state } = await visit.readYear(visit.params.year);
      const total = annualTotals(state).find(({ indicator }) => indicator === visit.params.indicator);
      if (total === undefined) throw new Failure('not-found', '指标目录里没有这项指标。');
      const behind = [total.numerator?.indicator, total.denominator?.indicator, total.indicator];
      return {
        ...total,
        contributions: countingObservations(state).filter(({ indicator }) => behind.includes(indicator)),
      };
    },
  ),
];
