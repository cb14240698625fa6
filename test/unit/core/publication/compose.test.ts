import { describe, expect, it } from 'vitest';
import { headOf, type Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { composePublication } from '../../../../shared/core/publication/compose.ts';
import { type Publication, publicationSchema } from '../../../../shared/core/publication/publication.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { foldYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, refused, type Said } from '../small-year.ts';

type Parts = Parameters<typeof catalogueOf>[0];

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
const whole: Payload[] = ['jia', 'yi'].flatMap((department) =>
  ['2023-01', '2023-02'].map((period) => accepted(department, period, figures('2'))),
);
const late = (period: string) => ({ at: `${period === '2023-01' ? '2023-02' : '2023-03'}-05T00:00:00.000Z` });

function compose(happenings: Payload[], previous?: Publication, of = catalogue): Publication {
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
const publishedEvent = (publication: Publication, happenings: Payload[]): Payload => ({
  kind: 'published',
  year: 2023,
  number: publication.number,
  digest: publication.digest,
  manifest: sha256('manifest'),
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
    const plain = catalogueOf({ indicators: [indicator('a')], months: [1] });
    expect(compose([accepted('jia', '2023-01', { a: '1' })], undefined, plain).status).toBe('provisional');
  });

  it('is final where nothing lacks, though a ratio over nothing has no figure', () => {
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
      { department: 'jia', period: '2023-02', revision: 1, because: 'after-cut-off' },
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
    expect(again.changes).toEqual({ since: 1, figures: [] });
  });

  it.each([
    ['a figure', [...whole.slice(1), accepted('jia', '2023-01', figures('3'))]],
    ['a return that lacks', whole.slice(1)],
    ['a name in a list', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { works: ['乙'] }))]],
    ['a refusal instead of nothing', [...whole.slice(1), refused('jia', '2023-01')]],
    ['不适用 for a number', [...whole.slice(1), accepted('jia', '2023-01', figures('2', { b: '不适用' }))]],
  ])('changes with %s', (_, happenings) => {
    expect(compose(happenings as Payload[]).digest).not.toBe(first.digest);
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

  it('is nothing where only the order of a list is another', () => {
    const listed = (works: string[], more: object) =>
      accepted('jia', '2023-01', figures('2', { works }), { ...late('2023-01'), ...more });
    const before = [...whole.slice(1), listed(['甲', '乙'], { name: 'before' })];
    const turned = listed(['乙', '甲'], { name: 'turned', note: '调整次序' });
    expect(compose([...before, turned], compose(before)).changes.figures).toEqual([]);
  });

  it('is a change of a list where its names change and its number does not', () => {
    const renamed = accepted('jia', '2023-01', figures('2', { works: ['乙'] }), {
      ...late('2023-01'),
      note: '更名',
    });
    const { figures: changed } = compose([...history, renamed], first).changes;
    expect(changed.map(({ indicator: id }) => id)).toEqual(['works']);
  });

  it.each<[what: string, more: Record<string, Said>, indicator: string]>([
    ['another name in place of one', { works: ['乙'] }, 'works'],
    ['不适用 in place of a blank', { b: '不适用' }, 'b'],
  ])('is told where it leaves the total as it was: %s', (_, more, id) => {
    const before = [
      ...whole.slice(1),
      accepted('jia', '2023-01', figures('2', { works: ['丙'], b: null }), { name: 'before' }),
      accepted('yi', '2023-01', figures('2', { works: ['乙'] }), { name: 'other', ...late('2023-01') }),
    ];
    const earlier = compose(before);
    const changed = accepted('jia', '2023-01', figures('2', { works: ['丙'], b: null, ...more }), {
      name: 'after',
      ...late('2023-01'),
      note: '更正',
    });
    const change = compose([...before, changed], earlier).changes.figures.find(
      ({ indicator: each }) => each === id,
    );
    expect(change?.because).toMatchObject([{ department: 'jia', period: '2023-01', reason: '更正' }]);
  });

  const one = [{ id: 'jia', name: '甲局' }];
  const tenths = (more: object = {}) => [indicator('a', 'flow', { decimals: 1, ...more })];
  it.each<[what: string, before: Parts, after: Parts, from: object, to: object]>([
    [
      'the catalogue rounds otherwise',
      { indicators: tenths(), departments: one },
      { indicators: [indicator('a')], departments: one },
      { value: '2.5', status: 'final' },
      { value: '3', status: 'final' },
    ],
    [
      'the catalogue asks one department more',
      { indicators: tenths({ reporters: ['jia'] }) },
      { indicators: tenths() },
      { value: '2.5', status: 'final' },
      { value: '2.5', status: 'provisional' },
    ],
  ])('is told though no return changed: %s', (_, before, after, from, to) => {
    const [earlier, later] = [before, after].map((parts) => catalogueOf({ ...parts, months: [1] }));
    const returned = [accepted('jia', '2023-01', { a: '2.5' })];
    const { changes } = compose(returned, compose(returned, undefined, earlier), later);
    expect(changes.figures).toEqual([{ indicator: 'a', before: from, after: to, because: [] }]);
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
