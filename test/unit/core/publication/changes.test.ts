import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { figureChanges } from '../../../../shared/core/publication/changes.ts';
import type { Publication } from '../../../../shared/core/publication/publication.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { accepted, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';
import { catalogue, compose, figures, whole } from './composed.ts';

type Parts = Parameters<typeof catalogueOf>[0];

const late = (period: string) => ({ at: `${period === '2023-01' ? '2023-02' : '2023-03'}-05T00:00:00.000Z` });
const publishedEvent = (publication: Publication, happenings: Payload[]): Payload => ({
  kind: 'published',
  year: 2023,
  number: publication.number,
  digest: publication.digest,
  manifest: sha256('manifest'),
  counts: Object.fromEntries(
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

const issuing: Payload[] = [{ kind: 'publication-issued', year: 2023, number: 1, reason: '审定' }];

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
    expect(compose([...history, ...issuing, held], first)).toMatchObject({
      changes: { figures: [] },
      held: [{ because: ['changes-issued'] }],
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
  const hundreds = { unit: '百件', factor: '0.01', decimals: 2 };
  const tenths = (more: object = {}) => [indicator('a', 'flow', { decimals: 1, ...more })];
  it.each<[what: string, before: Parts, after: Parts, from: object, to: object]>([
    [
      'the catalogue rounds otherwise',
      { indicators: tenths(), departments: one },
      { indicators: [indicator('a')], departments: one },
      { value: '2.5', unit: '件', status: 'final' },
      { value: '3', unit: '件', status: 'final' },
    ],
    [
      'the catalogue publishes in another unit',
      { indicators: [indicator('none')], departments: one },
      { indicators: [indicator('none', 'flow', { output: hundreds })], departments: one },
      { value: '0', unit: '件', status: 'final' },
      { value: '0', unit: '百件', status: 'final' },
    ],
    [
      'the catalogue asks one department more',
      { indicators: tenths({ reporters: ['jia'] }) },
      { indicators: tenths() },
      { value: '2.5', unit: '件', status: 'final' },
      { value: '2.5', unit: '件', status: 'provisional' },
    ],
  ])('is told though no return changed: %s', (_, before, after, from, to) => {
    const [earlier, later] = [before, after].map((parts) => catalogueOf({ ...parts, months: [1] }));
    const { id } = earlier!.indicators[0]!;
    const returned = [accepted('jia', '2023-01', { [id]: id === 'none' ? '0' : '2.5' })];
    const { changes } = compose(returned, compose(returned, undefined, earlier), later);
    expect(changes.figures).toEqual([{ indicator: id, before: from, after: to, because: [] }]);
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
    for (const [happenings, before] of [
      [[], first],
      [whole, first],
      [[], compose([])],
    ] as const) {
      const { figures: changed } = compose([...happenings], before, fewer).changes;
      const sides = changed.map(({ indicator: id, before, after }) => [id, before !== null, after !== null]);
      expect(sides).toContainEqual(['new', false, true]);
      expect(sides).toContainEqual(['works', true, false]);
    }
  });

  it('gives no reason where a return is not expected any more', () => {
    const later = catalogueOf({ indicators: [indicator('a')], months: [2] });
    const change = compose([], first, later).changes.figures.find(({ indicator: id }) => id === 'a');
    expect(change?.because[0]).toMatchObject({ period: '2023-01', after: null, upload: null, reason: '' });
  });

  it('says of what adds up others that it changed, and leaves the reasons to them', () => {
    const parts = [{ indicator: 'a' }, { indicator: 'b' }];
    const summed = catalogueOf({
      indicators: [indicator('a'), indicator('b'), indicator('all', 'sum', { parts })],
      months: [1],
    });
    const before = accepted('jia', '2023-01', { a: '1', b: '2' });
    const after = accepted('jia', '2023-01', { a: '3', b: '2' }, { ...late('2023-01'), note: '漏报' });
    const { changes } = compose([before, after], compose([before], undefined, summed), summed);
    expect(changes.figures.map(({ indicator: id, because }) => [id, because.length])).toEqual([
      ['a', 1],
      ['all', 0],
    ]);
  });

  it('is told where a return says the same number in another unit', () => {
    const inHundreds = first.observations.map((row) =>
      row.indicator === 'a' && row.period === '2023-01' ? { ...row, unit: '百件' } : row,
    );
    const changed = figureChanges(first, { ...first, observations: inHundreds }, stateOf(catalogue, whole));
    expect(changed.find(({ indicator: id }) => id === 'a')?.because[0]).toMatchObject({
      before: { value: '2', unit: '件' },
      after: { value: '2', unit: '百件' },
    });
  });

  it('is each catalogue that was adopted since', () => {
    const again = compose(whole, { ...first, adoptions: [] });
    expect(again.changes.adoptions).toEqual(again.adoptions);
  });
});
