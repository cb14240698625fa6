import { describe, expect, it } from 'vitest';
import { readBaselineFile } from '../../../../functions/use-cases/baseline-file.ts';
import { sampleCatalogue } from '../../../../shared/catalogue/sample.ts';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { baselineRules } from '../../../../shared/workbook/baseline/baseline-findings.ts';
import { readBaselineWorkbook } from '../../../../shared/workbook/baseline/baseline-reader.ts';
import { writeBaselineWorkbook } from '../../../../shared/workbook/baseline/baseline-writer.ts';
import { readWorkbook } from '../../../../shared/workbook/reading/read-workbook.ts';
import {
  changedBaseline,
  type Figure,
  filledBaseline,
  inMonths,
  type OpenBaseline,
} from '../../../fixtures/filled-baseline.ts';
import { usual } from '../../../fixtures/two-years.ts';
import { catalogueOf, indicator, smallTable } from '../../core/small-year.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const grid = smallTable({ reporters: ['jia'] });
/** A table whose first cell is called as that of the other. */
const twins = {
  tables: [...grid.tables, { ...grid.tables[0], id: 'twin', name: '另一张表' }],
  lines: [...grid.lines, ...[0, 3].map((index) => ({ ...grid.lines[index]!, table: 'twin' }))],
};
/** One of each kind, and two tables; 乙局 reports x alone. */
const catalogue: Catalogue = catalogueOf({
  months,
  indicators: [
    indicator('x'),
    indicator('stock', 'stock', { unit: '人', reporters: ['jia'] }),
    indicator('own', 'flow', { overDepartments: 'none', reporters: ['jia'] }),
    indicator('list', 'list', { reporters: ['jia'] }),
    indicator('winter', 'flow', { months: [11, 12], reporters: ['jia'] }),
    indicator('money', 'flow', {
      unit: '万元',
      decimals: 2,
      alsoIn: [{ unit: '元', factor: '0.0001' }],
      reporters: ['jia'],
    }),
    indicator('both', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'winter' }] }),
  ],
  ...twins,
});

async function read(bytes: Uint8Array, of: Catalogue = catalogue) {
  return readBaselineWorkbook(await readWorkbook(bytes), of);
}

async function rowsAfter(figures: readonly Figure[]) {
  const reading = await read(await filledBaseline(catalogue, figures));
  return reading.kind === 'figures' ? reading.rows : reading.findings;
}

const x = '指标x';
const cell = '收到·个人（grid-ra-ca）';

describe('the workbook of a baseline', () => {
  it('is the same bytes for the same catalogue', async () => {
    expect(await writeBaselineWorkbook(catalogue)).toEqual(await writeBaselineWorkbook(catalogue));
  });

  it('has rows of the city and of each department for what each reports, and says so when nothing is filled in', async () => {
    const seen: string[] = [];
    await changedBaseline(catalogue, ({ sheet, header }) => {
      for (let row = header; row <= sheet.rowCount; row++) {
        seen.push((sheet.getRow(row).values as string[]).slice(1).join(' '));
      }
    });
    expect(seen[0]).toBe('部门 指标 计量单位 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 全年');
    expect(seen).toContain('全市 指标stock 人');
    expect(seen).toContain('甲局 指标own 件');
    expect(seen).toContain(`甲局 ${cell} 件`);
    expect(seen).not.toContain('全市 指标own 件');
    expect(seen).not.toContain('乙局 指标stock 人');
    expect(seen.some((row) => row.includes('指标both') || row.includes('合计'))).toBe(false);
    expect((await read(await writeBaselineWorkbook(catalogue))).findings).toMatchObject([
      { rule: 'baseline-empty' },
    ]);
  });

  it('is read back as it was filled in', async () => {
    const figures: Figure[] = [
      ['全市', '指标stock', '全年', 40],
      ['全市', '指标list', '全年', 7],
      ['甲局', '指标winter', '11月', 3],
      ['甲局', cell, '全年', '1,200'],
      ['甲局', '指标money', '全年', '12345600元'],
      ...inMonths('甲局', x, usual),
    ];
    const row = (department: string | null, of: string, values: Record<string, string>) => ({
      department,
      indicator: of,
      values,
    });
    const monthly = usual.map((figure, index) => [`2022-${`${index + 1}`.padStart(2, '0')}`, `${figure}`]);
    expect(await rowsAfter(figures)).toEqual([
      row(null, 'stock', { '2022': '40' }),
      row(null, 'list', { '2022': '7' }),
      row('jia', 'x', Object.fromEntries(monthly)),
      row('jia', 'winter', { '2022-11': '3' }),
      row('jia', 'money', { '2022': '1234.56' }),
      row('jia', 'grid-ra-ca', { '2022': '1200' }),
    ]);
  });

  it('is found by its headings, wherever it has gone and however things are called', async () => {
    const bytes = await changedBaseline(catalogue, ({ sheet, header, rowOf, columnOf }) => {
      sheet.name = '我们的数';
      sheet.getCell(header, columnOf('全年')).value = '2022年';
      const row = rowOf('甲局', '指标stock');
      sheet.getCell(row, 1).value = 'jia';
      sheet.getCell(row, 2).value = 'stock';
      sheet.getCell(row, columnOf('2022年')).value = 5;
      sheet.getCell(rowOf('全市', '指标stock'), 1).value = '测试市';
    });
    expect(await read(bytes)).toMatchObject({
      kind: 'figures',
      rows: [{ department: 'jia', indicator: 'stock', values: { '2022': '5' } }],
    });
  });

  const at =
    (department: string, of: string, column: string, typed: string | number) =>
    ({ sheet, rowOf, columnOf }: OpenBaseline) => {
      sheet.getCell(rowOf(department, of), columnOf(column)).value = typed;
    };
  const named =
    (what: '部门' | '指标', typed: string) =>
    ({ sheet, rowOf, columnOf }: OpenBaseline) => {
      const row = rowOf('甲局', '指标stock');
      sheet.getCell(row, columnOf('全年')).value = 5;
      sheet.getCell(row, columnOf(what)).value = typed;
    };
  const all =
    (...changes: ((open: OpenBaseline) => void)[]) =>
    (open: OpenBaseline) => {
      for (const change of changes) change(open);
    };

  const wrong: [what: string, line: RegExp, change: (open: OpenBaseline) => void][] = [
    ['no sheet', /^baseline-sheet-missing /, ({ sheet, header }) => sheet.spliceRows(header, 1)],
    ['nothing', /^baseline-empty /, () => undefined],
    [
      'a department that nobody has',
      /^baseline-name-unknown A\d+ .*没有部门“丙局”.*写“全市”/,
      named('部门', '丙局'),
    ],
    [
      'an indicator that nobody has',
      /^baseline-name-unknown B\d+ .*没有指标“指标stoc”（是不是“指标stock”？）/,
      named('指标', '指标stoc'),
    ],
    [
      'a name of two indicators',
      /^baseline-name-ambiguous B\d+ .*有几个指标都叫“收到·个人”/,
      named('指标', '收到·个人'),
    ],
    ['no department', /^baseline-name-missing A\d+ .*没有写部门/, named('部门', '')],
    ['no indicator', /^baseline-name-missing B\d+ .*没有写指标/, named('指标', '')],
    ['what is computed', /^baseline-computed B\d+ “指标both”由其他指标计算/, named('指标', '指标both')],
    ['what is not reported', /^baseline-not-reporter A\d+ .*“乙局”不报送“指标stock”/, named('部门', '乙局')],
    [
      'a city where there is none',
      /^baseline-no-city A\d+ “指标own”由各部门分别计数/,
      all(named('部门', '全市'), ({ sheet, rowOf }) => {
        sheet.getCell(rowOf('全市', '指标stock'), 2).value = '指标own';
        sheet.getCell(rowOf('全市', '指标own'), 16).value = 5;
      }),
    ],
    [
      'a month that is not asked for',
      /^baseline-not-asked D\d+ “指标winter”不报这一期，只能填：11月、12月、全年/,
      at('甲局', '指标winter', '1月', 5),
    ],
    [
      'a month of a list of the city',
      /^baseline-list-period D\d+ .*不能相加/,
      at('全市', '指标list', '1月', 5),
    ],
    ['a word', /^figure-not-a-number P\d+ /, at('全市', '指标stock', '全年', '五十')],
    ['too many decimals', /^figure-too-many-decimals P\d+ /, at('全市', '指标stock', '全年', 5.5)],
    ['a negative figure', /^baseline-negative P\d+ 这项指标不能是负数/, at('全市', '指标stock', '全年', -5)],
    ['不适用', /^(baseline|figure)-not-applicable P\d+ /, at('全市', '指标stock', '全年', '不适用')],
    ['a list of very many', /^figure-out-of-range P\d+ .*0 至 10000/, at('全市', '指标list', '全年', 10_001)],
    [
      'the same twice',
      /^baseline-figure-twice P\d+ .*在 P\d+ 已经填过/,
      all(named('部门', '全市'), at('全市', '指标stock', '全年', 5), ({ sheet, rowOf }) => {
        sheet.getCell(rowOf('全市', '指标stock') + 1, 2).value = '指标stock';
        sheet.getCell(rowOf('全市', '指标stock') + 1, 16).value = 5;
      }),
    ],
    [
      'a city that is not its departments',
      /^baseline-city-differs D\d+ “指标x”1月：全市填的是 5 件，各部门汇总为 4 件，相差 1 件/,
      all(at('全市', x, '1月', 5), at('甲局', x, '1月', 1), at('乙局', x, '1月', 3)),
    ],
    [
      'a year that is not its months',
      /^baseline-year-differs P\d+ “指标winter”：全年填的是 5 件，由各期得出的是 3 件，相差 2 件/,
      all(
        at('甲局', '指标winter', '11月', 1),
        at('甲局', '指标winter', '12月', 2),
        at('甲局', '指标winter', '全年', 5),
      ),
    ],
  ];

  it.each(wrong)('refuses %s, at its cell', async (_, line, change) => {
    const reading = await read(await changedBaseline(catalogue, change));
    expect(reading.kind).toBe('problems');
    for (const finding of reading.findings) expect(findingSchema.safeParse(finding).success).toBe(true);
    const lines = reading.findings.map(
      ({ rule, place, message, expected = '' }) => `${rule} ${place?.cell ?? ''} ${message} ${expected}`,
    );
    expect(
      lines.filter((each) => line.test(each)),
      lines.join('\n'),
    ).not.toEqual([]);
  });

  it('remarks on what will not be compared', async () => {
    const reading = await read(
      await changedBaseline(
        catalogue,
        all(at('全市', x, '全年', 5), at('全市', x, '1月', 2), ({ sheet, header }) => {
          sheet.getCell(header, 17).value = '去年备注';
        }),
      ),
    );
    expect([reading.kind, reading.findings.map(({ rule, severity }) => `${severity} ${rule}`)]).toEqual([
      'figures',
      ['warning baseline-column-unknown', 'warning baseline-not-computable'],
    ]);
  });

  it('says all at once, and marks it in a copy that can be mended and handed in again', async () => {
    const bytes = await changedBaseline(
      catalogue,
      all(at('全市', '指标stock', '全年', '五十'), at('甲局', '指标winter', '1月', 5), named('部门', '丙局')),
    );
    const first = await readBaselineFile({ bytes, catalogue });
    if (first.kind !== 'problems' || first.marked === undefined) throw new Error('it has no problems');
    expect(first.findings.map(({ rule }) => rule)).toEqual([
      'figure-not-a-number',
      'baseline-name-unknown',
      'baseline-not-asked',
    ]);
    const again = await read(first.marked);
    expect(again.findings.map(({ rule }) => rule)).toEqual(first.findings.map(({ rule }) => rule));
  });

  it('has a case here for each of its findings', () => {
    const tried = wrong.map(([, line]) => line);
    const remarked = ['baseline-column-unknown', 'baseline-not-computable'];
    const untried = Object.keys(baselineRules).filter(
      (rule) =>
        !remarked.includes(rule) &&
        !tried.some(
          ({ source }) =>
            source.includes(rule) || source.includes(rule.replace('baseline', '(baseline|figure)')),
        ),
    );
    expect(untried).toEqual([]);
  });

  it('takes the sample: fifty figures of the whole year', async () => {
    const sample = sampleCatalogue();
    let count = 0;
    const bytes = await changedBaseline(sample, ({ sheet, header, columnOf }) => {
      for (let row = header + 1; row <= sheet.rowCount && count < 50; row++) {
        if (sheet.getCell(row, 1).value === '全市') sheet.getCell(row, columnOf('全年')).value = ++count;
      }
    });
    const reading = await read(bytes, sample);
    expect(reading.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(reading.kind === 'figures' && reading.rows.length).toBe(50);
  });
});
