import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { KeptFromLast, publish } from '../../../functions/use-cases/publish/publish.ts';
import { uploadOf } from '../../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { chainOf, isEvent, nextEvent } from '../../../shared/core/ledger/event.ts';

/** What it took to publish a year as a whole, and again after one return had been corrected (processor time, seconds). */
export interface Republished {
  whole: number;
  again: number;
}

const [folder = '', copy = ''] = process.argv.slice(2);
const store = {
  ledger: openSqliteLedger(join(folder, 'ledger.sqlite')),
  documents: folderDocuments(folder),
};
const services = { ...store, kept: new KeptFromLast(store) };

async function published(publishedAt: Instant): Promise<number> {
  const before = process.cpuUsage();
  await publish({ year: 2023, publishedAt, publishedBy: '法制科', software: 'bench' }, services);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Another version of a return, which says one figure otherwise. */
async function correctOne(): Promise<void> {
  const chain = chainOf(2023, 'd1');
  const events = await services.ledger.read(chain);
  const last = events.findLast((event) => isEvent(event, 'return-accepted'))!;
  const { department, period, observations, upload } = last.happening;
  const [first, ...others] = observations;
  const uploadedAt = '2024-01-09T01:00:00.000Z' as Instant;
  const bytes = new TextEncoder().encode(`${department} ${period} corrected`);
  const file = {
    address: { department, period },
    bytes,
    fileName: upload.fileName,
    uploadedAt,
    uploader: '张三',
  };
  const corrected = { ...first!, status: 'reported', value: '4711' } as typeof first;
  await services.ledger.append(
    nextEvent(chain, events, {
      ...{ at: uploadedAt, by: last.by, catalogue: last.catalogue },
      happening: { ...last.happening, upload: uploadOf(file), observations: [corrected!, ...others] },
    }),
  );
}

const whole = await published('2024-01-08T00:00:00.000Z' as Instant);
await correctOne();
await cp(folder, copy, { recursive: true });
const again = await published('2024-01-10T00:00:00.000Z' as Instant);
process.stdout.write(JSON.stringify({ whole, again } satisfies Republished));
