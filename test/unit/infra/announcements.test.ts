import { describe, expect, it } from 'vitest';
import { announcementSource, announcementTypes } from '../../../infra/constructs/announcements.ts';
import * as announcer from '../../../shared/adapters/eventbridge-announcer.ts';
import { Deployed } from '../../fixtures/policies/deployed.ts';
import { resolver } from '../../fixtures/policies/resolve.ts';
import { resourceNamed, templateOf } from './synthesized.ts';

const template = templateOf('production');
const deployment = {
  stack: 'indicators-production',
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
};
const resolve = resolver(template, deployment);
const properties = (id: string) => resolve(resourceNamed(template, id).Properties) as Record<string, unknown>;
const deployed = new Deployed(template, deployment);

describe('announcements', () => {
  it('go from the bus to the topic: accepted, refused, overdue, published, as the functions name them', () => {
    expect(announcementSource).toBe(announcer.announcementSource);
    const named: Record<announcer.Announcement['type'], true> = {
      'return accepted': true,
      'return refused': true,
      'return overdue': true,
      published: true,
    };
    expect(announcementTypes).toEqual(Object.keys(named));
    expect(properties('AnnouncementsToTopic')).toMatchObject({
      EventBusName: 'indicators-production',
      EventPattern: { source: ['indicators'], 'detail-type': announcementTypes },
      Targets: [
        {
          Arn: deployed.arn('AnnouncementsTopic'),
          RoleArn: deployed.arn('AnnouncementsRuleRole'),
          DeadLetterConfig: { Arn: deployed.arn('AnnouncementsDeadLetters') },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
  });
});
