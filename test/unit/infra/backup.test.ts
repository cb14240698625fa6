import { describe, expect, it } from 'vitest';
import type { BackupChoice } from '../../../infra/stages.ts';
import { deployedStage, resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const { template, deployed } = deployedStage('production');
const everything: BackupChoice = { of: 'everything', keepDays: 400, lock: 'COMPLIANCE' };
const vaultOf = (backup: BackupChoice) =>
  resourceNamed(templateOf('production', { backup }), 'BackupVault').Properties;

describe('backups', () => {
  it('lie in a vault whose policy lets nobody delete one, or shorten its time', () => {
    const { AccessPolicy } = vaultOf(everything) as { AccessPolicy: { Statement: object[] } };
    expect(AccessPolicy.Statement).toEqual([
      {
        ...{ Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' },
        Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
      },
    ]);
  });

  it.each([
    ['COMPLIANCE', { MinRetentionDays: 400, ChangeableForDays: 14 }],
    ['GOVERNANCE', { MinRetentionDays: 400 }],
  ] as const)('are locked until their time is over, by %s', (lock, expected) => {
    expect(vaultOf({ ...everything, lock }).LockConfiguration).toEqual(expected);
  });

  it('are made of the ledger and all that is kept beside it, each day, for longer than the lock asks', () => {
    const { Resources } = resourceNamed(template, 'BackupSelection').Properties.BackupSelection as {
      Resources: unknown[];
    };
    const named = Resources.map((each) => JSON.stringify(each).match(/Stores[A-Z][a-z]+/)?.[0]);
    expect(named).toEqual(['StoresLedger', 'StoresUploads', 'StoresDocuments', 'StoresPublications']);
    const { BackupPlanRule } = resourceNamed(template, 'BackupPlan').Properties.BackupPlan as {
      BackupPlanRule: object[];
    };
    expect(BackupPlanRule).toMatchObject([
      { ScheduleExpression: 'cron(0 19 * * ? *)', Lifecycle: { DeleteAfterDays: 400 } },
    ]);
    for (const id of ['StoresUploads', 'StoresDocuments', 'StoresPublications']) {
      expect(resourceNamed(template, id).Properties.NotificationConfiguration).toMatchObject({
        EventBridgeConfiguration: { EventBridgeEnabled: true },
      });
    }
  });

  it('are of the ledger alone where the stage says so', () => {
    const selection = resourceNamed(templateOf('production-cn'), 'BackupSelection').Properties;
    expect(JSON.stringify(selection)).toContain('StoresLedger');
    expect(JSON.stringify(selection)).not.toContain('StoresUploads');
  });

  it('are copied to another account where the stage names a vault there, under a key that it may use', () => {
    const copyTo = 'arn:aws:backup:eu-west-1:999999999999:backup-vault:kept';
    const copied = templateOf('production', { backup: { ...everything, copyTo } });
    expect(resourceNamed(copied, 'BackupPlan').Properties).toMatchObject({
      BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: copyTo }] }] },
    });
    const key = JSON.stringify(resourceNamed(copied, 'BackupKey').Properties.KeyPolicy);
    expect(key).toContain(':iam::999999999999:root');
    expect(resourceNamed(copied, 'BackupVault').Properties).toHaveProperty('EncryptionKeyArn');
    expect(resourcesOf(template, 'AWS::KMS::Key').map(([id]) => id)).toEqual(['WitnessKey']);
  });

  it('that fail are told of, where alarms are', () => {
    expect(resourceNamed(template, 'BackupFailed').Properties.EventPattern).toMatchObject({
      source: ['aws.backup'],
      detail: { state: expect.arrayContaining(['FAILED', 'EXPIRED', 'ABORTED']) },
    });
    expect(deployed.ruleReachesTarget('BackupFailed', 'sns:Publish')).toBe(true);
  });

  it('are not made of what is only tried out', () => {
    expect(Object.keys(templateOf('development').Resources).filter((id) => id.startsWith('Backup'))).toEqual(
      [],
    );
  });
});

describe('executions', () => {
  const reservedIn = (name: string) =>
    resourcesOf(templateOf(name), 'AWS::Lambda::Function')
      .filter(([id]) => id.endsWith('Function'))
      .map(([, { Properties }]) => Properties.ReservedConcurrentExecutions);

  it('are kept for intake, as many as it takes at once, and for publishing: pages have what is left', () => {
    expect(reservedIn('production')).toEqual([10, 2, undefined]);
    expect(resourceNamed(template, 'IngestionSource').Properties.ScalingConfig).toEqual({
      MaximumConcurrency: 10,
    });
  });

  it('are not kept where an account may be new and have few', () => {
    expect(reservedIn('development')).toEqual([undefined, undefined, undefined]);
  });
});
