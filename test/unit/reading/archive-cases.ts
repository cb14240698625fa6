import { crc32 } from 'node:zlib';
import { type Archive, openArchive } from '../../../shared/workbook/reading/archive.ts';
import { ReadingFault } from '../../../shared/workbook/reading/fault.ts';
import { defaultLimits, type ReadingLimits } from '../../../shared/workbook/reading/limits.ts';
import { deflated, type RawEntry } from '../../fixtures/hostile-zip.ts';

/** An entry as it should be, but for what is said of it. */
export const entry = (name: string, content = '<x/>', more: Partial<RawEntry> = {}): RawEntry => ({
  name,
  data: deflated(Buffer.from(content)),
  size: Buffer.byteLength(content),
  crc: crc32(content),
  ...more,
});

/** The archive, unless it is refused. */
export function opened(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Archive {
  return openArchive(Buffer.from(bytes), { ...defaultLimits, ...limits });
}

/** `read`, with what is behind the zip, or the rule that refuses it; `damaged` with what is damaged. */
export function outcome(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): string {
  try {
    const { bytesBehind } = opened(bytes, limits);
    return bytesBehind === 0 ? 'read' : `${bytesBehind} byte${bytesBehind === 1 ? '' : 's'} behind`;
  } catch (error) {
    if (!(error instanceof ReadingFault)) throw error;
    const { rule, message } = error.finding;
    return rule === 'file-damaged' ? `damaged: ${/（(.*)）/.exec(message)?.[1]}` : rule;
  }
}
