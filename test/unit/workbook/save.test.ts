import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { withoutFormulaGuard } from '../../../shared/core/values/text.ts';
import { safeText, saveWorkbook } from '../../../shared/workbook/save.ts';

function workbookWithEverything(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date('2024-01-15T01:00:00Z');
  workbook.modified = workbook.created;
  for (const name of ['甲', '乙']) {
    const sheet = workbook.addWorksheet(name, {
      pageSetup: { paperSize: 9, printTitlesRow: '1:1', printArea: 'A1:G20' },
    });
    sheet.getCell('A1').value = { text: '到乙', hyperlink: "#'乙'!A1" };
    sheet.getCell('A2').value = { text: '到区域', hyperlink: '#乙!A1:B2' };
    sheet.getCell('A3').note = '一条批注';
    sheet.getCell('A4').note = '又一条批注';
    sheet.getCell('B1').value = '原样的 _x0041_，非法的 \uffff 和 \ud800';
    for (let row = 2; row <= 20; row++) {
      sheet.getCell(`C${row}`).dataValidation = {
        type: 'decimal',
        operator: 'greaterThanOrEqual',
        formulae: [0],
        showInputMessage: true,
        prompt: '第一行\n第二行',
      };
    }
    sheet.addTable({ name: `表${name}`, ref: 'E1', columns: [{ name: '列' }], rows: [['值']] });
  }
  return workbook;
}

async function partsOf(workbook: ExcelJS.Workbook): Promise<Record<string, string>> {
  const parts = Object.entries(unzipSync(await saveWorkbook(workbook)));
  return Object.fromEntries(parts.map(([path, bytes]) => [path, strFromU8(bytes)]));
}

describe('saveWorkbook', () => {
  it('gives the same bytes for the same workbook, now and later', async () => {
    vi.useFakeTimers({ now: Date.parse('2024-01-15T01:00:00Z'), toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const first = await saveWorkbook(workbookWithEverything());
    vi.setSystemTime(Date.parse('2025-03-01T13:30:00Z'));
    expect(sha256(await saveWorkbook(workbookWithEverything()))).toBe(sha256(first));
  });

  it('gives the same bytes in every time zone', () => {
    const module = fileURLToPath(new URL('../../../shared/workbook/save.ts', import.meta.url));
    const program = `
      import ExcelJS from 'exceljs';
      import { createHash } from 'node:crypto';
      const { saveWorkbook } = await import(${JSON.stringify(module)});
      const workbook = new ExcelJS.Workbook();
      workbook.created = workbook.modified = new Date('2024-01-15T01:00:00Z');
      workbook.addWorksheet('甲').getCell('A1').value = 1;
      process.stdout.write(createHash('sha256').update(await saveWorkbook(workbook)).digest('hex'));`;
    const hashes = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Kiritimati'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ },
        cwd: fileURLToPath(new URL('../../..', import.meta.url)),
        encoding: 'utf8',
      }),
    );
    expect(new Set(hashes).size).toBe(1);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('puts the content types first and keeps no folders', async () => {
    const paths = Object.keys(await partsOf(workbookWithEverything()));
    expect(paths.slice(0, 2)).toEqual(['[Content_Types].xml', '_rels/.rels']);
    expect(paths.filter((path) => path.endsWith('/'))).toEqual([]);
  });

  it('keeps links inside the workbook inside, without a relationship', async () => {
    const parts = await partsOf(workbookWithEverything());
    const links = parts['xl/worksheets/sheet1.xml']?.match(/<hyperlink [^>]*>/g);
    expect(links).toEqual([
      '<hyperlink location="&apos;乙&apos;!A1" ref="A1"/>',
      '<hyperlink location="乙!A1:B2" ref="A2"/>',
    ]);
    expect(parts['xl/worksheets/_rels/sheet1.xml.rels']).not.toContain('External');
  });

  it('writes each validation once, for ranges that do not overlap, with the line breaks of its prompt', async () => {
    const sheet = (await partsOf(workbookWithEverything()))['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet.match(/ sqref="[^"]*"/g)).toEqual([' sqref="C2:C20"']);
    expect(sheet).toContain('<dataValidations count="1">');
    expect(sheet).toContain('prompt="第一行&#10;第二行"');
  });

  it('writes the drawing of notes before tables, as the schema orders them', async () => {
    const sheet = (await partsOf(workbookWithEverything()))['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).toMatch(/<legacyDrawing [^>]*><tableParts /);
  });

  it('numbers the shapes of notes through the whole workbook', async () => {
    const parts = await partsOf(workbookWithEverything());
    const shapes = [1, 2].flatMap((sheet) =>
      parts[`xl/drawings/vmlDrawing${sheet}.vml`]?.match(/_x0000_s\d+/g),
    );
    expect(shapes).toEqual(['_x0000_s1025', '_x0000_s1026', '_x0000_s2049', '_x0000_s2050']);
    expect(parts['xl/drawings/vmlDrawing2.vml']).toContain('data="2"');
  });

  it('writes print areas absolute', async () => {
    const names = (await partsOf(workbookWithEverything()))['xl/workbook.xml'];
    expect(names).toContain('&apos;甲&apos;!$A$1:$G$20<');
    expect(names).toContain('&apos;甲&apos;!$1:$1<');
  });

  it('writes text that looks like an escape as text, and nothing that XML forbids', async () => {
    const strings = (await partsOf(workbookWithEverything()))['xl/sharedStrings.xml'];
    expect(strings).toContain('原样的 _x005F_x0041_，非法的 \ufffd 和 \ufffd');
  });
});

describe('safeText', () => {
  it.each([
    ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
    ['+1', "'+1"],
    ['-甲', "'-甲"],
    ['-1+1', "'-1+1"],
    ['-1-2', "'-1-2"],
    ['-A1', "'-A1"],
    ['-1E5', "'-1E5"],
    ['--1', "'--1"],
    ['-1\n', "'-1\n"],
    ["-1|' /C calc'!A0", "'-1|' /C calc'!A0"],
    ['−1', "'−1"],
    ['－1', "'－1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＠x', "'＠x"],
    ['  =1', "'  =1"],
    ['\u3000＋1', "'\u3000＋1"],
    ['\u200b=1', "'\u200b=1"],
    ['\t甲', "'\t甲"],
    ['\r甲', "'\r甲"],
    ['\n甲', "'\n甲"],
    ['\0甲', "'\ufffd甲"],
    ['\x01=1', "'\ufffd=1"],
  ])('makes %j inert', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it.each(['市司法局3月月报.xlsx', '', ' 甲', '0', '《作品》', '—', 'a=b', '1-2月'])(
    'leaves %j as it is',
    (text) => {
      expect(safeText(text)).toBe(text);
    },
  );

  it.each(['-1', '-870.92', '-999999999999999999999999.123456789012', '-95%', '-0.5‰', '-1.5万', '-3亿'])(
    'puts no apostrophe before %j, which is a figure to every program, and it reads back the same',
    async (text) => {
      expect(safeText(text)).toBe(text);
      const workbook = new ExcelJS.Workbook();
      workbook.addWorksheet('表').getCell('A1').value = safeText(text);
      const again = new ExcelJS.Workbook();
      await again.xlsx.load(Buffer.from(await saveWorkbook(workbook)) as never);
      const cell = again.getWorksheet('表')!.getCell('A1');
      expect([cell.value, cell.type, cell.formula]).toEqual([text, ExcelJS.ValueType.String, undefined]);
      expect(withoutFormulaGuard(text)).toBe(text);
    },
  );

  it('replaces what XML cannot hold', () => {
    expect(safeText('甲\x0b乙\ud800丙\uffff丁')).toBe('甲\ufffd乙\ufffd丙\ufffd丁');
  });

  it('cuts what is longer than a cell, not in the middle of a character', () => {
    const cut = safeText('𠮷'.repeat(20_000));
    expect(cut.length).toBeLessThanOrEqual(32_767);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith('…')).toBe(true);
  });
});
