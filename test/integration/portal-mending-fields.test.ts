import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { submitButton, text, uploaded } from '../fixtures/mended-return.ts';
import { formOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../unit/core/small-year.ts';

const now = '2023-02-06T02:00:00.000Z';
const own = '/2023/departments/sfj/2023-01';
const january = { department: 'sfj', period: '2023-01' } as const;

describe('what is offered', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('a'),
      indicator('b'),
      indicator('c'),
      indicator('names', 'list'),
      indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
    ],
    ...smallTable(),
    narratives: [narrative('told')],
    rules: [{ id: 'a-b-c', over: 'period', expression: 'a + b = c', message: '甲加乙等于丙。' }],
    departments: [{ id: 'sfj', name: '市司法局' }],
  });
  const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => [`grid-${id}`, text('1')] as const);
  const right = { a: '1', b: '2', c: '3', names: '0' };
  const written = (figures: Record<string, string>, more: object = {}) =>
    writeForm(formLayout(catalogue, january), {
      figures: new Map([
        ...Object.entries({ ...right, ...figures }).map(([id, value]) => [id, text(value)] as const),
        ...cells,
      ]),
      narratives: new Map([['told', text('平稳。')]]),
      ...more,
    });

  async function offered(bytes: Uint8Array): Promise<string[]> {
    const portal = openPortal(smallStore(catalogue), { now });
    const clerk = await portal.as('department:sfj');
    const page = await visit(clerk, `${await uploaded(clerk, bytes, own)}/mend`);
    const { fields } = formOf(within(page).getByRole('button', { name: submitButton }));
    return Object.keys(fields).filter((name) => name.includes('.'));
  }

  it.each<[string, () => Promise<Uint8Array>, string[]]>([
    [
      'all cells of a rule, each once',
      () => written({ c: '9', a: '1' }),
      ['figure.a', 'figure.b', 'figure.c'],
    ],
    [
      'a sum that was typed over, with its parts',
      () => written({ both: '9' }),
      ['figure.both', 'figure.a', 'figure.b'],
    ],
    [
      'the items of a list with their count',
      () => written({ names: '2' }, { lists: new Map([['names', [text('甲')]]]) }),
      ['items.names', 'figure.names'],
    ],
    ['a text that has to be written', () => written({}, { narratives: new Map() }), ['narrative.told']],
    [
      'the blank cells of a table, and what is said of all of them',
      () =>
        written(
          { 'grid-ra-ca': '1' },
          {
            figures: new Map([
              ...Object.entries(right).map(([id, value]) => [id, text(value)] as const),
              ...cells.slice(0, 3),
            ]),
          },
        ),
      ['blanks.grid', 'figure.grid-rb-cb'],
    ],
    [
      'a remark that is too long',
      () =>
        written({}, { remarks: [{ on: { kind: 'figure', indicator: 'a' }, entry: text('长'.repeat(300)) }] }),
      ['remark.a'],
    ],
    [
      'a remark at the end of a row that is too long',
      () =>
        written(
          {},
          { remarks: [{ on: { kind: 'row', table: 'grid', row: 'ra' }, entry: text('长'.repeat(300)) }] },
        ),
      ['remark.grid.ra'],
    ],
    [
      'the reason for a correction that is too long',
      () =>
        written(
          {},
          { signature: { preparer: '', reviewer: '', telephone: '', correctionNote: '长'.repeat(600) } },
        ),
      ['signature.correctionNote'],
    ],
  ])('is %s', async (_, bytes, names) => {
    expect(await offered(await bytes())).toEqual(names);
  });
});

describe('a form of as many figures as there may be', () => {
  const lines = (axis: 'row' | 'column', count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{
        table: 'verylargetablenumber',
        axis,
        id: `${axis}number${index + 1}`,
        name: `${axis} ${index + 1}`,
      },
    }));
  const table = { id: 'verylargetablenumber', name: '大表', unit: '件', definition: '口径。', kind: 'flow' };
  const large = catalogueOf({
    indicators: [],
    tables: [{ ...table, reporters: 'all' }],
    lines: [...lines('row', 100), ...lines('column', 25)],
    departments: [{ id: 'sfj', name: '市司法局' }],
  });

  it('is mended with a field for each of them in one form', async () => {
    const portal = openPortal(smallStore(large), { now });
    const clerk = await portal.as('department:sfj');
    const empty = await uploaded(clerk, await writeForm(formLayout(large, january)), own);
    const page = await visit(clerk, `${empty}/mend`);
    const { address, fields } = formOf(within(page).getByRole('button', { name: submitButton }));
    const names = Object.keys(fields).filter((name) => name.startsWith('figure.'));
    expect(names).toHaveLength(2_500);
    const typed = Object.fromEntries(names.map((name, index) => [name, `${1_000_000 + index}`]));
    const body = new URLSearchParams({ ...fields, ...typed, _form: await clerk.formToken() });
    const answer = await clerk.send('POST', address, body);
    expect(answer.headers.get('location')).toMatch(/uploads/);
    const said = await clerk.read(answer.headers.get('location')!);
    expect(said).toContain('已接收，计入汇总');
  });
});
