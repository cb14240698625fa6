import { describe, expect, it } from 'vitest';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { type Entry, emptySubmission, type Submission } from '../../../../shared/core/returns/submission.ts';
import { validateReturn } from '../../../../shared/core/returns/validation.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

const grid = smallTable();
const tableOf = (more: object = {}) =>
  catalogueOf({
    indicators: [indicator('a')],
    tables: [{ ...grid.tables[0], ...more }],
    lines: grid.lines,
  });
const ids = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'] as const;
const places = ['C6', 'D6', 'C7', 'D7'];

type Typed = Partial<Record<(typeof ids)[number], string>>;

/** What is said of a form whose table was filled in so; what is not named is blank, `?` is not there. */
function read(typed: Typed, { areBlanksZero, more = {}, findings = [] }: Given = {}) {
  const entries = ids.flatMap((id, index): [string, Entry][] => {
    const text = typed[id] ?? '';
    if (text === '?') return [];
    const content =
      text === ''
        ? ({ kind: 'blank' } as const)
        : /^[0-9]+$/.test(text)
          ? ({ kind: 'number', text } as const)
          : ({ kind: 'text', text } as const);
    return [[`grid-${id}`, { content, computed: false, place: { sheet: '表', cell: places[index]! } }]];
  });
  const a: Entry = {
    content: { kind: 'number', text: '1' },
    computed: false,
    place: { sheet: '月报', cell: 'E6' },
  };
  const submission: Submission = {
    ...emptySubmission([...findings]),
    figures: new Map([['a', a], ...entries]),
    tables: areBlanksZero === undefined ? new Map() : new Map([['grid', { areBlanksZero }]]),
    signature: { ...emptySubmission().signature, preparer: '张三', reviewer: '李四' },
  };
  const result = validateReturn(submission, tableOf(more), { department: 'jia', period: '2023-01' });
  for (const finding of result.findings) findingSchema.parse(finding);
  const figures = result.observations
    .filter(({ indicator: id }) => id !== 'a')
    .map((each) => `${each.indicator.slice(5)} ${each.status === 'reported' ? each.value : each.status}`);
  return {
    ...result,
    figures,
    said: result.findings.map(({ rule, indicator: id, place }) => `${rule} ${id} ${place?.cell}`),
  };
}
interface Given {
  areBlanksZero?: boolean;
  more?: object;
  findings?: Submission['findings'];
}
const full: Typed = { 'ra-ca': '5', 'ra-cb': '6', 'rb-ca': '3', 'rb-cb': '4' };
const half: Typed = { 'ra-ca': '5', 'rb-cb': '0' };

describe('the cells of a table', () => {
  it.each<[sentence: string, Typed, Given, figures: string[], said: string[]]>([
    ['are figures where all are typed', full, {}, ['ra-ca 5', 'ra-cb 6', 'rb-ca 3', 'rb-cb 4'], []],
    [
      'are asked about once where some are blank',
      { ...full, 'ra-cb': '', 'rb-cb': '' },
      {},
      ['ra-ca 5', 'rb-ca 3'],
      ['table-blanks grid-ra-cb D6'],
    ],
    [
      'are zeros where whoever filled it in says so of blanks',
      { ...full, 'rb-cb': '' },
      { areBlanksZero: true },
      ['ra-ca 5', 'ra-cb 6', 'rb-ca 3', 'rb-cb 0'],
      [],
    ],
    [
      'are zeros where the table says so of blanks',
      { ...full, 'rb-cb': '' },
      { more: { blank: 'zero' } },
      ['ra-ca 5', 'ra-cb 6', 'rb-ca 3', 'rb-cb 0'],
      [],
    ],
    ['are asked about where all are blank', {}, {}, [], ['table-empty grid-ra-ca C6']],
    [
      'are asked about where it is said that blanks are none',
      half,
      { areBlanksZero: false },
      ['ra-ca 5', 'rb-cb 0'],
      ['table-blanks grid-ra-cb D6'],
    ],
    [
      'are asked about where all are blank, although blanks are zeros in the table',
      {},
      { more: { blank: 'zero' } },
      [],
      ['table-empty grid-ra-ca C6'],
    ],
    [
      'are zeros where all are blank, and that is said to be so',
      {},
      { areBlanksZero: true },
      ['ra-ca 0', 'ra-cb 0', 'rb-ca 0', 'rb-cb 0'],
      [],
    ],
    [
      'are each told what is wrong with them, and of what could not be read nothing is said as a blank',
      { ...full, 'ra-ca': '约5', 'rb-cb': '两件' },
      {},
      ['ra-cb 6', 'rb-ca 3'],
      ['figure-approximate grid-ra-ca C6', 'figure-not-a-number grid-rb-cb D7'],
    ],
    [
      'are not said to be all blank where one of them could not be read',
      { 'ra-ca': '约5' },
      { more: { blank: 'zero' } },
      ['ra-cb 0', 'rb-ca 0', 'rb-cb 0'],
      ['figure-approximate grid-ra-ca C6'],
    ],
    [
      'are no figures where the form lost them, which the reader says',
      { ...full, 'rb-cb': '?' },
      {},
      ['ra-ca 5', 'ra-cb 6', 'rb-ca 3'],
      [],
    ],
    [
      'are no figures where the form has an error there',
      { ...full, 'ra-ca': '' },
      {
        findings: [
          { rule: 'input-cell-merged', severity: 'error', indicator: 'grid-ra-ca', message: '合并。' },
        ],
      },
      ['ra-cb 6', 'rb-ca 3', 'rb-cb 4'],
      ['input-cell-merged grid-ra-ca undefined'],
    ],
    [
      'are not what does not apply',
      { ...full, 'ra-ca': '不适用' },
      {},
      ['ra-cb 6', 'rb-ca 3', 'rb-cb 4'],
      ['figure-not-applicable grid-ra-ca C6'],
    ],
  ])('%s', (_, typed, given, figures, said) => {
    const result = read(typed, given);
    expect(result.figures).toEqual(figures);
    expect(result.said).toEqual(said);
  });

  it('that are blank are named by where they stand and what they are', () => {
    const [blanks] = read(half).findings;
    expect(blanks).toMatchObject({
      found: '2 格空白',
      breakdown: ['D6 收到·单位', 'C7 办结·个人'],
      place: { sheet: '表', cell: 'D6' },
    });
  });

  it('keep where they stand, zeros that nobody typed too', () => {
    const { observations } = read(half, { areBlanksZero: true });
    expect(observations.slice(1).map(({ place }) => place?.cell)).toEqual(places);
  });
});
