import { Duration } from 'aws-cdk-lib';
import { BackupVault, CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Aws, Fn, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type BackupChoice, removalPolicy, type Stage } from '../stages.ts';
import { actingFor, allow, policy } from './statements.ts';
import type { Stores } from './stores.ts';

export interface BackupProps {
  stage: Stage;
  choice: BackupChoice;
  stores: Stores;
  /** Who is told of a backup that failed. */
  alarms: ITopic;
}

/** How long a stage's choice can still be undone, after which the vault is locked for good. */
export const daysToThinkBetter = 14;

/**
 * A copy a day in a vault that nobody empties alone: what lies there goes when its time is over and no sooner. The
 * vault's own policy refuses it to everybody, its lock to whoever changes that policy.
 */
export class Backup extends Construct {
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, { stage, choice, stores, alarms }: BackupProps) {
    super(scope, id);
    this.vault = this.lockedVault(stage, choice);
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: { backupPlanName: this.vault.backupVaultName, backupPlanRule: [this.daily(choice)] },
    });
    new CfnBackupSelection(this, 'Selection', {
      backupPlanId: plan.ref,
      backupSelection: {
        selectionName: 'stores',
        iamRoleArn: this.backupRole(choice).roleArn,
        resources: stores.backedUp(choice.of),
      },
    });
    this.tellOfFailures(stage, alarms);
  }

  /** Its name has a part of the stack's id, so that a stack made anew is not in the way of the vault it left. */
  private lockedVault(stage: Stage, { keepDays, lock, copyTo }: BackupChoice): BackupVault {
    const stackId = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
    return new BackupVault(this, 'Vault', {
      backupVaultName: `indicators-${stage.name}-${stackId}`,
      blockRecoveryPointDeletion: true,
      lockConfiguration: {
        minRetention: Duration.days(keepDays),
        ...(lock === 'COMPLIANCE' && { changeableFor: Duration.days(daysToThinkBetter) }),
      },
      ...(copyTo !== undefined && { encryptionKey: this.sharedKey(stage, copyTo) }),
      removalPolicy: removalPolicy(stage),
    });
  }

  /** What another account copies must be encrypted by a key that it may use. */
  private sharedKey(stage: Stage, copyTo: string): Key {
    const key = new Key(this, 'Key', {
      description: 'Indicators: encrypts backups that another account copies',
      enableKeyRotation: true,
      removalPolicy: removalPolicy(stage),
    });
    const other = new AccountPrincipal(copyTo.split(':')[4]);
    const use = allow('OtherAccountCopies', {
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant'],
      resources: ['*'],
    });
    use.addPrincipals(other);
    key.addToResourcePolicy(use);
    return key;
  }

  /** At an hour of the night (UTC) at which nobody uploads and nothing is published. */
  private daily({ keepDays, copyTo }: BackupChoice): CfnBackupPlan.BackupRuleResourceTypeProperty {
    const lifecycle = { deleteAfterDays: keepDays };
    return {
      ...{ ruleName: 'daily', targetBackupVault: this.vault.backupVaultName, lifecycle },
      ...{ scheduleExpression: 'cron(0 19 * * ? *)', startWindowMinutes: 60, completionWindowMinutes: 480 },
      ...(copyTo !== undefined && { copyActions: [{ destinationBackupVaultArn: copyTo, lifecycle }] }),
    };
  }

  /** What AWS itself says that its service needs, which is more than can be kept by hand; nobody else may assume it. */
  private backupRole({ of }: BackupChoice): Role {
    const names = [
      'AWSBackupServiceRolePolicyForBackup',
      ...(of === 'everything' ? ['AWSBackupServiceRolePolicyForS3Backup'] : []),
    ];
    const paths = {
      AWSBackupServiceRolePolicyForBackup: 'service-role/',
      AWSBackupServiceRolePolicyForS3Backup: '',
    };
    const managed = names.map((name) => `${paths[name as keyof typeof paths]}${name}`);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: managed.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    for (const name of managed) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        reason: 'What AWS Backup needs AWS keeps up to date itself; only the service may assume the role.',
      });
    }
    return role;
  }

  private tellOfFailures(stage: Stage, alarms: ITopic): void {
    const name = `indicators-${stage.name}-backup-failed`;
    const ruleArn = Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: name });
    const role = new Role(this, 'RuleRole', {
      assumedBy: new ServicePrincipal('events.amazonaws.com').withConditions(actingFor(ruleArn)),
      inlinePolicies: {
        needs: policy([allow('TellOfFailures', { actions: ['sns:Publish'], resources: [alarms.topicArn] })]),
      },
    });
    new CfnRule(this, 'Failed', {
      name,
      eventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change', 'Copy Job State Change'],
        detail: { state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] },
      },
      targets: [{ id: 'alarms', arn: alarms.topicArn, roleArn: role.roleArn }],
    });
  }
}
