import { describe, expect, it } from 'vitest';
import { announcementSource, announcementTypes } from '../../../infra/constructs/announcements.ts';
import * as announcer from '../../../shared/adapters/eventbridge-announcer.ts';
import { deployedStage } from './synthesized.ts';

const { properties, deployed } = deployedStage('production');

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
