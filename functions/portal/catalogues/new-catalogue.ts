import { z } from 'zod';
import { sampleCatalogue } from '../../../shared/catalogue/sample.ts';
import { beginFrom, type CutOffRule } from '../../../shared/core/catalogue/beginning.ts';
import type { CatalogueReading } from '../../../shared/core/catalogue/checks.ts';
import { nextYear } from '../../../shared/core/catalogue/next-year.ts';
import { cataloguesAddress } from '../pages/addresses.ts';
import type { Reply } from '../reply.ts';
import { fieldsNamed, formRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import { catalogueFile, problemsReply, toPreview } from './upload.ts';

/** The last days on which returns are taken that the form of a first catalogue offers. */
export const cutOffChoices = {
  january: { words: '次年1月31日', rule: { kind: 'end-of-january' } },
  days5: { words: '报送时限后 5 天', rule: { kind: 'days-after-due', days: 5 } },
  days10: { words: '报送时限后 10 天', rule: { kind: 'days-after-due', days: 10 } },
  days20: { words: '报送时限后 20 天', rule: { kind: 'days-after-due', days: 20 } },
  days60: { words: '报送时限后 60 天', rule: { kind: 'days-after-due', days: 60 } },
} as const satisfies Record<string, { words: string; rule: CutOffRule }>;

const cutOffSchema = z.enum(Object.keys(cutOffChoices) as [keyof typeof cutOffChoices]);

/** Before a department's id, the name of the field that says what it is called here. */
export const departmentField = 'department-';

/** Catalogues that are made here, to be looked at: from the sample, and from the year before. */
export const newCatalogueRoutes: Route[] = [
  formRoute(
    {
      path: `${cataloguesAddress}/from-sample`,
      access: ['legal-office'],
      form: {
        ...yearParam,
        authority: z.string().trim().min(1).max(40),
        firstMonth: z.stringFormat('month', /^(?:[1-9]|1[0-2])$/).transform(Number),
        dueDay: z.stringFormat('day', /^(?:0?[1-9]|1[0-9]|2[0-8])$/).transform(Number),
        cutOff: cutOffSchema,
      },
      otherFields: z.string().max(200),
    },
    async (request) => {
      const { year, authority, firstMonth, dueDay, cutOff } = request.form;
      const names = new Map(
        [...fieldsNamed(departmentField, request.form)]
          .map(([id, name]) => [id, name.trim()] as const)
          .filter(([, name]) => name !== ''),
      );
      const { rule } = cutOffChoices[cutOff];
      const begun = beginFrom(sampleCatalogue(), {
        ...{ year, authority, names, firstMonth, dueDay },
        cutOff: rule,
      });
      return replyWith(request, begun);
    },
  ),
  formRoute(
    { path: `${cataloguesAddress}/next-year`, access: ['legal-office'], form: yearParam },
    async (request) => replyWith(request, nextYear(request.catalogue(request.form.year))),
  ),
];

async function replyWith(request: RequestContext, reading: CatalogueReading): Promise<Reply> {
  if (reading.kind === 'catalogue') return toPreview(request, reading.catalogue);
  const { findingsOf } = await catalogueFile();
  return problemsReply(request, { findings: findingsOf(reading.problems), marked: undefined });
}
