import { describe, expect, it } from 'vitest';
import { maxRemarkLength } from '../../../../shared/core/catalogue/narratives.ts';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import {
  type RemarkSaid,
  readRemarks,
  remarkSaidSchema,
  remarksByIndicator,
} from '../../../../shared/core/returns/remark.ts';

const place = { sheet: '月报', cell: 'I6' };
const figure = { kind: 'figure', indicator: 'cases' } as const;
const row = { kind: 'row', table: 'grid', row: 'ra' } as const;
const text = (typed: string): Content => ({ kind: 'text', text: typed });

function read(on: typeof figure | typeof row, content: Content) {
  const result = readRemarks({ remarks: [{ on, name: '案件', entry: { content, computed: false, place } }] });
  for (const finding of result.findings) findingSchema.parse(finding);
  for (const said of result.said) remarkSaidSchema.parse(said);
  return result;
}

describe('what is written beside a figure, or at the end of a row', () => {
  it.each([
    ['a figure', figure],
    ['a row', row],
  ] as const)('is kept with what it is on and its cell: %s', (_, on) => {
    expect(read(on, text(' 专项行动\r\n多办 '))).toEqual({
      said: [{ ...on, text: '专项行动\n多办', place }],
      findings: [],
    });
  });

  it.each([
    ['nothing', { kind: 'blank' } as Content],
    ['blanks', text(' \t ')],
    ['what nobody sees', text('\u200b')],
  ])('is none where it is %s', (_, content) => {
    expect(read(figure, content)).toEqual({ said: [], findings: [] });
  });

  it('may be as long as a remark may be, and no longer', () => {
    expect(read(figure, text('字'.repeat(maxRemarkLength))).said).toHaveLength(1);
    const { said, findings } = read(figure, text('字'.repeat(maxRemarkLength + 1)));
    expect(said).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'text-too-long', severity: 'error', place, indicator: 'cases' }]);
    expect(findings[0]?.message).toContain('案件的说明');
  });

  it('that cannot be read is said of the figure, or of the row’s cell alone', () => {
    const onRow = read(row, text('甲\u202e乙'));
    expect(onRow.findings).toMatchObject([{ rule: 'text-reversed', place }]);
    expect(onRow.findings[0]).not.toHaveProperty('indicator');
  });
});

describe('remarks by the indicator that each is on', () => {
  const onFigure: RemarkSaid = { ...figure, text: '专项' };
  const onRow: RemarkSaid = { ...row, text: '并案' };
  const grids = [{ table: 'grid', columns: [{ column: 'ca' }, { column: 'cb' }] }] as never;

  it('are those of figures, and that of a row for each of its cells', () => {
    expect([...remarksByIndicator({ remarks: [onFigure, onRow], grids })]).toEqual([
      ['cases', onFigure],
      ['grid-ra-ca', onRow],
      ['grid-ra-cb', onRow],
    ]);
  });

  it('are none of a row whose table is not there, and none where none was written', () => {
    expect([...remarksByIndicator({ remarks: [{ ...onRow, table: 'other' }], grids })]).toEqual([]);
    expect([...remarksByIndicator({ remarks: [onRow] })]).toEqual([]);
    expect([...remarksByIndicator({})]).toEqual([]);
  });
});
