import { lastRow } from './address.ts';
import type { Reading } from './fault.ts';

const yes = '"(?:[01]|true|false)"';
const no = '"(?:0|false)"';
/** How a row looks that is neither hidden nor of no height, in the order of the standard. */
const looks = `(?: s="\\d+")?(?: customFormat=${yes})?(?: ht="[1-9][\\d.]*")?(?: hidden=${no})?(?: customHeight=${yes})?`;
const spans = ' spans="[\\d:]*"';
const others = `(?: outlineLevel="\\d")?(?: collapsed=${yes})?(?: thickTop=${yes})?(?: thickBot=${yes})?(?: x14ac:dyDescent="[\\d.]*")?`;
/** Columns to ZZ, which are there on every sheet. */
const blankCell = '<c r="[A-Z]{1,2}\\1"(?: s="\\d+")?/>';
/**
 * A row that is formatted and empty, or all of whose cells are, as Excel and WPS write it: WPS puts the spans last.
 * Whatever is written in any other way is left to the full reader.
 */
const blankRow = new RegExp(
  `<row r="([1-9]\\d{0,6})"(?:${spans}${looks}|${looks}(?:${spans})?)${others}(?:/>|>(?:${blankCell})*</row>)`,
  'y',
);

/** How many characters of such rows are read in a step. */
const charactersAStep = 32;

/** Reads on while rows are blank: sheets that were formatted to their last row have a million of them. */
export function readBlankRows(
  source: string,
  from: number,
  reading: Reading,
  take: (row: number) => void,
): number {
  let at = from;
  let row = 0;
  for (;;) {
    blankRow.lastIndex = at;
    const number = Number(blankRow.exec(source)?.[1] ?? lastRow + 1);
    if (number > lastRow) break;
    row = number;
    at = blankRow.lastIndex;
  }
  reading.countWork(Math.ceil((at - from) / charactersAStep));
  if (row > 0) take(row);
  return at;
}
