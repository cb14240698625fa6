import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DailyPublication } from './publication.ts';
import { allow, type Folder, objectsIn } from './statements.ts';
import type { Stores } from './stores.ts';

/** The folders that the portal shows something of. */
export function portalFolders({ uploads, documents, publications }: Stores): Folder[] {
  return [
    [uploads, 'uploads/'],
    [documents, 'feedback/'],
    [publications, 'publications/'],
  ];
}

/**
 * What the portal may do. It reads what it shows and verifies, appends what people decide, and has the other
 * functions do the rest: it writes no object. That it may put uploads is what the forms are signed with by which
 * browsers put them.
 */
export function portalMay({
  stores,
  publication,
  secret,
}: {
  stores: Stores;
  publication: DailyPublication;
  secret: Secret;
}): PolicyStatement[] {
  const folders = portalFolders(stores);
  return [
    allow('ReadAndAppendEvents', {
      actions: ['dynamodb:Query', 'dynamodb:PutItem'],
      resources: [stores.ledger.tableArn],
    }),
    allow('ReadWhatIsShown', {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: objectsIn(...folders),
    }),
    ...folders.map(mayList),
    allow('SignUploads', { actions: ['s3:PutObject'], resources: objectsIn([stores.uploads, 'uploads/']) }),
    allow('PublishNow', {
      actions: ['lambda:InvokeFunction'],
      resources: [publication.publish.function.functionArn],
    }),
    allow('ReadOwnSecret', { actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
  ];
}

/** `IfExists`: one who may not list is told 403 of what is not there, and such a request names no prefix. */
function mayList([bucket, prefix]: readonly [Bucket, string]): PolicyStatement {
  const folder = prefix.slice(0, -1);
  return allow(`List${folder[0]?.toUpperCase()}${folder.slice(1)}`, {
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLikeIfExists: { 's3:prefix': `${prefix}*` } },
  });
}
