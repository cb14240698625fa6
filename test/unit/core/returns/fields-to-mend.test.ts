import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { fieldName } from '../../../../shared/core/returns/fields.ts';
import type { Finding } from '../../../../shared/core/returns/finding.ts';
import {
  canBeTyped,
  errorsOfTheFile,
  fieldsOfForm,
  fieldsToMend,
} from '../../../../shared/core/returns/mending.ts';
import { type Entry, emptySubmission, type Submission } from '../../../../shared/core/returns/submission.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../small-year.ts';

const grid = smallTable();
const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('b'),
    indicator('most'),
    indicator('works', 'list'),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
    indicator('later', 'flow', { months: [2] }),
  ],
  tables: [...grid.tables, { ...grid.tables[0], id: 'other' }],
  lines: [...grid.lines, ...grid.lines.map((line) => ({ ...line, table: 'other' }))],
  narratives: [narrative('how')],
  rules: [
    { id: 'both-of-most', over: 'period', expression: 'both <= most', message: '合计不得大于上限。' },
    { id: 'most-of-a', over: 'year-to-date', expression: 'most <= a', message: '上限不得大于甲。' },
  ],
});

const entry = (content: Content, cell?: string): Entry => ({
  content,
  computed: false,
  place: cell === undefined ? {} : { sheet: '月报', cell },
});
const number: Content = { kind: 'number', text: '1' };
const blank: Content = { kind: 'blank' };

/** The form as it was read: two cells of each table are blank, and three remarks stand beside figures. */
const submission: Submission = {
  ...emptySubmission(),
  figures: new Map([
    ['a', entry(number, 'E6')],
    ...['grid', 'other'].flatMap((table): [string, Entry][] => [
      [`${table}-ra-ca`, entry(number)],
      [`${table}-ra-cb`, entry(blank)],
      [`${table}-ra-cc`, entry(blank)],
      [`${table}-rb-ca`, entry(blank)],
    ]),
  ]),
  remarks: [
    { on: { kind: 'figure', indicator: 'most' }, name: '上限', entry: entry(number) },
    { on: { kind: 'figure', indicator: 'a' }, name: '甲', entry: entry(number, 'G6') },
    { on: { kind: 'row', table: 'grid', row: 'ra' }, name: '收到', entry: entry(number, 'H6') },
  ],
};
const form = { catalogue, key: { department: 'jia', period: '2023-01' }, submission } as const;

const error = (rule: string, indicator?: string, cell?: string, sheet = '月报'): Finding => ({
  ...{ rule, severity: 'error', message: '有误。' },
  ...(indicator === undefined ? {} : { indicator }),
  ...(cell === undefined ? {} : { place: { sheet, cell } }),
});
const asked = (...findings: Finding[]) => fieldsToMend(findings, form).map(({ field }) => fieldName(field));

describe('what is typed anew', () => {
  it.each<[string, Finding, string[]]>([
    ['of a figure is its cell', error('figure-negative', 'a', 'E6'), ['figure.a']],
    [
      'of a list are its items and how many there are',
      error('list-count-differs', 'works'),
      ['items.works', 'figure.works'],
    ],
    [
      'of a sum over which a number was typed are that and its parts',
      error('sum-differs', 'both'),
      ['figure.both', 'figure.a', 'figure.b'],
    ],
    [
      'of a rule are all figures that it names, of a sum the parts, since the form adds them up',
      error('rule-both-of-most', 'both'),
      ['figure.a', 'figure.b', 'figure.most'],
    ],
    [
      'of a rule that refuses nothing is the figure where it is said',
      error('rule-most-of-a', 'most'),
      ['figure.most'],
    ],
    ['of a text is the text', error('narrative-blank', 'how'), ['narrative.how']],
    [
      'of a reason that is too long is the reason',
      error('correction-note-too-long'),
      ['signature.correctionNote'],
    ],
    [
      'of a remark beside a figure is the remark, not the figure',
      error('text-too-long', 'a', 'G6'),
      ['remark.a'],
    ],
    [
      'of a remark at the end of a row is the remark',
      error('text-too-long', undefined, 'H6'),
      ['remark.grid.ra'],
    ],
    [
      'of what stands in the same cell of another sheet is no remark',
      error('figure-negative', 'a', 'G6', '清单'),
      ['figure.a'],
    ],
    [
      'of a table are its blank cells that are typed, and whether they are zeros',
      error('table-blanks', 'grid-ra-cb'),
      ['blanks.grid', 'figure.grid-ra-cb', 'figure.grid-rb-ca'],
    ],
    [
      'of an empty table are its own cells, not those of another',
      error('table-empty', 'other-ra-cb'),
      ['blanks.other', 'figure.other-ra-cb', 'figure.other-rb-ca'],
    ],
    ['of one cell of a table is that cell', error('figure-negative', 'grid-ra-cb'), ['figure.grid-ra-cb']],
  ])('%s', (_, finding, fields) => {
    expect(asked(finding)).toEqual(fields);
  });

  it('is asked for once, in the order of the errors, with all that is wrong with it', () => {
    const [first, other, again] = [
      error('figure-negative', 'b'),
      error('figure-blank', 'a'),
      error('rule-both-of-most', 'both'),
    ];
    const told: Finding = { ...error('figure-normalised', 'most'), severity: 'info' };
    expect(fieldsToMend([first, told, other, again], form)).toEqual([
      { field: { kind: 'figure', indicator: 'b' }, findings: [first, again], isBlank: false },
      { field: { kind: 'figure', indicator: 'a' }, findings: [other, again], isBlank: false },
      { field: { kind: 'figure', indicator: 'most' }, findings: [again], isBlank: false },
    ]);
  });

  it('is typed from nothing if any of what is wrong with it makes it unknown', () => {
    const findings = [error('row-repeated', 'a'), error('figure-negative', 'a')];
    expect(fieldsToMend(findings, form)).toMatchObject([{ isBlank: true }]);
    expect(fieldsToMend(findings.toReversed(), form)).toMatchObject([{ isBlank: true }]);
  });

  it.each<[string, string | undefined, boolean, string]>([
    ['text-too-long', 'H6', true, 'a remark at the end of a row is typed anew'],
    ['text-too-long', undefined, false, 'a text that is in no cell is not'],
    ['cell-unknown', 'H6', false, 'nor is what is about a cell of no indicator'],
    ['correction-note-too-long', undefined, true, 'a reason stands in no cell of an indicator'],
  ])('%s in cell %s: %s, since %s', (rule, cell, isTyped) => {
    expect(canBeTyped([error(rule, undefined, cell)])).toBe(isTyped);
  });
});

describe('what only another file mends', () => {
  it('is an error of the file, and nothing that is merely told of it', () => {
    const told: Finding = { ...error('sheet-hidden'), severity: 'info' };
    expect(errorsOfTheFile([told, error('figure-blank', 'a'), error('sheet-missing')])).toEqual([
      error('sheet-missing'),
    ]);
  });
});

describe('the fields of a form', () => {
  it('are all that is typed on it, as it runs, remarks beside their figures and no sums', () => {
    const cells = (table: string) =>
      ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((cell) => `figure.${table}-${cell}`);
    expect(fieldsOfForm(form).map(fieldName)).toEqual([
      ...['figure.a', 'remark.a', 'figure.b', 'figure.most', 'remark.most'],
      ...['items.works', 'figure.works', ...cells('grid'), ...cells('other')],
      ...['remark.grid.ra', 'blanks.grid', 'blanks.other', 'narrative.how'],
      ...['head', 'preparer', 'reviewer', 'telephone', 'date', 'correctionNote'].map(
        (part) => `signature.${part}`,
      ),
    ]);
  });
});
