import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { warningsOn, warningsOnReturns, warningsOnVersion } from '../../../../shared/core/year/warnings.ts';
import { foldYear, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, catalogueOf, indicator, recorded, type Said, stateOf } from '../small-year.ts';
import { months, toDate, year } from './warned-year.ts';

const cases = catalogueOf({
  indicators: [indicator('closed'), indicator('received', 'flow', { notApplicable: true })],
  rules: toDate('closed <= received'),
  months,
});
const month = (closed: string, received: Said) => ({ closed, received });

describe('the warnings on one version of a return', () => {
  const late = { at: '2024-05-01T00:00:00.000Z', name: 'late' };
  const held = accepted('jia', '2023-01', month('9', '2'), late);
  const twoVersions = () => {
    const state = stateOf(cases, [...year(month('5', '2')), held]);
    const { revisions } = returnOf(state, { department: 'jia', period: '2023-01' })!;
    return { state, revisions };
  };

  it('are about what this version says, whether it counts or waits', () => {
    const { state, revisions } = twoVersions();
    const found = revisions.map((one) => warningsOnVersion(state, one).map(({ finding }) => finding.message));
    expect(revisions.map((one) => one.state.kind)).toEqual(['counting', 'held']);
    expect(found[0]).toEqual(
      warningsOn(state, { department: 'jia', period: '2023-01' }).map(({ finding }) => finding.message),
    );
    expect(found[1]).toHaveLength(1);
    expect(found[1]).not.toEqual(found[0]);
  });

  it('look at this version alone in place of what counts', () => {
    const late = { at: '2024-05-01T00:00:00.000Z', name: 'late' };
    const waiting = accepted('jia', '2023-02', month('6', '1'), late);
    const state = stateOf(cases, [...year(month('5', '9'), month('1', '1')), waiting]);
    const version = returnOf(state, { department: 'jia', period: '2023-02' })!.revisions[1]!;
    expect(warningsOnVersion(state, version).map(({ finding }) => finding.found)).toEqual([
      '指标closed 11，指标received 10',
    ]);
  });

  it('are none once another version took its place, or it was declined', () => {
    const { state, revisions } = twoVersions();
    for (const kind of ['superseded', 'declined'] as const)
      expect(warningsOnVersion(state, { ...revisions[0]!, state: { kind } })).toEqual([]);
  });
});

describe('the warnings on one return', () => {
  it('are those of all the year on it', () => {
    const state = stateOf(cases, [
      ...year(month('5', '2'), month('2', '1')),
      accepted('yi', '2023-01', month('5', '2')),
    ]);
    for (const [department, period] of [
      ['jia', '2023-01'],
      ['jia', '2023-02'],
      ['yi', '2023-01'],
      ['yi', '2023-02'],
    ] as const) {
      const expected = warningsOf(state).filter(
        (one) => one.department === department && one.period === period,
      );
      expect(warningsOn(state, { department, period })).toEqual(expected);
    }
    expect(warningsOf(state)).toHaveLength(3);
  });
});

describe('what is asked of a department', () => {
  const broken = year(month('5', '2'));
  const events = recorded(cases, [adoption(cases), ...broken]);
  const foundIn = (all: typeof events) =>
    warningsOnReturns(foldYear(adoptedAlone(cases), all)).map(({ finding }) => finding);

  it('is worked out once, as long as nothing that it is made from changes', () => {
    const [first] = foundIn(events);
    expect(first).toBeDefined();
    expect(foundIn([...events])[0]).toBe(first);
  });

  it('is worked out anew where another version counts, whatever was asked before', () => {
    const [before] = foundIn(events);
    const worse = accepted('jia', '2023-01', month('9', '2'), { at: '2023-02-01T00:00:00.000Z' });
    const [after] = foundIn(recorded(cases, [adoption(cases), ...broken, worse]));
    expect([before?.found, after?.found]).toEqual([
      '指标closed 5，指标received 2',
      '指标closed 9，指标received 2',
    ]);
    expect(foundIn(events)[0]).toEqual(before);
  });
});
