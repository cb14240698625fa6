import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../../shared/adapters/s3-documents.ts';
import {
  type FormedObject,
  putUpload,
  signDownload,
  signUploadForm,
  type UploadObject,
} from '../../../shared/adapters/s3-presigned.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { maxScanBytes } from '../../../shared/core/ledger/scan.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { defaultLimits } from '../../../shared/workbook/reading/limits.ts';
import { attachment } from '../../portal/respond.ts';
import {
  type FormOrder,
  incomingScanKey,
  type PortalServices,
  type StoreForm,
  tokenFolder,
  type UploadedFile,
} from '../../portal/services.ts';
import type { AnswerOptions } from './answers.ts';

/** What the portal does with S3, and lets browsers do by themselves. */
export interface AwsStore {
  documents: Documents;
  form: (order: FormOrder) => Promise<StoreForm>;
  scanForm: (order: ScanOrder) => Promise<StoreForm>;
  put: (file: UploadedFile, token: string) => Promise<void>;
  downloadAddress: NonNullable<PortalServices['downloadAddress']>;
  keepLarge: AnswerOptions['keepLarge'];
}

type ScanOrder = Omit<FormOrder, 'uploader'>;

const downloadMinutes = 5;

export function awsStore(
  buckets: Record<'uploads' | 'documents' | 'publications', string>,
  client: S3Client = s3Client(),
): AwsStore {
  const documents = s3Documents({ client, buckets });
  return {
    documents,
    async form(order) {
      const upload = formedUpload(order);
      const form = await signUploadForm(upload, { client, bucket: buckets.uploads });
      return { ...form, minutes: upload.minutes };
    },
    async scanForm(order) {
      const scan = formedScan(order);
      const form = await signUploadForm(scan, { client, bucket: buckets.uploads });
      return { ...form, minutes: scan.minutes };
    },
    put: ({ address, uploader, bytes }, token) =>
      putUpload(
        { ...uploadObject({ address, uploader, token }), bytes },
        { client, bucket: buckets.uploads },
      ),
    downloadAddress: ({ key, version, fileName, type }) => {
      const download = {
        key,
        version,
        contentDisposition: attachment(fileName),
        contentType: type,
        minutes: downloadMinutes,
      };
      return signDownload(download, { client, buckets });
    },
    async keepLarge({ bytes, contentDisposition, contentType }) {
      const key = `extracts/${sha256(bytes)}`;
      await documents.put(key, bytes);
      const download = { key, version: null, contentDisposition, contentType, minutes: downloadMinutes };
      return signDownload(download, { client, buckets });
    },
  };
}

/** How long a form for the store is good: as long as it takes to look through a workbook once more. */
export const formMinutes = 30;

/**
 * What the form of a return's page may put into the store: one workbook, under a key that the portal chose, in the
 * name of whoever is signed in. The function `ingest` reads the uploader from the metadata.
 */
export function formedUpload({ continueAt, ...order }: FormOrder): FormedObject {
  return {
    ...uploadObject(order),
    size: { from: 1, to: defaultLimits.bytes },
    continueAt,
    minutes: formMinutes,
  };
}

/**
 * What the form of a scan may put into the store: one file of any kind, since what it is its bytes tell, which the portal
 * looks at before anything is recorded. Until then it lies apart, and goes by itself if nobody comes back for it.
 */
export function formedScan({ address, token, continueAt }: ScanOrder): FormedObject {
  return {
    ...{ key: incomingScanKey(address, token), type: mediaTypes.other, metadata: {} },
    size: { from: 1, to: maxScanBytes },
    continueAt,
    minutes: formMinutes,
  };
}

function uploadObject({ address, uploader, token }: Omit<FormOrder, 'continueAt'>): UploadObject {
  return {
    key: `${tokenFolder(address, token)}${address.department}-${address.period}.xlsx`,
    type: mediaTypes.xlsx,
    metadata: { uploader },
  };
}
