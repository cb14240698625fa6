import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { periodSchema } from '../../../shared/core/catalogue/period.ts';
import { sourcesOf } from '../../../shared/core/catalogue/sums.ts';
import { comparisonsOf } from '../../../shared/core/totals/comparisons.ts';
import { comparisonsWithin } from '../../../shared/core/totals/comparisons-within.ts';
import { annualTotalsAt } from '../../../shared/core/totals/not-due.ts';
import { countingObservations } from '../../../shared/core/totals/observations-by-indicator.ts';
import { openMattersOf, openMattersSchema } from '../../../shared/core/totals/open-matters.ts';
import { comparisonsTo, periodComparisonSchema } from '../../../shared/core/totals/period-comparison.ts';
import { lineageSchema, totalSchema } from '../../../shared/core/totals/total.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { PortalError } from '../portal-error.ts';
import { orEmpty } from '../records/record-query.ts';
import { apiRoute, type Route, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

const comparisonQuery = {
  ...pageQuery,
  to: periodSchema.optional().meta({
    description: 'of each indicator only the last period that ends by then: 2024-10 is the year to October',
  }),
  indicator: z.string().max(64).optional().meta({ description: 'of this indicator only' }),
  department: orEmpty(departmentIdSchema).meta({
    description: 'of this department as if there were no other; together with an indicator',
  }),
};

const open = openMattersSchema
  .omit({ indicator: true })
  .nullable()
  .describe('what is open below the figure and may still change it; null if nothing is');

function openBelow(id: string, state: YearState): z.infer<typeof open> {
  const found = openMattersOf(state).find(({ indicator }) => indicator === id);
  if (found === undefined) return null;
  const { indicator: _indicator, ...counts } = found;
  return counts;
}

/** The year's figures as they stand in the ledger now, published or not. */
export const totalQuestions: Route[] = [
  apiRoute(
    {
      path: '/api/:year/totals',
      access: readers,
      params: yearParam,
      query: pageQuery,
      summary: 'The annual totals as the ledger stands now, without the observations behind them',
      answer: listOf(totalSchema.extend({ open })),
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const totals = annualTotalsAt(state, request.now).map((total) => ({
        ...total,
        open: openBelow(total.indicator, state),
      }));
      return pageOf(totals, request);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/totals/:indicator',
      access: readers,
      params: { ...yearParam, indicator: z.string().min(1).max(64) },
      summary:
        'One annual total, with every observation behind it down to cell, file, uploader and ledger event',
      answer: totalSchema.extend({ contributions: z.array(lineageSchema), open }),
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const total = annualTotalsAt(state, request.now).find(
        ({ indicator }) => indicator === request.params.indicator,
      );
      if (total === undefined) throw new PortalError('not-found', '指标目录里没有这项指标。');
      const behind = sourcesOf(total.indicator, state.catalogue);
      return {
        ...total,
        open: openBelow(total.indicator, state),
        contributions: countingObservations(state).filter(({ indicator }) => behind.includes(indicator)),
      };
    },
  ),
  apiRoute(
    {
      path: '/api/:year/comparisons',
      access: readers,
      params: yearParam,
      query: comparisonQuery,
      summary:
        'Each indicator in each period so far and in the year to date, beside last year and the period before',
      answer: listOf(periodComparisonSchema),
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const { to, indicator, department } = request.query;
      if (department !== undefined && indicator === undefined) {
        throw new PortalError('malformed', '按部门比较，请同时写明指标。');
      }
      const all =
        department !== undefined && indicator !== undefined
          ? comparisonsWithin(state, indicator)(new Set([department]))
          : comparisonsOf(state).filter((row) => indicator === undefined || row.indicator === indicator);
      return pageOf(to === undefined ? all : comparisonsTo(all, to), request);
    },
  ),
];
