import { builtInFormat, type NumberFormat, parseFormat } from '../number-format/format-code.ts';
import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import { mainNamespaces } from './namespaces.ts';
import type { Tag } from './tag.ts';
import type { XmlDocument } from './xml.ts';

/** A format code of the file, and the format it is once a cell has asked for it. */
interface Format {
  readonly code: string;
  parsed: NumberFormat | undefined;
}

/** The number formats of a workbook's cell styles, and whether they strike out what stands in the cell. */
export class StylesReader {
  /** By the index that cells refer to; null where it is no format that a spreadsheet program takes. */
  readonly #styles: (Format | null)[] = [];
  /** By the number that styles refer to, and by code, since the same few stand in many styles. */
  readonly #custom = new Map<number, Format | null>();
  readonly #byCode = new Map<string, Format>();
  /** Whether each font strikes out, and whether each style does by its font. */
  readonly #struckFonts: boolean[] = [];
  readonly #struckStyles: boolean[] = [];
  #strikes = false;
  /** Whether each look that conditional formats refer to has a number format. */
  readonly #differences: boolean[] = [];
  #count = 0;
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  readonly document: XmlDocument = {
    namespaces: mainNamespaces,
    roots: {
      styleSheet: {
        children: {
          numFmts: {
            children: { numFmt: { open: (tag) => this.#format(tag.get('numFmtId'), tag.get('formatCode')) } },
          },
          fonts: {
            children: {
              font: {
                open: () => this.#font(),
                children: {
                  strike: { open: (tag) => this.#struckFonts.splice(-1, 1, !tag.isFalse('val')) },
                },
              },
            },
          },
          dxfs: {
            children: {
              dxf: {
                open: () => this.#differences.push(false),
                children: { numFmt: { open: () => this.#differences.splice(-1, 1, true) } },
              },
            },
          },
          cellXfs: { children: { xf: { open: (tag) => this.#style(tag) } } },
        },
      },
    },
  };

  /** Whether the workbook has no styles at all, and cells refer to none. */
  get isEmpty(): boolean {
    return this.#styles.length === 0;
  }

  /** The number format of a cell style; undefined where nobody can tell what such a cell shows. */
  formatOf(style: number): NumberFormat | undefined {
    const format = this.#styles[style];
    return format?.parsed ?? this.#parsed(format);
  }

  /** Whether what stands in a cell of the style is struck out. */
  isStruck(style: number): boolean {
    return this.#strikes && this.#struckStyles[style] === true;
  }

  /** Whether a conditional format with that look shows numbers in another way. */
  isNumberFormatConditional(difference: number): boolean {
    return this.#differences[difference] === true;
  }

  #parsed(format: Format | null | undefined): NumberFormat | undefined {
    if (format === undefined || format === null) return undefined;
    this.#reading.countWork(format.code.length * 8);
    format.parsed = parseFormat(format.code);
    return format.parsed;
  }

  #format(id: string | undefined, code = ''): void {
    this.#count++;
    if (this.#count > this.#reading.limits.styles) throw tooManyStyles();
    const tooLong = code.length > this.#reading.limits.formatCodeLength;
    this.#custom.set(Number(id), tooLong ? null : this.#known(code));
  }

  #font(): void {
    if (this.#struckFonts.length >= this.#reading.limits.styles) throw tooManyStyles();
    this.#struckFonts.push(false);
  }

  #style(tag: Tag): void {
    if (this.#styles.length >= this.#reading.limits.styles) throw tooManyStyles();
    const strikes = this.#struckFonts[Number(tag.get('fontId') ?? 0)] === true;
    this.#struckStyles.push(strikes);
    this.#strikes ||= strikes;
    const id = Number(tag.get('numFmtId') ?? 0);
    const custom = this.#custom.get(id);
    if (custom !== undefined) this.#styles.push(custom);
    else this.#styles.push(Number.isInteger(id) ? this.#known(builtInFormat(id)) : null);
  }

  #known(code: string): Format {
    let format = this.#byCode.get(code);
    if (format === undefined) {
      format = { code: detached(code), parsed: undefined };
      this.#byCode.set(format.code, format);
    }
    return format;
  }
}

function tooManyStyles() {
  return fault('file-too-many-styles', '文件中的单元格样式过多；请把填报表复制到新的工作簿后重新上传。');
}
