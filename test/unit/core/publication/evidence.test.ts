import { describe, expect, it } from 'vitest';
import { checkCode } from '../../../../shared/core/ledger/check-code.ts';
import { evidenceCodes, publicationCode } from '../../../../shared/core/publication/evidence.ts';
import type { Lineage } from '../../../../shared/core/totals/total.ts';
import { canonicalJson, digestOf, sha256 } from '../../../../shared/core/values/digest.ts';
import { finalPublication } from '../../../fixtures/publication.ts';

/** The check code of a figure, in a publication in which each observation of an indicator is as `change` has it. */
function codeOf(figure: string, of: string, change: (row: Lineage) => Lineage): string {
  const { totals, observations } = finalPublication();
  const changed = observations.map((row) => (row.indicator === of ? change(row) : row));
  return evidenceCodes({ totals, observations: changed })(totals.find((one) => one.indicator === figure)!);
}

const asItIs = (row: Lineage) => row;
const another: Record<string, (row: Lineage) => Lineage> = {
  'another event of the ledger': (row) => ({ ...row, ledger: { ...row.ledger, hash: sha256('another') } }),
  'another value': (row) => ({ ...row, value: '4711' as never }),
  'another unit': (row) => ({ ...row, unit: '次' }),
  'another item': (row) => ({ ...row, items: ['另一项'] }),
  'another sheet': (row) => ({ ...row, cell: { ...row.cell, sheet: '另一张' } }),
  'another cell': (row) => ({ ...row, cell: { ...row.cell, cell: 'Z99' } }),
  'other words beside it': (row) => ({ ...row, remark: '另有说明' }),
  'another period': (row) => ({ ...row, period: '2030-01' as never }),
  'another department': (row) => ({ ...row, department: '另一个' }),
  'another standing': (row) => ({ ...row, status: 'not-applicable' }),
};

describe('the check code of a publication', () => {
  it('is that of its digest', () => {
    const { digest } = finalPublication();
    expect(publicationCode({ digest })).toBe(checkCode({ hash: digest }));
    expect(publicationCode({ digest: sha256('other') })).not.toBe(publicationCode({ digest }));
  });
});

describe('the check code of a figure', () => {
  it('is of nothing but the figure where nothing was reported', () => {
    const { totals } = finalPublication();
    const due = totals.find((one) => one.indicator === 'due')!;
    const { indicator, value, unit } = due;
    expect(evidenceCodes({ totals, observations: [] })(due)).toBe(
      checkCode({ hash: digestOf({ indicator, value, unit, returns: [] }) }),
    );
  });

  it('is made of lines as FORMAT.md says', () => {
    const { totals, observations } = finalPublication();
    const due = totals.find((one) => one.indicator === 'due')!;
    const { indicator, value, unit } = due;
    const ofReturn = Map.groupBy(observations, ({ department, period }) => `${department} ${period}`);
    const returns = observations
      .filter((row) => row.indicator === 'due')
      .map(({ department, period }) => {
        const lines = ofReturn.get(`${department} ${period}`)!.map((row) => {
          const { items = null, remark = null, cell, ledger } = row;
          const said = [row.indicator, department, period, row.status, row.value, items, row.unit, remark];
          return `${canonicalJson([...said, cell.sheet ?? null, cell.cell ?? null, ledger.hash])}\n`;
        });
        return sha256(lines.join(''));
      });
    const hash = sha256(canonicalJson({ indicator, value, unit, returns }));
    expect(returns.length).toBeGreaterThan(1);
    expect(evidenceCodes({ totals, observations })(due)).toBe(checkCode({ hash }));
  });

  it.each([
    ['another value', { value: '4711' as never }],
    ['another unit', { unit: '次' }],
  ])('is another of %s', (_, change) => {
    const { totals, observations } = finalPublication();
    const due = totals.find((one) => one.indicator === 'due')!;
    const codeOfOne = evidenceCodes({ totals, observations });
    expect(codeOfOne({ ...due, ...change })).not.toBe(codeOfOne(due));
  });

  it.each([
    ['that departments report', 'due', ['due']],
    ['that is a list', 'works', ['works']],
    ['that is a share, for either part', 'on-time-rate', ['on-time', 'due']],
    ['that adds up others, for each of them', 'overdue', ['due', 'on-time']],
  ])('%s changes with all that it rests on', (_, figure, parts) => {
    for (const part of parts) {
      const codes = Object.values(another).map((change) => codeOf(figure, part, change));
      expect(new Set([...codes, codeOf(figure, part, asItIs)]).size).toBe(codes.length + 1);
    }
  });

  it('stays where another return says something', () => {
    const { totals, observations } = finalPublication();
    const due = totals.find((one) => one.indicator === 'due')!;
    const works = observations.find((row) => row.indicator === 'works')!;
    const other: Lineage = { ...works, department: '另一个', upload: '0123456789abcdef' as never };
    const codes = [observations, [...observations, other]].map((rows) =>
      evidenceCodes({ totals, observations: rows })(due),
    );
    expect(codes[1]).toBe(codes[0]);
  });
});
