import { describe, expect, it } from 'vitest';
import {
  channelSchema,
  channelWords,
  reminderRecordSchema,
} from '../../../../shared/core/reminders/record.ts';

const about = {
  format: 'indicators-reminder/1',
  year: 2023,
  department: 'jia',
  channel: 'mail',
  day: '2023-02-11',
  occasion: 'overdue',
  periods: ['2023-01'],
  at: '2023-02-11T01:00:00.000Z',
};
const sent = { ...about, outcome: 'sent', subject: '催报', text: '请尽快办理。', recipients: 2, refused: 0 };
const failed = { ...about, outcome: 'failed', tries: 3, because: '服务器没有应答' };

describe('the record of a reminder', () => {
  it.each<[what: string, record: object, isOne: boolean]>([
    ['says what went out', sent, true],
    ['says that nothing did, and why', failed, true],
    ['is about one return or several', { ...sent, periods: ['2023-01', '2023-02'] }, true],
    ['is about some return', { ...sent, periods: [] }, false],
    ['says that somebody took it', { ...sent, recipients: 0 }, false],
    ['says that it was tried', { ...failed, tries: 0 }, false],
    ['is short about what went wrong', { ...failed, because: '长'.repeat(301) }, false],
    ['says nothing of addresses', { ...sent, to: ['wang@example.gov'] }, false],
  ])('%s', (_, record, isOne) => {
    expect(reminderRecordSchema.safeParse(record).success).toBe(isOne);
  });

  it('names its channel, and each channel has a name', () => {
    expect(Object.keys(channelWords)).toEqual(channelSchema.options);
  });
});
