import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { nextCatalogue, twoYears } from '../fixtures/two-years.ts';

const now = '2024-06-05T01:00:00.000Z';
const inJanuary = '2024-01-20T01:00:00.000Z';
const note = '市司法局二并入本部门以前单独报送的指标，上期、上年的数所含部门不同的，不可比，不列。';
const own = '/2024/departments/sfj';
const [first, second] = smallCatalogue.departments;

/** A catalogue in which the second department is merged into the first. */
function mergedAfter<C extends { year: number }>(catalogue: C, to: string) {
  return catalogueSchema.parse({ ...catalogue, departments: [first, { ...second, to, successor: 'sfj' }] });
}

describe('a department into which another was merged', () => {
  it('has last year’s figures until then, with words why none since', async () => {
    const years = await twoYears(mergedAfter(nextCatalogue(), '2024-02'));
    await years.last.publish(inJanuary);
    const { feedback } = await years.untilLast();
    expect(feedback.warnings).toEqual([]);
    const clerk = await openPortal(years.present, { now }).as('department:sfj');
    const page = await visit(clerk, `${own}/figures`);
    const row = within(page).getByRole('rowheader', { name: '案件（件）' }).closest('tr');
    const lastYear = row?.nextElementSibling as HTMLTableRowElement;
    expect([...lastYear.cells].slice(0, 5).map(textOf)).toEqual(['上年', '29', '31', '—', '—']);
    expect(textOf(page)).toContain(note);
    expect(textOf(await visit(clerk, `${own}/2024-03`))).toContain(note);
    const template = await clerk.get(`${own}/2024-06/template.xlsx`);
    const { sheets } = await readWorkbook(new Uint8Array(await template.arrayBuffer()));
    expect(JSON.stringify(sheets.find(({ name }) => name === '月报'))).toContain(note);
  });

  it('has none beside its returns after a merger that only last year’s catalogue knows, and no warning', async () => {
    const years = await twoYears(catalogueSchema.parse({ ...nextCatalogue(), departments: [first] }));
    await adopt(
      {
        catalogue: mergedAfter(smallCatalogue, '2023-12'),
        conversions: [],
        reason: '机构改革',
        replaces: catalogueHash(smallCatalogue),
        at: '2023-12-31T01:00:00.000Z',
        by: '法制机构',
      },
      years.last,
    );
    await years.last.publish(inJanuary);
    const { feedback } = await years.untilLast();
    expect(feedback.warnings).toEqual([]);
    const { publication } = await years.present.publish(now);
    expect(publication.warnings).toEqual([]);
    const raw = await rawYearIn(years.events, years.documents, 2024);
    expect((await verifyStore(raw, years.documents)).faults).toEqual([]);
    const derived = await deriveFeedbackAnew({ raw, documents: years.documents, workbooks: true });
    expect(derived).toMatchObject({ faults: [], checked: [expect.stringMatching(/^5 feedback files/)] });
    const clerk = await openPortal(years.present, { now }).as('department:sfj');
    const page = await visit(clerk, `${own}/figures`);
    expect(within(page).queryByRole('rowheader', { name: '上年' })).toBeNull();
    expect(textOf(page)).toContain(note);
  });
});
