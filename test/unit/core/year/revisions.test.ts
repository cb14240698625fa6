import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { foldYear, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, refused } from '../small-year.ts';
import {
  admitted,
  catalogue,
  figures,
  first,
  idOf,
  january,
  lastMoment,
  much,
  pastCutOff,
  period,
  second,
  standings,
} from './january.ts';

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
      return { ...happening, upload: { ...happening.upload, key: `uploads/${name}.xlsx` } };
    };
    const third = again('third', '2023-02-03T01:00:00.000Z');
    const changed: Payload = { ...second, observations: first.observations } as Payload;

    it('is the same revision, if nothing else came in between', () => {
      const [one, ...others] = january([first, third]).revisions;
      expect(others).toEqual([]);
      expect(one).toMatchObject({ id: idOf(first), state: { kind: 'counting' } });
      expect(one?.repeats.map(({ id }) => id)).toEqual([idOf(third as never)]);
    });

    it('was in time if either was: on paper, say, though one of the uploads came late and says nothing of it', () => {
      const claimed = {
        ...third,
        upload: { ...third.upload, uploadedAt: pastCutOff, claimedAt: first.upload.uploadedAt },
      };
      const late = { ...third, upload: { ...third.upload, uploadedAt: pastCutOff, key: 'uploads/b.xlsx' } };
      for (const uploads of [
        [claimed, late],
        [late, claimed],
      ] as Payload[][]) {
        const [one, ...others] = january(uploads).revisions;
        expect(others).toEqual([]);
        expect(one).toMatchObject({ late: false, state: { kind: 'counting' } });
        expect(one?.handedIn.claimedAt).toBe(first.upload.uploadedAt);
      }
      expect(standings(january([late as Payload]))).toEqual([[1, 'held', 'after-cut-off']]);
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
      const state = foldYear(adoptedAlone(catalogue), events);
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
