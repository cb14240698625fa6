import type { Finding, Place } from '../core/returns/finding.ts';
import { say } from '../core/returns/findings/findings.ts';
import { parseCellAddress } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { SheetReading } from './reading/model.ts';

/** Tells whether a figure of the form depends on a cell of the sheet. */
export interface NeededCells {
  sheet: SheetReading;
  isNeeded: (row: number, column: number) => boolean;
}

/**
 * What the reader found wrong with sheets and cells, of which only those count that a form needs: an error anywhere
 * else is noted, once a sheet, and refuses nothing. A sheet that cannot be read is needed while one is missing.
 */
export function faultsThatCount(
  found: readonly Finding[],
  needed: readonly NeededCells[],
  isSheetMissing: boolean,
): Finding[] {
  const counts = ({ severity, place }: Finding) =>
    severity !== 'error' || place?.sheet === undefined || isPlaceNeeded(place, needed, isSheetMissing);
  const elsewhere = Map.groupBy(
    found.filter((finding) => !counts(finding)),
    ({ place }) => place?.sheet,
  );
  return [
    ...found.filter(counts),
    ...[...elsewhere.values()].map((faults) => noteOf(faults as [Finding, ...Finding[]])),
  ];
}

function isPlaceNeeded(
  { sheet: name, cell }: Place,
  needed: readonly NeededCells[],
  isSheetMissing: boolean,
): boolean {
  const sheets = needed.filter(({ sheet }) => sheetPlace(sheet.name).sheet === name);
  if (sheets.length === 0) return isSheetMissing;
  const position = cell === undefined ? undefined : parseCellAddress(cell);
  return position === undefined || sheets.some(({ isNeeded }) => isNeeded(position.row, position.column));
}

function noteOf(faults: readonly [Finding, ...Finding[]]): Finding {
  const [{ place, found, message }] = faults;
  return {
    ...say('fault-elsewhere', { found, reason: message.split('；')[0] ?? '', count: faults.length }),
    ...(place === undefined ? {} : { place }),
  };
}
