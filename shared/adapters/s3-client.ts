import { S3Client } from '@aws-sdk/client-s3';
import { toldOf } from './aws-calls.ts';
import { clientConfig } from './client-config.ts';
import { keepingDeadlines } from './deadline.ts';

/** Another endpoint than AWS's (`AWS_ENDPOINT_URL`, which the SDK reads itself) has no host name for each bucket. */
export function s3Client(): S3Client {
  const forcePathStyle = process.env.AWS_ENDPOINT_URL !== undefined;
  return toldOf(keepingDeadlines(new S3Client({ ...clientConfig, forcePathStyle })));
}
