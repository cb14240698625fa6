import { type CfnEventBus, CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { actingFor, allow, fromResource, policy } from './statements.ts';

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
    const ruleName = 'to-topic';
    const ruleArn = Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: `${this.busName}/${ruleName}`,
    });
    const rule = new CfnRule(this, 'ToTopic', {
      name: ruleName,
      eventBusName: this.busName,
      eventPattern: { source: [announcementSource], 'detail-type': announcementTypes },
      targets: [
        {
          id: 'topic',
          arn: this.topic.topicArn,
          roleArn: this.roleOfRule(ruleArn).roleArn,
          deadLetterConfig: { arn: this.deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        },
      ],
    });
    rule.addResourceDependency(this.bus.node.defaultChild as CfnEventBus);
    this.deadLetters.addToResourcePolicy(mayKeepDeadLetters(ruleArn, this.deadLetters));
  }

  /**
   * By a role, because what EventBridge publishes to a topic as itself carries nothing that a condition of the topic's
   * policy could ask for: such a statement never allows, and without one anybody's rule could publish here.
   */
  private roleOfRule(ruleArn: string): Role {
    return new Role(this, 'RuleRole', {
      assumedBy: new ServicePrincipal('events.amazonaws.com').withConditions(actingFor(ruleArn)),
      inlinePolicies: {
        needs: policy([
          allow('PublishToTopic', { actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
        ]),
      },
    });
  }

  /** What a function needs to announce. */
  mayAnnounce(): PolicyStatement {
    return allow('Announce', { actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}

function mayKeepDeadLetters(ruleArn: string, queue: Queue): PolicyStatement {
  const statement = allow('RuleMayKeepDeadLetters', {
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
  });
  statement.addPrincipals(new ServicePrincipal('events.amazonaws.com'));
  statement.addConditions(fromResource(ruleArn));
  return statement;
}
