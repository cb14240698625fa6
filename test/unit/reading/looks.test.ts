import { describe, expect, it } from 'vitest';
import type { CellReading } from '../../../shared/workbook/reading/model.ts';
import { mainNamespace } from '../../fixtures/spreadsheetml.ts';
import { read } from './one-number.ts';

const run = (text: string, properties = '') => `<r><rPr>${properties}<b/></rPr><t>${text}</t></r>`;

/** The first cell of a sheet with this one in it. */
async function firstCell(
  cell: string,
  more: Parameters<typeof read>[0] = {},
): Promise<CellReading | undefined> {
  const { sheets } = await read({ sheets: [{ rows: `<row r="1">${cell}</row>` }], ...more });
  return sheets[0]?.cells[0];
}

const strike = '<strike/>';
const plain = '<strike val="0"/>';
const above = '<vertAlign val="superscript"/>';
const below = '<vertAlign val="subscript"/>';
const level = '<vertAlign val="baseline"/>';

describe('a text of runs', () => {
  it.each<[what: string, runs: string, text: string, look: string | undefined]>([
    ['in plain type', run('120') + run('135'), '120135', undefined],
    ['of which a part is struck out', run('120', strike) + run('135'), '120135', 'struck'],
    ['that is struck out', run('120', strike), '120', 'struck'],
    ['of which nothing is struck out, as is said', run('120', plain) + run('135'), '120135', undefined],
    ['of which blanks are struck out', run('120') + run(' ', strike), '120 ', undefined],
    ['with a part above', run('12') + run('2', above), '122', 'raised'],
    ['with a part below', run('12') + run('2', below), '122', 'raised'],
    ['that is level, as is said', run('12') + run('2', level), '122', undefined],
    ['with a part above and one struck out', run('2', above) + run('12', strike), '212', 'struck'],
    ['with a part struck out and one above', run('12', strike) + run('2', above), '122', 'struck'],
    ['after a plain one', run('12', strike).replace('<r>', '<t>甲</t><r>'), '甲12', 'struck'],
  ])('%s', async (_, runs, text, look) => {
    const value = { kind: 'text', text, ...(look === undefined ? {} : { look }) };
    const [shared, inline] = [
      await firstCell('<c r="A1" t="s"><v>1</v></c>', {
        strings: `<si>${run('甲', strike)}</si><si>${runs}</si>`,
      }),
      await firstCell(`<c r="A1" t="inlineStr"><is>${runs}</is></c>`),
    ];
    expect([shared?.value, inline?.value]).toEqual([value, value]);
  });

  it('says nothing of the text of another cell', async () => {
    const struck = `<c r="A1" t="inlineStr"><is>${run('120', strike)}</is></c>`;
    const { sheets } = await read({
      sheets: [{ rows: `<row r="1">${struck}<c r="B1" t="inlineStr"><is><t>135</t></is></c></row>` }],
    });
    expect(sheets[0]?.cells[1]?.value).toEqual({ kind: 'text', text: '135' });
  });
});

describe('a font', () => {
  const styles = `<?xml version="1.0"?><styleSheet xmlns="${mainNamespace}"><fonts><font/><font>${strike}</font><font>${plain}</font></fonts><cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf fontId="9"/></cellXfs></styleSheet>`;

  it.each([
    [0, undefined],
    [1, true],
    [2, undefined],
    [3, undefined],
  ])('of style %i strikes out what stands in the cell: %s', async (style, struck) => {
    const parts = { 'xl/styles.xml': styles };
    const cells = [
      await firstCell(`<c r="A1" s="${style}"><v>12</v></c>`, { parts }),
      await firstCell(`<c r="A1" s="${style}"><f>6*2</f><v>12</v></c>`, { parts }),
      await firstCell(`<c r="A1" s="${style}" t="s"><v>0</v></c>`, { parts, strings: '<si><t>甲</t></si>' }),
    ];
    expect(cells.map((cell) => cell?.struck)).toEqual([struck, struck, struck]);
  });
});
