import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCatalogueFile } from '../../functions/use-cases/catalogue-file.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { cellOf, changed } from '../fixtures/catalogue-workbooks.ts';

const sample = loadCatalogue(exampleCatalogueFile);
const text = (written: string) => new TextEncoder().encode(written);
const json = jsonFile(sample);

/** GBK of what is ASCII but for one word. */
const gbk = new Uint8Array(
  Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xd6, 0xb8, 0xb1, 0xea]), Buffer.from('"}')]),
);
const utf16 = (bytes: Uint8Array) =>
  new Uint8Array(Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf16le'));

async function problemsOf(bytes: Uint8Array) {
  const reading = await readCatalogueFile(bytes);
  if (reading.kind !== 'problems') throw new Error('it is a catalogue');
  return reading;
}

describe('a catalogue file', () => {
  it.each([
    ['JSON', async () => json],
    ['JSON behind a byte order mark', async () => new Uint8Array([0xef, 0xbb, 0xbf, ...json])],
    ['a workbook', () => writeCatalogueWorkbook(sample)],
  ])('is read from %s', async (_, bytes) => {
    expect(await readCatalogueFile(await bytes())).toEqual({
      kind: 'catalogue',
      catalogue: sample,
      findings: [],
    });
  });

  it.each([
    ['JSON in GBK', gbk, /GBK/],
    ['JSON in UTF-16', utf16(json), /UTF-16/],
    ['JSON that was cut off', text('{"format": "indicators-catalogue/1",'), /没有写完/],
    ['another JSON', text('[1]'), /目录/],
    ['nothing', new Uint8Array(), /空/],
    ['a text', text('指标目录'), /纯文本/],
    ['a PDF', text('%PDF-1.7'), /PDF/],
    ['a broken workbook', text('PK\u0003\u0004nothing behind it'), /文件/],
    ['JSON that is too large', text(`[${' '.repeat(5 * 1024 * 1024)}]`), /4 MB/],
    ['a file that is too large', new Uint8Array(11 * 1024 * 1024), /10 MB/],
  ])('is refused in Chinese where it is %s', async (_, bytes, expected) => {
    const { findings, marked } = await problemsOf(bytes);
    expect(findings[0]?.message).toMatch(expected);
    expect(findings.every(({ where }) => where !== '')).toBe(true);
    expect(marked).toBeUndefined();
  });

  it('that is JSON names the entry and the field of every problem', async () => {
    const indicators = sample.indicators.map((each, index) => (index === 2 ? { ...each, unit: '' } : each));
    const { findings } = await problemsOf(jsonFile({ ...sample, indicators, authority: 7 }));
    expect(findings.map(({ where }) => where)).toEqual(['目录的“机关”', '第 3 个指标的“单位”']);
  });

  it('that is a workbook names the cell, and comes back with it marked', async () => {
    const wrong = await changed(await writeCatalogueWorkbook(sample), (workbook) => {
      cellOf(workbook, '部门', '市司法局', '名称').value = '';
      cellOf(workbook, '指标', '重大行政决策合法性审查', '性质').value = '随便';
    });
    const { findings, marked } = await problemsOf(wrong);
    expect(findings.map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^“部门”表 [A-Z]+\d+$/),
        expect.stringMatching(/^“指标”表 [A-Z]+\d+$/),
      ]),
    );
    expect(findings.map(({ found }) => found)).toContain('随便');
    expect((await readWorkbook(marked!)).sheets.length).toBeGreaterThan(5);
  });

  it('lists a bounded number of problems', async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => [`k${index}`, 1]);
    const { findings } = await problemsOf(jsonFile(Object.fromEntries(keys)));
    expect(findings.length).toBeLessThanOrEqual(501);
  });

  it('never throws, whatever the bytes', async () => {
    const head = fc.constantFrom('', '{', '[', 'PK\u0003\u0004', '\ufeff{', '\0{', '{\0');
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        const { findings } = await problemsOf(new Uint8Array([...text(start), ...rest]));
        expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
