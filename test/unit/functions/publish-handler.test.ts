import { describe, expect, it } from 'vitest';
import { createPublishHandler } from '../../../functions/lambda/publish/handler.ts';
import { dueYears } from '../../../functions/use-cases/publish/due-years.ts';
import { catalogueKey } from '../../../functions/use-cases/stores/catalogue-store.ts';
import { readStatement } from '../../../functions/use-cases/stores/witness-store.ts';
import { catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { chainOf, headOf, isEvent } from '../../../shared/core/ledger/event.ts';
import { isSigned } from '../../../shared/core/ledger/witness.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { adoptInMemory } from '../../fixtures/adopted.ts';
import { inMemoryPorts } from '../../fixtures/in-memory-ports.ts';
import { instruments } from '../../fixtures/lambda.ts';
import { fixtureLedger } from '../../fixtures/publication.ts';
import { lambdaContext } from '../../fixtures/s3-events.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';
import { witnessSigner } from '../../fixtures/witness-signer.ts';

const next = catalogueSchema.parse(
  JSON.parse(JSON.stringify(smallCatalogue).replaceAll('2024', '2025').replaceAll('2023', '2024')),
);

const signer = witnessSigner();

function functionUnderTest(at: Instant, ledger = fixtureLedger({ catalogue: smallCatalogue })) {
  const given = { signer };
  const clock = { at };
  const ports = inMemoryPorts();
  for (const [chain, events] of ledger.chains) ports.events.set(chain, events);
  ports.files.set(catalogueKey(2023, catalogueHash(smallCatalogue)), jsonFile(smallCatalogue));
  adoptInMemory(ports, next);
  const tools = instruments();
  const handler = createPublishHandler({
    ...ports,
    ...tools,
    signer: async () => given.signer,
    now: () => clock.at,
    software: 'indicators test',
  });
  const run = (input: unknown = { kind: 'daily' }) => handler(input, lambdaContext());
  const published = (year: number) =>
    (ports.events.get(chainOf(year, 'office')) ?? []).filter((event) => isEvent(event, 'published'));
  const announced = (type: string) => tools.announced.filter((each) => each.type === type);
  return { ...ports, ...tools, given, clock, run, published, announcedAs: announced };
}

/** Nothing of the month has come from either department. */
const withoutMay = () =>
  fixtureLedger({ catalogue: smallCatalogue, isMissing: (_, period) => period === '2023-05' });

describe('the years of a daily run', () => {
  const catalogues = new Map([smallCatalogue, next].map((catalogue) => [catalogue.year, catalogue]));
  it.each([
    ['2023-06-01T00:00:00.000Z', [[2023, false]]],
    ['2023-12-31T15:59:59.999Z', [[2023, false]]],
    [
      '2023-12-31T16:00:00.000Z',
      [
        [2023, true],
        [2024, false],
      ],
    ],
    ['2025-06-01T00:00:00.000Z', [[2024, true]]],
    ['2030-01-01T00:00:00.000Z', []],
  ] as const)('at %s, by the clock of the city', (now, years) => {
    expect(dueYears(catalogues, now).map((due) => [due.year, due.untilFinal])).toEqual(years);
  });
});

describe('the publish function', () => {
  it('publishes with the catalogue in force, verifies, announces, and says that it ran', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z');
    const kept = await under.documents.list('catalogues/');
    await under.run();
    expect(under.published(2023)).toHaveLength(1);
    expect(under.files.get('publications/2023/0001/catalogue.json')).toEqual(jsonFile(smallCatalogue));
    expect(await under.documents.list('catalogues/'), 'the function may not write there').toEqual(kept);
    expect(under.announcedAs('published')).toMatchObject([
      { detail: { year: 2023, number: 1, folder: 'publications/2023/0001/', sound: true } },
    ]);
    expect(under.count('ScheduleRan')).toBe(1);
    expect(under.count('PublicationFailedVerification')).toBe(0);
  });

  it('answers which publication of each year there is now, and where', async () => {
    const under = functionUnderTest('2024-06-01T00:00:00.000Z');
    const answer = await under.run();
    expect(answer.years).toMatchObject([
      { year: 2023, number: 1, status: 'final', outcome: 'published', folder: 'publications/2023/0001/' },
      {
        year: 2024,
        number: 1,
        status: 'provisional',
        outcome: 'published',
        folder: 'publications/2024/0001/',
      },
    ]);
    expect(await under.run()).toMatchObject({
      years: [
        { year: 2023, outcome: 'final' },
        { year: 2024, outcome: 'unchanged', number: 1 },
      ],
    });
    expect(await under.run({ year: 2023 })).toMatchObject({ years: [{ year: 2023, number: 1 }] });
  });

  it.each([
    ['2023-12-20T00:00:00.000Z', 0, 'the present year has a catalogue'],
    ['2024-06-01T00:00:00.000Z', 0, 'both years have one'],
    ['2025-06-01T00:00:00.000Z', 1, 'only last year has one'],
    ['2030-01-01T00:00:00.000Z', 1, 'neither has'],
  ] as const)('at %s measures %i days without a catalogue in force: %s', async (at, days, _) => {
    const under = functionUnderTest(at);
    await under.run();
    expect([under.count('NoCatalogueInForce'), under.count('ScheduleRan')]).toEqual([days, 1]);
    expect(under.log().includes('no catalogue is in force')).toBe(days > 0);
  });

  it('publishes nothing new, and announces nothing again, where nothing has changed', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z', withoutMay());
    await under.run();
    under.clock.at = '2023-12-20T00:05:00.000Z';
    await under.run();
    expect(under.announcedAs('published'), 'a retry announces again').toHaveLength(2);
    under.clock.at = '2023-12-21T00:00:00.000Z';
    await under.run();
    expect(under.published(2023)).toHaveLength(1);
    expect(under.announcedAs('published')).toHaveLength(2);
  });

  it('publishes last year until it is final, and this year', async () => {
    const under = functionUnderTest('2024-02-01T00:00:00.000Z');
    await under.run();
    expect([under.published(2023).length, under.published(2024).length]).toEqual([1, 1]);
    under.clock.at = '2024-02-02T00:00:00.000Z';
    await under.run();
    expect(under.log()).toContain('already final');
    await under.run({ year: 2023 });
    expect(under.published(2023)).toHaveLength(1);
    expect(under.count('ScheduleRan')).toBe(2);
  });

  it('publishes a year in the name of the person who asks for it, by a name that the ledger can keep', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z');
    await expect(under.run({ year: 2023, by: ' ' })).rejects.toThrow();
    expect(under.published(2023)).toHaveLength(0);
    await under.run({ year: 2023, by: '王主任' });
    expect(under.published(2023).map(({ by }) => by)).toEqual(['王主任']);
    expect(under.count('ScheduleRan')).toBe(0);
  });

  it('publishes in nobody’s name by the schedule, or when no name is given', async () => {
    for (const input of [{ kind: 'daily' }, { year: 2023 }]) {
      const under = functionUnderTest('2023-12-20T00:00:00.000Z');
      await under.run(input);
      expect(under.published(2023).map(({ by }) => by)).toEqual(['系统自动']);
    }
  });

  it('signs a statement of the whole ledger with each run, also where nothing is published', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z');
    await under.run();
    await under.run({ year: 2023 });
    const kept = await under.documents.list('witness/');
    expect(kept.map(({ key }) => key)).toEqual(['witness/000001.json', 'witness/000002.json']);
    const statement = readStatement(under.files.get('witness/000002.json')!)!;
    expect(isSigned(statement)).toBe(true);
    expect(statement.heads).toContainEqual(headOf('2023/office', under.events.get('2023/office')!));
  });

  it('publishes all the same where nothing can be signed, and only the daily run fails by it', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z');
    under.given.signer = { ...signer, sign: () => Promise.reject(new Error('the key is disabled')) };
    await under.run({ year: 2023 });
    expect(under.published(2023)).toHaveLength(1);
    expect(under.log()).toContain('the key is disabled');
    await expect(under.run()).rejects.toThrow('the key is disabled');
    expect(under.count('ScheduleRan')).toBe(0);
  });

  it('announces each return that is overdue, until its deadline is extended', async () => {
    const ledger = withoutMay();
    const until = '2023-07-01T00:00:00.000Z';
    ledger.append('office', {
      kind: 'deadline-extended',
      department: 'sfj2',
      period: '2023-05',
      until,
      reason: '系统升级',
    });
    const under = functionUnderTest('2023-06-10T15:59:59.999Z', ledger);
    await under.run();
    expect(under.announcedAs('return overdue')).toEqual([]);
    under.clock.at = '2023-06-10T16:00:00.000Z';
    await under.run();
    const overdue = (department: string, departmentName: string) => ({
      type: 'return overdue',
      detail: { department, departmentName, period: '2023-05', due: '2023-06-10', refused: false },
    });
    expect(under.announcedAs('return overdue')).toEqual([overdue('sfj', '市司法局')]);
    under.announced.length = 0;
    under.clock.at = '2023-07-02T00:00:00.000Z';
    await under.run();
    expect(under.announcedAs('return overdue')).toEqual([
      overdue('sfj', '市司法局'),
      overdue('sfj2', '市司法局二'),
    ]);
  });

  it('reminds nobody again when a person asks for a publication', async () => {
    const under = functionUnderTest('2023-06-20T00:00:00.000Z', withoutMay());
    await under.run({ year: 2023, by: '王主任' });
    expect(under.announcedAs('published')).toHaveLength(1);
    expect(under.announcedAs('return overdue')).toEqual([]);
    await under.run({ year: 2023 });
    expect(under.announcedAs('return overdue')).toHaveLength(2);
  });

  it('measures a publication that fails verification, and says so in what it announces', async () => {
    const under = functionUnderTest('2023-12-20T00:00:00.000Z');
    await under.run();
    await under.documents.put('publications/2023/0001/summary.xlsx', new Uint8Array([1]));
    await under.run();
    expect(under.count('PublicationFailedVerification')).toBe(1);
    expect(under.announcedAs('published').at(-1)?.detail).toMatchObject({ sound: false });
    expect(under.log()).toContain('it was edited');
  });

  it('publishes the other year although one fails, and then fails itself', async () => {
    const under = functionUnderTest('2024-02-01T00:00:00.000Z');
    const [event] = under.events.get('2023/sfj') ?? [];
    under.events.set('2023/sfj', [{ ...event!, by: 'forged' }]);
    await expect(under.run()).rejects.toThrow('1 years were not published');
    expect([under.published(2023).length, under.published(2024).length]).toEqual([0, 1]);
    expect(under.count('ScheduleRan')).toBe(0);
  });

  it.each([null, {}, { kind: 'weekly' }, { year: '2023' }, { year: 2019.5 }, { year: 2031 }])(
    'refuses the input %j',
    async (input) => {
      await expect(functionUnderTest('2023-12-20T00:00:00.000Z').run(input)).rejects.toThrow();
    },
  );
});
