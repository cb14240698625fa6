import { join } from 'node:path';
import { ingest } from '../../../functions/use-cases/ingest.ts';
import { keepUpload, uploadOf } from '../../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { expectedReturns } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { chainOf, type EventOf, type LedgerEvent, nextEvent } from '../../../shared/core/ledger/event.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { adoptIn, adoptInMemory } from '../../fixtures/adopted.ts';
import { inMemoryPorts } from '../../fixtures/in-memory-ports.ts';
import { catalogueOf, figureOf } from './made-year.ts';

export interface LargeStore {
  departments: number;
  indicators: number;
  /** How often each return was handed in. */
  revisions: number;
}

/**
 * Makes a store with a ledger of so many records, of all departments but the first, `d0`, which has handed in nothing.
 * One workbook is read, the other events say the same of other returns; their originals are not there.
 */
export async function makeLargeStore(folder: string, size: LargeStore): Promise<number> {
  const catalogue = catalogueOf(size.departments, size.indicators);
  const accepted = await acceptedEvent(size);
  const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
  await adoptIn({ ledger, documents: folderDocuments(folder) }, catalogue);
  const last = new Map<string, LedgerEvent>();
  let records = 0;
  for (let revision = 1; revision <= size.revisions; revision++) {
    for (const { department, period } of expectedReturns(catalogue)) {
      if (department.id === 'd0') continue;
      const address = { department: department.id, period };
      const uploadedAt = `2023-12-${String(revision + 10)}T01:00:00.000Z` as Instant;
      const bytes = new TextEncoder().encode(`${department.id} ${period} ${revision}`);
      const upload = uploadOf({ address, bytes, fileName: `${period}.xlsx`, uploadedAt, uploader: '张三' });
      const chain = chainOf(2023, department.id);
      const { by, catalogue: hash } = accepted;
      const event = nextEvent(chain, [last.get(chain) ?? []].flat(), {
        ...{ at: uploadedAt, by, catalogue: hash },
        happening: { ...accepted.happening, ...address, upload },
      });
      await ledger.append(event);
      last.set(chain, event);
      records += event.happening.observations.length;
    }
  }
  ledger.close();
  return records;
}

/** What one workbook of such a city says. */
async function acceptedEvent(size: LargeStore): Promise<EventOf<'return-accepted'>> {
  const catalogue = catalogueOf(size.departments, size.indicators);
  const ports = inMemoryPorts();
  adoptInMemory(ports, catalogue);
  const figures = new Map(
    catalogue.indicators.map(({ id }, index) => [
      id,
      { content: { kind: 'number', text: String(figureOf(1, 1, index)) } as const },
    ]),
  );
  const address = { department: 'd1', period: '2023-01' } as const;
  const signature = { preparer: '张三', reviewer: '李四', telephone: '1', correctionNote: '' };
  const bytes = await writeForm(formLayout(catalogue, address), { figures, signature });
  const uploadedAt = '2023-02-01T01:00:00.000Z';
  const file = { address, bytes, fileName: '一月.xlsx', uploadedAt, uploader: '张三' } as const;
  const upload = await keepUpload(file, ports.documents);
  const { event } = await ingest({ upload, bytes, recordedAt: uploadedAt, recordedBy: 'portal' }, ports);
  if (event.happening.kind !== 'return-accepted') throw new Error('the workbook is refused');
  return event as EventOf<'return-accepted'>;
}
