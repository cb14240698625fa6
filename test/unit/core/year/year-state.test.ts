import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { foldYear, returnOf } from '../../../../shared/core/year/year-state.ts';
import { catalogueOf, indicator, recorded, refused, stateOf } from '../small-year.ts';
import {
  admitted,
  catalogue,
  explained,
  first,
  idOf,
  january,
  period,
  published,
  second,
} from './january.ts';

describe('an act of the office', () => {
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
    const returns = foldYear(adoptedAlone(some), []).returns.map(
      ({ department, period: month }) => `${department.id} ${month}`,
    );
    expect(returns).toEqual(['jia 2023-02', 'yi 2023-03']);
  });

  it('lists publications by number and remembers where a revision is recorded', () => {
    const events = recorded(catalogue, [published(2, idOf(first)), published(1, idOf(first)), first]);
    const state = foldYear(adoptedAlone(catalogue), events);
    expect(state.publications.map(({ happening }) => happening.number)).toEqual([1, 2]);
    const event = events.find(({ chain }) => chain === '2023/jia')!;
    expect(returnOf(state, { department: 'jia', period })?.counting?.event).toMatchObject({
      sequence: 1,
      hash: event.hash,
    });
  });
});
