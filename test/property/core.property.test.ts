import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { hashOfEvent, type Payload } from '../../shared/core/ledger/event.ts';
import { type Observation, sameFigures } from '../../shared/core/returns/observation.ts';
import { canonicalJson, digestOf } from '../../shared/core/values/digest.ts';
import { warningsOn, warningsOnReturns, warningsOnVersion } from '../../shared/core/year/warnings.ts';
import { foldYear, yearOfDepartment } from '../../shared/core/year/year-state.ts';
import { composePublication } from '../../shared/publication/compose.ts';
import { accepted, catalogueOf, indicator, recorded, refused, type Said } from '../unit/core/small-year.ts';

const seeded = (numRuns: number) => ({ seed: 20_230_101, numRuns });
const check = <T>(property: fc.IProperty<T>, numRuns = 300) => fc.assert(property, seeded(numRuns));

describe('the fold', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('a'),
      indicator('s', 'stock', { notApplicable: true }),
      indicator('w', 'list'),
      indicator('o', 'flow', { required: false }),
      indicator('r', 'ratio', { numerator: 'a', denominator: 'o' }),
    ],
    rules: [{ id: 'a-of-o', over: 'year-to-date', expression: 'a <= o', message: '甲不大于乙。' }],
  });
  const count = fc.integer({ min: 0, max: 60_000 }).map(String);
  const figures: fc.Arbitrary<Record<string, Said>> = fc.record({
    a: count,
    s: fc.oneof(count, fc.constant('不适用')),
    w: fc.subarray(['甲', '乙', '丙']),
    o: fc.option(count, { nil: null }),
  });
  const returned = fc.record({
    department: fc.constantFrom('jia', 'yi'),
    month: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 28 }),
    delay: fc.integer({ min: 0, max: 2 }),
    name: fc.constantFrom('p', 'q'),
    note: fc.constantFrom('', '漏报'),
    ok: fc.boolean(),
    figures,
  });
  const uploads = fc.uniqueArray(returned, {
    maxLength: 14,
    selector: ({ department, month, day, delay, name }) => `${department} ${month} ${day} ${delay} ${name}`,
  });
  const happening = (each: typeof returned extends fc.Arbitrary<infer T> ? T : never): Payload => {
    const { department, month, day, delay } = each;
    const period = `2023-0${month}`;
    const at = `2023-0${month + delay}-${String(day).padStart(2, '0')}T04:00:00.000Z`;
    const name = `${department}-${period}-${at}-${each.name}`;
    return each.ok
      ? accepted(department, period, each.figures, { at, name, note: each.note })
      : refused(department, period, { at, name });
  };
  const published: Payload = {
    kind: 'published',
    year: 2023,
    number: 1,
    digest: digestOf('digest'),
    manifest: digestOf('manifest'),
    counts: {},
  };
  const compose = (happenings: Payload[]) => {
    const events = recorded(catalogue, happenings);
    for (const event of events) expect(hashOfEvent(event)).toBe(event.hash);
    const state = foldYear(adoptedAlone(catalogue), events);
    const context = {
      number: 1,
      chains: [],
      publishedAt: '2024-02-01T00:00:00.000Z' as const,
      publishedBy: '办',
      software: 'x',
      previous: undefined,
    };
    return { state, publication: composePublication(state, context) };
  };
  const standings = ({ state }: ReturnType<typeof compose>) =>
    state.returns.map(({ revisions, refusals, counting }) => ({
      counting: counting?.id,
      refusals: refusals.map(({ id }) => id),
      revisions: revisions.map(({ id, number, state, late }) => [id, number, state, late]),
    }));

  it('of one department is what it has of it in the fold of all, warnings too', () => {
    check(
      fc.property(uploads, (all) => {
        const events = recorded(catalogue, all.map(happening));
        const adopted = adoptedAlone(catalogue);
        const whole = foldYear(adopted, events);
        for (const { id } of catalogue.departments) {
          const own = foldYear(adopted, events, undefined, id);
          expect(own).toEqual(yearOfDepartment(whole, id));
          const warnings = own.returns.flatMap(({ period }) => warningsOn(own, { department: id, period }));
          const counting = own.returns.flatMap((one) => one.counting ?? []);
          const onVersions = counting.flatMap((version) => warningsOnVersion(own, version));
          const expected = warningsOnReturns(whole).filter(({ department }) => department === id);
          expect([warnings, onVersions]).toEqual([expected, expected]);
        }
      }),
      100,
    );
  });

  it('does not depend on the order of recording, nor on what was recorded twice', () => {
    const orders = uploads.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.subarray(all),
        fc.nat(),
      ),
    );
    check(
      fc.property(orders, ([all, shuffled, twice, counted]) => {
        const accepting = all.map(happening).filter(({ kind }) => kind === 'return-accepted');
        const chosen = accepting[counted % Math.max(1, accepting.length)];
        const acts = chosen?.kind === 'return-accepted' ? [publishedWith(chosen)] : [];
        const one = compose([...acts, ...all.map(happening)]);
        const other = compose([...shuffled, ...twice].map(happening).concat(acts));
        expect(standings(other)).toEqual(standings(one));
        expect(other.publication.digest).toBe(one.publication.digest);
        expect(other.publication.totals.map(({ value }) => value)).toEqual(
          one.publication.totals.map(({ value }) => value),
        );
        expect(other.publication.warnings).toEqual(one.publication.warnings);
      }),
    );
  });

  const publishedWith = ({
    department,
    period,
    upload,
  }: Extract<Payload, { kind: 'return-accepted' }>): Payload =>
    ({
      ...published,
      counts: {
        [department]: { [period]: digestOf({ key: upload.key, version: upload.version }).slice(0, 16) },
      },
    }) as Payload;

  it('sums what counts: one revision of each return, the one uploaded last', () => {
    check(
      fc.property(uploads, (all) => {
        const { publication } = compose(all.map(happening));
        const last = new Map<string, { at: string; value: bigint }>();
        for (const each of all.map(happening)) {
          if (
            each.kind !== 'return-accepted' ||
            each.upload.uploadedAt > `2023-0${Number(each.period.slice(6)) + 1}-20T15:59:59.999Z`
          )
            continue;
          const at = `${each.upload.uploadedAt} ${each.upload.key}`;
          const value = each.observations.find(({ indicator: id }) => id === 'a');
          const key = `${each.department} ${each.period}`;
          if ((last.get(key)?.at ?? '') < at)
            last.set(key, { at, value: BigInt(value?.status === 'reported' ? value.value : 0) });
        }
        const total = [...last.values()].reduce((so, { value }) => so + value, 0n);
        expect(publication.totals[0]?.value).toBe(last.size === 0 ? null : String(total));
        expect(publication.totals[0]?.coverage.returns.reported).toBe(last.size);
        for (const { coverage } of publication.totals) {
          const { expected, reported, notApplicable, blank } = coverage.returns;
          expect(reported + notApplicable + blank + coverage.missing.length).toBe(expected);
        }
      }),
    );
  });
});

describe('two returns say the same figures', () => {
  const observation: fc.Arbitrary<Observation> = fc.oneof(
    fc.record({
      indicator: fc.constantFrom('a', 'b'),
      status: fc.constantFrom('missing' as const, 'not-applicable' as const),
    }),
    fc.record({
      indicator: fc.constantFrom('a', 'b'),
      status: fc.constant('reported' as const),
      value: fc.constantFrom('0', '1'),
      items: fc.subarray(['甲', '乙']),
    }),
  );
  const figures = fc.uniqueArray(observation, { maxLength: 2, selector: ({ indicator }) => indicator });

  it('as an equivalence that no cell, order of rows or order of items touches', () => {
    const moved = figures.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    check(
      fc.property(moved, figures, figures, ([a, shuffled], b, c) => {
        const elsewhere = shuffled.map((each) => ({
          ...each,
          place: { sheet: '表', cell: 'B2' },
          ...(each.status === 'reported' && each.items ? { items: each.items.toReversed() } : {}),
        }));
        expect(sameFigures(a, elsewhere)).toBe(true);
        expect(sameFigures(a, b)).toBe(sameFigures(b, a));
        expect(sameFigures(elsewhere, b)).toBe(sameFigures(a, b));
        if (sameFigures(a, b) && sameFigures(b, c)) expect(sameFigures(a, c)).toBe(true);
        if (a.length !== b.length) expect(sameFigures(a, b)).toBe(false);
      }),
      1000,
    );
  });
});

describe('canonical JSON', () => {
  const reordered = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reordered)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reordered(each)]),
          )
        : value;

  it('is one text for one value, whatever the order of its keys, and says all of it', () => {
    check(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        expect(canonicalJson(reordered(value))).toBe(canonicalJson(value));
        expect(digestOf(reordered(value))).toBe(digestOf(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        const same = canonicalJson(JSON.parse(JSON.stringify(other))) === canonicalJson(value);
        expect(digestOf(other) === digestOf(value)).toBe(same);
      }),
    );
  });

  it('is what the library for RFC 8785 writes, or refuses', () => {
    const key = fc.oneof(
      fc.constantFrom('10', '9', '', '__proto__', 'toJSON', 'a', '甲', '\u{1f600}', '\ufb33', '\ud800'),
      fc.string({ unit: 'binary' }),
    );
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.constantFrom(null, true, false, undefined, -0, 1e21, '\udc00', '\u2028', new Date(0), 1n),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map(Object.fromEntries),
      ),
    }));
    const written = (by: (given: unknown) => string | undefined, given: unknown) => {
      try {
        return by(given) ?? 'refused';
      } catch {
        return 'refused';
      }
    };
    const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    check(
      fc.property(value, (given) => {
        expect(written(canonicalJson, given)).toBe(written(canonicalize, given));
      }),
      3_000,
    );
    for (const levels of [60, 70, 20_000])
      expect(written(canonicalJson, deep(levels))).toBe('['.repeat(levels) + ']'.repeat(levels));
  });
});
