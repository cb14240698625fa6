import { Duration, SecretValue } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { removalPolicy, type Stage } from '../stages.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { LambdaFunction } from './lambda-function.ts';
import { maySendTo, runOnSchedule } from './schedule.ts';
import { allow, type Folder, mayList, mayReadCatalogues, objectsIn } from './statements.ts';
import type { Stores } from './stores.ts';

export interface RemindersProps {
  stage: Stage;
  /** When reminders go out, of a stage that has them. */
  schedule: string;
  stores: Stores;
  /** Where people find the portal. */
  origin: string;
  bundle: string;
}

/** The next hour is another run, which makes up for this one. */
const retriedFor = Duration.minutes(30);

/** Reminders (催报): a schedule starts the function `remind`, which alone knows the mail server and the robots. */
export class Reminders extends Construct {
  readonly remind: LambdaFunction;
  readonly deadLetters: Queue;
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { stage, schedule, stores, origin, bundle }: RemindersProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this);
    this.secret = channelsSecret(this, stage);
    this.remind = new LambdaFunction(this, 'Remind', {
      stage,
      name: 'remind',
      bundle,
      timeout: Duration.minutes(10),
      environment: {
        LEDGER_TABLE: stores.ledger.tableName,
        DOCUMENTS_BUCKET: stores.documents.bucketName,
        PORTAL_ORIGIN: origin,
        REMINDERS_SECRET: this.secret.secretArn,
      },
      needs: [...needsOf(stores, this.secret), maySendTo(this.deadLetters)],
      folders: [
        [stores.documents, 'catalogues/'],
        [stores.documents, 'reminders/'],
        [stores.documents, 'reminders/records/'],
      ],
    });
    runOnSchedule(this, {
      name: `indicators-${stage.name}-reminders`,
      expression: schedule,
      timeZone: stage.daily.timeZone,
      input: { kind: 'hourly' },
      function: this.remind,
      deadLetters: this.deadLetters,
      retriedFor,
    });
  }
}

/** It reads the ledger and the office's list, and writes records of what went out: no event, and no other document. */
function needsOf({ documents, ledger }: Stores, secret: Secret): PolicyStatement[] {
  const reminders: Folder = [documents, 'reminders/'];
  return [
    allow('ReadEvents', { actions: ['dynamodb:Query'], resources: [ledger.tableArn] }),
    ...mayReadCatalogues(documents),
    allow('ReadListAndRecords', { actions: ['s3:GetObject'], resources: objectsIn(reminders) }),
    mayList(reminders),
    allow('RecordReminders', {
      actions: ['s3:PutObject'],
      resources: objectsIn([documents, 'reminders/records/']),
    }),
    allow('ReadOwnSecret', { actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
  ];
}

/** Made with no channel in it, so that nobody is written to before somebody puts one there by hand. */
function channelsSecret(scope: Construct, stage: Stage): Secret {
  const secret = new Secret(scope, 'Secret', {
    removalPolicy: removalPolicy(stage),
    description:
      'Indicators reminders: the mail server and the robots of groups, with their passwords and tokens',
    secretStringValue: SecretValue.unsafePlainText(JSON.stringify({ robots: [] })),
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'The password of a mail server and the tokens of robots are others’ to change: by hand, as infra/README.md says.',
  });
  return secret;
}
