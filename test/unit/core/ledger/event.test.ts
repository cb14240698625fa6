import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import {
  chainOf,
  hashOfEvent,
  headOf,
  isUploadEvent,
  type LedgerEvent,
  ledgerEventSchema,
  nextEvent,
  noHash,
  type Payload,
} from '../../../../shared/core/ledger/event.ts';
import {
  byUploadOrder,
  handedInAt,
  readUploadSchema,
  uploadId,
  uploadSchema,
} from '../../../../shared/core/ledger/upload.ts';
import { canonicalJson, digestOf, sha256 } from '../../../../shared/core/values/digest.ts';
import { accepted, inTime, recordedAt, refused, uploadOf } from '../small-year.ts';

const chain = chainOf(2023, 'jia');
const entry = (reported: string) => ({
  at: recordedAt,
  by: '系统',
  catalogue: sha256('catalogue'),
  happening: accepted('jia', '2023-01', { a: reported }),
});
function chained(...reported: string[]): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (const value of reported) events.push(nextEvent(chain, events, entry(value)));
  return events;
}

describe('a chain', () => {
  it('counts from one, and each link holds the hash of the one before', () => {
    const events = chained('1', '2', '3');
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(events.map(({ previous }) => previous)).toEqual([noHash, events[0]!.hash, events[1]!.hash]);
    expect(headOf(chain, events)).toEqual({ chain, length: 3, hash: events[2]!.hash });
    expect(headOf(chain, [])).toEqual({ chain, length: 0, hash: noHash });
  });

  it('has the hash that anybody can compute: SHA-256 of the canonical JSON without it', () => {
    const [event] = chained('1');
    const { hash, ...rest } = event!;
    expect(sha256(canonicalJson(rest))).toBe(hash);
    expect(hashOfEvent(event!)).toBe(hash);
  });

  it('is the same again after storage, with keys in another order', () => {
    const [event] = chained('1');
    const reversed = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(event))).reverse());
    expect(hashOfEvent(ledgerEventSchema.parse(reversed))).toBe(event!.hash);
  });

  it.each<[what: string, change: (event: LedgerEvent) => LedgerEvent]>([
    ['when', (event) => ({ ...event, at: '2024-06-01T00:00:00.001Z' })],
    ['by whom', (event) => ({ ...event, by: '别人' })],
    ['what', (event) => ({ ...event, happening: accepted('jia', '2023-01', { a: '2' }) })],
    ['where', (event) => ({ ...event, sequence: 2 })],
    ['after what', (event) => ({ ...event, previous: sha256('x') })],
    ['under which catalogue', (event) => ({ ...event, catalogue: sha256('x') })],
  ])('shows it when somebody changes %s', (_, change) => {
    const [event] = chained('1');
    expect(hashOfEvent(change(event!))).not.toBe(event!.hash);
  });

  it('hashes what is stored, also where the schema takes white space off', () => {
    const happening = {
      kind: 'deadline-extended',
      department: null,
      period: '2023-01',
      until: recordedAt,
    } as const;
    const event = nextEvent('2023/office', [], {
      ...entry('1'),
      by: ' 王五 ',
      happening: { ...happening, reason: '暴雪 \n' },
    });
    expect(event.by).toBe('王五');
    expect(hashOfEvent(event)).toBe(event.hash);
  });

  it('has no digest of what has no JSON', () => {
    expect(() => digestOf(undefined)).toThrow('value has no JSON form');
  });

  it.each<[what: string, wrong: Parameters<typeof nextEvent>[2]]>([
    [
      'a figure that is no canonical decimal',
      {
        ...entry('1'),
        happening: {
          ...entry('1').happening,
          observations: [{ indicator: 'a', status: 'reported', value: '01' }],
        },
      },
    ],
    ['no name', { ...entry('1'), by: ' ' }],
    ['a local time', { ...entry('1'), at: '2024-06-01T08:00:00+08:00' as Instant }],
  ])('takes no link with %s', (_, wrong) => {
    expect(() => nextEvent(chain, [], wrong)).toThrow();
  });
});

describe('an event that records an upload', () => {
  const address = { department: 'jia', period: '2023-01' } as const;
  it.each<[happening: Payload, is: boolean]>([
    [accepted('jia', '2023-01', { a: '1' }), true],
    [refused('jia', '2023-01'), true],
    [
      {
        kind: 'correction-explained',
        ...address,
        upload: uploadId(uploadOf('a', inTime('2023-01'))),
        reason: '漏',
      },
      false,
    ],
  ])('%o: %s', (happening, is) => {
    expect(isUploadEvent(nextEvent(chain, [], { ...entry('1'), happening }))).toBe(is);
  });
});

describe('uploads', () => {
  it.each([
    [uploadOf('a', '2023-02-01T00:00:00.000Z'), uploadOf('b', '2023-02-01T00:00:00.001Z'), 'time'],
    [uploadOf('b', '2023-02-01T00:00:00.000Z'), uploadOf('a', '2023-02-01T00:00:00.001Z'), 'time before key'],
    [uploadOf('a', '2023-02-01T00:00:00.000Z'), uploadOf('b', '2023-02-01T00:00:00.000Z'), 'key'],
    [
      uploadOf('a', '2023-02-01T00:00:00.000Z', null),
      uploadOf('a', '2023-02-01T00:00:00.000Z', 'v'),
      'version',
    ],
  ])('%# are ordered by %s', (earlier, later) => {
    expect(byUploadOrder(earlier, later)).toBeLessThan(0);
    expect(byUploadOrder(later, earlier)).toBeGreaterThan(0);
    expect(byUploadOrder(later, later)).toBe(0);
  });

  it.each<[claimedAt: Instant | null, at: Instant, may: boolean, what: string]>([
    [null, '2023-02-01T00:00:00.000Z', true, 'when they were received, where nobody says otherwise'],
    ['2023-01-31T00:00:00.000Z', '2023-01-31T00:00:00.000Z', true, 'when the legal office says'],
    ['2023-02-01T00:00:00.000Z', '2023-02-01T00:00:00.000Z', true, 'at the latest when they were received'],
    ['2023-02-01T00:00:00.001Z', '2023-02-01T00:00:00.001Z', false, 'never after that'],
  ])('claimed for %s were handed in at %s (may be said: %s), %s', (claimedAt, at, may) => {
    const upload = { ...uploadOf('a', '2023-02-01T00:00:00.000Z'), claimedAt };
    expect(handedInAt(upload)).toBe(at);
    expect(uploadSchema.safeParse(upload).success).toBe(may);
    expect(readUploadSchema.safeParse(upload).success).toBe(may);
  });

  it('are known by key and version alone', () => {
    const one = uploadOf('a', '2023-02-01T00:00:00.000Z');
    expect(uploadId(one)).toMatch(/^[0-9a-f]{16}$/);
    expect(uploadId({ ...one, uploadedAt: '2023-03-01T00:00:00.000Z' } as typeof one)).toBe(uploadId(one));
    expect(uploadId({ ...one, version: 'v2' })).not.toBe(uploadId(one));
    expect(uploadId({ ...one, version: null })).not.toBe(uploadId({ ...one, version: '' }));
  });
});
