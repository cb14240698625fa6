import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import type { CellValue } from './model.ts';
import { mainNamespaces } from './namespaces.ts';
import { unescaped, xmlText } from './text.ts';
import type { XmlDocument, XmlElement } from './xml.ts';

/** `t` and `r/t` of a rich string; the phonetic reading beside them (`rPh`) is no part of the text. */
export function richText(add: (text: string) => void): Readonly<Record<string, XmlElement>> {
  return { t: { text: add }, r: { children: { t: { text: add } } } };
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
            },
            close: () => this.#add(this.#parts),
            children: richText((text) => {
              this.#parts = withRun(this.#parts, text, this.#reading.limits.textLength);
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

  #add(text: string): void {
    if (this.#values.length >= this.#reading.limits.sharedStrings) {
      throw fault('file-too-many-strings', '文件中的文字条目过多；请只保留填报表，删去其他数据后重新上传。');
    }
    this.#reading.countText(text.length);
    this.#values.push(textValue(text, this.#reading.limits.textLength));
  }
}

/** A text of the file, Excel's escapes resolved. */
export function textValue(escaped: string, longest: number): CellValue {
  if (escaped === '') return emptyText;
  const text = detached(unescaped(escaped));
  return text.length > longest ? overlongText : { kind: 'text', text };
}
