import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { readWorkbook } from '../../../../shared/workbook/reading/read-workbook.ts';
import { contents, sheetNames } from '../../../../shared/workbook/summary/sheet-names.ts';
import { writeSummaryWorkbook } from '../../../../shared/workbook/summary/summary-workbook.ts';
import { finalPublication, fixtureLedger, provisionalPublication } from '../../../fixtures/publication.ts';
import { frozenIn, opened, openedLineage, recordOf, recordsOf, sheetOf, textsOf } from './opened-summary.ts';

describe('the summary workbook of a final publication', () => {
  let workbook: ExcelJS.Workbook;
  let bytes: Uint8Array;
  const publication = finalPublication();
  beforeAll(async () => {
    bytes = await writeSummaryWorkbook(publication);
    workbook = await opened(publication);
  });

  it('is the same bytes for the same publication', async () => {
    expect(sha256(await writeSummaryWorkbook(finalPublication()))).toBe(sha256(bytes));
  });

  it('is read by our own reader without errors', async () => {
    const { sheets, findings } = await readWorkbook(bytes);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(sheets.map(({ name }) => name)).toEqual(Object.values(sheetNames));
  });

  it('says on the cover that it is final, what it is made from, and that the split is made up', () => {
    const cover = textsOf(sheetOf(workbook, '封面')).join('\n');
    for (const said of ['最终', '示范市', '第 1 次发布', '2024-01-15 09:00', '制表']) {
      expect(cover).toContain(said);
    }
    const facts = textsOf(sheetOf(workbook, '发布信息')).join('\n');
    for (const said of [publication.catalogue, publication.digest, publication.software]) {
      expect(facts).toContain(said);
    }
    expect(workbook.worksheets.at(-1)?.name).toBe('发布信息');
    expect(cover).toContain(publication.notice);
    expect(cover).not.toContain('缺少的报表');
  });

  it('links the contents on the cover to the sheets, and to nothing outside', () => {
    const parts = unzipSync(bytes);
    const cover = strFromU8(parts['xl/worksheets/sheet1.xml']!);
    expect(cover.match(/<hyperlink [^>]*>/g)).toHaveLength(contents.length);
    const targets = Object.keys(parts)
      .filter((path) => path.includes('worksheets/_rels'))
      .flatMap((path) =>
        [...strFromU8(parts[path]!).matchAll(/<Relationship [^>]*>/g)].map(([each]) => each),
      );
    expect(targets).toEqual([expect.stringMatching(/ Target="\.\.\/drawings\/drawing-charts\d+\.xml"\/>$/)]);
  });

  it('prints pictures on A4 too', () => {
    const { pageSetup, headerFooter } = sheetOf(workbook, sheetNames.charts);
    expect(pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
    });
    expect(headerFooter.oddHeader).toContain('样例数据');
  });

  const tables = contents.map(({ sheet }) => sheet).filter((name) => name !== sheetNames.charts);
  it.each(tables)('has filters, frozen headers and A4 pages on %s', (name) => {
    const sheet = sheetOf(workbook, name);
    const header = frozenIn(sheet).rows;
    expect(header).toBeGreaterThan(2);
    expect(frozenIn(sheet).columns).toBeGreaterThan(0);
    expect(String(sheet.autoFilter)).toMatch(new RegExp(`^A${header}:`));
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 });
    expect(sheet.pageSetup.printTitlesRow).toBe(`${header}:${header}`);
    expect(sheet.headerFooter.oddHeader).toContain('示范市2023年');
    expect(sheet.headerFooter.oddHeader).toContain('样例数据');
    expect(sheet.headerFooter.oddFooter).toContain('第 &P 页，共 &N 页');
    expect(strFromU8(unzipSync(bytes)[`xl/worksheets/sheet${sheet.id}.xml`]!)).not.toContain(
      'sheetProtection',
    );
  });

  it.each([
    ['法治专题学习次数', 234, '#,##0', '230余'],
    ['按时办结率', 95, '#,##0"%"', '95%'],
    ['法治文艺作品', 12, '#,##0', '12'],
  ])('writes the total of %s as a number with the prose beside it', (indicator, value, format, prose) => {
    const record = recordOf(sheetOf(workbook, '年度汇总'), indicator);
    expect(record.get('年度数')?.value).toBe(value);
    expect(record.get('年度数')?.numFmt).toBe(format);
    expect(record.get('报告写法')?.value).toBe(prose);
    expect(record.get('状态')?.value).toBe('最终');
  });

  it.each([
    ['法治专题学习次数', '一（一） =坚持党的领导'],
    ['挽回经济损失', '一（二） 完善制度体系'],
  ])('heads %s with its section', (indicator, section) => {
    for (const sheet of ['年度汇总', '指标口径']) {
      const cell = recordOf(sheetOf(workbook, sheet), indicator).get('章节');
      expect([cell?.value, cell?.type]).toEqual([section, ExcelJS.ValueType.String]);
    }
  });

  it('keeps numerator and denominator beside a ratio', () => {
    const record = recordOf(sheetOf(workbook, '年度汇总'), '按时办结率');
    expect([record.get('分子')?.value, record.get('分母')?.value]).toEqual([228, 240]);
  });

  it('gives no figure for the city where departments count for themselves', () => {
    const total = recordOf(sheetOf(workbook, '年度汇总'), '参加法治赶场');
    expect([total.get('年度数')?.value, total.get('状态')?.value]).toEqual(['—', '分部门']);
    expect(recordOf(sheetOf(workbook, '按部门'), '参加法治赶场').get('市公安局')?.value).toBeTypeOf('number');
  });

  it('leaves a department blank that does not report an indicator', () => {
    const record = recordOf(sheetOf(workbook, '按部门'), '挽回经济损失');
    expect([record.get('市司法局')?.value, record.get('市公安局')?.value]).toEqual([90, null]);
    expect(record.get('市司法局')?.numFmt).toBe('#,##0.0000');
  });

  it('gives each month its own figure', () => {
    expect(recordOf(sheetOf(workbook, '按期'), '法治专题学习次数').get('2月')?.value).toBe(6);
  });

  it('says how each indicator is added up', () => {
    const record = recordOf(sheetOf(workbook, '指标口径'), '官方账号');
    expect([
      record.get('类型')?.value,
      record.get('跨月汇总')?.value,
      record.get('跨部门汇总')?.value,
    ]).toEqual(['存量（期末数）', '取最后一期', '各部门相加']);
  });

  it('says that a first publication has nothing to compare with', () => {
    expect(textsOf(sheetOf(workbook, '变动'))).toContain('首次发布，没有可比的上一次发布。');
  });
});

describe('the summary workbook of a provisional publication', () => {
  let workbook: ExcelJS.Workbook;
  beforeAll(async () => {
    workbook = await opened(provisionalPublication());
  });

  it('says on the cover what is missing, of whom and why', () => {
    const cover = textsOf(sheetOf(workbook, '封面')).join('\n');
    expect(cover).toContain('暂定');
    expect(cover).toContain('市公安局');
    expect(cover).toContain('2023年12月（2024-02-02 09:00 上传）：已报，暂存未计入');
    expect(cover).toContain('2023年11月（2023-11-27 11:00 上传）：退回，未重报');
    expect(cover).toContain('2023年12月：未报');
  });

  it('marks each return with a sign and a word', () => {
    const records = recordsOf(sheetOf(workbook, '报送情况'));
    const marks = records.map((record) => ['11月', '12月'].map((month) => record.get(month)?.value));
    expect(marks).toEqual([
      ['● 已报', '● 已报'],
      ['● 已报', '△ 暂存'],
      ['× 退回', '○ 未报'],
    ]);
  });

  it('gives the reasons beside a provisional total', () => {
    const record = recordOf(sheetOf(workbook, '年度汇总'), '法治专题学习次数');
    expect(record.get('状态')?.value).toBe('暂定');
    expect(record.get('报表覆盖')?.value).toBe('33/36 份');
    expect(record.get('说明')?.value).toContain('缺少 3 份月报（应报 36 份）');
  });

  it('lists held returns', () => {
    const held = recordsOf(sheetOf(workbook, '待处理校验结果')).find(
      (row) => row.get('处理情况')?.value === '暂存',
    );
    expect(held?.get('部门')?.value).toBe('市公安局');
    expect(held?.get('说明')?.value).toContain('在最迟报送日之后上传');
  });
});

describe('what departments type', () => {
  const hostile = '=HYPERLINK("http://evil.example","x")';

  it('is never a formula or a link, wherever it shows', async () => {
    const ledger = fixtureLedger({
      as: {
        fileName: hostile,
        uploader: '@cmd',
        sheet: '+1',
        items: { works: ['-2+3', '＝1'] },
        values: { 'on-time': '19', due: '20' },
      },
    });
    const first = ledger.publication();
    ledger.recordPublication(first);
    ledger.accept({
      department: 'sfj',
      period: '2023-03',
      uploadedAt: '2024-01-20T01:00:00.000Z',
      reason: '\u3000=1+1',
      values: { sessions: '9' },
    });
    const publication = ledger.publication({ previous: first });
    const [workbook, lineage] = [await opened(publication), await openedLineage(publication)];
    for (const each of [workbook, lineage])
      each.eachSheet((sheet) =>
        sheet.eachRow((row) =>
          row.eachCell((cell) => {
            expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
            if (sheet.name !== '封面') expect(cell.type).not.toBe(ExcelJS.ValueType.Hyperlink);
            if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^[\s\u3000]*[=+\-@＝＋－＠]/);
          }),
        ),
      );
    expect(textsOf(sheetOf(lineage, '溯源'))).toContain(`'${hostile}`);
  });
});
