import { Duration } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type BackupChoice, removalPolicy, type Stage } from '../stages.ts';

/**
 * What is kept: the originals that were uploaded, the system's own documents (feedback, catalogues, baselines), the
 * publications, and the ledger. The buckets are apart, so that nothing the system writes can start it again.
 */
export class Stores extends Construct {
  readonly uploads: Bucket;
  readonly documents: Bucket;
  readonly publications: Bucket;
  readonly ledger: Table;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const accessLogs = accessLogsBucket(this, stage);
    const kept = (name: string) => ({
      ...safeBucket(stage),
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: `${name}/`,
    });
    this.uploads = new Bucket(this, 'Uploads', {
      ...kept('uploads'),
      lifecycleRules: [unfinishedUploads, oldFilesAreReadSeldom, scansThatCame],
    });
    refuseUnreadable(this.uploads);
    this.documents = new Bucket(this, 'Documents', {
      ...kept('documents'),
      lifecycleRules: [
        ...[unfinishedUploads, oldFilesAreReadSeldom, replacedVersions, deletedContacts],
        largeExtracts,
      ],
    });
    this.publications = new Bucket(this, 'Publications', {
      ...kept('publications'),
      lifecycleRules: [unfinishedUploads],
      ...objectLock(stage),
    });
    this.ledger = ledgerTable(this, stage);
    if (stage.backup !== 'off' && stage.backup.of === 'everything') tellBackupOfChanges(this.buckets());
  }

  /** The ARNs of what is backed up. */
  backedUp(of: BackupChoice['of']): string[] {
    return [
      this.ledger.tableArn,
      ...(of === 'everything' ? this.buckets().map((each) => each.bucketArn) : []),
    ];
  }

  private buckets(): Bucket[] {
    return [this.uploads, this.documents, this.publications];
  }
}

const unfinishedUploads = { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) };

/** S3 leaves objects below 128 KB, as most workbooks are, where they are: moving them would cost more. */
const oldFilesAreReadSeldom = {
  id: 'old-files-are-read-seldom',
  transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(400) }],
};

/** What a browser put there is kept among the scans as soon as its page comes back for it. */
const scansThatCame = {
  id: 'scans-that-came',
  prefix: 'incoming/',
  expiration: Duration.days(2),
  noncurrentVersionExpiration: Duration.days(1),
};

/** Of originals and publications every version is kept for ever; other documents are written once anyway. */
const replacedVersions = { id: 'replaced-versions', noncurrentVersionExpiration: Duration.days(400) };

/** Who is deleted from the office's list is gone from its earlier versions too. */
const deletedContacts = {
  id: 'deleted-contacts',
  prefix: 'reminders/',
  noncurrentVersionExpiration: Duration.days(1),
};

/** Whoever asked for one fetches it within minutes. */
const largeExtracts = {
  id: 'large-extracts',
  prefix: 'extracts/',
  expiration: Duration.days(1),
  noncurrentVersionExpiration: Duration.days(1),
};

/**
 * Encrypted by keys of S3 (SSE-S3), not of KMS: a key of ours would be one more thing whose loss loses every
 * original, would need a grant for each department, and would protect from nobody whom the policies let in.
 */
function safeBucket(stage: Stage) {
  return {
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: removalPolicy(stage),
    // A bucket that is not empty cannot be deleted; CDK empties it by a function, which other stages do not have.
    autoDeleteObjects: !stage.keepData,
  } satisfies BucketProps;
}

/**
 * What nobody could ever read here again is not taken: it would come back from the queue as a fault until it is a dead
 * letter, and nobody who uploaded it would be told. That is what goes straight into an archive, and what is encrypted by
 * a key that somebody else keeps, along with each request (SSE-C) or in KMS.
 */
function refuseUnreadable(uploads: Bucket): void {
  const refuse = (sid: string, conditions: Record<string, Record<string, unknown>>) => {
    const statement = new PolicyStatement({
      sid,
      effect: Effect.DENY,
      conditions,
      actions: ['s3:PutObject'],
    });
    statement.addAnyPrincipal();
    statement.addResources(uploads.arnForObjects('*'));
    uploads.addToResourcePolicy(statement);
  };
  const algorithm = 's3:x-amz-server-side-encryption';
  refuse('RefuseArchived', { StringEquals: { 's3:x-amz-storage-class': ['GLACIER', 'DEEP_ARCHIVE'] } });
  refuse('RefuseKeysInRequests', { Null: { [`${algorithm}-customer-algorithm`]: 'false' } });
  refuse('RefuseKeysOfOthers', {
    StringNotEquals: { [algorithm]: 'AES256' },
    Null: { [algorithm]: 'false' },
  });
}

function accessLogsBucket(scope: Construct, stage: Stage): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    ...safeBucket(stage),
    versioned: false,
    lifecycleRules: [{ id: 'a-year-and-a-bit', expiration: Duration.days(400) }],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'The log of who read the access log would grow by being written; CloudTrail can say it if needed.',
  });
  return bucket;
}

/** AWS Backup follows buckets by EventBridge and would switch this on itself, until a deployment switched it off again. */
function tellBackupOfChanges(buckets: readonly Bucket[]): void {
  for (const bucket of buckets) {
    (bucket.node.defaultChild as CfnBucket).addPropertyOverride(
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
      true,
    );
  }
}

function objectLock({ publicationLock }: Stage) {
  if (publicationLock === 'off') return {};
  const days = Duration.days(publicationLock.days);
  const retention =
    publicationLock.mode === 'COMPLIANCE'
      ? ObjectLockRetention.compliance(days)
      : ObjectLockRetention.governance(days);
  return { objectLockEnabled: true, objectLockDefaultRetention: retention };
}

/**
 * No event is changed or deleted, by whatever role, an administrator's too, until this is taken off. Replacing one by
 * `PutItem` no policy can tell from appending: the hash chain shows it.
 */
function nothingIsRewritten(): PolicyStatement {
  const statement = new PolicyStatement({
    sid: 'NothingIsRewritten',
    effect: Effect.DENY,
    actions: ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'].map(
      (name) => `dynamodb:${name}`,
    ),
    // The table itself, which cannot name itself.
    resources: ['*'],
  });
  statement.addAnyPrincipal();
  return statement;
}

/** One item an event: the chain, and its number in the chain. */
function ledgerTable(scope: Construct, stage: Stage): Table {
  return new Table(scope, 'Ledger', {
    partitionKey: { name: 'chain', type: AttributeType.STRING },
    sortKey: { name: 'sequence', type: AttributeType.NUMBER },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: stage.keepData,
    resourcePolicy: new PolicyDocument({ statements: [nothingIsRewritten()] }),
    removalPolicy: removalPolicy(stage),
  });
}
