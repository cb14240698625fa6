import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { countingTexts, textChanges } from '../../../../shared/core/publication/texts.ts';
import { accepted, catalogueOf, indicator, narrative, stateOf } from '../small-year.ts';
import { compose } from './composed.ts';

const catalogue = catalogueOf({
  indicators: [indicator('a')],
  narratives: [narrative('how'), narrative('best', { required: false })],
  months: [1, 2],
});

/** A return that says something in words. */
function said(
  texts: Record<string, string>,
  { department = 'jia', period = '2023-01', day = '01', note = '' } = {},
): Payload {
  const happening = accepted(department, period, { a: '1' }, { at: `2023-02-${day}T00:00:00.000Z`, note });
  const narratives = Object.entries(texts).map(([id, text], index) => ({
    ...{ narrative: id, text, place: { sheet: '月报', cell: `B${index + 10}` } },
  }));
  return { ...happening, narratives };
}

const textsOf = (...happenings: Payload[]) => countingTexts(stateOf(catalogue, happenings));

describe('the texts of a publication', () => {
  it('are what returns that count say, by narrative, then as returns are expected, with where they stand', () => {
    const texts = textsOf(
      said({ how: '甲说', best: '甲例' }),
      said({ how: '乙说' }, { department: 'yi' }),
      said({ how: '甲又说' }, { period: '2023-02', day: '02' }),
    );
    expect(
      texts.map(({ narrative: id, department, period, text }) => [id, department, period, text]),
    ).toEqual([
      ['how', 'jia', '2023-01', '甲说'],
      ['how', 'yi', '2023-01', '乙说'],
      ['how', 'jia', '2023-02', '甲又说'],
      ['best', 'jia', '2023-01', '甲例'],
    ]);
    expect(texts[3]).toMatchObject({ cell: { sheet: '月报', cell: 'B11' }, revision: 1, uploader: '经办人' });
  });

  it('are those of the last version, and none where no return counts', () => {
    expect(textsOf(said({ how: '先' }), said({ how: '后' }, { day: '02' })).map(({ text }) => text)).toEqual([
      '后',
    ]);
    expect(textsOf()).toEqual([]);
  });

  it('stand in a publication with what each narrative asks for', () => {
    const { narratives, texts } = compose([said({ how: '甲说' })], undefined, catalogue);
    expect(narratives).toEqual([
      { id: 'how', name: '说明how', section: '', definition: '写明情况。' },
      { id: 'best', name: '说明best', section: '', definition: '写明情况。' },
    ]);
    expect(texts).toHaveLength(1);
  });

  it('make another digest where they are others, and not by where the ledger has them', () => {
    const of = (...happenings: Payload[]) => compose(happenings, undefined, catalogue).digest;
    const [jia, yi] = [said({ how: '甲说' }), said({ how: '乙说' }, { department: 'yi' })];
    const early = said({ how: '二月' }, { period: '2023-02', day: '02' });
    expect(of(said({ how: '另说' }))).not.toBe(of(jia));
    expect(of(early, jia, yi)).toBe(of(jia, yi, early));
  });
});

describe('the texts that changed', () => {
  const jia = { narrative: 'how', department: 'jia', period: '2023-01' };
  const changes = (before: Payload[], after: Payload[]) =>
    textChanges(textsOf(...before), textsOf(...after), stateOf(catalogue, after));

  it('are told with both wordings, and who changed them when and why', () => {
    const first = said({ how: '先' });
    const second = said({ how: '后' }, { day: '02', note: '写错了' });
    expect(changes([first], [first, second])).toEqual([
      {
        ...jia,
        ...{ before: { text: '先', revision: 1 }, after: { text: '后', revision: 2 } },
        ...{ uploader: '经办人', uploadedAt: '2023-02-02T00:00:00.000Z', reason: '写错了' },
      },
    ]);
  });

  it('are told where there was none, or is none any more', () => {
    const first = said({ how: '先' });
    const without = said({ best: '例' }, { day: '02' });
    expect(changes([], [first])).toMatchObject([{ ...jia, before: null, after: { text: '先' } }]);
    expect(changes([first], [first, without])).toMatchObject([
      { narrative: 'best', before: null, after: { text: '例' } },
      { ...jia, before: { text: '先' }, after: null },
    ]);
  });

  it('are by nobody where no return counts any more', () => {
    expect(changes([said({ how: '先' })], [])).toEqual([
      {
        ...jia,
        ...{ before: { text: '先', revision: 1 }, after: null },
        ...{ uploader: null, uploadedAt: null, reason: '' },
      },
    ]);
  });

  it('of a return that is not expected any more are told as well', () => {
    const others = catalogueOf({ indicators: [indicator('a')], months: [2] });
    const gone = textChanges(textsOf(said({ how: '先' })), [], stateOf(others, []));
    expect(gone).toMatchObject([{ ...jia, after: null, uploader: null, reason: '' }]);
  });

  it('are none where a return says the same again', () => {
    expect(changes([said({ how: '先' })], [said({ how: '先' }), said({ how: '先' }, { day: '02' })])).toEqual(
      [],
    );
  });

  it('are in a publication beside the one before, and in none without one', () => {
    const [first, second] = [said({ how: '先' }), said({ how: '后' }, { day: '02' })];
    const before = compose([first], undefined, catalogue);
    expect(before.changes.texts).toEqual([]);
    expect(compose([first, second], before, catalogue).changes.texts).toMatchObject([
      { ...jia, before: { text: '先' }, after: { text: '后' } },
    ]);
  });
});
