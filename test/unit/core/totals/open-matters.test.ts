import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { openMattersOf, openMattersSchema } from '../../../../shared/core/totals/open-matters.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('b'),
    indicator('theirs', 'flow', { reporters: ['yi'] }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
    indicator('rate', 'ratio', { numerator: 'theirs', denominator: 'b' }),
  ],
});
const figures = { a: '9', b: '9' };
const january = accepted('jia', '2023-01', figures);
const yis = accepted('yi', '2023-01', { ...figures, theirs: '9' });
const late = accepted('jia', '2023-01', { a: '8', b: '8' }, { name: 'late', at: '2023-06-01T00:00:00.000Z' });
/** A jump of ten thousand times in a. */
const jump = [
  january,
  accepted('jia', '2023-02', figures),
  accepted('jia', '2023-03', { a: '90000', b: '9' }),
];

const asked = (about: string | null, of = january): Payload => ({
  ...{ kind: 'question-asked', department: of.department, period: of.period, upload: uploadId(of.upload) },
  ...{ about, effect: 'counts-meanwhile', reason: '请核实' },
});

const openIn = (happenings: Payload[]) =>
  openMattersOf(stateOf(catalogue, happenings)).map((each) => {
    openMattersSchema.parse(each);
    return `${each.indicator} ${each.warnings} ${each.questions} ${each.held}`;
  });

describe('what may still change a total', () => {
  it.each<[sentence: string, Payload[], open: string[]]>([
    ['is nothing where nothing is open', [january, yis], []],
    ['is a warning on one of its figures, and on one of its parts', jump, ['a 1 0 0', 'both 1 0 0']],
    [
      'is a question about one of its figures',
      [january, asked('b')],
      ['b 0 1 0', 'both 0 1 0', 'rate 0 1 0'],
    ],
    [
      'is a question about a return as a whole, for all that it is asked for',
      [january, asked(null)],
      ['a 0 1 0', 'b 0 1 0', 'both 0 1 0', 'rate 0 1 0'],
    ],
    [
      'is such a question about a return that alone is asked for more',
      [yis, asked(null, yis)],
      ['a 0 1 0', 'b 0 1 0', 'theirs 0 1 0', 'both 0 1 0', 'rate 0 1 0'],
    ],
    ['is a version that waits', [january, late], ['a 0 0 1', 'b 0 0 1', 'both 0 0 1', 'rate 0 0 1']],
    [
      'are all of these together',
      [...jump, asked('a'), asked('b'), late],
      ['a 1 1 1', 'b 0 1 1', 'both 1 2 1', 'rate 0 1 1'],
    ],
  ])('%s', (_, happenings, open) => {
    expect(openIn(happenings)).toEqual(open);
  });

  it('is no warning that somebody settled', () => {
    const [warning] = warningsOf(stateOf(catalogue, jump));
    const settled: Payload = {
      ...{ kind: 'warning-acknowledged', as: 'department', department: 'jia', period: '2023-03' },
      ...{ warning: warning!.id, reason: '专项行动' },
    };
    expect(openIn([...jump, settled])).toEqual([]);
  });
});
