import { describe, expect, it } from 'vitest';
import { composePublication } from '../../../shared/core/compose-publication.ts';
import { type Happening, headOf, uploadId } from '../../../shared/core/event.ts';
import { type Publication, publicationSchema } from '../../../shared/core/publication.ts';
import { foldYear } from '../../../shared/core/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, refused, type Said } from './small-year.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('works', 'list'),
    indicator('joined', 'flow', { overDepartments: 'none' }),
    indicator('rate', 'ratio', { numerator: 'a', denominator: 'b' }),
    indicator('b', 'flow', { notApplicable: true }),
  ],
  months: [1, 2],
});

const figures = (a: string, more: Record<string, Said> = {}) => ({
  a,
  works: ['甲'],
  joined: '1',
  b: '10',
  ...more,
});
const whole: Happening[] = ['jia', 'yi'].flatMap((department) =>
  ['2023-01', '2023-02'].map((period) => accepted(department, period, figures('2'))),
);
const late = (period: string) => ({ at: `${period === '2023-01' ? '2023-02' : '2023-03'}-05T00:00:00.000Z` });

function compose(happenings: Happening[], previous?: Publication, of = catalogue): Publication {
  const events = recorded(of, happenings);
  const publication = composePublication(foldYear(of, events), {
    chains: [
      headOf(
        '2023/jia',
        events.filter(({ chain }) => chain === '2023/jia'),
      ),
    ],
    publishedAt: '2024-01-15T00:00:00.000Z',
    publishedBy: '法制机构',
    software: 'indicators 0.1.0',
    number: (previous?.number ?? 0) + 1,
    previous,
  });
  expect(publicationSchema.parse(publication)).toEqual(publication);
  return publication;
}
const publishedEvent = (publication: Publication, happenings: Happening[]): Happening => ({
  kind: 'published',
  year: 2023,
  number: publication.number,
  digest: publication.digest,
  manifest: '0'.repeat(64),
  counted: Object.fromEntries(
    ['jia', 'yi'].map((department) => [
      department,
      Object.fromEntries(
        happenings.flatMap((each) =>
          each.kind === 'return-accepted' && each.department === department
            ? [[each.period, uploadId(each.upload)]]
            : [],
        ),
      ),
    ]),
  ),
});

describe('a publication', () => {
  it('is final when nothing lacks, with number 1 and no changes', () => {
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

  it('is provisional while any return lacks, also one with nothing for the city in it', () => {
    expect(compose(whole.slice(1)).status).toBe('provisional');
    const own = catalogueOf({
      indicators: [
        indicator('a', 'flow', { reporters: ['jia'] }),
        indicator('joined', 'flow', { reporters: ['yi'], overDepartments: 'none' }),
      ],
      months: [1],
    });
    expect(compose([accepted('jia', '2023-01', { a: '1' })], undefined, own).status).toBe('provisional');
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
      { department: 'jia', period: '2023-02', revision: 1, because: 'after-cut-off' },
    ]);
  });
});

describe('the digest', () => {
  const first = compose(whole);

  it('does not depend on the order of recording, nor on who published when by which number', () => {
    const again = compose([...whole.toReversed(), whole[0]!], first);
    expect(again.digest).toBe(first.digest);
    expect(again.number).toBe(2);
    expect(again.observations).not.toEqual(first.observations);
    expect(again.changes).toEqual({ since: 1, figures: [] });
  });

  it.each([
    ['a figure', [...whole.slice(1), accepted('jia', '2023-01', figures('3'))]],
    ['a return that lacks', whole.slice(1)],
    ['a name in a list', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { works: ['乙'] }))]],
    ['a refusal instead of nothing', [...whole.slice(1), refused('jia', '2023-01')]],
    ['不适用 for a number', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { b: '不适用' }))]],
  ])('changes with %s', (_, happenings) => {
    expect(compose(happenings as Happening[]).digest).not.toBe(first.digest);
  });
});

describe('what changed since the publication before', () => {
  const first = compose(whole);
  const history = [...whole, publishedEvent(first, whole)];

  it('is told for every figure that a correction touches, with its reason', () => {
    const correction = accepted('jia', '2023-01', figures('12'), { ...late('2023-01'), note: '漏报十件' });
    const { changes } = compose([...history, correction], first);
    expect(changes.since).toBe(1);
    expect(
      changes.figures.map(({ indicator: id, before, after }) => [id, before?.value, after?.value]),
    ).toEqual([
      ['a', '8', '18'],
      ['rate', '20', '45'],
    ]);
    for (const { because } of changes.figures) {
      expect(because).toMatchObject([
        {
          department: 'jia',
          period: '2023-01',
          before: { value: '2', revision: 1 },
          after: { value: '12', revision: 2 },
          upload: uploadId(correction.upload),
          uploader: '经办人',
          reason: '漏报十件',
        },
      ]);
    }
  });

  it('is told also where two corrections leave the total as it was', () => {
    const two = [
      accepted('jia', '2023-01', figures('3'), { ...late('2023-01'), note: '调整' }),
      accepted('yi', '2023-01', figures('1'), { ...late('2023-01'), note: '调整' }),
    ];
    const change = compose([...history, ...two], first).changes.figures.find(
      ({ indicator: id }) => id === 'a',
    );
    expect(change).toMatchObject({ before: { value: '8' }, after: { value: '8' } });
    expect(change?.because).toHaveLength(2);
  });

  it('is nothing where a return was sent again with the same figures, or a correction is held', () => {
    const same = accepted('jia', '2023-01', figures('2'), late('2023-01'));
    expect(compose([...history, same], first).changes.figures).toEqual([]);
    const held = accepted('jia', '2023-01', figures('9'), late('2023-01'));
    expect(compose([...history, held], first)).toMatchObject({
      changes: { figures: [] },
      held: [{ because: 'changes-published-figures' }],
    });
  });

  it('is a change of a list where its names change and its number does not', () => {
    const renamed = accepted('jia', '2023-01', figures('2', { works: ['乙'] }), {
      ...late('2023-01'),
      note: '更名',
    });
    const { figures: changed } = compose([...history, renamed], first).changes;
    expect(changed.map(({ indicator: id }) => id)).toEqual(['works']);
  });

  it('shows what came in addition, and a figure that became final', () => {
    const partly = compose(whole.slice(1));
    const { figures: changed } = compose(whole, partly).changes;
    const a = changed.find(({ indicator: id }) => id === 'a');
    expect(a).toMatchObject({
      before: { value: '6', status: 'provisional' },
      after: { value: '8', status: 'final' },
      because: [{ department: 'jia', period: '2023-01', before: null, after: { value: '2', revision: 1 } }],
    });
  });

  it('shows an indicator that another catalogue had or has', () => {
    const fewer = catalogueOf({ indicators: [indicator('a'), indicator('new')], months: [1, 2] });
    const { figures: changed } = compose([], first, fewer).changes;
    const sides = changed.map(({ indicator: id, before, after }) => [id, before !== null, after !== null]);
    expect(sides).toContainEqual(['new', false, true]);
    expect(sides).toContainEqual(['works', true, false]);
  });
});
