import type { Kind } from '../../core/catalogue/kinds.ts';
import { fieldInWords } from '../../core/catalogue/problem.ts';
import type { CellValue } from './cell-values.ts';

/** A column of a table: a field of the entries, by its path of keys. */
export interface Column {
  key: string;
  heading: string;
  /** Other headings that people give it. */
  also: readonly string[];
  width: number;
  /** What to write, in a few words with an example. */
  explanation: string;
  value: CellValue;
  isNecessary: boolean;
  /** What the drop-down list offers: words, or the names of a table. */
  choices?: readonly string[] | 'departments' | 'indicators' | 'tables';
  /** Of which kinds of indicators alone it is filled in. */
  kinds?: readonly Kind[];
}

type More = Partial<Omit<Column, 'key' | 'width' | 'explanation' | 'value'>>;

/** A column with the heading that people give the field. */
export function column(
  key: string,
  value: CellValue,
  width: number,
  explanation: string,
  more: More = {},
): Column {
  return {
    key,
    value,
    width,
    explanation,
    heading: fieldInWords(key),
    also: [],
    isNecessary: false,
    ...more,
  };
}
