import { join } from 'node:path';
import { publish } from '../../../functions/use-cases/publish/publish.ts';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { instantSchema } from '../../../shared/core/catalogue/period.ts';

/** What it takes to publish a year, in a process of its own. */
export interface Published {
  /** How many figures of the city it has. */
  figures: number;
  seconds: number;
  processorSeconds: number;
  /** The most memory that it held at once (MB). */
  peak: number;
}

const [folder = ''] = process.argv.slice(2);
const services = {
  ledger: openSqliteLedger(join(folder, 'ledger.sqlite')),
  documents: folderDocuments(folder),
};
const started = performance.now();
const publishedAt = instantSchema.parse('2024-01-10T00:00:00.000Z');
const { publication } = await publish(
  { year: 2023, publishedAt, publishedBy: '法制科', software: 'bench' },
  services,
);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const published: Published = {
  figures: publication.totals.length,
  seconds: (performance.now() - started) / 1000,
  processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peak: maxRSS / 1024,
};
process.stdout.write(JSON.stringify(published));
