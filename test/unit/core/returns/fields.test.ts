import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { type Field, fieldName, typedIn, withTyped } from '../../../../shared/core/returns/fields.ts';
import { type Entry, emptySubmission, type Submission } from '../../../../shared/core/returns/submission.ts';

const figure = (indicator: string): Field => ({ kind: 'figure', indicator });
const items: Field = { kind: 'items', indicator: 'works' };
const narrative: Field = { kind: 'narrative', narrative: 'how' };
const remarkOn = (indicator: string): Field => ({ kind: 'remark', on: { kind: 'figure', indicator } });
const rowRemark: Field = { kind: 'remark', on: { kind: 'row', table: 'grid', row: 'ra' } };
const blanks: Field = { kind: 'blanks', table: 'grid' };
const telephone: Field = { kind: 'signature', part: 'telephone' };

const place = { sheet: '月报', cell: 'E6' };
const entry = (content: Content, more: Partial<Entry> = {}): Entry => ({
  content,
  computed: false,
  place,
  ...more,
});
const text = (typed: string): Content => ({ kind: 'text', text: typed });
const number = (typed: string): Content => ({ kind: 'number', text: typed });

/** A form in which something stands in each kind of field. */
const before: Submission = {
  ...emptySubmission(),
  figures: new Map([
    ['a', entry(number('12'))],
    ['money', entry(number('125000'), { unit: '元' })],
    ['day', entry({ kind: 'date', iso: '2023-03-01', text: '44986' })],
    ['computed', entry(number('5'), { computed: true })],
  ]),
  lists: new Map([['works', [entry(text('甲\n戏')), entry(text('乙剧'))]]]),
  narratives: new Map([['how', entry(text('写明'))]]),
  remarks: [
    { on: { kind: 'figure', indicator: 'a' }, name: '甲', entry: entry(text('补报')) },
    { on: { kind: 'row', table: 'grid', row: 'ra' }, name: '收到', entry: entry(text('停业')) },
  ],
  tables: new Map([['grid', { areBlanksZero: true }]]),
  signature: { ...emptySubmission().signature, telephone: '123', head: '王五' },
};

describe('what stands in a field, as it may be typed again', () => {
  it.each<[Field, string]>([
    [figure('a'), '12'],
    [figure('money'), '125000元'],
    [figure('day'), '2023-03-01'],
    [figure('none'), ''],
    [items, '甲 戏\n乙剧'],
    [{ ...items, indicator: 'none' }, ''],
    [narrative, '写明'],
    [remarkOn('a'), '补报'],
    [remarkOn('b'), ''],
    [rowRemark, '停业'],
    [blanks, '是'],
    [{ ...blanks, table: 'other' }, ''],
    [telephone, '123'],
  ])('%j: %j', (field, typed) => {
    expect(typedIn(before, field)).toBe(typed);
  });

  it('says nothing of blanks that are no zeros', () => {
    const asked = { ...before, tables: new Map([['grid', { areBlanksZero: false }]]) };
    expect(typedIn(asked, blanks)).toBe('');
  });
});

describe('what is typed anew', () => {
  it.each<[Field, string]>([
    [figure('a'), '13'],
    [figure('new'), '0'],
    [items, '丙\n丁'],
    [narrative, '写得更明'],
    [remarkOn('a'), '更正'],
    [remarkOn('new'), '新增'],
    [rowRemark, '复业'],
    [blanks, ''],
    [{ ...blanks, table: 'other' }, '是'],
    [telephone, '456'],
  ])('stands in %j as %j, and everything else as it stood', (field, typed) => {
    const after = withTyped(before, [[field, typed]]);
    expect(typedIn(after, field)).toBe(typed);
    const others = [
      figure('a'),
      figure('money'),
      items,
      narrative,
      remarkOn('a'),
      rowRemark,
      blanks,
      telephone,
    ];
    for (const other of others.filter((each) => fieldName(each) !== fieldName(field))) {
      expect(typedIn(after, other)).toBe(typedIn(before, other));
    }
  });

  it('leaves what was read of the file as it was', () => {
    const kept = structuredClone(before);
    const all = [figure('a'), items, narrative, remarkOn('a'), rowRemark, blanks, telephone];
    withTyped(
      before,
      all.map((field) => [field, '9'] as const),
    );
    expect(before).toEqual(kept);
  });

  it.each<[string, Content | undefined, string]>([
    ['12', number('12'), 'a number'],
    [' -0.5 ', number('-0.5'), 'a number below zero'],
    ['0', number('0'), 'none'],
    ['10', number('10'), 'a number that ends with a zero'],
    ['3.10', number('3.10'), 'a number with the zeros that were typed'],
    ['123456789012345', number('123456789012345'), 'as many digits as a spreadsheet keeps'],
    ['-12345678901234.5', number('-12345678901234.5'), 'as many, neither sign nor point being one'],
    ['1234567890123456', text('1234567890123456'), 'one digit more, which it would lose'],
    ['007', text('007'), 'a number that a spreadsheet would write otherwise'],
    ['1,200', text('1,200'), 'separators, which the reader of forms understands'],
    ['.5', text('.5'), 'nothing before the point'],
    ['5.', text('5.'), 'nothing behind it'],
    ['12件', text('12件'), 'a unit'],
    ['约12', text('约12'), 'words'],
    ['-', text('-'), 'a sign alone'],
    ['  ', undefined, 'a blank, which leaves the cell to the form'],
  ])('%j in a figure’s cell is %j: %s', (typed, content) => {
    expect(withTyped(before, [[figure('a'), typed]]).figures.get('a')?.content).toEqual(content);
  });

  it('stands where it stood, as nobody’s computation and in no unit but that which is typed', () => {
    const after = withTyped(before, [
      [figure('money'), '5'],
      [figure('computed'), '6'],
      [figure('new'), '7'],
      [narrative, '甲'],
      [remarkOn('a'), '乙'],
    ]);
    expect(after.figures.get('money')).toEqual(entry(number('5')));
    expect(after.figures.get('computed')).toEqual(entry(number('6')));
    expect(after.figures.get('new')).toEqual(entry(number('7'), { place: {} }));
    expect(after.narratives.get('how')).toEqual(entry(text('甲')));
    expect(after.remarks.at(-1)).toEqual({
      on: { kind: 'figure', indicator: 'a' },
      name: '甲',
      entry: entry(text('乙')),
    });
  });

  it('is a line each of items, without blank ones', () => {
    const after = withTyped(before, [[items, ' 甲 \r\n\r\n  \r乙\n']]);
    const none = { place: {} };
    expect(after.lists.get('works')).toEqual([entry(text('甲'), none), entry(text('乙'), none)]);
  });

  it('is, of words, as they were typed, ends of lines of any system being one', () => {
    const after = withTyped(before, [[narrative, ' 甲\r\n乙\r丙 ']]);
    expect(after.narratives.get('how')?.content).toEqual(text(' 甲\n乙\n丙 '));
    expect(withTyped(before, [[narrative, ' \n']]).narratives.get('how')?.content).toEqual({ kind: 'blank' });
  });

  it('takes a remark away where nothing is typed, and no other', () => {
    const [own, other] = before.remarks;
    expect(withTyped(before, [[remarkOn('a'), ' ']]).remarks).toEqual([other]);
    expect(withTyped(before, [[rowRemark, '']]).remarks).toEqual([own]);
    expect(withTyped(before, [[remarkOn('b'), '']]).remarks).toEqual([own, other]);
  });

  it('says of a remark where none was only what it is on', () => {
    const added = withTyped(before, [[remarkOn('b'), '新增']]).remarks;
    expect(added.slice(0, 2)).toEqual(before.remarks);
    expect(added.slice(2)).toEqual([
      { on: { kind: 'figure', indicator: 'b' }, name: '', entry: entry(text('新增'), { place: {} }) },
    ]);
  });
});

describe('what fields are called', () => {
  it('tells each from every other', () => {
    const all = [
      ...[
        figure('a'),
        figure('b'),
        { ...items, indicator: 'a' },
        { ...narrative, narrative: 'a' },
        remarkOn('a'),
        remarkOn('b'),
      ],
      ...[rowRemark, { ...blanks, table: 'a' }, { kind: 'signature', part: 'head' } as const, telephone],
      { kind: 'remark', on: { kind: 'row', table: 'grid', row: 'rb' } } as const,
      { kind: 'remark', on: { kind: 'row', table: 'other', row: 'ra' } } as const,
    ];
    expect(new Set(all.map(fieldName)).size).toBe(all.length);
  });
});
