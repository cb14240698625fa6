import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../shared/adapters/s3-documents.ts';
import { signDownload } from '../../shared/adapters/s3-download-addresses.ts';
import { signUploadForm } from '../../shared/adapters/s3-upload-forms.ts';
import type { Documents } from '../../shared/core/ports.ts';
import type { FormOrder, StoreForm } from './intake.ts';
import { mediaTypeOf, mediaTypes } from './reply.ts';
import { attachment } from './respond.ts';
import type { PortalServices } from './services.ts';
import { formedUpload } from './take-through-store.ts';

/** What the portal does with S3, and lets browsers do by themselves. */
export interface AwsStore {
  documents: Documents;
  form: (order: FormOrder) => Promise<StoreForm>;
  downloadAddress: NonNullable<PortalServices['downloadAddress']>;
}

const downloadMinutes = 5;

export function awsStore(
  buckets: Record<'uploads' | 'documents' | 'publications', string>,
  client: S3Client = s3Client(),
): AwsStore {
  return {
    documents: s3Documents({ client, buckets }),
    async form(order) {
      const upload = formedUpload(order);
      const form = await signUploadForm(upload, { client, bucket: buckets.uploads });
      return { ...form, minutes: upload.minutes };
    },
    downloadAddress: ({ key, version, fileName }) => {
      const download = {
        key,
        version,
        contentDisposition: attachment(fileName),
        contentType: key.startsWith('uploads/') ? mediaTypes.other : mediaTypeOf(fileName),
        minutes: downloadMinutes,
      };
      return signDownload(download, { client, buckets });
    },
  };
}
