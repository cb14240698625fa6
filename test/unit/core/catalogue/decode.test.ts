import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CatalogueError, loadCatalogue } from '../../../../shared/catalogue/load.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { decodeCatalogue } from '../../../../shared/core/catalogue/decode.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { indicator } from '../small-year.ts';
import { only } from './catalogue-parts.ts';

const sample = readFileSync(
  fileURLToPath(new URL('../../../../shared/catalogue/wanyuan-2023.json', import.meta.url)),
);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark: number[]) => new Uint8Array([...mark, ...Buffer.from(text, 'utf16le')]);
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16());
/** 部门 in GBK. */
const gbk = new Uint8Array([...bytesOf('{"title":"'), 0xb2, 0xbf, 0xc3, 0xc5, ...bytesOf('"}')]);

function messageOf(bytes: Uint8Array): string {
  const reading = decodeCatalogue(bytes);
  if (reading.kind === 'catalogue') return 'a catalogue';
  expect(reading.problems).toEqual([
    { entry: 'catalogue', index: undefined, message: expect.stringMatching(/请.*。$/) },
  ]);
  return reading.problems[0]!.message;
}

describe('a catalogue file', () => {
  it.each([
    ['without', []],
    ['with', [0xef, 0xbb, 0xbf]],
  ])('in UTF-8 is read %s a byte order mark', (_, mark) => {
    const reading = decodeCatalogue(new Uint8Array([...mark, ...sample]));
    const expected = catalogueSchema.parse(JSON.parse(sample.toString()));
    expect(reading.kind === 'catalogue' && catalogueHash(reading.catalogue)).toBe(catalogueHash(expected));
  });

  it.each<[what: string, bytes: Uint8Array, message: RegExp]>([
    ['GBK', gbk, /^这个文件是用 GBK 编码保存的；请用“另存为”选择 UTF-8/],
    ['UTF-16', utf16('{}', [0xff, 0xfe]), /^这个文件是用 UTF-16/],
    ['UTF-16 of the other order', swapped(utf16('{}', [0xff, 0xfe])), /^这个文件是用 UTF-16/],
    ['UTF-16 without its mark', utf16('{}', []), /^这个文件是用 UTF-16/],
    ['UTF-16 of the other order without its mark', swapped(utf16('{}', [])), /^这个文件是用 UTF-16/],
    ['half a mark of UTF-16 first', new Uint8Array([0xff, 0x41]), /^这个文件不是 UTF-8 编码的文字/],
    ['half a mark of UTF-16 after a letter', new Uint8Array([0x41, 0xff]), /^这个文件不是 UTF-8 编码的文字/],
    ['half a mark that is GBK, too', new Uint8Array([0xfe, 0x50]), /^这个文件是用 GBK/],
    ['the same after a letter', new Uint8Array([0x41, 0xfe, 0x50]), /^这个文件是用 GBK/],
    ['no text', new Uint8Array([0x50, 0x4b, 0xff, 0xff, 0x80, 0xfe]), /^这个文件不是 UTF-8 编码的文字/],
    ['nothing', new Uint8Array(), /^这个文件是空的/],
    ['nothing but a mark', new Uint8Array([0xef, 0xbb, 0xbf]), /^这个文件是空的/],
    ['blanks', bytesOf(' \n '), /^这个文件是空的/],
  ])('of %s is refused by name', (_, bytes, message) => {
    expect(messageOf(bytes)).toMatch(message);
  });

  it.each<[text: string, message: string]>([
    ['{\n  "year": 2023,\n  "标题": “甲”\n}', '第 3 行第 9 列起（““甲””）读不下去'],
    ['{"a": 1,}', '第 1 行第 9 列起（“}”）读不下去'],
    ['{"a": 1 "b": 2}', '第 1 行第 9 列起（“"b": 2}”）读不下去'],
    ['{"a": 1]', '第 1 行第 8 列起（“]”）读不下去'],
    ['[1, 2', '第 1 行第 6 列就断了'],
    ['{"a": "甲\n乙"}', '第 1 行第 7 列起（“"甲”）读不下去'],
    ['{"a": 01}', '第 1 行第 7 列起（“01}”）读不下去'],
    ['{a: 1}', '第 1 行第 2 列起（“a: 1}”）读不下去'],
    ['{} {}', '第 1 行第 4 列起（“{}”）读不下去'],
    ['{}, {}', '第 1 行第 3 列起（“, {}”）读不下去'],
    ['1, 2', '第 1 行第 2 列起（“, 2”）读不下去'],
    ['{1: 2}', '第 1 行第 2 列起（“1: 2}”）读不下去'],
    ['["a" "b"]', '第 1 行第 6 列起（“"b"]”）读不下去'],
    ['[:1]', '第 1 行第 2 列起（“:1]”）读不下去'],
    ['{"a": 1 "b": 2, "c": 3, "d": 4}', '第 1 行第 9 列起（“"b": 2, "c":”）读不下去'],
    ['[1,  \n  ', '第 2 行第 3 列就断了'],
    [']', '第 1 行第 1 列起（“]”）读不下去'],
    ['[1 2]', '第 1 行第 4 列起（“2]”）读不下去'],
    ['[}', '第 1 行第 2 列起（“}”）读不下去'],
    ['{"a" 1}', '第 1 行第 6 列起（“1}”）读不下去'],
    ['{"a": {"b": 1},\n "a": 2}', '第 2 行第 2 列的“a”在同一组里写了两次'],
    ['{"a": "x", "a": 1}', '第 1 行第 12 列的“a”在同一组里写了两次'],
    ['[{"a": [], "\\u0061": 2}]', '第 1 行第 12 列的“a”在同一组里写了两次'],
  ])('that reads %s is refused with the place', (text, message) => {
    expect(messageOf(bytesOf(text))).toContain(message);
  });

  it('is asked for its entries where all of it is JSON, with the same key in several of them', () => {
    const reading = decodeCatalogue(bytesOf('[{"id": 1, "x": {"id": -1.5e3}}, {"id": [true, null, ""]}]'));
    expect(reading).toMatchObject({ kind: 'problems', problems: [{ entry: 'catalogue' }] });
    expect(JSON.stringify(reading)).toContain('应是一组字段，现在是列表');
  });

  it('that is deep or long is read without running out of stack', () => {
    expect(messageOf(bytesOf('['.repeat(300_000)))).toContain('就断了');
    expect(messageOf(bytesOf(`"${'\\n'.repeat(2_000_000)}`))).toContain('第 1 行第 1 列');
  });
});

describe('a catalogue file that is loaded', () => {
  it('is refused with each entry by its id, and the key below it', async () => {
    const file = join(await temporaryFolder(), 'catalogue.json');
    await writeFile(file, JSON.stringify(only(indicator('a', 'flow', { unit: '', decimals: 7 }))));
    const load = () => loadCatalogue(file);
    expect(load).toThrow(CatalogueError);
    expect(load).toThrow(
      `${file} 不能用作指标目录：\n  [indicator a unit] 指标“指标a”：“单位”是空的；请填写。\n  [indicator a decimals] 指标“指标a”：“小数位”是 7，最多 6；请改正。`,
    );
  });

  it('is refused where it is not there', async () => {
    const file = join(await temporaryFolder(), 'none.json');
    expect(() => loadCatalogue(file)).toThrow(CatalogueError);
  });
});
