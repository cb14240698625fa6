import { isDeepStrictEqual } from 'node:util';
import type { Look } from '../../core/returns/content.ts';
import { general, type NumberFormat } from '../number-format/format-code.ts';
import { showsDate } from '../number-format/sections.ts';
import { cellAddress, lastColumn, lastRow, type Range } from './address.ts';
import { sendTheOriginal } from './advice.ts';
import { dateFromIso, serialToIso } from './dates.ts';
import { detached } from './detached.ts';
import { fault, fileFinding, type Reading } from './fault.ts';
import type { FileRule } from './file-rules.ts';
import type { CellReading, CellValue } from './model.ts';
import { emptyText, overlongText, type SharedStrings, textValue } from './strings.ts';
import type { StylesReader } from './styles.ts';
import { unescaped } from './text.ts';

/** What all sheets of a workbook refer to. */
export interface SharedParts {
  readonly strings: SharedStrings;
  readonly styles: StylesReader;
  readonly date1904: boolean;
}

/** A cell as its element tells it; texts with references resolved, undefined where there is no such element. */
export interface RawCell {
  readonly row: number;
  readonly column: number;
  readonly style: number;
  /** The attribute `t`. */
  readonly type: string;
  readonly formula: string | undefined;
  readonly value: string | undefined;
  /** The inline string. */
  readonly inline: string | undefined;
  /** That of the inline string. */
  readonly look: Look | undefined;
}

const blank: CellValue = { kind: 'blank' };

/** Takes the cells of one sheet as they come and gives them back in order, each once. */
export class CellCollector {
  readonly sheet: string;
  readonly #parts: SharedParts;
  readonly reading: Reading;
  readonly #cells: CellReading[] = [];
  readonly #dates = new Map<string, CellValue>();
  /** How many more cells there may be in this sheet. */
  readonly #room: number;
  #last = 0;
  #unordered = false;

  constructor(sheet: string, parts: SharedParts, reading: Reading) {
    this.sheet = sheet;
    this.#parts = parts;
    this.reading = reading;
    this.#room = reading.limits.cells - reading.cells;
  }

  /** An error at a cell, or in the sheet if the place is outside of every sheet; the cell is left out. */
  refuse(rule: FileRule, message: string, row: number, column: number, found?: string): void {
    const inside = row >= 1 && row <= lastRow && column >= 1 && column <= lastColumn;
    const place = inside ? { sheet: this.sheet, cell: cellAddress(row, column) } : { sheet: this.sheet };
    this.reading.add(fileFinding(rule, message, { place, found }));
  }

  add(raw: RawCell): void {
    const { row, column, formula } = raw;
    let value = this.#valueOf(raw);
    if (value === undefined) return;
    if (formula === undefined) {
      if (value !== blank && value !== emptyText) this.#push(row, column, raw.style, value);
      return;
    }
    if (formula.length > this.reading.limits.textLength) {
      this.refuse('file-text-too-long', '单元格中的公式过长；请改正后重新上传。', row, column);
      value = blank;
    }
    this.reading.countText(formula.length);
    this.#push(row, column, raw.style, value, detached(unescaped(formula)));
  }

  /** False, and nothing done, if there is anything to object to. */
  putShared(row: number, column: number, style: number, index: number): boolean {
    const value = this.#parts.strings.at(index);
    if (value === undefined || value === overlongText) return false;
    if (value !== emptyText) this.#push(row, column, style, value);
    return true;
  }

  /** The text has been found to be a number. */
  putNumber(row: number, column: number, style: number, text: string): void {
    this.#push(row, column, style, this.#numberValue(row, column, style, detached(text)));
  }

  #push(row: number, column: number, style: number, value: CellValue, formula?: string): void {
    if (this.#cells.length >= this.#room) throw tooManyCells(this.reading.limits.cells);
    const place = row * lastColumn + column;
    if (place <= this.#last) this.#unordered = true;
    this.#last = place;
    const format = this.#parts.styles.formatOf(style);
    const isChanged = format !== undefined && format !== general && mayChange(format, value);
    const plain: CellReading = isChanged ? { row, column, value, format } : { row, column, value };
    const cell: CellReading = this.#parts.styles.isStruck(style) ? { ...plain, struck: true } : plain;
    this.#cells.push(formula === undefined ? cell : { ...cell, formula });
  }

  #valueOf(raw: RawCell): CellValue | undefined {
    const { row, column, type, value, inline } = raw;
    if (inline !== undefined && value !== undefined && inline !== value && inline !== '' && value !== '') {
      this.refuse('file-cell-ambiguous', '单元格有两个不同的内容；请重新填写后再上传。', row, column, value);
      return undefined;
    }
    if (inline !== undefined && (type === 'inlineStr' || value === undefined)) return this.#text(raw, inline);
    if (value === undefined) return blank;
    switch (type) {
      case 'n':
        return this.#number(raw, value.trim());
      case 's':
        return this.#shared(raw, value.trim());
      case 'str':
      case 'inlineStr':
        return this.#text(raw, value);
      default:
        return value.trim() === '' ? blank : this.#rare(raw, value.trim());
    }
  }

  #rare(raw: RawCell, value: string): CellValue | undefined {
    const { row, column, type } = raw;
    if (type === 'e') return { kind: 'error', code: detached(value.slice(0, 40)).toWellFormed() };
    if (type === 'b') {
      if (value === '1' || value === 'true') return { kind: 'boolean', value: true };
      if (value === '0' || value === 'false') return { kind: 'boolean', value: false };
      this.refuse('file-cell-boolean', '单元格中的逻辑值无效；请重新填写后再上传。', row, column, value);
      return undefined;
    }
    if (type === 'd') {
      this.reading.countText(value.length);
      const date = dateFromIso(detached(value));
      if (!date)
        this.refuse('file-cell-date', '单元格中的日期无效；请重新填写后再上传。', row, column, value);
      return date;
    }
    this.refuse('file-cell-type', '单元格的数据类型无法识别；请重新填写后再上传。', row, column, type);
    return undefined;
  }

  #number({ row, column, style }: RawCell, text: string): CellValue | undefined {
    if (text === '') return blank;
    if (isNumber(text)) return this.#numberValue(row, column, style, detached(text));
    this.refuse('file-cell-number', '单元格中的数值无效；请重新填写后再上传。', row, column, text);
    return undefined;
  }

  /** The text has been found to be a number. */
  #numberValue(row: number, column: number, style: number, text: string): CellValue {
    const { styles } = this.#parts;
    const format = styles.formatOf(style);
    if (format === undefined && (style !== 0 || !styles.isEmpty)) {
      this.refuse(
        'file-cell-style',
        '单元格的格式不存在，无法判断是数值还是日期；请把这一格设为“常规”格式，重新填写后再上传。',
        row,
        column,
      );
    }
    if (format !== undefined && format.dates !== 'none' && showsDate(format, text)) {
      const value = this.#date(text);
      if (value) return value;
    }
    return { kind: 'number', text };
  }

  /** The same few dates stand in many cells. */
  #date(serial: string): CellValue | undefined {
    let value = this.#dates.get(serial);
    if (value) return value;
    const iso = serialToIso(Number(serial), this.#parts.date1904);
    if (iso === undefined) return undefined;
    value = { kind: 'date', iso, text: serial };
    this.#dates.set(serial, value);
    return value;
  }

  #shared({ row, column }: RawCell, index: string): CellValue | undefined {
    if (index === '') return blank;
    const value = /^[0-9]{1,9}$/.test(index) ? this.#parts.strings.at(Number(index)) : undefined;
    if (value) return value === overlongText ? this.#tooLong(row, column) : value;
    this.refuse('file-cell-string', '单元格引用的文字不存在；请重新填写后再上传。', row, column, index);
    return undefined;
  }

  #text({ row, column, look }: RawCell, escaped: string): CellValue {
    this.reading.countText(escaped.length);
    const value = textValue(escaped, this.reading.limits.textLength, look);
    return value === overlongText ? this.#tooLong(row, column) : value;
  }

  #tooLong(row: number, column: number): CellValue {
    this.refuse('file-text-too-long', '单元格中的文字过长；请删减后重新上传。', row, column);
    return blank;
  }

  /** The cells in order; what stands twice in the file with different contents is an error. */
  finish(arrays: readonly Range[]): CellReading[] {
    this.reading.cells += this.#cells.length;
    const cells = this.#unordered ? this.#sorted() : this.#cells;
    for (const range of arrays) this.#markComputed(cells, range);
    return cells;
  }

  #sorted(): CellReading[] {
    const sorted = this.#cells.toSorted((a, b) => a.row - b.row || a.column - b.column);
    return sorted.filter((cell, index) => {
      const before = sorted[index - 1];
      if (!before || before.row !== cell.row || before.column !== cell.column) return true;
      if (!isDeepStrictEqual(before, cell)) {
        this.refuse(
          'file-cell-twice',
          `同一单元格在文件中有两个不同的内容；${sendTheOriginal}`,
          cell.row,
          cell.column,
        );
      }
      return false;
    });
  }

  /** All cells of an array formula are computed, though the formula stands in the first only. */
  #markComputed(cells: CellReading[], range: Range): void {
    let low = 0;
    for (let high = cells.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((cells[middle]?.row ?? 0) < range.firstRow) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < cells.length; at++) {
      const cell = cells[at];
      if (!cell || cell.row > range.lastRow) return;
      if (at % 4 === 0) this.reading.countWork(1);
      const inside = cell.column >= range.firstColumn && cell.column <= range.lastColumn;
      if (inside && cell.formula === undefined) cells[at] = { ...cell, formula: '' };
    }
  }
}

/** Whether a cell may show something else than the value that is stored in it. */
function mayChange(format: NumberFormat, { kind }: CellValue): boolean {
  if (kind === 'text') return format.texts !== undefined;
  return kind === 'number';
}

/** Decimal notation with an optional exponent, and finite; no spaces, signs before positives, or separators. */
export function isNumber(text: string): boolean {
  return (
    text.length <= 400 &&
    /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text) &&
    Number.isFinite(Number(text))
  );
}

function tooManyCells(limit: number) {
  const message = `文件中有内容的单元格超过 ${limit} 个；请只保留填报表，删去其他数据后重新上传。`;
  return fault('file-too-many-cells', message);
}
