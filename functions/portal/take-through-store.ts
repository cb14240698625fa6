import type { FormedObject } from '../../shared/adapters/s3-upload-forms.ts';
import { defaultLimits } from '../../shared/workbook/reading/limits.ts';
import { type FormOrder, tokenFolder } from './intake.ts';
import { mediaTypes } from './reply.ts';

/** How long a form for the store is good: as long as it takes to look through a workbook once more. */
export const formMinutes = 30;

/**
 * What the form of a return's page may put into the store: one workbook, under a key that the portal chose, in the
 * name of whoever is signed in. The function `ingest` reads the uploader from the metadata.
 */
export function formedUpload({ address, uploader, token, continueAt }: FormOrder): FormedObject {
  return {
    key: `${tokenFolder(address, token)}${address.department}-${address.period}.xlsx`,
    type: mediaTypes.xlsx,
    size: { from: 1, to: defaultLimits.bytes },
    metadata: { uploader },
    continueAt,
    minutes: formMinutes,
  };
}
