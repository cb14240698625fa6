import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { LambdaFunction } from './lambda-function.ts';
import { actingFor, allow, policy } from './statements.ts';

export interface ScheduledRuns {
  /** Of the group of schedules, which has this one. */
  name: string;
  expression: string;
  timeZone: string;
  input: object;
  function: LambdaFunction;
  deadLetters: Queue;
  /** How long a start is tried that does not succeed. */
  retriedFor: Duration;
}

/**
 * Starts a function by the clock; whatever fails for good becomes a dead letter. The schedule hands its event over and is
 * done; when the function fails, Lambda tries twice more.
 */
export function runOnSchedule(scope: Construct, runs: ScheduledRuns): void {
  const { name, deadLetters } = runs;
  const { functionArn, functionName } = runs.function.function;
  new CfnEventInvokeConfig(scope, 'FailedRuns', {
    functionName,
    qualifier: '$LATEST',
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: Duration.hours(6).toSeconds(),
    destinationConfig: { onFailure: { destination: deadLetters.queueArn } },
  });
  const group = new CfnScheduleGroup(scope, 'Schedules', { name });
  const groupArn = Stack.of(scope).formatArn({
    service: 'scheduler',
    resource: 'schedule-group',
    resourceName: name,
  });
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com').withConditions(actingFor(groupArn)),
    inlinePolicies: {
      needs: policy([
        allow('StartFunction', { actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
        maySendTo(deadLetters),
      ]),
    },
  });
  const schedule = new CfnSchedule(scope, 'Schedule', {
    groupName: name,
    scheduleExpression: runs.expression,
    scheduleExpressionTimezone: runs.timeZone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: functionArn,
      roleArn: role.roleArn,
      input: JSON.stringify(runs.input),
      deadLetterConfig: { arn: deadLetters.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: runs.retriedFor.toSeconds(), maximumRetryAttempts: 185 },
    },
  });
  schedule.addResourceDependency(group);
}

export function maySendTo(queue: Queue): PolicyStatement {
  return allow('KeepDeadLetters', { actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
}
