import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { readYear } from '../../functions/use-cases/read-year.ts';
import type { Revision } from '../../shared/core/year/revision.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { livingParts } from '../fixtures/hostile/dead-text.ts';
import { alive, hostileTexts } from '../fixtures/hostile/texts.ts';
import { text, uploaded } from '../fixtures/mended-return.ts';
import { formOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../unit/core/small-year.ts';

const january = { department: 'sfj', period: '2023-01' } as const;
const own = '/2023/departments/sfj/2023-01';
const now = '2023-02-06T02:00:00.000Z';
const table = smallTable();
/** A form that computes nothing. */
const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('names', 'list', { list: { itemName: '名称', maxItems: 50, maxLength: 200 } }),
  ],
  ...table,
  lines: table.lines.filter((line) => !('sum' in line)),
  narratives: [narrative('told', { maxLength: 2000 })],
  departments: [{ id: 'sfj', name: '市司法局' }],
});
const texts = hostileTexts(600, 7).map((each) => each.slice(0, 180));
const fields = [
  'figure.a',
  'items.names',
  'figure.grid-ra-ca',
  'narrative.told',
  'signature.preparer',
  'signature.reviewer',
  'signature.telephone',
  'signature.correctionNote',
];

/** What stands in every field of the form of a page. */
async function fieldsAt(user: PortalUser, address: string, button: string) {
  return formOf(within(await visit(user, address)).getByRole('button', { name: button }));
}

describe('whatever is typed into the fields of a page', () => {
  let portal: ReturnType<typeof openPortal>;
  let clerk: PortalUser;
  let counted: string;
  const store = smallStore(catalogue);

  beforeAll(async () => {
    portal = openPortal(store, { now });
    clerk = await portal.as('department:sfj', '王芳');
    const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => [`grid-${id}`, text('1')] as const);
    const form = await writeForm(formLayout(catalogue, january), {
      figures: new Map([['a', text('1')], ['names', text('0')], ...cells]),
      narratives: new Map([['told', text('平稳。')]]),
    });
    counted = await uploaded(clerk, form, own);
  });

  it.each(fields)('%s: is text on every page that shows it, and in every workbook', async (name) => {
    const before = await fieldsAt(clerk, `${counted}/correction`, '提交更正');
    const office = await portal.as('legal-office');
    const faults: string[] = [];
    let submitted = 0;
    for (let at = 0; at < texts.length; at += 100) {
      const typed =
        name === 'items.names' ? texts.slice(at, at + 40).join('\n') : texts.slice(at, at + 100)[at % 97]!;
      const answer = await clerk.post(before.address, { ...before.fields, [name]: `${typed}。` });
      if (answer.status === 409) continue;
      expect(answer.status).toBe(303);
      submitted += 1;
      const result = answer.headers.get('location')!;
      const isRefused = (await clerk.get(`${result}/mend`)).status === 200;
      const pages = [result, own, ...(isRefused ? [`${result}/mend`] : [])];
      for (const page of pages) {
        const body = (await clerk.read(page)) + (page.endsWith('/mend') ? '' : await office.read(page));
        const command = alive.exec(body.replaceAll('\n', ' '));
        if (command !== null) faults.push(`${page}: ${JSON.stringify(command[0])}`);
        if (/<(?:img|iframe|svg\/)|<script>/i.test(body)) faults.push(`${page}: markup`);
      }
      const marked = await clerk.get(`${result}/marked.xlsx`);
      faults.push(...(await livingParts(name, new Uint8Array(await marked.arrayBuffer()))));
      const original = await clerk.get(`${result}/original`);
      faults.push(...(await livingParts(name, new Uint8Array(await original.arrayBuffer()))));
      if (!isRefused) counted = await countedNow();
      if (!isRefused) Object.assign(before, await fieldsAt(clerk, `${counted}/correction`, '提交更正'));
    }
    expect(faults).toEqual([]);
    expect(submitted).toBeGreaterThan(4);
  });

  async function countedNow(): Promise<string> {
    const { counting } = returnOf((await readYear(store, 2023)).state, january) as { counting: Revision };
    return `${own}/uploads/${counting.id}`;
  }
});
