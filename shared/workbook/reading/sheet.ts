import type { Look } from '../../core/returns/content.ts';
import { lastColumn, lastRow, parseCellAddress, parseRange, type Range } from './address.ts';
import { sendTheOriginal } from './advice.ts';
import { CellCollector, type SharedParts } from './cells.ts';
import { fault, type Reading } from './fault.ts';
import type { FileRule } from './file-rules.ts';
import type { SheetReading } from './model.ts';
import { mainNamespaces } from './namespaces.ts';
import { readQuickCells } from './quick-cells.ts';
import { readBlankRows } from './quick-rows.ts';
import { Spans } from './spans.ts';
import { lookOfBoth, richText, withRun } from './strings.ts';
import type { StylesReader } from './styles.ts';
import type { Tag } from './tag.ts';
import type { XmlDocument, XmlElement } from './xml.ts';

/** Reads one worksheet part. */
export class SheetReader {
  readonly #cells: CellCollector;
  readonly #reading: Reading;
  readonly #merges: Range[] = [];
  readonly #arrays: Range[] = [];
  readonly #conditionalRanges: Range[] = [];
  readonly #styles: StylesReader;
  readonly #hiddenRows = new Spans();
  readonly #shownRows = new Spans();
  readonly #hiddenColumns = new Spans();
  /** Rows without a mark are hidden. */
  #zeroHeight = false;
  #showsZeros = true;
  #sheetData = 0;
  /** Row 0 while in a row whose number is wrong: what it contains has no place. */
  readonly #position = { row: 0, column: 0 };
  #previousRow = 0;
  /** Whether the cell has a place in the sheet. */
  #placed = false;
  #style = 0;
  #type = 'n';
  #formula: string | undefined;
  #value: string | undefined;
  #inline: string | undefined;
  #look: Look | undefined;

  constructor(name: string, parts: SharedParts, reading: Reading) {
    this.#cells = new CellCollector(name, parts, reading);
    this.#styles = parts.styles;
    this.#reading = reading;
  }

  finish(): Omit<SheetReading, 'name' | 'visibility'> {
    return {
      showsZeros: this.#showsZeros,
      cells: this.#cells.finish(this.#arrays),
      merges: this.#merges,
      conditionalNumberFormats: this.#conditionalRanges,
      hiddenRows: this.#zeroHeight ? this.#shownRows.otherRows() : this.#hiddenRows.list(),
      hiddenColumns: this.#hiddenColumns.list(),
    };
  }

  get document(): XmlDocument {
    return {
      namespaces: mainNamespaces,
      roots: {
        worksheet: {
          children: {
            sheetViews: { children: { sheetView: { open: (tag) => this.#view(tag) } } },
            sheetFormatPr: { open: (tag) => this.#defaults(tag) },
            cols: { children: { col: { open: (tag) => this.#column(tag) } } },
            sheetData: this.#data(),
            conditionalFormatting: this.#conditional(),
            mergeCells: { children: { mergeCell: { open: (tag) => this.#merge(tag) } } },
          },
        },
      },
    };
  }

  /** A conditional format counts that brings a number format along, or shows a bar or an icon without the number. */
  #conditional(): XmlElement {
    let ranges: Range[] = [];
    const changesNumbers = () => {
      this.#conditionalRanges.push(...ranges);
      this.#countRanges(ranges.length);
      ranges = [];
    };
    const instead: XmlElement = { open: (tag) => isFalse(tag, 'showValue') && changesNumbers() };
    return {
      open: (tag) => {
        const written = (tag.get('sqref') ?? '').split(' ', maximalRanges);
        ranges = written.map(parseRange).filter((range) => range !== undefined);
      },
      children: {
        cfRule: {
          open: (tag) => {
            const look = wholeNumber(tag.get('dxfId') ?? '', 0xfffff);
            if (look !== undefined && this.#styles.isNumberFormatConditional(look)) changesNumbers();
          },
          children: { dataBar: instead, iconSet: instead },
        },
      },
    };
  }

  #data(): XmlElement {
    return {
      open: () => {
        this.#sheetData++;
        if (this.#sheetData > 1) this.#refuseSheet(['file-sheet-twice', '工作表的数据在文件中出现两次']);
      },
      // Where rows are hidden by default, those that stand there are shown.
      quick: ({ source }, at) =>
        this.#zeroHeight
          ? at
          : readBlankRows(source, at, this.#reading, (row) => {
              this.#previousRow = row;
            }),
      children: {
        row: {
          open: (tag) => this.#row(tag),
          quick: (chunk, at) =>
            this.#position.row > 0 ? readQuickCells(this.#cells, this.#position, chunk, at) : at,
          children: { c: this.#cell() },
        },
      },
    };
  }

  #cell(): XmlElement {
    return {
      open: (tag) => this.#openCell(tag),
      close: () => this.#closeCell(),
      children: {
        f: {
          open: (tag) => this.#openFormula(tag),
          text: (text) => {
            this.#formula = this.#memoize(this.#formula, text);
          },
        },
        v: {
          text: (text) => {
            this.#value = this.#memoize(this.#value, text);
          },
        },
        is: {
          open: () => {
            this.#inline = this.#memoize(this.#inline, '');
          },
          children: richText((text, look) => {
            this.#inline = withRun(this.#inline ?? '', text, this.#reading.limits.textLength);
            this.#look = lookOfBoth(this.#look, look);
          }),
        },
      },
    };
  }

  #row(tag: Tag): void {
    const written = tag.get('r');
    const row = written === undefined ? this.#previousRow + 1 : (wholeNumber(written, lastRow) ?? 0);
    const placed = row >= 1 && row <= lastRow;
    this.#position.row = placed ? row : 0;
    this.#position.column = 0;
    if (!placed) {
      this.#cells.refuse('file-row-number', `工作表中有行号无效的行；${sendTheOriginal}`, 0, 0, written);
      return;
    }
    this.#previousRow = row;
    const hidden = tag.isTrue('hidden') || isZero(tag.get('ht'));
    // Where rows are hidden by default, those that are shown are the ones to keep.
    if (hidden === this.#zeroHeight) return;
    const spans = hidden ? this.#hiddenRows : this.#shownRows;
    this.#countRanges(spans.add(row, row));
  }

  #openCell(tag: Tag): void {
    const { row, column } = this.#position;
    const written = tag.get('r');
    const place = written === undefined ? { row, column: column + 1 } : parseCellAddress(written);
    this.#placed = row > 0 && place !== undefined && place.row === row && place.column <= lastColumn;
    if (row > 0 && !this.#placed) {
      const message = `单元格的位置无效或与所在的行不符；${sendTheOriginal}`;
      this.#cells.refuse('file-cell-place', message, place?.row ?? 0, place?.column ?? 0, written);
    }
    if (place) this.#position.column = place.column;
    this.#style = wholeNumber(tag.get('s') || '0', 0xfffff) ?? -1;
    this.#type = tag.get('t') || 'n';
    this.#formula = undefined;
    this.#value = undefined;
    this.#inline = undefined;
    this.#look = undefined;
  }

  #closeCell(): void {
    if (!this.#placed) return;
    this.#cells.add({
      row: this.#position.row,
      column: this.#position.column,
      style: this.#style,
      type: this.#type,
      formula: this.#formula,
      value: this.#value,
      inline: this.#inline,
      look: this.#look,
    });
  }

  #openFormula(tag: Tag): void {
    const type = tag.get('t');
    if (type !== 'array' && type !== 'dataTable') return;
    const range = parseRange(tag.get('ref') ?? '');
    if (!range || (range.firstRow === range.lastRow && range.firstColumn === range.lastColumn)) return;
    this.#arrays.push(range);
    if (this.#arrays.length > this.#reading.limits.arrayFormulas) this.#refuseSheet(tooManyRanges);
  }

  /** A cell has one value, one formula, one inline string. */
  #memoize(before: string | undefined, now: string): string {
    if (before !== undefined) {
      const { row, column } = this.#position;
      this.#cells.refuse(
        'file-cell-ambiguous',
        '单元格有两个不同的内容；请重新填写后再上传。',
        row,
        column,
        now,
      );
    }
    return now;
  }

  #merge(tag: Tag): void {
    const written = tag.get('ref');
    const range = parseRange(written ?? '');
    if (!range) {
      this.#cells.refuse(
        'file-merge-range',
        '工作表中有范围无效的合并单元格；请取消合并后重新上传。',
        0,
        0,
        written,
      );
      return;
    }
    this.#merges.push(range);
    this.#countRanges(1);
  }

  #column(tag: Tag): void {
    if (!tag.isTrue('hidden') && !isZero(tag.get('width'))) return;
    const first = wholeNumber(tag.get('min') ?? '', 0xfffff);
    const last = wholeNumber(tag.get('max') ?? '', 0xfffff);
    if (first === undefined || last === undefined || first > last || first > lastColumn) return;
    this.#countRanges(this.#hiddenColumns.add(first, Math.min(last, lastColumn)));
  }

  #view(tag: Tag): void {
    if (isFalse(tag, 'showZeros')) this.#showsZeros = false;
  }

  #defaults(tag: Tag): void {
    this.#zeroHeight = tag.isTrue('zeroHeight');
  }

  #countRanges(more: number): void {
    this.#reading.ranges += more;
    if (this.#reading.ranges > this.#reading.limits.ranges) this.#refuseSheet(tooManyRanges);
  }

  #refuseSheet([rule, what]: readonly [rule: FileRule, what: string]): never {
    const place = { sheet: this.#cells.sheet };
    throw fault(rule, `${what}；请把填报表复制到新的工作簿后重新上传。`, { place });
  }
}

const tooManyRanges = ['file-too-many-ranges', '工作表中的合并、隐藏或数组区域过多'] as const;

/** Of how many ranges a conditional format is looked at; programs write a few. */
const maximalRanges = 1000;

/** Whether an attribute that is true unless it is said is said to be false. */
function isFalse(tag: Tag, name: string): boolean {
  return tag.get(name) !== undefined && !tag.isTrue(name);
}

function wholeNumber(text: string, limit: number): number | undefined {
  if (!/^[0-9]{1,9}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= limit ? number : undefined;
}

function isZero(length: string | undefined): boolean {
  return length !== undefined && /^0+(\.0*)?$/.test(length);
}
