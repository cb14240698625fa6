import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAddress } from '../../shared/workbook/reading/address.ts';
import { PartDecoder } from '../../shared/workbook/reading/decoding.ts';
import { Reading } from '../../shared/workbook/reading/fault.ts';
import { defaultLimits, readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { XmlScanner } from '../../shared/workbook/reading/xml.ts';
import { escaped, sheetXml, workbookBytes } from '../fixtures/spreadsheetml.ts';

const seed = 20_230_331;

describe('what is written is read', () => {
  const number = fc.oneof(
    fc.integer().map(String),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map(String)
      .filter((text) => !text.includes('+')),
    fc.tuple(fc.nat(999_999), fc.nat(99_999)).map(([whole, part]) => `${whole}.${part}`),
  );
  const text = fc.string({
    unit: fc.constantFrom('甲', '𠀀', 'é', ' ', 'a', '<', '&', '"', '0', '\n', ']]>', '_'),
    minLength: 1,
    maxLength: 12,
  });
  const value = fc.oneof(
    fc.record({ kind: fc.constant('number' as const), text: number }),
    fc.record({ kind: fc.constant('text' as const), text }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
  );
  type Value = typeof value extends fc.Arbitrary<infer T> ? T : never;
  interface Cell {
    row: number;
    column: number;
    value: Value;
    inline: boolean;
  }
  const cell: fc.Arbitrary<Cell> = fc.record({
    row: fc.integer({ min: 1, max: 40 }),
    column: fc.integer({ min: 1, max: 30 }),
    value,
    inline: fc.boolean(),
  });
  const grid = fc.uniqueArray(cell, { maxLength: 60, selector: ({ row, column }) => row * 100 + column });

  function written(cells: readonly Cell[]): Uint8Array {
    const strings: string[] = [];
    const rows = cells.map(({ row, column, value, inline }) => {
      const r = `r="${cellAddress(row, column)}"`;
      if (value.kind === 'number') return `<row r="${row}"><c ${r}><v>${value.text}</v></c></row>`;
      if (value.kind === 'boolean')
        return `<row r="${row}"><c ${r} t="b"><v>${Number(value.value)}</v></c></row>`;
      const string = `<t xml:space="preserve">${escaped(value.text)}</t>`;
      if (inline) return `<row r="${row}"><c ${r} t="inlineStr"><is>${string}</is></c></row>`;
      return `<row r="${row}"><c ${r} t="s"><v>${strings.push(`<si>${string}</si>`) - 1}</v></c></row>`;
    });
    return workbookBytes({ sheets: [{ rows: rows.join('') }], strings: strings.join('') });
  }

  test('a grid of numbers, texts and booleans, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(grid, async (cells) => {
        const { sheets, findings } = await readWorkbook(written(cells));
        const expected = cells
          .toSorted((a, b) => a.row - b.row || a.column - b.column)
          .map(({ row, column, value }) => ({ row, column, value }));
        expect(findings).toEqual([]);
        expect(sheets[0]?.cells).toEqual(expected);
      }),
      { seed, numRuns: 150 },
    );
  });

  test('cells of every shape, the same by the quick reader and by the full one', async () => {
    const attribute = fc.constantFrom(
      ...[' r="A1"', ' r="B1"', ' r="XFD1"', ' r="XFE1"', ' r="A2"', ' r="a1"', ' r="A01"', ' r=""', '', ''],
      ...[
        ' s="0"',
        ' s="1"',
        ' s="9"',
        ' s="x"',
        ' t="s"',
        ' t="n"',
        ' t="str"',
        ' t="b"',
        ' t="e"',
        ' t="sx"',
        " t='s'",
        ' x="1"',
      ],
    );
    const number = fc.constantFrom(
      '0',
      '1',
      '-1',
      '1.5',
      '.5',
      '5.',
      '-',
      '1..2',
      '1e5',
      '+1',
      '',
      ' 1 ',
      '9'.repeat(25),
      '45016',
      '0x1',
      '１',
      'ļ/v>',
      'a&amp;b',
      '_x0041_',
      '&#49;',
    );
    const content = fc.oneof(
      number.map((v) => `<v>${v}</v>`),
      fc.tuple(number, number).map(([f, v]) => `<f>${f}</f><v>${v}</v>`),
      fc.constantFrom(
        '',
        '<v/>',
        '<f/>',
        '<f>1</f>',
        '<is><t>1</t></is>',
        '<v>1</v><v>2</v>',
        '<v>1<!----></v>',
        'x',
        '<V>1</V>',
        '<f si="0" t="shared"/><v>1</v>',
      ),
    );
    const cellXml = fc
      .tuple(fc.array(attribute, { maxLength: 3 }), content)
      .map(([attributes, inner]) => `<c${attributes.join('')}>${inner}</c>`);
    await fc.assert(
      fc.asyncProperty(fc.array(cellXml, { maxLength: 6 }), fc.boolean(), async (cells, numbered) => {
        const rows = `<row${numbered ? ' r="1"' : ''}>${cells.join('')}</row>`;
        const fixture = (xml: string) =>
          workbookBytes({ sheets: [{ rows: xml }], strings: '<si><t>甲</t></si>', styles: [0, 14] });
        // A space before the end of a tag is one of the things that the quick reader leaves to the full one.
        const full = rows.replace(/<c([^<>]*)>/g, '<c$1 >');
        expect(await readWorkbook(fixture(rows))).toEqual(await readWorkbook(fixture(full)));
      }),
      { seed, numRuns: 800 },
    );
  });

  test('the same wherever the bytes are cut', () => {
    const xml = Buffer.from(
      sheetXml({
        rows: '<row r="1"><c r="A1" t="str"><f>甲&amp;乙</f><v>汉字𠀀é&#x4e2d;</v></c><!-- é --><c r="B1" s="1"><v>12.5</v></c></row>',
      }),
    );
    const document = (seen: string[]) => ({
      namespaces: ['http://schemas.openxmlformats.org/spreadsheetml/2006/main'],
      roots: {
        worksheet: {
          children: {
            sheetData: {
              children: {
                row: {
                  children: {
                    c: {
                      open: (tag: { get(name: string): string | undefined }) => seen.push(tag.get('r') ?? ''),
                      children: {
                        f: { text: (t: string) => seen.push(t) },
                        v: { text: (t: string) => seen.push(t) },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 400 }), (steps) => {
        const seen: string[] = [];
        const scanner = new XmlScanner(document(seen), new Reading(defaultLimits));
        const decoder = new PartDecoder();
        let at = 0;
        for (const step of steps) {
          scanner.push(decoder.decode(xml.subarray(at, at + step), false));
          at += step;
        }
        scanner.push(decoder.decode(xml.subarray(at), true));
        scanner.end();
        expect(seen).toEqual(['A1', '甲&乙', '汉字𠀀é中', 'B1', '12.5']);
      }),
      { seed, numRuns: 500 },
    );
  });

  test('a large sheet of inline texts, through many chunks', async () => {
    const texts = Array.from({ length: 30_000 }, (_, index) => `第${index}行：${'汉𠀀é'.repeat(index % 7)}`);
    const rows = texts.map(
      (each, index) =>
        `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>${each}</t></is></c></row>`,
    );
    const { sheets, findings } = await readWorkbook(workbookBytes({ sheets: [{ rows: rows.join('') }] }));
    expect(findings).toEqual([]);
    expect(sheets[0]?.cells.map((each) => (each.value.kind === 'text' ? each.value.text : ''))).toEqual(
      texts,
    );
  });
});
