import { z } from 'zod';
import { type Catalogue, catalogueHash, deadlineSchema } from '../../../shared/core/catalogue/catalogue.ts';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { yearSchema } from '../../../shared/core/catalogue/period.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import { everybody, onlyDepartmentOf } from '../access/identity.ts';
import { apiRoute, type Route } from '../route.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

const yearAnswerSchema = z.strictObject({
  year: yearSchema,
  title: z.string(),
  authority: z.string(),
  notice: z.string().nullable().describe('what is to be known of the data as a whole'),
  utcOffset: z.string(),
  catalogue: sha256Schema.describe('the hash of the catalogue in force'),
  periods: z.array(deadlineSchema),
  departments: z.array(z.strictObject({ id: departmentIdSchema, name: z.string() })),
});

/** The years that there are. */
export const yearQuestions: Route[] = [
  apiRoute(
    {
      path: '/api/years',
      access: everybody,
      query: pageQuery,
      summary: 'The years that there are catalogues of, with their periods and departments',
      answer: listOf(yearAnswerSchema),
    },
    async (request) => {
      const only = onlyDepartmentOf(request.identity);
      const catalogues = [...request.services.catalogues.last.values()].sort((a, b) => a.year - b.year);
      return pageOf(
        catalogues.map((catalogue) => yearAnswer(catalogue, only)),
        request,
      );
    },
  ),
];

function yearAnswer(catalogue: Catalogue, only: string | null): z.infer<typeof yearAnswerSchema> {
  const { year, title, authority, notice = null, utcOffset, periods, departments } = catalogue;
  return {
    year,
    title,
    authority,
    notice,
    utcOffset,
    catalogue: catalogueHash(catalogue),
    periods,
    departments: departments
      .filter(({ id }) => only === null || id === only)
      .map(({ id, name }) => ({ id, name })),
  };
}
