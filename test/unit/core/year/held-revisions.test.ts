import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import type { UploadId } from '../../../../shared/core/ledger/upload.ts';
import { returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';
import {
  admitted,
  explained,
  figures,
  first,
  idOf,
  issued,
  january,
  lastDueMoment,
  lastMoment,
  much,
  pastCutOff,
  pastDue,
  period,
  published,
  second,
  standings,
} from './january.ts';

const by = (department: string | null, until: Instant): Payload => ({
  kind: 'deadline-extended',
  department,
  period,
  until,
  reason: '暴雪',
});

describe('when a return came', () => {
  it.each([
    [lastDueMoment, [], false, 'counting', 'on the last day'],
    [pastDue, [], true, 'counting', 'a moment later, which is late but counts'],
    [lastMoment, [], true, 'counting', 'on the day of the cut-off'],
    [pastCutOff, [], true, 'held', 'a moment later, which is held'],
    [pastDue, [by('jia', much)], false, 'counting', 'late with an extension'],
    [pastCutOff, [by('jia', much)], false, 'counting', 'past the cut-off with an extension'],
    [pastCutOff, [by(null, pastCutOff)], false, 'counting', 'at the last moment of an extension for all'],
    [pastCutOff, [by('jia', lastMoment)], true, 'held', 'after an extension has run out'],
    [pastCutOff, [by('yi', much)], true, 'held', "with another department's extension"],
    [
      pastCutOff,
      [by('jia', lastMoment), by('jia', much)],
      false,
      'counting',
      'with a second, longer extension',
    ],
    [
      pastCutOff,
      [by('jia', much), by('jia', lastMoment)],
      false,
      'counting',
      'with a second, shorter extension',
    ],
  ] as [string, Payload[], boolean, string, string][])(
    '%s, extensions %j: late %s, %s: %s',
    (at, acts, late, standing) => {
      const state = january([...acts, accepted('jia', period, figures('1'), { at })]);
      expect(state.revisions).toMatchObject([{ late, state: { kind: standing } }]);
      expect(state.counting === undefined).toBe(standing === 'held');
    },
  );

  it('an extension of another month changes nothing', () => {
    const other: Payload = { ...by('jia', much), period: '2023-02' } as Payload;
    expect(standings(january([other, accepted('jia', period, figures('1'), { at: pastCutOff })]))).toEqual([
      [1, 'held', 'after-cut-off'],
    ]);
  });

  it('a held return counts once the legal office lets it in, and no other does', () => {
    const late = accepted('jia', period, figures('3'), { name: 'late', at: pastCutOff });
    const later = accepted('jia', period, figures('4'), { name: 'later', at: much });
    expect(standings(january([first, late, later]))).toEqual([
      [1, 'counting', ''],
      [2, 'held', 'after-cut-off'],
      [3, 'held', 'after-cut-off'],
    ]);
    expect(standings(january([first, late, later, admitted(idOf(late))]))).toEqual([
      [1, 'superseded', ''],
      [2, 'counting', ''],
      [3, 'held', 'after-cut-off'],
    ]);
  });
});

describe('what the office declined to let in', () => {
  const late = accepted('jia', period, figures('500'), { name: 'late', at: pastCutOff });
  const declined = { ...admitted(idOf(late)), kind: 'admission-declined' } as Payload;
  const inTime = {
    ...late,
    upload: { ...late.upload, key: 'uploads/paper.xlsx', claimedAt: lastMoment as Instant },
  };
  const next = accepted('jia', period, figures('6'), { name: 'next', at: '2023-02-21T16:00:00.000Z' });

  it.each<[sentence: string, acts: Payload[], expected: unknown[]]>([
    ['is declined', [declined], [2, 'declined', '']],
    ['stays declined when everybody gets more time', [declined, by(null, much)], [2, 'declined', '']],
    ['stays declined when its department gets more time', [declined, by('jia', much)], [2, 'declined', '']],
    ['stays declined if the same file was handed in in time', [declined, inTime], [2, 'declined', '']],
    ['is let in after that', [declined, by(null, much), admitted(idOf(late))], [2, 'counting', '']],
    ['is declined where that came last', [admitted(idOf(late)), declined], [2, 'declined', '']],
    [
      'holds up no other that comes in the time that all got',
      [declined, by(null, much), next],
      [3, 'counting', ''],
    ],
  ])('%s', (_, acts, expected) => {
    expect(standings(january([first, late, ...acts])).at(-1)).toEqual(expected);
  });
});

describe('a change of what was issued', () => {
  const publication = [published(1, idOf(first)), issued(1)];

  it('is held without a reason', () => {
    expect(standings(january([first, ...publication, second]))).toEqual([
      [1, 'counting', ''],
      [2, 'held', 'changes-issued'],
    ]);
  });

  it('counts without a reason while the publication is only kept', () => {
    const archived = [published(1, idOf(first)), published(2, idOf(first))];
    expect(january([first, ...archived, second]).counting?.number).toBe(2);
    expect(january([first, ...archived, issued(1), second]).counting?.number).toBe(1);
  });

  it('counts with a reason in the file', () => {
    const reasoned = accepted('jia', period, figures('2'), {
      name: 'r',
      at: '2023-02-03T01:00:00.000Z',
      note: ' 漏报 ',
    });
    const state = january([first, ...publication, reasoned]);
    expect(state.counting).toMatchObject({ number: 2, reason: '漏报' });
  });

  it('counts once a reason is given afterwards, the last one given', () => {
    const state = january([
      first,
      ...publication,
      second,
      explained(idOf(second)),
      explained(idOf(second), '重复计算'),
    ]);
    expect(state.counting).toMatchObject({ number: 2, reason: '重复计算' });
  });

  it('needs no reason if it says the same figures from other cells', () => {
    const same = structuredClone(first);
    same.observations.reverse();
    for (const observation of same.observations) observation.place = { sheet: '表', cell: 'Z9' };
    same.upload = { ...second.upload };
    expect(january([first, ...publication, same]).counting?.number).toBe(2);
  });

  it('needs a reason where zero becomes blank, or a list has other items of the same number', () => {
    const lists = catalogueOf({ indicators: [indicator('works', 'list')] });
    const one = accepted('jia', period, { works: ['甲'] }, { name: 'first' });
    const other = accepted(
      'jia',
      period,
      { works: ['乙'] },
      { name: 'second', at: '2023-02-02T01:00:00.000Z' },
    );
    const state = stateOf(lists, [one, published(1, idOf(one)), issued(1), other]);
    expect(returnOf(state, { department: 'jia', period })?.revisions[1]?.state.kind).toBe('held');
    const zero = accepted(
      'jia',
      period,
      { a: '1', b: '0' },
      { name: 'zero', at: '2023-02-02T01:00:00.000Z' },
    );
    expect(standings(january([first, ...publication, zero]))[1]).toEqual([2, 'held', 'changes-issued']);
  });

  it('is measured against the newest issued publication that has this return', () => {
    const third = accepted('jia', period, figures('1'), { name: 'third', at: '2023-02-03T01:00:00.000Z' });
    const history = [
      first,
      ...publication,
      second,
      explained(idOf(second)),
      published(2, idOf(second)),
      issued(2),
    ];
    expect(january(history).counting?.number).toBe(2);
    expect(standings(january([...history, third]))[2]).toEqual([3, 'held', 'changes-issued']);
    const without: Payload = {
      ...published(3, idOf(second)),
      counts: { jia: { [period]: null } },
    } as Payload;
    expect(standings(january([...history, without, issued(3), third]))[2]).toEqual([
      3,
      'held',
      'changes-issued',
    ]);
  });

  it('an upload from before the published one, recorded after it, changes nothing', () => {
    const state = january([second, published(1, idOf(second)), issued(1), first]);
    expect(standings(state)).toEqual([
      [1, 'superseded', ''],
      [2, 'counting', ''],
    ]);
  });

  it('that came past the cut-off asks for both at once: to be let in, and a reason', () => {
    const late = accepted('jia', period, figures('9'), { name: 'late', at: pastCutOff });
    const history = [first, ...publication, late];
    expect(standings(january(history))[1]?.[2]).toBe('after-cut-off+changes-issued');
    expect(standings(january([...history, explained(idOf(late))]))[1]?.[2]).toBe('after-cut-off');
    expect(standings(january([...history, admitted(idOf(late))]))[1]?.[2]).toBe('changes-issued');
    expect(january([...history, admitted(idOf(late)), explained(idOf(late))]).counting?.number).toBe(2);
  });
});

describe('an act of the office', () => {
  it.each<[what: string, act: (upload: UploadId) => Payload]>([
    ['a reason is no admission', (upload) => explained(upload)],
    ['a publication is none', (upload) => published(1, upload)],
    ['the admission of another upload is none', () => admitted(idOf(second))],
  ])('%s', (_, act) => {
    const late = accepted('jia', period, figures('9'), { name: 'late', at: pastCutOff });
    expect(standings(january([late, act(idOf(late))]))).toEqual([[1, 'held', 'after-cut-off']]);
  });
});
