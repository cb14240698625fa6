import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { type UploadId, uploadId } from '../../../../shared/core/ledger/upload.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { foldYear, type ReturnState, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, refused, type Said, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('a'), indicator('b', 'flow', { required: false })] });
const period = '2023-01';
const figures = (a: string): Record<string, Said> => ({ a, b: null });
/** January is due on 10 February and cut off on the 20th, in China. */
const lastDueMoment = '2023-02-10T15:59:59.999Z';
const pastDue = '2023-02-10T16:00:00.000Z';
const lastMoment = '2023-02-20T15:59:59.999Z';
const pastCutOff = '2023-02-20T16:00:00.000Z';
const much = '2023-06-01T00:00:00.000Z';
const idOf = (happening: Extract<Payload, { upload: object }>) => uploadId(happening.upload as never);
const by = (department: string | null, until: Instant): Payload => ({
  kind: 'deadline-extended',
  department,
  period,
  until,
  reason: '暴雪',
});
const admitted = (upload: UploadId): Payload => ({
  kind: 'return-admitted',
  department: 'jia',
  period,
  upload,
  reason: '网络故障',
});
const explained = (upload: UploadId, reason = '漏报一件'): Payload => ({
  kind: 'correction-explained',
  department: 'jia',
  period,
  upload,
  reason,
});
const published = (number: number, upload: UploadId): Payload => ({
  kind: 'published',
  year: 2023,
  number,
  digest: sha256('digest'),
  manifest: sha256('manifest'),
  counted: { jia: { [period]: upload } },
});

function january(happenings: Payload[]): ReturnState {
  return returnOf(stateOf(catalogue, happenings), { department: 'jia', period })!;
}
const standings = (state: ReturnState) =>
  state.revisions.map(({ number, state }) => [
    number,
    state.kind,
    state.kind === 'held' ? state.because : '',
  ]);

const first = accepted('jia', period, figures('1'), { name: 'first', at: '2023-02-01T01:00:00.000Z' });
const second = accepted('jia', period, figures('2'), { name: 'second', at: '2023-02-02T01:00:00.000Z' });

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

describe('which revision counts', () => {
  it('leaves nothing to decide about an earlier one, which would not count whatever anybody decided', () => {
    const late = accepted('jia', period, figures('3'), { name: 'late', at: pastCutOff });
    const later = accepted('jia', period, figures('4'), { name: 'later', at: much });
    expect(standings(january([first, late, later, admitted(idOf(later))]))).toEqual([
      [1, 'superseded', ''],
      [2, 'superseded', ''],
      [3, 'counting', ''],
    ]);
  });

  describe('where the same file was sent again', () => {
    const again = (name: string, at: string) => {
      const happening = accepted('jia', period, figures('1'), { name: 'first', at });
      return { ...happening, upload: { ...happening.upload, key: `uploads/${name}.xlsx` } } as Payload;
    };
    const third = again('third', '2023-02-03T01:00:00.000Z');
    const changed: Payload = { ...second, observations: first.observations } as Payload;

    it('is the same revision, if nothing else came in between', () => {
      const [one, ...others] = january([first, third]).revisions;
      expect(others).toEqual([]);
      expect(one).toMatchObject({ id: idOf(first), state: { kind: 'counting' } });
      expect(one?.repeats.map(({ id }) => id)).toEqual([idOf(third as never)]);
    });

    it('is a new one that counts, after another file', () => {
      const state = january([first, second, third]);
      expect(standings(state)).toEqual([
        [1, 'superseded', ''],
        [2, 'superseded', ''],
        [3, 'counting', ''],
      ]);
      expect(state.counting?.observations[0]).toMatchObject({ value: '1' });
    });

    it('is another revision where only the figures are the same', () => {
      expect(january([first, changed]).revisions).toHaveLength(2);
    });

    it('is another revision where another catalogue read it', () => {
      const other = catalogueOf({ indicators: [indicator('a')] });
      const [event] = recorded(other, [third]);
      const events = [...recorded(catalogue, [first]), { ...event!, sequence: 2 }];
      const state = foldYear(catalogue, events);
      expect(returnOf(state, { department: 'jia', period })?.revisions).toHaveLength(2);
    });

    it('is let in, explained and published by the id of either upload', () => {
      const late = again('late', pastCutOff);
      const later = again('later', much);
      const held: Payload = { ...second, upload: { ...second.upload, uploadedAt: lastMoment } } as Payload;
      const history = [held, late, later];
      expect(standings(january(history)).at(-1)).toEqual([2, 'held', 'after-cut-off']);
      for (const upload of [late, later]) {
        expect(standings(january([...history, admitted(idOf(upload as never))])).at(-1)?.[1]).toBe(
          'counting',
        );
      }
    });
  });

  it('is the one uploaded last, and the others stay', () => {
    const state = january([first, second]);
    expect(standings(state)).toEqual([
      [1, 'superseded', ''],
      [2, 'counting', ''],
    ]);
    expect(state.counting?.observations[0]).toMatchObject({ value: '2' });
  });

  it('does not depend on which was recorded first', () => {
    expect(january([second, first]).counting?.id).toBe(idOf(second));
    expect(standings(january([second, first]))).toEqual(standings(january([first, second])));
  });

  it('an upload delivered twice counts once', () => {
    const state = january([first, second, first, second, first]);
    expect(standings(state)).toHaveLength(2);
    expect(state.counting?.id).toBe(idOf(second));
  });

  it('the same content under a new version is a new upload', () => {
    const again: typeof first = {
      ...first,
      upload: { ...first.upload, version: 'v2', uploadedAt: '2023-02-03T01:00:00.000Z' },
    };
    const state = january([first, second, again]);
    expect(state.counting?.id).toBe(idOf(again));
    expect(standings(state)).toHaveLength(3);
  });

  it('is not a refused one, and refusals are kept in order', () => {
    const bad = refused('jia', period, { name: 'bad', at: '2023-02-05T00:00:00.000Z' });
    const worse = refused('jia', period, { name: 'worse', at: '2023-02-04T00:00:00.000Z' });
    const state = january([first, bad, worse, bad]);
    expect(state.counting?.id).toBe(idOf(first));
    expect(state.refusals.map(({ upload }) => upload.fileName)).toEqual(['worse.xlsx', 'bad.xlsx']);
  });

  it('is none where nothing came', () => {
    expect(january([])).toMatchObject({ revisions: [], refusals: [], counting: undefined });
  });
});

describe('a change of what was published', () => {
  const publication = published(1, idOf(first));

  it('is held without a reason', () => {
    expect(standings(january([first, publication, second]))).toEqual([
      [1, 'counting', ''],
      [2, 'held', 'changes-published-figures'],
    ]);
  });

  it('counts with a reason in the file', () => {
    const reasoned = accepted('jia', period, figures('2'), {
      name: 'r',
      at: '2023-02-03T01:00:00.000Z',
      note: ' 漏报 ',
    });
    const state = january([first, publication, reasoned]);
    expect(state.counting).toMatchObject({ number: 2, reason: '漏报' });
  });

  it('counts once a reason is given afterwards, the last one given', () => {
    const state = january([
      first,
      publication,
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
    expect(january([first, publication, same]).counting?.number).toBe(2);
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
    const state = stateOf(lists, [one, published(1, idOf(one)), other]);
    expect(returnOf(state, { department: 'jia', period })?.revisions[1]?.state.kind).toBe('held');
    const zero = accepted(
      'jia',
      period,
      { a: '1', b: '0' },
      { name: 'zero', at: '2023-02-02T01:00:00.000Z' },
    );
    expect(standings(january([first, publication, zero]))[1]).toEqual([
      2,
      'held',
      'changes-published-figures',
    ]);
  });

  it('is measured against the newest publication that has this return', () => {
    const third = accepted('jia', period, figures('1'), { name: 'third', at: '2023-02-03T01:00:00.000Z' });
    const history = [first, publication, second, explained(idOf(second)), published(2, idOf(second))];
    expect(january(history).counting?.number).toBe(2);
    expect(standings(january([...history, third]))[2]).toEqual([3, 'held', 'changes-published-figures']);
    const without: Payload = { ...published(3, idOf(second)), counted: {} } as Payload;
    expect(standings(january([...history, without, third]))[2]).toEqual([
      3,
      'held',
      'changes-published-figures',
    ]);
  });

  it('an upload from before the published one, recorded after it, changes nothing', () => {
    const state = january([second, published(1, idOf(second)), first]);
    expect(standings(state)).toEqual([
      [1, 'superseded', ''],
      [2, 'counting', ''],
    ]);
  });

  it('that came past the cut-off needs both to be let in and a reason', () => {
    const late = accepted('jia', period, figures('9'), { name: 'late', at: pastCutOff });
    const history = [first, publication, late];
    expect(standings(january(history))[1]?.[2]).toBe('after-cut-off');
    expect(standings(january([...history, admitted(idOf(late))]))[1]?.[2]).toBe('changes-published-figures');
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

  it('of another kind acknowledges nothing', () => {
    const state = stateOf(catalogue, [first, admitted(idOf(first)), explained(idOf(first))]);
    expect(state.acknowledgements).toEqual(new Map());
  });
});

describe('the rest of the state', () => {
  it('has each return under its department and month', () => {
    const state = stateOf(catalogue, []);
    expect(state.returns).toHaveLength(6);
    for (const each of state.returns) {
      expect(returnOf(state, { department: each.department.id, period: each.period })).toBe(each);
    }
    expect(returnOf(state, { department: 'jia', period: '2023-12' })).toBeUndefined();
    expect(returnOf(state, { department: 'bing', period })).toBeUndefined();
  });

  it('has no refused return of a department among the uploads without an address', () => {
    const state = stateOf(catalogue, [refused('jia', period), refused('yi', '2023-02')]);
    expect(state.unaddressed).toEqual([]);
  });

  it('cites the first recording of an upload that was recorded twice', () => {
    const { revisions } = january([first, second, first, second]);
    expect(revisions.map(({ event }) => event.sequence)).toEqual([1, 2]);
  });

  it('has uploads without an address once each, in order of upload', () => {
    const later = refused(null, null, { name: 'later', at: '2023-03-02T00:00:00.000Z' });
    const earlier = refused(null, null, { name: 'earlier', at: '2023-03-01T00:00:00.000Z' });
    const elsewhere = refused('jia', '2023-12', { name: 'elsewhere', at: '2023-02-01T00:00:00.000Z' });
    for (const order of [
      [later, earlier, later, elsewhere],
      [elsewhere, earlier, later],
    ]) {
      const names = stateOf(catalogue, order).unaddressed.map(({ upload }) => upload.fileName);
      expect(names).toEqual(['elsewhere.xlsx', 'earlier.xlsx', 'later.xlsx']);
    }
  });

  it('has a return for each department in force that has something to report', () => {
    const some = catalogueOf({
      indicators: [indicator('a', 'flow', { months: [2, 3] })],
      departments: [
        { id: 'jia', name: '甲局', to: '2023-02' },
        { id: 'yi', name: '乙局', from: '2023-03' },
      ],
    });
    const returns = foldYear(some, []).returns.map(
      ({ department, period: month }) => `${department.id} ${month}`,
    );
    expect(returns).toEqual(['jia 2023-02', 'yi 2023-03']);
  });

  it('lists publications by number and remembers where a revision is recorded', () => {
    const events = recorded(catalogue, [published(2, idOf(first)), published(1, idOf(first)), first]);
    const state = foldYear(catalogue, events);
    expect(state.publications.map(({ happening }) => happening.number)).toEqual([1, 2]);
    const event = events.find(({ chain }) => chain === '2023/jia')!;
    expect(returnOf(state, { department: 'jia', period })?.counting?.event).toMatchObject({
      sequence: 1,
      hash: event.hash,
    });
  });
});
