import { catalogueFor } from '../../shared/catalogue/load.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { addressOfKey, type Upload } from '../../shared/core/ledger/upload.ts';
import { type Address, nobody, yearsSaid } from '../../shared/core/returns/address.ts';
import { identityOf } from '../../shared/workbook/form-identity.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import {
  type IngestRequest,
  type IngestResult,
  type IngestServices,
  ingest,
  refuseUnread,
} from './ingest.ts';

/** Where uploads of all years are recorded, and the catalogue of each year. */
export interface YearsServices extends Pick<IngestServices, 'ledger' | 'documents'> {
  catalogues: ReadonlyMap<number, Catalogue>;
}

/** Takes in an upload by the catalogue of the year that it is of, which may stand in the file alone. */
export async function ingestOfAnyYear(
  request: IngestRequest,
  { catalogues, ...stores }: YearsServices,
): Promise<IngestResult> {
  const reading = await readWorkbook(request.bytes);
  const catalogue = catalogueOfUpload(request.upload, catalogues, identityOf(reading));
  return ingest(request, {
    ...stores,
    catalogue,
    workbooks: { read: async () => reading, write: writeForm },
  });
}

/** Refuses an upload that was not read, by the catalogue of the year that its place or name says. */
export function refuseUnreadOfAnyYear(
  request: Parameters<typeof refuseUnread>[0],
  { catalogues, ...stores }: YearsServices,
): Promise<IngestResult> {
  return refuseUnread(request, { ...stores, catalogue: catalogueOfUpload(request.upload, catalogues) });
}

function catalogueOfUpload(
  { key, fileName }: Upload,
  catalogues: YearsServices['catalogues'],
  mark: Address = nobody,
): Catalogue {
  return catalogueFor(yearsSaid(addressOfKey(key), { mark, fileName }), catalogues);
}
