import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import {
  type Comparison,
  comparePublications,
  comparisonSchema,
  isSame,
} from '../../../../shared/core/publication/comparison.ts';
import type { Publication } from '../../../../shared/core/publication/publication.ts';
import type { PeriodComparison } from '../../../../shared/core/totals/period-comparison.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import type { Warning } from '../../../../shared/core/year/warning.ts';
import { accepted, refused, stateOf } from '../small-year.ts';
import { catalogue, compose, figures, whole } from './composed.ts';

function compared(from: Publication, to: Publication, happenings: Payload[] = whole): Comparison {
  return comparisonSchema.parse(comparePublications(from, to, stateOf(catalogue, happenings)));
}

/** What changed from the whole year to another that only differs by this. */
function changed(before: Partial<Publication>, after: Partial<Publication>): Comparison {
  const publication = compose(whole);
  return compared({ ...publication, ...before }, { ...publication, number: 2, ...after });
}

describe('what changed between two publications', () => {
  it('is nothing where they say the same, by whichever number and whenever', () => {
    const first = compose(whole);
    const comparison = compared(first, { ...first, number: 2, publishedAt: '2024-03-01T00:00:00.000Z' });
    expect(isSame(comparison)).toBe(true);
    expect(comparison).toMatchObject({
      from: { number: 1, publishedAt: first.publishedAt },
      to: { number: 2, publishedAt: '2024-03-01T00:00:00.000Z' },
      comparedWith: null,
    });
  });

  it('is figures, with the returns that changed', () => {
    const correction = accepted('jia', '2023-01', figures('3'), { at: '2023-02-01T00:00:00.000Z' });
    const happenings = [...whole, correction];
    const comparison = compared(compose(whole), compose(happenings), happenings);
    expect(comparison.figures.map(({ indicator }) => indicator)).toEqual(['a', 'rate']);
    expect(comparison.returns).toMatchObject([
      { department: 'jia', period: '2023-01', before: { revision: 1 }, after: { revision: 2 } },
    ]);
    expect(isSame(comparison)).toBe(false);
  });

  it.each<[what: string, happenings: Payload[], before: string, after: string]>([
    ['that came in addition', whole, 'not-reported', 'counting'],
    ['that was refused', [...whole.slice(1), refused('jia', '2023-01')], 'not-reported', 'refused'],
  ])('is where a return stands %s', (_, happenings, before, after) => {
    const partly = whole.slice(1);
    expect(compared(compose(partly), compose(happenings), happenings).returns).toMatchObject([
      { department: 'jia', period: '2023-01', before: { standing: before }, after: { standing: after } },
    ]);
  });

  it('is a return that is expected only before, or only after', () => {
    const { returns } = compose(whole);
    const [one, ...others] = returns;
    expect(changed({ returns: others }, { returns }).returns).toEqual([
      { department: one!.department, period: one!.period, before: null, after: one },
    ]);
    expect(changed({ returns }, { returns: others }).returns).toEqual([
      { department: one!.department, period: one!.period, before: one, after: null },
    ]);
  });

  it('is what became of a return, though nothing else of it changed', () => {
    const { returns } = compose([]);
    const [held, declined] = (['held', 'declined'] as const).map((standing) =>
      returns.map((row) => ({ ...row, standing })),
    );
    expect(changed({ returns: held! }, { returns: declined! }).returns).toHaveLength(returns.length);
  });

  it('is not which upload of the same version counts, nor that time went by', () => {
    const { returns } = compose(whole.slice(1));
    const later = returns.map((row) => ({ ...row, counted: null }));
    const early = returns.map((row) =>
      row.standing === 'not-reported' ? { ...row, standing: 'not-due' as const } : row,
    );
    expect(changed({ returns }, { returns: later }).returns).toEqual([]);
    expect(changed({ returns: early }, { returns }).returns).toEqual([]);
  });

  it('is each catalogue that was adopted since', () => {
    const { adoptions } = compose(whole);
    const second = { ...adoptions[0]!, reason: '改单位' };
    const comparison = changed({ adoptions }, { adoptions: [...adoptions, second] });
    expect(comparison.adoptions).toEqual([second]);
    expect(isSame(comparison)).toBe(false);
  });
});

const answer = { as: 'department', by: '李四', at: '2023-03-01T00:00:00.000Z', reason: '属实' } as const;
const warning = (id: string, acknowledged: Warning['acknowledged'] = null): Warning => ({
  ...{ id: sha256(id), department: 'jia', period: '2023-01', settledBy: 'department' },
  ...{ finding: { rule: 'outlier', severity: 'warning', message: '相差很大。' } },
  ...{ acknowledged, explained: null },
});

describe('what became of a warning', () => {
  it.each<[before: Warning[], after: Warning[], turns: string[]]>([
    [[], [warning('one')], ['appeared']],
    [[warning('one')], [], ['gone']],
    [[warning('one')], [warning('one', answer)], ['acknowledged']],
    [[warning('one', answer)], [warning('one', { ...answer, reason: '核实过' })], ['acknowledged']],
    [[warning('one', answer)], [warning('one')], ['reopened']],
    [[warning('one', answer)], [warning('one', answer)], []],
    [
      [warning('one'), warning('two')],
      [warning('two'), warning('three')],
      ['appeared', 'gone'],
    ],
  ])('%# is told', (before, after, turns) => {
    const { warnings } = changed({ warnings: before }, { warnings: after });
    expect(warnings.map(({ turn }) => turn)).toEqual(turns);
    for (const { turn, warning: about } of warnings)
      expect(turn === 'gone' ? before : after).toContainEqual(about);
  });
});

describe('last year’s figures that others stand in place of', () => {
  const base = (value: '10' | '11', missing = 0) => ({ value, missing, change: '1', rate: '10' }) as const;
  const row = (
    period: '2023-01' | '2023-02',
    lastYear: PeriodComparison['lastYear'],
    toDate = lastYear,
  ): PeriodComparison => ({
    ...{ indicator: 'a', period, value: '11', missing: 0, before: null, lastYear },
    toDate: { value: '11', missing: 0, lastYear: toDate },
  });
  const two = [row('2023-01', base('10'))];
  const source = (number: number) =>
    ({ kind: 'publication', year: 2022, number, digest: sha256(`${number}`) }) as const;

  it.each<[what: string, before: PeriodComparison[], after: PeriodComparison[], isTold: boolean]>([
    ['another figure', [row('2023-01', base('10'))], [row('2023-01', base('11'))], true],
    ['another to date', [row('2023-01', base('10'))], [row('2023-01', base('10'), base('11'))], true],
    ['more that is missing', [row('2023-01', base('10'))], [row('2023-01', base('10', 1))], true],
    ['one where there was none', [row('2023-01', null)], [row('2023-01', base('10'))], true],
    ['one of several', [...two, row('2023-02', base('10'))], [...two, row('2023-02', base('11'))], true],
    ['the same', two, two, false],
    [
      'one of a period that is new',
      [row('2023-01', base('10'))],
      [row('2023-01', base('10')), row('2023-02', base('11'))],
      false,
    ],
    [
      'the same, where only this year’s own figure changed',
      [row('2023-01', base('10'))],
      [row('2023-01', { ...base('10'), change: '5', rate: '50' })],
      false,
    ],
  ])('are told with where they are from: %s', (_, before, after, isTold) => {
    const comparison = changed(
      { comparisons: before, comparedWith: source(1) },
      { comparisons: after, comparedWith: source(2) },
    );
    expect(comparison.comparedWith).toEqual(isTold ? { before: source(1), after: source(2) } : null);
    expect(isSame(comparison)).toBe(!isTold);
  });
});
