import { type CfnEventBus, CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { type PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { actingFor, allow } from './statements.ts';

/** The source and the types of the events on the bus. */
export const announcementSource = 'indicators';
export const announcementTypes = ['return accepted', 'return refused', 'return overdue', 'published'];

/** What happened, for others: events on a bus, and a topic that gets them all, to which mail or a robot is wired. */
export class Announcements extends Construct {
  readonly bus: EventBus;
  /** A name of ours, which others can write into rules of their own. */
  readonly busName: string;
  readonly topic: Topic;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.busName = `indicators-${stage.name}`;
    this.bus = new EventBus(this, 'Bus', { eventBusName: this.busName });
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.deadLetters = deadLetterQueue(this);
    const rule = new CfnRule(this, 'ToTopic', {
      eventBusName: this.busName,
      eventPattern: { source: [announcementSource], 'detail-type': announcementTypes },
      targets: [
        {
          id: 'topic',
          arn: this.topic.topicArn,
          deadLetterConfig: { arn: this.deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        },
      ],
    });
    rule.addResourceDependency(this.bus.node.defaultChild as CfnEventBus);
    this.topic.addToResourcePolicy(byRule(rule, 'sns:Publish', this.topic.topicArn));
    this.deadLetters.addToResourcePolicy(byRule(rule, 'sqs:SendMessage', this.deadLetters.queueArn));
  }

  /** What a function needs to announce. */
  mayAnnounce(): PolicyStatement {
    return allow('Announce', { actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}

function byRule(rule: CfnRule, action: string, resource: string): PolicyStatement {
  const statement = allow('RuleMayForward', { actions: [action], resources: [resource] });
  statement.addPrincipals(new ServicePrincipal('events.amazonaws.com'));
  statement.addConditions(actingFor(rule.attrArn));
  return statement;
}
