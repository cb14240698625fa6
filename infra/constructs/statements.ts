import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Statements are written by hand: the grant helpers of CDK give more than is needed (`grantPut` retention and legal
 * hold, `grantWrite` deleting, `grantReadWriteData` scans and updates).
 */
export function allow(
  sid: string,
  {
    actions,
    resources,
    conditions,
  }: Required<Pick<PolicyStatementProps, 'actions' | 'resources'>> & Pick<PolicyStatementProps, 'conditions'>,
): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions,
    resources,
    ...(conditions && { conditions }),
  });
}

/** The objects of a bucket whose keys begin with a prefix, which ends with `/`. */
export type Folder = readonly [bucket: Bucket, prefix: `${string}/`];

export function objectsIn(...folders: Folder[]): string[] {
  return folders.map(([bucket, prefix]) => bucket.arnForObjects(`${prefix}*`));
}

/**
 * Listing what lies in one folder. `IfExists`: who may not list is told 403 of what is not there, and such a request
 * names no prefix.
 */
export function mayList([bucket, prefix]: Folder): PolicyStatement {
  const folder = prefix.slice(0, -1);
  return allow(`List${folder[0]?.toUpperCase()}${folder.slice(1)}`, {
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLikeIfExists: { 's3:prefix': `${prefix}*` } },
  });
}

/** Reading the catalogues that were adopted, and the baselines beside them. */
export function mayReadCatalogues(documents: Bucket): PolicyStatement[] {
  const folder: Folder = [documents, 'catalogues/'];
  return [
    allow('ReadCatalogues', { actions: ['s3:GetObject'], resources: objectsIn(folder) }),
    mayList(folder),
  ];
}

/** Tells cdk-nag why a resource that a role may reach ends in a wildcard: for these folders, and for no other. */
export function explainFolders(role: Construct, folders: readonly Folder[]): void {
  for (const [bucket, prefix] of folders) {
    const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
    const shown = prefix.replace(/\$\{(.+?)\}/g, '<$1>');
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${shown}*]`,
      reason: `Keys go on below ${prefix} in ways that no policy can list: department, period, upload, file.`,
    });
  }
}

export function policy(statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements });
}

/** That a service acts for this account and this resource only, and is nobody's confused deputy. */
export function actingFor(sourceArn: string) {
  return { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ...fromResource(sourceArn) };
}

/** The same where a service is documented to name the resource alone, in whose ARN the account stands. */
export function fromResource(sourceArn: string) {
  return { ArnLike: { 'aws:SourceArn': sourceArn } };
}

/**
 * The ARNs of this stack's buckets by how CloudFormation names them, where a reference to one would make a circle: the
 * queue's policy is there before the bucket that tells it of uploads.
 */
export function bucketsOfStack(scope: Construct): string {
  return Stack.of(scope).formatArn({
    ...{ service: 's3', region: '', account: '' },
    resource: `${Aws.STACK_NAME}-*`,
  });
}
