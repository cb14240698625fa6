import type ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparedPublication, finalPublication } from '../../../fixtures/publication.ts';
import { opened, recordOf, recordsOf, sheetOf, textsOf } from './opened-summary.ts';

describe('the sheets of comparisons', () => {
  let workbook: ExcelJS.Workbook;
  beforeAll(async () => {
    workbook = await opened(comparedPublication());
  });
  const shown = (record: Map<string, ExcelJS.Cell>) =>
    Object.fromEntries([...record].map(([heading, cell]) => [heading, cell.value]));

  it('say to which month', () => {
    expect(textsOf(sheetOf(workbook, '同比环比'))[0]).toBe('截至2023年10月的同比环比');
  });

  it('have the year to date, the month, and both beside last year and the month before', () => {
    expect(shown(recordOf(sheetOf(workbook, '同比环比'), '挽回经济损失'))).toMatchObject({
      本年累计: 65,
      上年同期: 211.1103,
      累计增减: -146.1103,
      累计同比: -69.2,
      本期: 11,
      上年本期: '—',
      上期: 10,
      比上期增减: 1,
      环比: 10,
      截至: '2023年10月',
      待补: '上年缺 1 份',
    });
  });

  it('mark what is compared with something missing, and nothing else', () => {
    const record = recordOf(sheetOf(workbook, '同比环比'), '挽回经济损失');
    const marked = [...record]
      .filter(([, { fill }]) => fill?.type === 'pattern' && fill.pattern === 'solid')
      .map(([heading]) => heading);
    expect(marked).toEqual(['上年同期', '累计增减', '累计同比']);
  });

  it('say percentages in points, without a rate', () => {
    const record = recordOf(sheetOf(workbook, '同比环比'), '按时办结率');
    expect(shown(record)).toMatchObject({
      本年累计: 95,
      上年同期: 85,
      累计增减: 10,
      累计同比: '—',
      待补: '',
    });
    expect(record.get('累计增减')?.numFmt).toBe('+#,##0"个百分点";-#,##0"个百分点";#,##0"个百分点"');
  });

  it('have every month on the other sheet', () => {
    const rows = recordsOf(sheetOf(workbook, '各期比较')).map(shown);
    const september = rows.find((row) => row.指标 === '法治专题学习次数' && row.报告期 === '2023年9月');
    expect(september).toMatchObject({ 本期: 18, 上年本期: 27, 增减: -9, 同比: -33.3, 待补: '缺 1 份' });
    expect(rows.filter((row) => row.指标 === '法治专题学习次数')).toHaveLength(10);
  });

  it('have dashes where last year is not known', async () => {
    const alone = await opened(finalPublication());
    const row = shown(recordOf(sheetOf(alone, '同比环比'), '官方账号'));
    expect(row).toMatchObject({ 上年同期: '—', 累计增减: '—', 累计同比: '—', 截至: '2023年12月', 待补: '' });
  });
});
