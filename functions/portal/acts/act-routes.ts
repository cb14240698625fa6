import { z } from 'zod';
import { yearOfDepartment } from '../../../shared/core/year/year-state.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { actsCsv, actsOfYear } from '../../use-cases/records/acts.ts';
import { everybody, readers } from '../access/identity.ts';
import { departmentPath } from '../pages/addresses.ts';
import type { Reply } from '../reply.ts';
import { findDepartment } from '../returns/found-return.ts';
import { departmentParams, htmlRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import { type ActQuery, actQuery, filterOf } from './act-query.ts';
import { actsPage } from './acts-page.ts';

const pageQuery = { ...actQuery, page: z.coerce.number().int().min(1).catch(1) };
const endings = ['csv', 'json'] as const;

type Asked = RequestContext<{ year: number }, ActQuery>;

/** What somebody did in a year, as a file. */
function actsFile(request: Asked, year: LedgerYear, ending: (typeof endings)[number]): Reply {
  const { catalogue } = year;
  const filter = filterOf(request.query);
  const acts = actsOfYear(year, filter);
  const json = { format: 'indicators-acts/1', year: catalogue.year, takenAt: request.now, filter, acts };
  const text =
    ending === 'csv' ? [...actsCsv(acts, catalogue)].join('') : `${JSON.stringify(json, null, 2)}\n`;
  const bytes = new TextEncoder().encode(text);
  return { kind: 'file', bytes, fileName: `${catalogue.year}年办理记录.${ending}`, type: mediaTypes[ending] };
}

/** The year as the department that an address names may know it, whoever asks. */
async function yearOf(
  request: RequestContext<{ year: number; department: string }, ActQuery>,
): Promise<LedgerYear> {
  const { id } = findDepartment(request);
  const year = await request.readYear(request.params.year);
  return { ...year, state: yearOfDepartment(year.state, id) };
}

/** Every act and decision of a year (办理记录): of all for whoever reads all, of its own for a department. */
export const actRoutes: Route[] = [
  htmlRoute(
    { path: '/:year/acts', access: readers, params: yearParam, query: pageQuery },
    async (request) => {
      const year = await request.readYear(request.params.year);
      return { kind: 'page', body: actsPage(request, { year, filter: filterOf(request.query) }) };
    },
  ),
  htmlRoute(
    { path: `${departmentPath}/acts`, access: everybody, params: departmentParams, query: pageQuery },
    async (request) => {
      const department = findDepartment(request);
      const filter = filterOf(request.query);
      return { kind: 'page', body: actsPage(request, { year: await yearOf(request), filter, department }) };
    },
  ),
  ...endings.flatMap((ending) => [
    htmlRoute(
      { path: `/:year/acts.${ending}`, access: readers, params: yearParam, query: actQuery },
      async (request) => actsFile(request, await request.readYear(request.params.year), ending),
    ),
    htmlRoute(
      {
        path: `${departmentPath}/acts.${ending}`,
        access: everybody,
        params: departmentParams,
        query: actQuery,
      },
      async (request) => actsFile(request, await yearOf(request), ending),
    ),
  ]),
];
