import { describe, expect, it } from 'vitest';
import { adoptedAlone, withAdoption } from '../../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { warningsOnReturns } from '../../../../shared/core/year/warnings.ts';
import { foldYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, narrative, recorded } from '../small-year.ts';

const before = catalogueOf({
  indicators: [indicator('a'), indicator('gone')],
  narratives: [narrative('how')],
});
const asking = (indicators: object[], narratives: object[] = [narrative('how')]) =>
  catalogueOf({ indicators, narratives });
const said = (department: string, at?: string): Payload => ({
  ...accepted(department, '2023-01', { a: '1', gone: '2' }, at === undefined ? {} : { at }),
  narratives: [{ narrative: 'how', text: '写明' }],
});

/** What is asked about returns by forms of a catalogue, after another was adopted. */
function askedUnder(next: Catalogue, happenings: Payload[], form = before): string[] {
  const adoption = { catalogue: next, hash: catalogueHash(next), conversions: [] };
  const state = foldYear(withAdoption(adoptedAlone(before), adoption), recorded(form, happenings));
  return warningsOnReturns(state).map(
    ({ department, period, finding }) => `${department} ${period} ${finding.rule} ${finding.found}`,
  );
}

const same = [indicator('a'), indicator('gone')];
const counted = 'jia 2023-01 figures-not-counted';
const since = 'jia 2023-01 figures-asked-since';

describe('a return by the form of an older catalogue', () => {
  it.each<[sentence: string, next: Catalogue, asked: string[]]>([
    [
      'is not asked about where the new one asks for the same',
      asking([...same], [narrative('how', { maxLength: 30 })]),
      [],
    ],
    [
      'is asked about where a figure does not count any more',
      asking([indicator('a')]),
      [`${counted} 指标gone`],
    ],
    ['is asked about where a text is not asked for any more', asking(same, []), [`${counted} 说明how`]],
    [
      'is asked for what the new one asks for besides',
      asking([...same, indicator('fresh')]),
      [`${since} 指标fresh`],
    ],
    [
      'is not for what is asked in other months',
      asking([...same, indicator('fresh', 'flow', { months: [2] })]),
      [],
    ],
    [
      'is not for what is asked of others',
      asking([...same, indicator('fresh', 'flow', { reporters: ['yi'] })]),
      [],
    ],
    [
      'is asked for a text that is new',
      asking(same, [narrative('how'), narrative('why')]),
      [`${since} 说明why`],
    ],
    [
      'is asked about all of it at once, by what it was called then and what it is called now',
      asking([indicator('a', 'flow', { name: '改称' }), indicator('fresh')], [narrative('why')]),
      [`${counted} 指标gone、说明how`, `${since} 指标fresh、说明why`],
    ],
  ])('%s', (_, next, asked) => {
    expect(askedUnder(next, [said('jia')])).toEqual(asked);
  });

  it('is not asked about where it is of the catalogue in force', () => {
    const next = asking([indicator('a')]);
    const now = {
      ...accepted('jia', '2023-01', { a: '1' }),
      narratives: [{ narrative: 'how', text: '写明' }],
    };
    expect(askedUnder(next, [now], next)).toEqual([]);
  });

  it('is not asked about where it does not count', () => {
    expect(askedUnder(asking([indicator('a')]), [said('jia', '2023-09-01T00:00:00.000Z')])).toEqual([]);
  });

  it('is asked about, of each department, where two sent it', () => {
    expect(askedUnder(asking([indicator('a')]), [said('jia'), said('yi')])).toEqual([
      `${counted} 指标gone`,
      `${counted.replace('jia', 'yi')} 指标gone`,
    ]);
  });
});
