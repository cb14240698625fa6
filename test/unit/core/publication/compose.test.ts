import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { returnsAt } from '../../../../shared/core/publication/content.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { publicationDigest } from '../../../../shared/publication/compose.ts';
import { accepted, catalogueOf, indicator, recordedAt, refused, stateOf } from '../small-year.ts';
import { idOf } from '../year/january.ts';
import { catalogue, compose, figures, whole } from './composed.ts';

describe('a publication', () => {
  it('is final when nothing is missing, with number 1 and no changes', () => {
    const publication = compose(whole);
    expect(publication).toMatchObject({ status: 'final', number: 1, changes: { since: null, figures: [] } });
    expect(publication.totals.map(({ indicator: id, value }) => [id, value])).toEqual([
      ['a', '8'],
      ['works', '1'],
      ['joined', null],
      ['rate', '20'],
      ['b', '40'],
    ]);
    expect(publication.returns.every(({ standing }) => standing === 'counting')).toBe(true);
    expect(publication.observations).toHaveLength(16);
  });

  it('is provisional while any return is missing, also one with nothing for the city in it', () => {
    expect(compose(whole.slice(1)).status).toBe('provisional');
    const own = catalogueOf({
      indicators: [
        indicator('a', 'flow', { reporters: ['jia'] }),
        indicator('joined', 'flow', { reporters: ['yi'], overDepartments: 'none' }),
      ],
      months: [1],
    });
    expect(compose([accepted('jia', '2023-01', { a: '1' })], undefined, own).status).toBe('provisional');
    const plain = catalogueOf({ indicators: [indicator('a')], months: [1] });
    expect(compose([accepted('jia', '2023-01', { a: '1' })], undefined, plain).status).toBe('provisional');
  });

  it('is final where nothing is missing, though a ratio over nothing has no figure', () => {
    const nothing = whole.map((each) =>
      each.kind === 'return-accepted'
        ? accepted(each.department, each.period, figures('0', { b: '0' }))
        : each,
    );
    const { status, totals } = compose(nothing);
    expect(status).toBe('final');
    expect(totals[3]).toMatchObject({ value: null, status: 'final', reasons: [expect.any(String)] });
  });

  it('shows where each return stands, and what is held', () => {
    const held = accepted('jia', '2023-02', figures('5'), { name: 'held', at: '2024-02-01T00:00:00.000Z' });
    const { returns, held: shown } = compose([whole[0]!, held, refused('yi', '2023-01')]);
    expect(returns.map(({ department, period, standing }) => `${department} ${period} ${standing}`)).toEqual([
      'jia 2023-01 counting',
      'yi 2023-01 refused',
      'jia 2023-02 held',
      'yi 2023-02 not-reported',
    ]);
    expect(shown).toMatchObject([
      { department: 'jia', period: '2023-02', revision: 1, because: ['after-cut-off'] },
    ]);
  });
});

describe('a return in a publication', () => {
  const inTime = '2023-02-01T00:00:00.000Z';
  const pastDue = '2023-02-15T00:00:00.000Z';
  const pastCutOff = ['2023-03-01T00:00:00.000Z', '2023-03-02T00:00:00.000Z'] as const;
  const came = (at: string) => accepted('jia', '2023-01', figures('2'), { at });
  const wrong = (at: string) => refused('jia', '2023-01', { at });
  const none = { revision: null, revisions: 0, late: false, uploadedAt: null, uploader: null };

  it.each<[what: string, happenings: Payload[], expected: object]>([
    ['that did not come', [], { ...none, standing: 'not-reported' }],
    [
      'that was refused several times shows the last upload',
      [wrong(pastDue), wrong(inTime), wrong(pastDue.replace('T00', 'T01'))],
      { ...none, standing: 'refused', uploadedAt: pastDue.replace('T00', 'T01'), uploader: '经办人' },
    ],
    [
      'that came in time',
      [came(inTime)],
      { standing: 'counting', revision: 1, revisions: 1, late: false, uploadedAt: inTime },
    ],
    ['that came late', [came(pastDue)], { standing: 'counting', late: true, uploadedAt: pastDue }],
    [
      'that came in time and was corrected late is not late',
      [came(pastDue), came(inTime)],
      { standing: 'counting', revision: 2, revisions: 2, late: false, uploadedAt: pastDue },
    ],
    [
      'with a held correction shows what counts',
      [came(inTime), came(pastCutOff[0])],
      { standing: 'counting', revision: 1, revisions: 2, uploadedAt: inTime },
    ],
    [
      'of which everything is held shows the last',
      [came(pastCutOff[0]), came('2023-02-28T00:00:00.000Z'), came(pastCutOff[1]), wrong(inTime)],
      { standing: 'held', revision: null, revisions: 3, late: true, uploadedAt: pastCutOff[1] },
    ],
  ])('%s', (_, happenings, expected) => {
    expect(compose(happenings).returns[0]).toMatchObject(expected);
  });
});

describe('what was decided and asked about a return', () => {
  const about = { department: 'jia', period: '2023-01' } as const;
  const late = accepted('jia', '2023-01', figures('2'), { at: '2023-03-01T00:00:00.000Z' });
  const rowOf = (...happenings: Payload[]) => compose(happenings).returns[0];

  it('is who let it in, and why', () => {
    const act = { ...about, upload: idOf(late), reason: '网络故障' };
    expect(rowOf(late)?.admission).toBeNull();
    expect(rowOf(late, { kind: 'return-admitted', ...act })?.admission).toEqual({
      ...{ kind: 'admitted', by: '系统', at: recordedAt, reason: '网络故障' },
    });
    expect(rowOf(late, { kind: 'admission-declined', ...act })).toMatchObject({
      ...{ standing: 'declined', admission: { kind: 'declined', reason: '网络故障' } },
    });
  });

  it('is when the legal office says that it was handed in, also where it was refused', () => {
    const claimedAt = '2023-02-03T00:00:00.000Z' as const;
    const wrong = refused('jia', '2023-01', { at: '2023-03-01T00:00:00.000Z' });
    for (const each of [late, wrong]) {
      const claimed = { ...each, upload: { ...each.upload, claimedAt } } as Payload;
      expect(rowOf(claimed)).toMatchObject({ claimedAt, uploadedAt: '2023-03-01T00:00:00.000Z' });
    }
  });

  it('is the last scan that was filed', () => {
    const [own] = whole as [typeof late];
    const filed = (name: string): Payload => ({
      ...{ kind: 'scan-filed', ...about, upload: idOf(own) },
      scan: { sha256: sha256(name), size: 1, kind: 'pdf' },
    });
    expect(rowOf(own, filed('one'), filed('two'), filed('three'))?.scan).toBe(sha256('three'));
    expect(rowOf(own)).toMatchObject({ scan: null, awaitsScan: false });
  });

  it('is each question that is not closed', () => {
    const [own] = whole as [typeof late];
    const asked: Payload = {
      ...{ kind: 'question-asked', ...about, upload: idOf(own), about: 'a' },
      ...{ effect: 'counts-meanwhile', reason: '请核实' },
    };
    const [question] = compose([own, asked]).questions;
    expect(question).toMatchObject({
      ...{ ...about, about: 'a', effect: 'counts-meanwhile', stage: 'open', steps: [] },
      asked: { by: '系统', at: recordedAt, reason: '请核实' },
    });
    const act = { ...about, question: question!.id };
    const answered: Payload = { kind: 'question-answered', ...act, reason: '属实' };
    expect(compose([own, asked, answered]).questions).toMatchObject([
      { id: question!.id, stage: 'answered', steps: [{ kind: 'answered', reason: '属实' }] },
    ]);
    const closed: Payload = { kind: 'question-closed', ...act, reason: '已核实' };
    expect(compose([own, asked, answered, closed]).questions).toEqual([]);
  });
});

describe('where returns stand at a moment', () => {
  it('is not due while their period is not over', () => {
    const state = stateOf(catalogue, whole.slice(0, 1));
    const at = (now: Instant) => returnsAt(state, now).map(({ standing }) => standing);
    expect(at('2023-02-15T00:00:00.000Z')).toEqual(['counting', 'not-reported', 'not-due', 'not-due']);
    expect(at('2023-03-15T00:00:00.000Z')).toEqual(['counting', ...Array(3).fill('not-reported')]);
  });
});

describe('the digest', () => {
  const first = compose(whole);

  it('is known before anything is published', () => {
    expect(publicationDigest(stateOf(catalogue, whole))).toBe(first.digest);
  });

  it('does not depend on the order of recording, nor on who published when by which number', () => {
    const again = compose([...whole.toReversed(), whole[0]!], first);
    expect(again.digest).toBe(first.digest);
    expect(again.number).toBe(2);
    expect(again.observations).not.toEqual(first.observations);
    expect(again.changes).toEqual({ since: 1, figures: [], texts: [], adoptions: [] });
  });

  it.each([
    ['a figure', [...whole.slice(1), accepted('jia', '2023-01', figures('3'))]],
    ['a missing return', whole.slice(1)],
    ['a name in a list', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { works: ['乙'] }))]],
    ['a refusal instead of nothing', [...whole.slice(1), refused('jia', '2023-01')]],
    ['不适用 for a number', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { b: '不适用' }))]],
  ])('changes with %s', (_, happenings) => {
    expect(compose(happenings as Payload[]).digest).not.toBe(first.digest);
  });
});
