import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { accepted, catalogueOf, indicator, refused } from '../small-year.ts';
import { compose, figures, whole } from './composed.ts';

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

describe('the digest', () => {
  const first = compose(whole);

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
