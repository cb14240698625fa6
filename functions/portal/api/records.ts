import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { periodSchema } from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { recordedActSchema } from '../../../shared/core/year/acts.ts';
import { warningSchema } from '../../../shared/core/year/warning.ts';
import { actsOfYear } from '../../use-cases/records/acts.ts';
import { searchRecords, storedRecordSchema } from '../../use-cases/records/search-records.ts';
import { everybody } from '../access/identity.ts';
import { actQuery, filterOf } from '../acts/act-query.ts';
import { orEmpty, recordQuery } from '../records/record-query.ts';
import { apiRoute, type Route, stateApiRoute, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery, refuseOtherDepartment } from './paging.ts';

/** What departments reported, figure by figure, what is to be checked about it, and what everybody did. */
export const recordQuestions: Route[] = [
  stateApiRoute(
    {
      path: '/api/:year/records',
      access: everybody,
      params: yearParam,
      query: { ...recordQuery, ...pageQuery },
      summary:
        'Every observation of every accepted revision of the returns that are asked for, counting or not; a department sees its own',
      description:
        '`uploader` is part of a name. `from` and `to` are days of upload in the time zone of the catalogue. `revision` is a number or `counting`.',
      answer: listOf(storedRecordSchema),
    },
    async (request) => {
      refuseOtherDepartment(request);
      const { state } = await request.readYear(request.params.year);
      return state;
    },
    (state, question) => {
      const { limit: _limit, cursor: _cursor, ...filter } = question.query;
      return pageOf(searchRecords(state, filter), question);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/warnings',
      access: everybody,
      params: yearParam,
      query: {
        open: orEmpty(z.enum(['true', 'false'])),
        department: orEmpty(departmentIdSchema),
        period: orEmpty(periodSchema),
        ...pageQuery,
      },
      summary: 'Warnings on returns that count: those still open, or those that somebody has acknowledged',
      answer: listOf(warningSchema),
    },
    async (request) => {
      refuseOtherDepartment(request);
      const { open, department, period } = request.query;
      const { state } = await request.readYear(request.params.year);
      const warnings = warningsOf(state)
        .filter(({ acknowledged }) => open === undefined || String(acknowledged === null) === open)
        .filter((warning) => department === undefined || warning.department === department)
        .filter((warning) => period === undefined || warning.period === period);
      return pageOf(warnings, request);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/acts',
      access: everybody,
      params: yearParam,
      query: { ...actQuery, ...pageQuery },
      summary:
        'Every act and decision of the year with who, when, about what and why, the newest first; a department sees its own',
      description:
        '`person` is part of a name. `from` and `to` are days in the time zone of the catalogue. An extension for all departments is of each.',
      answer: listOf(recordedActSchema),
    },
    async (request) => {
      refuseOtherDepartment(request);
      const year = await request.readYear(request.params.year);
      return pageOf(actsOfYear(year, filterOf(request.query)), request);
    },
  ),
];
