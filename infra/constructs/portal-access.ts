import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DailyPublication } from './publication.ts';
import { allow, type Folder, mayList, objectsIn } from './statements.ts';
import type { Stores } from './stores.ts';

/** The folders that the portal shows something of. */
export function portalFolders({ uploads, documents, publications }: Stores): Folder[] {
  return [
    [uploads, 'uploads/'],
    [uploads, 'incoming/'],
    [uploads, 'scans/'],
    [documents, 'feedback/'],
    [documents, 'catalogues/'],
    [documents, 'reminders/'],
    [documents, 'extracts/'],
    [publications, 'publications/'],
    [publications, 'witness/'],
  ];
}

/**
 * What the portal may do. It reads what it shows and verifies, appends what people decide, keeps the catalogues and the
 * templates of the report that the office adopts, its list for reminders, scans of what was signed, and for a day extracts
 * that are too large for an answer; the other functions do the rest. It puts uploads of its own making: workbooks of what
 * was typed on a page or reported as zero, and an upload once more where somebody says whose it is. The forms by which
 * browsers put theirs are signed with the same permission.
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
    allow('KeepCatalogues', {
      actions: ['s3:PutObject'],
      resources: objectsIn([stores.documents, 'catalogues/']),
    }),
    allow('KeepLargeExtracts', {
      actions: ['s3:PutObject'],
      resources: objectsIn([stores.documents, 'extracts/']),
    }),
    allow('KeepReminderList', {
      actions: ['s3:PutObject'],
      resources: [stores.documents.arnForObjects('reminders/list.json')],
    }),
    allow('SignUploads', {
      actions: ['s3:PutObject'],
      resources: objectsIn([stores.uploads, 'uploads/'], [stores.uploads, 'incoming/']),
    }),
    allow('KeepScans', { actions: ['s3:PutObject'], resources: objectsIn([stores.uploads, 'scans/']) }),
    allow('PublishNow', {
      actions: ['lambda:InvokeFunction'],
      resources: [publication.publish.function.functionArn],
    }),
    allow('ReadOwnSecret', { actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
  ];
}
