import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { scansIn } from '../../../../shared/core/year/scans.ts';
import { awaitsScan } from '../../../../shared/core/year/standing.ts';
import { recorded, recordedAt } from '../small-year.ts';
import { catalogue, explained, first, idOf, january, period, second } from './january.ts';

const scan = (name: string) => ({ sha256: sha256(name), size: 3, kind: 'pdf' as const, fileName: name });
const filed = (of: typeof first, name: string): Payload => ({
  ...{ kind: 'scan-filed', department: 'jia', period, upload: idOf(of), scan: scan(name) },
});
const kept = (name: string) => ({ ...scan(name), by: '系统', at: recordedAt });

describe('scans of what was signed and stamped', () => {
  it('are told with who filed them and when, among all that happened', () => {
    const events = recorded(catalogue, [first, explained(idOf(first)), filed(first, '一月.pdf')]);
    expect(scansIn(events)).toEqual([
      { department: 'jia', period, upload: idOf(first), said: kept('一月.pdf') },
    ]);
  });

  it('belong to the version that they were filed of, in the order in which they were', () => {
    const state = january([
      first,
      second,
      filed(first, '一.pdf'),
      filed(second, '二.pdf'),
      filed(first, '三.pdf'),
    ]);
    expect(state.revisions.map(({ scans }) => scans)).toEqual([
      [kept('一.pdf'), kept('三.pdf')],
      [kept('二.pdf')],
    ]);
  });

  it.each<[string, boolean, Payload[], boolean]>([
    ['of a version that counts', true, [first], true],
    ['of one whose scan was filed', true, [first, filed(first, '一.pdf')], false],
    ['of the version after one whose scan was filed', true, [first, filed(first, '一.pdf'), second], true],
    ['of what has not come', true, [], false],
    ['where the catalogue asks for none', false, [first], false],
  ])('%s, asked for: %s, are waited for or not', (_, isAsked, happenings, expected) => {
    expect(awaitsScan(january(happenings), { signing: { scan: isAsked, agreement: false } })).toBe(expected);
  });
});
