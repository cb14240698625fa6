import { describe, expect, it } from 'vitest';
import { checkCode } from '../../../../shared/core/ledger/check-code.ts';
import { evidenceCodes, publicationCode } from '../../../../shared/core/publication/evidence.ts';
import type { Lineage } from '../../../../shared/core/totals/total.ts';
import { canonicalJson, digestOf, digestOfEach, sha256 } from '../../../../shared/core/values/digest.ts';
import { finalPublication } from '../../../fixtures/publication.ts';

/** The check code of a figure, in a publication in which each observation of an indicator is as `change` has it. */
function codeOf(figure: string, of: string, change: (row: Lineage) => Lineage): string {
  const { totals, observations } = finalPublication();
  const changed = observations.map((row) => (row.indicator === of ? change(row) : row));
  return evidenceCodes({ totals, observations: changed })(totals.find((one) => one.indicator === figure)!);
}

const asItIs = (row: Lineage) => row;
const otherwise: Record<string, (row: Lineage) => Lineage> = {
  'another cell': (row) => ({ ...row, cell: { ...row.cell, cell: 'Z99' } }),
  'another file': (row) => ({ ...row, file: { ...row.file, sha256: '0'.repeat(64) as never } }),
  'another uploader': (row) => ({ ...row, uploader: '别人' }),
  'another time': (row) => ({ ...row, uploadedAt: '2030-01-01T00:00:00.000Z' as never }),
  'other words beside it': (row) => ({ ...row, remark: '另有说明' }),
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
      checkCode({ hash: digestOf({ indicator, value, unit, observations: digestOfEach([]) }) }),
    );
  });

  it('is made of lines as FORMAT.md says', () => {
    const { totals, observations } = finalPublication();
    const due = totals.find((one) => one.indicator === 'due')!;
    const { indicator, value, unit } = due;
    const lines = observations
      .filter((row) => row.indicator === 'due')
      .map((row) => {
        const [file, ledger] = [row.file, row.ledger].map((each) => sha256(canonicalJson(each)));
        return `${canonicalJson({ ...row, file, ledger })}\n`;
      });
    const hash = sha256(canonicalJson({ indicator, value, unit, observations: sha256(lines.join('')) }));
    expect(lines.length).toBeGreaterThan(1);
    expect(evidenceCodes({ totals, observations })(due)).toBe(checkCode({ hash }));
  });

  it.each([
    ['that departments report', 'due', ['due']],
    ['that is a list', 'works', ['works']],
    ['that is a share, for either part', 'on-time-rate', ['on-time', 'due']],
    ['that adds up others, for each of them', 'overdue', ['due', 'on-time']],
  ])('%s changes with all that it rests on', (_, figure, parts) => {
    for (const part of parts) {
      const codes = Object.values(otherwise).map((change) => codeOf(figure, part, change));
      expect(new Set([...codes, codeOf(figure, part, asItIs)]).size).toBe(codes.length + 1);
    }
  });

  it('stays where something else changes', () => {
    for (const change of Object.values(otherwise)) {
      expect(codeOf('overdue', 'works', change)).toBe(codeOf('overdue', 'works', asItIs));
    }
  });
});
