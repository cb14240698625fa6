/**
 * Run as a process: takes in every upload of a list into one folder, in an order of its own, beside other processes
 * that do the same. May be killed at any moment and started again; kills itself amid the upload that it is told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { chanceOf } from './chance.ts';
import { city } from './city-catalogues.ts';
import { quickWorkbooks } from './small-city.ts';

/** One upload of the list; `file` holds its bytes. */
export interface ListedUpload {
  department: string;
  period: string;
  fileName: string;
  uploadedAt: Instant;
  file: string;
}

if (import.meta.main) {
  const [, , folder = '', list = '', number = '', lastUpload = '', moment = ''] = process.argv;
  const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
  const workbooks = { ...quickWorkbooks, read: readWorkbook };
  const services = { ledger, documents: folderDocuments(folder), catalogue: city, workbooks };
  const uploads: ListedUpload[] = JSON.parse(readFileSync(list, 'utf8'));
  const inOrder = chanceOf(1, `order ${number}`).shuffled(uploads);
  for (const [index, { department, period, file, ...told }] of inOrder.entries()) {
    if (String(index) === lastUpload) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(moment));
    const handedOver = {
      ...{ ...told, address: { department, period }, uploader: '张三' },
      bytes: new Uint8Array(readFileSync(file)),
    };
    const upload = await keepUpload(handedOver, services.documents);
    await ingest(
      { ...handedOver, upload, recordedAt: told.uploadedAt, recordedBy: `process ${number}` },
      services,
    );
  }
  ledger.close();
}
