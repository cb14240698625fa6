import type { Period } from '../../shared/core/catalogue/period.ts';
import { isAsked } from './asked.ts';
import type { Figures } from './small-city.ts';

/**
 * What must be, said a second time and in the plainest way. Takes nothing from the program but the types of its
 * catalogue and events. Counts in whole millionths.
 */
export interface ModelUpload {
  id: string;
  department: string | undefined;
  period: string | undefined;
  uploadedAt: string;
  uploader: string;
  /** When it was handed in, as far as anybody says something else than that it came then. */
  claimedAt: string | null;
  key: string;
  version: string | null;
  /** Of which of the city's catalogues the form is. */
  form: number;
  /** The bytes of the file, or what tells them from others. */
  bytes: string;
  /** What was typed; undefined if it must be refused. */
  figures: Figures | undefined;
  /** What was written beside figures, by indicator; `grid-gr` is at the end of that row. */
  remarks: Record<string, string>;
  note: string;
}

/** What counts of an upload under the catalogue in force: what it asks for, and money in its unit. */
export function countedFigures(
  { figures = {}, form, department = '', period = '' }: ModelUpload,
  version: number,
): Figures {
  const isInOldUnit = form < 3 && version >= 3;
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([id]) => isAsked(id, { department, period: period as Period }, version))
      .map(([id, typed]) => [id, id === 'money' && isInOldUnit ? tenThousandTimes(typed) : typed]),
  );
}

function tenThousandTimes(typed: Figures[string]): Figures[string] {
  return typeof typed === 'string' && typed !== 'n/a' ? inWriting(millionths(typed) * 10_000n) : typed;
}

export const unit = 1_000_000n;

export function millionths(text: string): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole) * unit + BigInt(decimals.padEnd(6, '0'));
}

export function inWriting(value: bigint): string {
  if (value < 0n) return `-${inWriting(-value)}`;
  const decimals = String(value % unit).padStart(6, '0');
  return `${value / unit}.${decimals}`.replace(/\.?0+$/, '');
}
