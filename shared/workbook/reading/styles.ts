import { fault, type Reading } from './fault.ts';
import { mainNamespaces } from './namespaces.ts';
import type { XmlDocument } from './xml.ts';

/**
 * Which cell looks show a number as a date or a time of day, by the index that cells refer to; undefined where
 * the style's format is none that a spreadsheet program takes, so that nobody can tell.
 */
export interface Styles {
  readonly dates: readonly (boolean | undefined)[];
}

export class StylesReader {
  readonly styles: { dates: (boolean | undefined)[] } = { dates: [] };
  readonly #custom = new Map<number, boolean | undefined>();
  #formats = 0;
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
          cellXfs: { children: { xf: { open: (tag) => this.#style(tag.get('numFmtId')) } } },
        },
      },
    },
  };

  #format(id: string | undefined, code: string | undefined): void {
    this.#formats++;
    if (this.#formats > this.#reading.limits.styles) throw tooManyStyles();
    const tooLong = (code ?? '').length > this.#reading.limits.formatCodeLength;
    this.#custom.set(Number(id), tooLong ? undefined : isDateFormat(code ?? ''));
  }

  #style(format: string | undefined): void {
    const { dates } = this.styles;
    if (dates.length >= this.#reading.limits.styles) throw tooManyStyles();
    const id = Number(format ?? 0);
    if (this.#custom.has(id)) dates.push(this.#custom.get(id));
    else dates.push(Number.isInteger(id) ? isBuiltInDateFormat(id) : undefined);
  }
}

function tooManyStyles() {
  return fault('file-too-many-styles', '文件中的单元格样式过多；请把填报表复制到新的工作簿后重新上传。');
}

/** 27-36 and 50-58 are dates in Chinese, Japanese and Korean Excel, and stand in no file as text. */
export function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a number format shows a date or time: what is quoted, escaped or a colour or condition is left out. */
export function isDateFormat(code: string): boolean {
  const unquoted = code.replace(/"[^"]*(?:"|$)|[\\_*](?:[\ud800-\udbff][\udc00-\udfff]|[\s\S]|$)/g, '');
  // Behind the last `]` every `[` would be followed to the end for nothing.
  const closed = unquoted.lastIndexOf(']') + 1;
  const bare = unquoted
    .slice(0, closed)
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .concat(unquoted.slice(closed))
    .replace(/general|G\/[^\u0000-\u007f]+/gi, '')
    .replace(/e[+-]/gi, '');
  return /[ymdhsebg]|a{3}/i.test(bare);
}
