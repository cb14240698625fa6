import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { foldYear, returnOf, yearOfDepartment } from '../../../../shared/core/year/year-state.ts';
import {
  accepted,
  adoption,
  catalogueOf,
  indicator,
  recorded,
  recordedAt,
  refused,
  stateOf,
} from '../small-year.ts';
import {
  admitted,
  catalogue,
  explained,
  figures,
  first,
  idOf,
  issued,
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

describe('an extension', () => {
  const until = (day: number) => `2023-02-${day}T15:59:59.999Z` as const;
  const extended = (department: string | null, day: number, reason = '放假', of = period): Payload => ({
    ...{ kind: 'deadline-extended', department, period: of as typeof period, until: until(day), reason },
  });
  const given = (...happenings: Payload[]) => january(happenings).extension;

  it.each<[sentence: string, Payload[], day: number | undefined]>([
    ['is none where nobody gave one', [], undefined],
    ['is its own', [extended('jia', 15)], 15],
    ['is that of all departments', [extended(null, 15)], 15],
    [
      'is not what was only asked for',
      [{ kind: 'extension-requested', department: 'jia', period, until: until(15), reason: '停电' }],
      undefined,
    ],
    ['is not that of another department', [extended('yi', 15)], undefined],
    ['is not that of another month', [extended('jia', 15, '放假', '2023-02')], undefined],
    [
      'goes as far as the furthest of several',
      [extended(null, 13), extended('jia', 18), extended(null, 15)],
      18,
    ],
  ])('%s', (_, happenings, day) => {
    expect(given(...happenings)?.until).toBe(day === undefined ? undefined : until(day));
    expect(january(happenings).extendedUntil).toBe(given(...happenings)?.until);
    const asked = happenings.filter(({ kind }) => kind === 'extension-requested');
    expect(january(happenings).extensionRequests).toHaveLength(asked.length);
  });

  it('was given by whoever moved the deadline there first', () => {
    const act = { by: '系统', at: recordedAt };
    expect(given(extended('jia', 15, '停电'), extended(null, 15, '放假'))).toEqual({
      ...act,
      reason: '停电',
      until: until(15),
    });
  });
});

describe('what came for a return', () => {
  const sent: Payload = {
    ...refused('jia', null, { name: 'form' }),
    misdirected: { sentFor: period, formOf: { department: 'jia', period: '2023-02' } },
  };

  it('is a refusal, unless it is the form of another return', () => {
    const { refusals, misdirected } = january([refused('jia', period, { name: 'bad' }), sent]);
    expect(refusals.map(({ upload }) => upload.fileName)).toEqual(['bad.xlsx']);
    expect(refusals[0]).toMatchObject({
      id: idOf(refused('jia', period, { name: 'bad' })),
      findings: [{ rule: 'figure-blank' }],
    });
    expect(misdirected).toMatchObject([
      {
        upload: { fileName: 'form.xlsx' },
        formOf: { department: 'jia', period: '2023-02' },
        findings: [{ rule: 'figure-blank' }],
      },
    ]);
    expect(stateOf(catalogue, [sent]).unaddressed).toEqual([]);
  });

  it('counts nowhere where nobody asked for it, and is told in order of upload', () => {
    const elsewhere = (name: string, at: string) => accepted('jia', '2023-12', figures('9'), { name, at });
    const [late, early] = [
      elsewhere('late', '2024-01-03T00:00:00.000Z'),
      elsewhere('early', '2024-01-02T00:00:00.000Z'),
    ];
    const { unexpected, returns } = stateOf(catalogue, [first, late, early, late]);
    expect(unexpected.map(({ happening }) => happening.upload.fileName)).toEqual(['early.xlsx', 'late.xlsx']);
    expect(returns.flatMap(({ revisions }) => revisions)).toHaveLength(1);
  });
});

describe('what the office decided', () => {
  it('is kept: adoptions, templates, publications that it issued, answers to warnings', () => {
    const template: Payload = {
      kind: 'report-template-adopted',
      template: sha256('template'),
      reason: '新版式',
    };
    const answer = (as: 'department' | 'legal-office', reason: string): Payload => ({
      ...{ kind: 'warning-acknowledged', as, department: 'jia', period, warning: sha256('warning'), reason },
    });
    const state = stateOf(catalogue, [
      ...[template, published(1, idOf(first)), issued(1)],
      ...[answer('department', '属实'), answer('legal-office', '已核')],
    ]);
    const act = { by: '系统', at: recordedAt };
    expect(state.adoptions.map(({ happening }) => happening)).toEqual([adoption(catalogue)]);
    expect(state.reportTemplates.map(({ happening }) => happening)).toEqual([template]);
    expect(state.issued).toEqual(new Map([[1, { ...act, reason: '局长办公会审定' }]]));
    expect(state.acknowledgements).toEqual(
      new Map([
        [
          sha256('warning'),
          [
            { ...act, as: 'department', reason: '属实' },
            { ...act, as: 'legal-office', reason: '已核' },
          ],
        ],
      ]),
    );
  });

  it('of a publication issues the version that it counted', () => {
    const state = stateOf(catalogue, [first, published(1, idOf(first)), issued(1), second]);
    const { revisions } = returnOf(state, { department: 'jia', period })!;
    expect(revisions.map((one) => one.state.kind)).toEqual(['counting', 'held']);
  });
});

describe('a year as one department may know it', () => {
  it('has its own returns alone, and says so', () => {
    const state = stateOf(catalogue, [first]);
    const own = yearOfDepartment(state, 'yi');
    expect(own.returns.map(({ department }) => department.id)).toEqual(['yi', 'yi', 'yi']);
    expect([state.onlyOf, own.onlyOf]).toEqual([undefined, 'yi']);
  });
});
