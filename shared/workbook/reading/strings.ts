import type { Look } from '../../core/returns/content.ts';
import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import type { CellValue } from './model.ts';
import { mainNamespaces } from './namespaces.ts';
import { unescaped, xmlText } from './text.ts';
import type { XmlDocument, XmlElement } from './xml.ts';

/**
 * `t` and `r/t` of a rich string, each text with how it looks where that is not plain; the phonetic reading beside them
 * (`rPh`) is no part of the text.
 */
export function richText(add: (text: string, look?: Look) => void): Readonly<Record<string, XmlElement>> {
  let look: Look | undefined;
  const properties: XmlElement = {
    children: {
      strike: {
        open: (tag) => {
          if (!tag.isFalse('val')) look = 'struck';
        },
      },
      vertAlign: {
        open: (tag) => {
          if (tag.get('val') !== 'baseline') look ??= 'raised';
        },
      },
    },
  };
  return {
    t: { text: (text) => add(text) },
    r: {
      open: () => {
        look = undefined;
      },
      children: { rPr: properties, t: { text: (text) => add(text, text.trim() === '' ? undefined : look) } },
    },
  };
}

/** The look of a text of which one part has this look, and another that: what is struck out weighs more. */
export function lookOfBoth(one: Look | undefined, other: Look | undefined): Look | undefined {
  return one === 'struck' ? one : (other ?? one);
}

/** How many characters an escape may have for the one it stands for: `_x000D_`. */
const escapeLength = 7;

/** Puts a run at the end of a text, unless that is longer than a cell's may be already, whatever it escapes. */
export function withRun(text: string, run: string, longest: number): string {
  return text.length > longest * escapeLength ? text : text + run;
}

/** In place of a text that is empty or longer than a cell may be, so that telling needs no look at the text. */
export const emptyText: CellValue = { kind: 'text', text: '' };
export const overlongText: CellValue = { kind: 'text', text: '…' };

/** The shared strings of a workbook, as values that many cells share. */
export class SharedStrings {
  readonly #reading: Reading;
  readonly #values: CellValue[] = [];
  #parts = '';
  #look: Look | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  readonly document: XmlDocument = {
    namespaces: mainNamespaces,
    roots: {
      sst: {
        quick: ({ source }, at) => this.#readPlain(source, at),
        children: {
          si: {
            open: () => {
              this.#parts = '';
              this.#look = undefined;
            },
            close: () => this.#add(this.#parts, this.#look),
            children: richText((text, look) => {
              this.#parts = withRun(this.#parts, text, this.#reading.limits.textLength);
              this.#look = lookOfBoth(this.#look, look);
            }),
          },
        },
      },
    },
  };

  at(index: number): CellValue | undefined {
    return this.#values[index];
  }

  /** Reads on while strings look like `<si><t>...</t></si>`. */
  #readPlain(source: string, from: number): number {
    let at = from;
    while (source.startsWith('<si><t>', at)) {
      const end = source.indexOf('<', at + 7);
      if (end < 0 || !source.startsWith('</t></si>', end)) return at;
      this.#add(xmlText(source.slice(at + 7, end), this.#reading));
      at = end + 9;
    }
    return at;
  }

  #add(text: string, look?: Look): void {
    if (this.#values.length >= this.#reading.limits.sharedStrings) {
      throw fault('file-too-many-strings', '文件中的文字条目过多；请只保留填报表，删去其他数据后重新上传。');
    }
    this.#reading.countText(text.length);
    this.#values.push(textValue(text, this.#reading.limits.textLength, look));
  }
}

/** A text of the file, Excel's escapes resolved. */
export function textValue(escaped: string, longest: number, look?: Look): CellValue {
  if (escaped === '') return emptyText;
  const text = detached(unescaped(escaped));
  if (text.length > longest) return overlongText;
  return look === undefined ? { kind: 'text', text } : { kind: 'text', text, look };
}
