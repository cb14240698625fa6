import pMap from 'p-map';
import { adoptionEvents } from '../../../shared/core/ledger/adoptions.ts';
import { type EventOf, isEvent } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import {
  manifestName,
  openFolder,
  publicationFolder,
  publicationFolders,
  publicationKey,
} from '../stores/publication-store.ts';
import { readReportTemplate, reportTemplateKey } from '../stores/report-template-store.ts';
import { type KeptStatement, keptStatements, statementKey } from '../stores/witness-store.ts';
import { verifyContents } from './contents.ts';
import { verifyDocuments } from './documents.ts';
import type { RawYear } from './read-raw.ts';
import {
  type Fault,
  fetching,
  legibleEvents,
  publicationEvents,
  verifyChains,
  verifyPublication,
} from './verify.ts';
import { holdAgainst, verifyPresence, type WitnessVerdict } from './witnesses.ts';

/** What was looked at, and what is wrong with it. */
export interface Verification {
  checked: string[];
  faults: Fault[];
}

/**
 * Verifies a whole store: its chains, the originals and receipts around them, and every publication. Chains are
 * checked against the heads that receipts and publications tell of, so that a tail that was cut off shows. Of last
 * year's chains only that is checked which this year rests on: themselves, and what was derived beside them.
 */
export async function verifyStore(raw: RawYear, documents: DocumentsReader): Promise<Verification> {
  const { year, chains, lastYears } = raw;
  const around = await verifyDocuments(documents, chains);
  const published = publicationEvents(chains);
  const faults: Fault[] = [...around.faults];
  const knownHeads = [...around.heads];
  const verifyFolder = async (name: string) =>
    verifyPublication(await openFolder(name, documents), published);
  const publications = await pMap(await publicationFolders(year, documents), verifyFolder, fetching);
  for (const publication of publications) {
    faults.push(...publication.faults);
    knownHeads.push(...publication.heads);
  }
  const contents = await newestContents(raw, documents);
  faults.push(...contents.faults);
  const missingFaults = async ({ happening }: EventOf<'published'>): Promise<Fault[]> => {
    const isThere = (await documents.get(publicationKey(happening, manifestName))) !== undefined;
    return isThere
      ? []
      : [{ where: publicationFolder(happening), explanation: 'is recorded in the ledger but missing' }];
  };
  const missing = await pMap(published, missingFaults, fetching);
  faults.push(...missing.flat());
  faults.push(...(await templateFaults(raw, documents)));
  const witnessed = verifyOwnStatements(raw, await keptStatements(documents));
  faults.push(...witnessed.faults);
  const events = [...chains.values()].reduce((total, { length }) => total + length, 0);
  return {
    checked: [
      `${chains.size} chains, ${events} events, ${published.length} publications`,
      `${adoptionEvents(legibleEvents(chains)).length} catalogues were adopted`,
      ...(raw.baselines.size === 0 ? [] : [`${raw.baselines.size} baselines of ${year - 1} were recorded`]),
      ...contents.checked,
      ...witnessed.checked,
    ],
    faults: [
      ...verifyPresence(chains, `ledger of ${year}`),
      ...raw.faults,
      ...verifyChains({ chains, knownHeads }),
      ...verifyChains({ chains: lastYears, knownHeads: [] }),
      ...faults,
    ],
  };
}

/** The templates of the report that were adopted are there as they were. */
async function templateFaults({ year, chains }: RawYear, documents: DocumentsReader): Promise<Fault[]> {
  const adopted = legibleEvents(chains).filter((event) => isEvent(event, 'report-template-adopted'));
  const faults = await pMap(
    adopted,
    async ({ happening: { template } }): Promise<Fault[]> => {
      if ((await readReportTemplate(year, template, documents)) !== undefined) return [];
      const explanation = 'is a template that was adopted, and is gone or was edited';
      return [{ where: reportTemplateKey(year, template), explanation }];
    },
    fetching,
  );
  return faults.flat();
}

/** The figures of the newest publication, which are those that somebody reads; the older ones are frozen. */
async function newestContents(
  { chains, lastYears, adopted, adoptedBefore, baselines }: RawYear,
  documents: DocumentsReader,
): Promise<Verification> {
  const newest = publicationEvents(chains).at(-1);
  if (newest === undefined) return { checked: [], faults: [] };
  const name = publicationFolder(newest.happening);
  return verifyContents(
    { name, names: [], get: (file) => documents.get(name + file) },
    {
      events: legibleEvents(chains),
      adopted,
      lastYear: legibleEvents(lastYears),
      adoptedBefore,
      baselines,
      original: ({ file }) => documents.get(file.key, file.version),
    },
  );
}

/** The statements that are kept beside the ledger are whole, follow each other, and say of this year what is there. */
function verifyOwnStatements(
  { year, chains }: RawYear,
  kept: readonly KeptStatement[],
): Omit<WitnessVerdict, 'notes'> {
  const fault = (where: string, explanation: string): Fault => ({ where, explanation });
  const statements = kept.flatMap(({ statement }) => (statement === undefined ? [] : [statement]));
  const unreadable = kept.filter(({ statement }) => statement === undefined);
  const keys = new Set(kept.map(({ key }) => key));
  const gaps = statements.filter(({ number }) => number > 1 && !keys.has(statementKey(number - 1)));
  const witnesses = statements.map((statement) => {
    return { kind: 'statement', name: statementKey(statement.number), statement } as const;
  });
  const { checked, faults } = holdAgainst({ witnesses, chains, years: new Set([year]) });
  return {
    checked: checked.map((line) => `${line}, kept beside the ledger`),
    faults: [
      ...unreadable.map(({ key }) => fault(key, 'is no witness statement: it was edited')),
      ...gaps.map(({ number }) => fault(statementKey(number - 1), 'is a witness statement that was removed')),
      ...faults,
    ],
  };
}
