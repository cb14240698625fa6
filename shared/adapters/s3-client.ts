import { S3Client } from '@aws-sdk/client-s3';
import { patience } from './aws-patience.ts';

/** Another endpoint than AWS's (`AWS_ENDPOINT_URL`, which the SDK reads itself) has no host name for each bucket. */
export function s3Client(): S3Client {
  return new S3Client({ ...patience, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
}
