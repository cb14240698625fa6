import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { FunctionName } from './bundling.ts';
import { Alarms, type Watched } from './constructs/alarms.ts';
import { Announcements } from './constructs/announcements.ts';
import { Backup } from './constructs/backup.ts';
import { OverviewDashboard } from './constructs/dashboard.ts';
import { Ingestion } from './constructs/ingestion.ts';
import { PeopleAccess } from './constructs/people-access.ts';
import { Portal } from './constructs/portal.ts';
import { DailyPublication } from './constructs/publication.ts';
import { Reminders } from './constructs/reminders.ts';
import { Stores } from './constructs/stores.ts';
import { WitnessKey } from './constructs/witness-key.ts';
import { provinceTopicName, type Stage } from './stages.ts';

export interface IndicatorsStackProps {
  stage: Stage;
  /** The folder with the bundle of each function. */
  bundles: Record<FunctionName, string>;
}

/** All that one city runs: what is kept, what takes uploads in, what publishes, what people see, what reminds them, who may, and what watches over it. */
export class IndicatorsStack extends Stack {
  readonly watched: Watched;

  constructor(scope: Construct, { stage, bundles }: IndicatorsStackProps) {
    super(scope, `indicators-${stage.name}`, {
      description: 'Departmental indicators: monthly workbooks in, audited annual figures out',
      terminationProtection: stage.keepData,
      ...(stage.region !== undefined && { env: { region: stage.region } }),
    });
    const stores = new Stores(this, 'Stores', stage);
    const announcements = new Announcements(this, 'Announcements', stage);
    const witness = new WitnessKey(this, 'Witness', stage);
    const shared = { stage, stores, announcements };
    const ingestion = new Ingestion(this, 'Ingestion', { ...shared, bundle: bundles.ingest });
    const publication = new DailyPublication(this, 'Publication', {
      ...shared,
      witness,
      bundle: bundles.publish,
    });
    const portal = new Portal(this, 'Portal', { stage, stores, publication, bundle: bundles.portal });
    const { reminders: wanted } = stage;
    const reminders =
      wanted === 'off'
        ? undefined
        : new Reminders(this, 'Reminders', {
            ...{ stage, stores, origin: portal.origin, bundle: bundles.remind },
            schedule: wanted.schedule,
          });
    const access = new PeopleAccess(this, 'Access', { stage, stores, publication });
    const watched = { stage, stores, ingestion, publication, portal, announcements, reminders };
    this.watched = watched;
    const alarms = this.watchedByItself(stage);
    const { backup: choice } = stage;
    const backup =
      choice === 'off' ? undefined : new Backup(this, 'Backup', { stage, choice, stores, alarms });
    this.tellNames({
      UploadsBucket: stores.uploads.bucketName,
      DocumentsBucket: stores.documents.bucketName,
      PublicationsBucket: stores.publications.bucketName,
      LedgerTable: stores.ledger.tableName,
      UploadsQueue: ingestion.queue.queueUrl,
      UploadsDeadLetters: ingestion.deadLetters.queueUrl,
      IngestFunction: ingestion.ingest.function.functionName,
      PublishFunction: publication.publish.function.functionName,
      PortalFunction: portal.portal.function.functionName,
      PortalAddress: portal.origin,
      ...(portal.domain === undefined
        ? { PortalEndpoint: portal.api.apiEndpoint }
        : { PortalDomainTarget: portal.domain.regionalDomainName }),
      PortalSecret: portal.secret.secretArn,
      ...(reminders !== undefined && {
        RemindFunction: reminders.remind.function.functionName,
        RemindersSecret: reminders.secret.secretArn,
      }),
      ...(backup !== undefined && { BackupVault: backup.vault.backupVaultName }),
      WitnessKey: witness.keyArn,
      EventBus: announcements.busName,
      AnnouncementsTopic: announcements.topic.topicArn,
      AlarmsTopic: alarms.topicArn,
      DepartmentRole: access.department.roleArn,
      LegalOfficeRole: access.legalOffice.roleArn,
      AuditorRole: access.auditor.roleArn,
    });
    this.tagCosts(stage);
  }

  /** Alarms and a dashboard, unless a province has them for all; the topic that alarms go to. */
  private watchedByItself(stage: Stage): ITopic {
    if (stage.watch !== 'own') {
      const resource = provinceTopicName(stage.watch.together);
      return Topic.fromTopicArn(this, 'AlarmsOfProvince', this.formatArn({ service: 'sns', resource }));
    }
    const alarms = new Alarms(this, 'Alarms', this.watched);
    new OverviewDashboard(this, 'Overview', { ...this.watched, alarms });
    return alarms.topic;
  }

  private tellNames(names: Record<string, string>): void {
    for (const [name, value] of Object.entries(names)) {
      new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
    }
  }

  private tagCosts({ name, costCentre }: Stage): void {
    const costs = { project: 'indicators', stage: name, 'cost-centre': costCentre };
    for (const [tag, value] of Object.entries(costs)) {
      // cfn-lint knows no tags on dashboards, which cost the same whoever pays.
      Tags.of(this).add(tag, value, { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] });
    }
  }
}
