import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import {
  type ActFilter,
  actsOf,
  type RecordedAct,
  recordedActSchema,
} from '../../../../shared/core/year/acts.ts';
import { foldYear, yearOfDepartment } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, recorded, recordedAt, refused } from '../small-year.ts';
import {
  admitted,
  catalogue,
  explained,
  figures,
  first,
  idOf,
  issued,
  period,
  published,
} from './january.ts';

const jia = { department: 'jia', period } as const;
const until = '2023-02-15T15:59:59.999Z';
const upload = idOf(first);
const [warning, ofAll, gone] = [sha256('warning'), sha256('all'), sha256('gone')];
const finding = { rule: 'outlier', severity: 'warning' as const, message: '相差很大。' };
const warnings = [
  { id: warning, finding: { ...finding, indicator: 'a' } },
  { id: ofAll, finding },
];

const requested: Payload = { kind: 'extension-requested', ...jia, until, reason: '系统升级' };
const asked: Payload = {
  ...{ kind: 'question-asked', ...jia, upload, about: 'b', effect: 'sent-back', reason: '请核实' },
};
const extended: Payload = {
  ...{ kind: 'deadline-extended', department: 'jia', period, until, reason: '停电' },
};
const extendedForAll: Payload = {
  ...{ kind: 'deadline-extended', department: null, period, until, reason: '放假' },
};
/** The hash of the first thing that happens in the office's chain. */
const hashOf = (happening: Payload) => recorded(catalogue, [happening])[0]!.hash;
const onQuestion = { ...jia, question: hashOf(asked), reason: '确实' };
const acknowledged = (of: typeof warning): Payload => ({
  ...{ kind: 'warning-acknowledged', as: 'legal-office', ...jia, warning: of, reason: '无误' },
});
const scan = { sha256: sha256('scan'), size: 3, kind: 'pdf' as const };

function actsAfter(happenings: readonly Payload[], filter: ActFilter = {}, onlyOf?: string): RecordedAct[] {
  const events = recorded(catalogue, happenings);
  const year = foldYear(adoptedAlone(catalogue), events);
  const state = onlyOf === undefined ? year : yearOfDepartment(year, onlyOf);
  const acts = actsOf({ events, state, warnings }, filter);
  for (const act of acts) recordedActSchema.parse(act);
  return acts;
}

/** What an act has beside what its kind does not. */
const nothing = {
  ...{ department: null, period: null, about: null, effect: null, upload: null, version: null, file: null },
  ...{ until: null, publication: null, document: null, as: null, reason: null },
};
const ofQuestion: Partial<RecordedAct> = { ...jia, about: 'b', effect: 'sent-back', upload, reason: '确实' };
const recordedNow = { at: recordedAt, by: '系统' };
const corrected = accepted('jia', period, figures('2'), {
  ...{ name: 'corrected', at: '2023-02-02T01:00:00.000Z', note: ' 漏报一件 ' },
});
const bad = refused('jia', period, { name: 'bad' });

describe('an act, as it is listed', () => {
  it.each<[sentence: string, happening: Payload, expected: Partial<RecordedAct>, before?: Payload[]]>([
    [
      'is an upload’s own where a return came: who sent it when, and the version that it made',
      first,
      {
        ...{ ...jia, at: first.upload.uploadedAt, by: '经办人', upload, version: 1, file: 'first.xlsx' },
      },
    ],
    [
      'has the reason that the file gives for a change',
      corrected,
      {
        ...{ ...jia, at: corrected.upload.uploadedAt, by: '经办人', upload: idOf(corrected), version: 1 },
        ...{ file: 'corrected.xlsx', reason: '漏报一件' },
      },
    ],
    [
      'has no version where an upload was refused',
      bad,
      { ...jia, at: bad.upload.uploadedAt, by: '经办人', upload: idOf(bad), file: 'bad.xlsx' },
    ],
    [
      'is about the version that is explained',
      explained(upload),
      { ...jia, upload, version: 1, reason: '漏报一件' },
      [first],
    ],
    ['lets an upload in', admitted(upload), { ...jia, upload, reason: '网络故障' }],
    [
      'does not let one in',
      { kind: 'admission-declined', ...jia, upload, reason: '不同意' },
      { ...jia, upload, reason: '不同意' },
    ],
    ['agrees without a reason', { kind: 'return-agreed', ...jia, upload }, { ...jia, upload }],
    [
      'disagrees with one',
      { kind: 'return-disagreed', ...jia, upload, reason: '少一件' },
      { ...jia, upload, reason: '少一件' },
    ],
    [
      'names the scan that was filed',
      { kind: 'scan-filed', ...jia, upload, scan: { ...scan, fileName: '一月.pdf' } },
      { ...jia, upload, file: '一月.pdf', document: scan.sha256 },
    ],
    [
      'does not name a scan that came without a name',
      { kind: 'scan-filed', ...jia, upload, scan },
      { ...jia, upload, document: scan.sha256 },
    ],
    ['gives all departments more time', extendedForAll, { period, until, reason: '放假' }],
    ['asks for more time', requested, { ...jia, until, reason: '系统升级' }],
    [
      'declines the time that was asked for',
      { kind: 'extension-declined', ...jia, request: hashOf(requested), reason: '来得及' },
      { ...jia, until, reason: '来得及' },
      [requested],
    ],
    [
      'declines what is no request of this year, so that nobody knows which time',
      { kind: 'extension-declined', ...jia, request: hashOf(asked), reason: '来得及' },
      { ...jia, reason: '来得及' },
      [asked],
    ],
    [
      'declines what is not known at all',
      { kind: 'extension-declined', ...jia, request: gone, reason: '来得及' },
      { ...jia, reason: '来得及' },
    ],
    ['asks a question', asked, { ...ofQuestion, reason: '请核实' }],
    ['answers it, and is about the same', { kind: 'question-answered', ...onQuestion }, ofQuestion, [asked]],
    [
      'insists on it, and is about the same',
      { kind: 'question-insisted', ...onQuestion, upload: idOf(corrected) },
      ofQuestion,
      [asked],
    ],
    ['closes it, and is about the same', { kind: 'question-closed', ...onQuestion }, ofQuestion, [asked]],
    [
      'closes a question that is not known',
      { kind: 'question-closed', ...onQuestion, question: gone },
      { ...jia, reason: '确实' },
    ],
    [
      'closes what is no question',
      { kind: 'question-closed', ...onQuestion, question: hashOf(requested) },
      { ...jia, reason: '确实' },
      [requested],
    ],
    [
      'answers a warning that still stands, and is about its indicator',
      acknowledged(warning),
      { ...jia, about: 'a', as: 'legal-office', reason: '无误' },
    ],
    [
      'answers a warning of a rule over all departments, which is about no indicator',
      acknowledged(ofAll),
      { ...jia, as: 'legal-office', reason: '无误' },
    ],
    ['answers a warning that is gone', acknowledged(gone), { ...jia, as: 'legal-office', reason: '无误' }],
    ['adopts a catalogue', adoption(catalogue), { document: catalogueHash(catalogue), reason: '采用' }],
    [
      'records a baseline',
      { kind: 'baseline-recorded', baseline: sha256('baseline'), reason: '首年' },
      { document: sha256('baseline'), reason: '首年' },
    ],
    [
      'adopts a template of the report',
      { kind: 'report-template-adopted', template: sha256('template'), reason: '新版式' },
      { document: sha256('template'), reason: '新版式' },
    ],
    ['publishes', published(1, upload), { publication: 1 }],
    ['issues a publication', issued(1), { publication: 1, reason: '局长办公会审定' }],
  ])('%s', (_, happening, expected, before = []) => {
    const acts = actsAfter([...before, happening]).filter(({ kind }) => kind === happening.kind);
    const { chain, sequence, hash } = recorded(catalogue, [...before, happening]).find(
      (event) => event.happening.kind === happening.kind,
    )!;
    const ledger = { chain, sequence, hash };
    expect(acts).toEqual([{ ...nothing, ...recordedNow, kind: happening.kind, ...expected, ledger }]);
  });
});

describe('the acts of a year', () => {
  const bing = refused(null, null, { at: '2023-01-26T02:00:00.000Z', name: 'whose' });
  const theirs = accepted('yi', period, figures('4'), { at: '2023-02-01T17:00:00.000Z', name: 'theirs' });
  const again = structuredClone(first);
  again.upload = { ...again.upload, key: 'uploads/again.xlsx', uploadedAt: '2023-02-05T01:00:00.000Z' };
  const all = [first, again, theirs, bing, requested, extended, extendedForAll, adoption(catalogue)];
  const listed = (filter: ActFilter = {}, onlyOf?: string) =>
    actsAfter(all, filter, onlyOf).map(({ kind, department }) => `${kind} ${department}`);

  it('are told newest first; of one moment chain by chain, in each the last one first', () => {
    expect(actsAfter(all).map(({ ledger, kind }) => `${ledger.chain} ${kind}`)).toEqual([
      '2023/office catalogue-adopted',
      '2023/office deadline-extended',
      '2023/office deadline-extended',
      '2023/office extension-requested',
      '2023/jia return-accepted',
      '2023/yi return-accepted',
      '2023/jia return-accepted',
      '2023/unaddressed return-refused',
    ]);
    const [one, other] = [refused('jia', period), refused('yi', period)];
    for (const order of [
      [one, other],
      [other, one],
    ]) {
      expect(actsAfter(order).map(({ department }) => department)).toEqual(['jia', 'yi']);
    }
  });

  it('name the version that a file made which was sent again', () => {
    expect(actsAfter([first, again]).map(({ version, upload: of }) => [version, of])).toEqual([
      [1, idOf(again)],
      [1, idOf(first)],
    ]);
  });

  it.each<[string, ActFilter, string[]]>([
    [
      'of a department are its own, and what was extended for all',
      { department: 'yi' },
      ['deadline-extended null', 'return-accepted yi'],
    ],
    ['of a month that nobody reports on are none', { period: '2023-02' }, []],
    [
      'of a month are without those of the year',
      { period },
      [
        ...[
          'deadline-extended null',
          'deadline-extended jia',
          'extension-requested jia',
          'return-accepted jia',
        ],
        ...['return-accepted yi', 'return-accepted jia'],
      ],
    ],
    ['of a kind are those of it', { kind: 'return-refused' }, ['return-refused null']],
    [
      'of a person are found by part of the name',
      { person: ' 办人 ', kind: 'return-refused' },
      ['return-refused null'],
    ],
    ['of nobody of that name are none', { person: '王', kind: 'return-refused' }, []],
    [
      'from a day on begin with it, in the zone of the catalogue',
      { from: '2023-02-02', to: '2023-02-05' },
      ['return-accepted jia', 'return-accepted yi'],
    ],
    ['until a day end with it', { to: '2023-01-26' }, ['return-refused null']],
    ['between two days fit both', { from: '2023-01-27', to: '2023-02-01' }, ['return-accepted jia']],
  ])('%s', (_, filter, expected) => {
    expect(listed(filter)).toEqual(expected);
  });

  it('are found by a name in capitals or not', () => {
    const sent = structuredClone(first);
    sent.upload = { ...sent.upload, uploader: 'Zhang San' };
    for (const person of ['ZHANG', 'zhang', 'g s']) expect(actsAfter([sent], { person })).toHaveLength(1);
  });

  it('are, as one department may know them, its own and what was extended for all', () => {
    expect(listed({}, 'yi')).toEqual(['deadline-extended null', 'return-accepted yi']);
    expect(listed({ department: 'jia' }, 'yi')).toEqual(['deadline-extended null']);
  });
});
