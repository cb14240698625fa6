import { Duration } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  FederatedPrincipal,
  type PolicyStatement,
  type PrincipalBase,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { DailyPublication } from './publication.ts';
import { allow, explainFolders, type Folder, objectsIn, policy } from './statements.ts';
import type { Stores } from './stores.ts';

export interface PeopleAccessProps {
  stage: Stage;
  stores: Stores;
  publication: DailyPublication;
}

/** What people may do with credentials of their own: a role for departments, the legal office and auditors each. */
export class PeopleAccess extends Construct {
  readonly department: Role;
  readonly legalOffice: Role;
  readonly auditor: Role;

  constructor(scope: Construct, id: string, { stage, stores, publication }: PeopleAccessProps) {
    super(scope, id);
    this.department = this.roleOf('Department', stage, {
      trusted: whoeverIsTagged(this, stage, 'department'),
      may: departmentMay(stores),
    });
    this.legalOffice = this.roleOf('LegalOffice', stage, {
      trusted: whoeverIsTagged(this, stage, 'role', 'legal-office'),
      may: officeMay(stores, publication),
    });
    this.auditor = this.roleOf('Auditor', stage, {
      trusted: whoeverIsTagged(this, stage, 'role', 'auditor'),
      may: readersMay(stores),
    });
  }

  private roleOf(id: string, stage: Stage, { trusted, may }: { trusted: PrincipalBase; may: Grants }): Role {
    const role = new Role(this, id, {
      description: `Indicators (${stage.name}): ${id}`,
      assumedBy: trusted,
      inlinePolicies: { may: policy(may.statements) },
      maxSessionDuration: Duration.hours(1),
    });
    explainFolders(role, may.folders);
    return role;
  }
}

/** What a role may do, and the folders that it thereby reaches. */
interface Grants {
  statements: PolicyStatement[];
  folders: Folder[];
}

/**
 * Those to whom the administrator of the account, or the identity provider, gave the tag. A user of the account has
 * to pass the tag on as it is; what SAML asserts is passed on by AWS. So nobody chooses a tag.
 */
function whoeverIsTagged(
  scope: Construct,
  { identities }: Stage,
  tag: 'department' | 'role',
  value?: string,
): PrincipalBase {
  const onlyTag = { 'ForAllValues:StringEquals': { 'aws:TagKeys': [tag] } };
  const requested = `aws:RequestTag/${tag}`;
  if (identities.kind === 'account') {
    const own = `\${aws:PrincipalTag/${tag}}`;
    const conditions = {
      StringEquals: { [requested]: own, ...(value !== undefined && { [`aws:PrincipalTag/${tag}`]: value }) },
      ...onlyTag,
    };
    return new SessionTagsPrincipal(new AccountRootPrincipal().withConditions(conditions));
  }
  const provider = Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'saml-provider',
    resourceName: identities.provider,
  });
  const conditions = {
    StringEquals: { 'SAML:aud': identities.audience, ...(value !== undefined && { [requested]: value }) },
    ...(value === undefined && { StringLike: { [requested]: '?*' } }),
    ...onlyTag,
  };
  return new SessionTagsPrincipal(new FederatedPrincipal(provider, conditions, 'sts:AssumeRoleWithSAML'));
}

/** The variable stands between two slashes, so that `sfj` is not the beginning of `sfj2`. */
const own = `\${aws:PrincipalTag/department}/` as const;

function departmentMay({ uploads, documents }: Stores): Grants {
  const ownUploads: Folder = [uploads, `uploads/${own}`];
  const ownFeedback: Folder = [documents, `feedback/${own}`];
  return {
    statements: [
      allow('UploadOwnReturns', { actions: ['s3:PutObject'], resources: objectsIn(ownUploads) }),
      allow('ReadOwnFeedback', { actions: ['s3:GetObject'], resources: objectsIn(ownFeedback) }),
      allow('ListOwnFeedback', {
        actions: ['s3:ListBucket'],
        resources: [documents.bucketArn],
        conditions: { StringLike: { 's3:prefix': `feedback/${own}*` } },
      }),
    ],
    folders: [ownUploads, ownFeedback],
  };
}

function readersMay({ uploads, documents, publications, ledger }: Stores): Grants {
  const folders: Folder[] = [
    [uploads, 'uploads/'],
    [uploads, 'scans/'],
    [documents, 'feedback/'],
    [documents, 'catalogues/'],
    [publications, 'publications/'],
    [publications, 'witness/'],
  ];
  return {
    statements: [
      allow('ReadEverythingKept', {
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: objectsIn(...folders),
      }),
      allow('ListEverythingKept', {
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resources: [uploads.bucketArn, documents.bucketArn, publications.bucketArn],
      }),
      allow('ReadEvents', { actions: ['dynamodb:Query'], resources: [ledger.tableArn] }),
    ],
    folders,
  };
}

function officeMay(stores: Stores, { publish }: DailyPublication): Grants {
  const { statements, folders } = readersMay(stores);
  const publishNow = allow('PublishNow', {
    actions: ['lambda:InvokeFunction'],
    resources: [publish.function.functionArn],
  });
  return { statements: [...statements, publishNow], folders };
}
