import { describe, expect, it } from 'vitest';
import { cellId } from '../../../shared/core/catalogue/tables.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { linkedFigures } from '../../../shared/report/linked.ts';
import { paragraphsIn } from '../../../shared/report/template.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { openParts } from '../../../shared/report/written-parts.ts';
import { wordElements } from '../../../shared/report/xml.ts';
import { finalPublication } from '../../fixtures/publication.ts';
import { partsOf, templateOf } from '../../fixtures/word-documents.ts';
import { catalogueOf, indicator, narrative } from '../core/small-year.ts';

const catalogue = catalogueOf({
  indicators: [indicator('a')],
  tables: [
    {
      ...{ id: 'xxgk', name: '政府信息公开申请情况', unit: '件', definition: '本年收到的申请', kind: 'flow' },
      reporters: 'all',
    },
  ],
  lines: [
    { table: 'xxgk', axis: 'row', id: 'new', name: '本年新收' },
    { table: 'xxgk', axis: 'row', id: 'old', name: '上年结转' },
    { table: 'xxgk', axis: 'column', id: 'person', name: '自然人' },
    { table: 'xxgk', axis: 'column', id: 'all', name: '总计' },
  ],
  narratives: [narrative('best', { name: '典型做法' })],
});

/** A publication of the catalogue with a number in each cell, and what two departments wrote. */
function published(): Publication {
  const made = finalPublication();
  const [total] = made.totals;
  const cells = ['new', 'old'].flatMap((row) =>
    ['person', 'all'].map((column) => cellId('xxgk', row, column)),
  );
  const source = made.observations[0]!;
  const {
    indicator: _indicator,
    status: _status,
    value: _value,
    items: _items,
    unit: _unit,
    remark: _remark,
    ...cited
  } = source;
  const text = (department: string, written: string) => ({
    ...cited,
    narrative: 'best',
    department,
    text: written,
  });
  return {
    ...made,
    totals: cells.map((id, index) => ({
      ...total!,
      indicator: id,
      name: id,
      value: `${index + 11}` as typeof source.value,
    })),
    texts: [text('jia', '先做一步。\n再做一步。'), text('yi', '【年份】<b>做法</b>')],
  };
}

const opened = (template: string) => {
  const source = { publication: published(), catalogue };
  return openParts(partsOf(writeReport(templateOf(template), source)));
};
const linesOf = (template: string) => paragraphsIn(opened(template)).map(({ text }) => text);

describe('what takes more than a line in a report', () => {
  it('is a table of the catalogue as that very grid, its heading repeated on each page, every figure linked', () => {
    const parts = opened('【政府信息公开申请情况】');
    const [table] = wordElements(parts.get('word/document.xml')!, 'tbl');
    const rows = wordElements(table!, 'tr').map((row) =>
      wordElements(row, 'tc').map((cell) =>
        wordElements(cell, 't')
          .map((text) => text.textContent)
          .join(''),
      ),
    );
    expect(rows).toEqual([
      ['项目', '自然人', '总计'],
      ['本年新收', '11', '12'],
      ['上年结转', '13', '14'],
    ]);
    expect(wordElements(table!, 'tblHeader')).toHaveLength(1);
    expect(linkedFigures(parts).map(({ text }) => text)).toEqual(['11', '12', '13', '14']);
    expect(linesOf('【政府信息公开申请情况】')[0]).toBe('政府信息公开申请情况（单位：件）');
  });

  it('is what departments wrote, each after its name, a paragraph a line, word for word', () => {
    expect(linesOf('【典型做法】').slice(0, 3)).toEqual([
      '甲局：先做一步。',
      '再做一步。',
      '乙局：【年份】<b>做法</b>',
    ]);
  });

  it('is one department’s text in a line where it is named', () => {
    expect(linesOf('甲局的做法：【典型做法：甲局】完。')[0]).toBe('甲局的做法：先做一步。再做一步。完。');
  });
});
