import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/event.ts';
import { periodSchema } from '../../../shared/core/period.ts';
import { warningSchema } from '../../../shared/core/publication.ts';
import { warningsOf } from '../../../shared/core/warnings.ts';
import { searchRecords, storedRecordSchema } from '../../records/search-records.ts';
import { orEmpty, recordQuery } from '../records/record-query.ts';
import { question, type Route, yearParam } from '../route.ts';
import { everybody, refuseOtherDepartment } from './own-department.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

/** What departments reported, figure by figure, and what is to be checked about it. */
export const recordQuestions: Route[] = [
  question(
    {
      path: '/api/:year/records',
      access: everybody,
      params: yearParam,
      query: { ...recordQuery, ...pageQuery },
      summary: 'Every observation of every accepted revision, counting or not; a department sees its own',
      description:
        '`uploader` is part of a name. `from` and `to` are days of upload in the time zone of the catalogue. `revision` is a number or `counting`.',
      answer: listOf(storedRecordSchema),
    },
    async (visit) => {
      refuseOtherDepartment(visit);
      const { limit: _limit, cursor: _cursor, ...filter } = visit.query;
      const { state } = await visit.readYear(visit.params.year);
      return pageOf(searchRecords(state, filter), visit);
    },
  ),
  question(
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
    async (visit) => {
      refuseOtherDepartment(visit);
      const { open, department, period } = visit.query;
      const { state } = await visit.readYear(visit.params.year);
      const warnings = warningsOf(state)
        .filter(({ acknowledged }) => open === undefined || String(acknowledged === null) === open)
        .filter((warning) => department === undefined || warning.department === department)
        .filter((warning) => period === undefined || warning.period === period);
      return pageOf(warnings, visit);
    },
  ),
];
