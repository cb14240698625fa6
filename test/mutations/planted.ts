import type { CloudResource, CloudTemplate } from '../fixtures/policies/resolve.ts';

/** A mistake in the stack, as somebody might make it, and the file of tests that must find it. */
export interface Planted {
  says: string;
  plant: (of: Finder) => void;
  foundBy: string;
}

/** Finds a resource by its id without the hash, and its properties, which may be changed. */
type Finder = (id: string) => CloudResource & { Properties: Record<string, never> };

// biome-ignore lint/suspicious/noExplicitAny: what is broken here has no type any more.
type Broken = any;

const properties = (of: Finder, id: string): Broken => of(id).Properties;
const statement = (document: Broken, sid: string): Broken =>
  document.Statement.find(({ Sid }: { Sid?: string }) => Sid === sid);

/** Undone one at a time, each of what the stack is held to. */
export const planted: readonly Planted[] = [
  {
    says: 'the rule publishes without a role',
    plant: (of) => delete properties(of, 'AnnouncementsToTopic').Targets[0].RoleArn,
    foundBy: 'trust',
  },
  {
    says: 'anybody’s rule may assume the role of the rule',
    plant: (of) =>
      delete properties(of, 'AnnouncementsRuleRole').AssumeRolePolicyDocument.Statement[0].Condition,
    foundBy: 'trust',
  },
  {
    says: 'the topic’s policy lets EventBridge publish on a condition',
    plant: (of) =>
      properties(of, 'AnnouncementsTopicPolicy').PolicyDocument.Statement.push({
        ...{ Sid: 'Rule', Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
        ...{
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': '*' } },
        },
      }),
    foundBy: 'trust',
  },
  {
    says: 'buckets of strangers may fill the queue',
    plant: (of) =>
      delete statement(properties(of, 'IngestionQueuePolicy').PolicyDocument, 'UploadsBucketMayTell')
        .Condition.StringEquals,
    foundBy: 'trust',
  },
  {
    says: 'the schedule’s role trusts every schedule',
    plant: (of) =>
      delete properties(of, 'PublicationSchedulerRole').AssumeRolePolicyDocument.Statement[0].Condition,
    foundBy: 'trust',
  },
  {
    says: 'a table that a failed first deployment leaves behind',
    plant: (of) => {
      of('StoresLedger').DeletionPolicy = 'Retain';
    },
    foundBy: 'stack.test',
  },
  {
    says: 'a fixed name for the uploads bucket',
    plant: (of) => {
      properties(of, 'StoresUploads').BucketName = 'indicators-uploads';
    },
    foundBy: 'stack.test',
  },
  {
    says: 'the portal’s secret goes with the stack',
    plant: (of) => {
      of('PortalSecret').DeletionPolicy = 'Delete';
    },
    foundBy: 'stack.test',
  },
  {
    says: 'the table lets events be deleted',
    plant: (of) => delete properties(of, 'StoresLedger').ResourcePolicy,
    foundBy: 'stack.test',
  },
  {
    says: 'no deletion protection for the ledger',
    plant: (of) => {
      properties(of, 'StoresLedger').DeletionProtectionEnabled = false;
    },
    foundBy: 'stack.test',
  },
  {
    says: 'point-in-time recovery of seven days',
    plant: (of) => {
      properties(of, 'StoresLedger').PointInTimeRecoverySpecification.RecoveryPeriodInDays = 7;
    },
    foundBy: 'stack.test',
  },
  {
    says: 'old versions of uploads end',
    plant: (of) =>
      properties(of, 'StoresUploads').LifecycleConfiguration.Rules.push({
        ...{ Id: 'a', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 400 } },
      }),
    foundBy: 'stack.test',
  },
  ...['RefuseArchived', 'RefuseKeysInRequests', 'RefuseKeysOfOthers'].map((sid) => ({
    says: `the uploads bucket without ${sid}`,
    plant: (of: Finder) => {
      const document = properties(of, 'StoresUploadsPolicy').PolicyDocument;
      document.Statement = document.Statement.filter(({ Sid }: { Sid?: string }) => Sid !== sid);
    },
    foundBy: 'refused-uploads',
  })),
  {
    says: 'no alarm for a day without a catalogue',
    plant: (of) => {
      properties(of, 'AlarmsNoCatalogueInForce').MetricName = 'ScheduleRan';
      of('AlarmsNoCatalogueInForce').Type = 'AWS::CloudWatch::CompositeAlarm';
    },
    foundBy: 'alarms',
  },
  {
    says: 'an alarm that nobody hears',
    plant: (of) => {
      properties(of, 'AlarmsDeadUploads').AlarmActions = [];
    },
    foundBy: 'alarms',
  },
  {
    says: 'silence of the schedule taken for health',
    plant: (of) => {
      properties(of, 'AlarmsScheduleDidNotRun').TreatMissingData = 'notBreaching';
    },
    foundBy: 'alarms',
  },
  {
    says: 'throttled writes of the table unseen',
    plant: (of) => {
      const { Metrics } = properties(of, 'AlarmsLedgerThrottled');
      Metrics.pop();
    },
    foundBy: 'alarms',
  },
  {
    says: 'an alarm at the time-out, when it is too late',
    plant: (of) => {
      properties(of, 'AlarmsIngestSlow').Threshold = 60_000;
    },
    foundBy: 'alarms',
  },
  {
    says: 'five notices a time, of which four wait and lose a try',
    plant: (of) => {
      properties(of, 'IngestionSource').BatchSize = 5;
    },
    foundBy: 'running',
  },
  {
    says: 'a message hidden for less than six time-outs',
    plant: (of) => {
      properties(of, 'IngestionQueue').VisibilityTimeout = 60;
    },
    foundBy: 'running',
  },
  {
    says: 'a batch acknowledged as a whole',
    plant: (of) => delete properties(of, 'IngestionSource').FunctionResponseTypes,
    foundBy: 'running',
  },
  {
    says: 'traces sent to somebody',
    plant: (of) => {
      properties(of, 'PortalFunction').Environment.Variables.OTEL_EXPORTER_OTLP_ENDPOINT = 'https://a';
    },
    foundBy: 'running',
  },
  {
    says: 'no executions of its own for intake',
    plant: (of) => delete properties(of, 'IngestionIngestFunction').ReservedConcurrentExecutions,
    foundBy: 'backup',
  },
  {
    says: 'a vault without a lock',
    plant: (of) => delete properties(of, 'BackupVault').LockConfiguration,
    foundBy: 'backup',
  },
  {
    says: 'a vault that an administrator empties',
    plant: (of) => delete properties(of, 'BackupVault').AccessPolicy,
    foundBy: 'backup',
  },
  {
    says: 'uploads left out of the backup',
    plant: (of) => properties(of, 'BackupSelection').BackupSelection.Resources.splice(1, 1),
    foundBy: 'backup',
  },
  {
    says: 'the portal may delete what it keeps',
    plant: (of) =>
      (statement(properties(of, 'PortalRole').Policies[0].PolicyDocument, 'KeepLargeExtracts').Action = [
        ...['s3:PutObject', 's3:DeleteObject'],
      ]),
    foundBy: 'policies',
  },
  {
    says: 'ingest may write publications',
    plant: (of) =>
      properties(of, 'IngestionIngestRole').Policies[0].PolicyDocument.Statement.push({
        ...{ Sid: 'A', Effect: 'Allow', Action: 's3:PutObject' },
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['StoresPublicationsABEDB264', 'Arn'] }, '/*']] },
      }),
    foundBy: 'policies',
  },
];

/** The template of a stage, with the mistake that `PLANTED` names; nothing is planted where it is not set. */
export function withPlanted(template: CloudTemplate, says = process.env.PLANTED): CloudTemplate {
  if (says === undefined) return template;
  const mistake = planted.find((each) => each.says === says);
  if (mistake === undefined) throw new Error(`nobody plants: ${says}`);
  const absent = new Error('not in this stage');
  const find: Finder = (id) => {
    const [only] = Object.keys(template.Resources).filter((each) => each.replace(/[0-9A-F]{8}$/, '') === id);
    if (only === undefined) throw absent;
    return template.Resources[only] as ReturnType<Finder>;
  };
  try {
    mistake.plant(find);
  } catch (error) {
    // What is nowhere cannot be mistaken; a mistake that is planted nowhere is one that is not found.
    if (error !== absent) throw error;
  }
  return template;
}
