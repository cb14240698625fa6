import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { type Instant, instantOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, isEvent, nextEvent, type Payload } from '../../shared/core/ledger/event.ts';
import type { Ledger, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { median, printFigures } from './figures.ts';
import { writeReached } from './reach.ts';
import { makeLargeStore } from './year/large-store.ts';

const publications = 150;
const rounds = 25;
const now = '2024-01-05T02:00:00.000Z';

/** A city with a ledger of a year and 150 publications, its portal, and how many events were read. */
async function cityOf(departments: number) {
  const folder = await temporaryFolder();
  await makeLargeStore(folder, { departments: departments + 1, indicators: 60, revisions: 1 });
  const sqlite = openSqliteLedger(join(folder, 'ledger.sqlite'));
  onTestFinished(() => sqlite.close());
  const read = { events: 0 };
  const ledger: Ledger & LedgerReader = {
    append: (event) => sqlite.append(event),
    async read(chain, after) {
      const events = await sqlite.read(chain, after);
      read.events += events.length;
      return events;
    },
  };
  await publishOften(sqlite);
  const { as } = openPortal({ ledger, documents: folderDocuments(folder) }, { now });
  return { sqlite, read, office: await as('legal-office'), clerk: await as('department:d2') };
}

async function publishOften(ledger: Ledger): Promise<void> {
  const chain = chainOf(2023, 'office');
  const events = await ledger.read(chain);
  for (let number = 1; number <= publications; number++) {
    const [digest, manifest] = [sha256(`digest ${number}`), sha256(`manifest ${number}`)];
    const happening: Payload = { kind: 'published', year: 2023, number, digest, manifest, counts: {} };
    const entry = { at: now as Instant, by: '法制科', catalogue: events[0]!.catalogue, happening };
    const event = nextEvent(chain, events, entry);
    expect(await ledger.append(event)).toBe('appended');
    events.push(event);
  }
}

/** Another department hands in once more. */
async function handIn(ledger: Ledger, round: number): Promise<void> {
  const chain = chainOf(2023, 'd1');
  const events = await ledger.read(chain);
  const last = events.findLast((event) => isEvent(event, 'return-accepted'))!;
  const at = instantOf(new Date(Date.parse(now) + round * 1000));
  const { by, catalogue } = last;
  const upload = { ...last.happening.upload, key: `uploads/d1/${round}.xlsx`, sha256: sha256(`${round}`) };
  const happening = { ...last.happening, upload: { ...upload, uploadedAt: at } };
  expect(await ledger.append(nextEvent(chain, events, { at, by, catalogue, happening }))).toBe('appended');
}

interface Looked {
  milliseconds: number;
  events: number;
}

async function lookedAt(user: PortalUser, path: string, read: { events: number }): Promise<Looked> {
  const before = read.events;
  const started = performance.now();
  await user.read(path);
  return { milliseconds: performance.now() - started, events: read.events - before };
}

it('a page of the office and one of a clerk, in a city of 100 departments and in one of 17', async () => {
  const cities = { small: await cityOf(17), large: await cityOf(100) };
  const seen = { office: { small: [], large: [] }, clerk: { small: [], large: [] } } as Record<
    'office' | 'clerk',
    Record<'small' | 'large', Looked[]>
  >;
  for (let round = 0; round <= rounds; round++) {
    for (const size of ['small', 'large'] as const) {
      const { sqlite, read, office, clerk } = cities[size];
      await handIn(sqlite, round);
      const looked = {
        office: await lookedAt(office, '/2023', read),
        clerk: await lookedAt(clerk, '/2023/departments/d2', read),
      };
      // The first of each reads everything.
      if (round > 0) for (const who of ['office', 'clerk'] as const) seen[who][size].push(looked[who]);
    }
  }
  const of = (who: 'office' | 'clerk', size: 'small' | 'large', what: keyof Looked) =>
    median(seen[who][size].map((each) => each[what]));
  const rows = (['office', 'clerk'] as const).flatMap((who) =>
    (['milliseconds', 'events'] as const).flatMap((what) => [
      { what: `${who}, 17 departments, ${what}`, figure: of(who, 'small', what) },
      {
        what: `${who}, 100 departments, ${what}`,
        figure: of(who, 'large', what),
        ratio: of(who, 'large', what) / of(who, 'small', what),
      },
    ]),
  );
  printFigures('a page after another return came, p50', rows);
  await writeReached({
    work: 'a page of the office, 100 departments x 60 x 12, 150 publications, another return having come',
    against: 'the same at 17 departments',
    reach: 'tails only; under 100 ms; a clerk’s page as at 17',
    seen: `${of('office', 'large', 'events')} events read, ${of('office', 'large', 'milliseconds').toFixed(0)} ms (${of('office', 'small', 'milliseconds').toFixed(0)}); clerk ${of('clerk', 'large', 'milliseconds').toFixed(1)} ms (${of('clerk', 'small', 'milliseconds').toFixed(1)})`,
  });
}, 600_000);
