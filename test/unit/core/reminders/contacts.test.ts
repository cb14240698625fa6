import { describe, expect, it } from 'vitest';
import {
  type Contact,
  contactSchema,
  contactsOf,
  mostContacts,
  reminderListSchema,
  scheduleSchema,
  usualList,
  withContact,
  withoutContact,
} from '../../../../shared/core/reminders/contacts.ts';

const contact = (department: string, mail: string, name = '王某'): Contact => ({ department, mail, name });
const wang = contact('jyj', 'wang@example.gov');
const li = contact('gaj', 'li@example.gov', '李某');
const listOf = (...contacts: Contact[]) => ({ ...usualList, contacts });
const mails = ({ contacts }: { contacts: readonly Contact[] }) => contacts.map(({ mail }) => mail);

describe('the list of contacts', () => {
  it('is in order of department and address, whoever came first', () => {
    expect(mails(withContact(listOf(wang), li))).toEqual(['li@example.gov', 'wang@example.gov']);
    expect(mails(withContact(listOf(li), wang))).toEqual(['li@example.gov', 'wang@example.gov']);
    const second = contact('jyj', 'an@example.gov');
    expect(mails(withContact(listOf(li, wang), second))).toEqual([
      'li@example.gov',
      'an@example.gov',
      'wang@example.gov',
    ]);
  });

  it('has an address of a department once, however it is written; the newer name stands', () => {
    const again = contact('jyj', 'WANG@example.gov', '王五');
    expect(withContact(listOf(wang, li), again).contacts).toEqual([li, again]);
  });

  it('has the same address for two departments', () => {
    const other = contact('gaj', wang.mail);
    expect(withContact(listOf(wang), other).contacts).toEqual([other, wang]);
    expect(withoutContact(listOf(wang, other), wang).contacts).toEqual([other]);
  });

  it('changes a contact in its place, also the address', () => {
    const moved = contact('jyj', 'new@example.gov');
    expect(withContact(listOf(wang, li), moved, wang).contacts).toEqual([li, moved]);
  });

  it('loses a contact by its address, and nothing else', () => {
    expect(
      withoutContact(listOf(wang, li), { department: 'jyj', mail: 'Wang@Example.gov' }).contacts,
    ).toEqual([li]);
    expect(withoutContact(listOf(wang, li), { department: 'gaj', mail: wang.mail }).contacts).toEqual([
      wang,
      li,
    ]);
  });

  it('tells a department’s own', () => {
    expect(contactsOf(listOf(wang, li), 'jyj')).toEqual([wang]);
    expect(contactsOf(listOf(wang), 'gaj')).toEqual([]);
  });
});

describe('what may stand in it', () => {
  it.each([
    ['a blank in the address', { mail: 'wang li@example.gov' }],
    ['a line end in the address', { mail: 'wang@example.gov\nBcc: x@example.com' }],
    ['an address without a host', { mail: 'wang' }],
    ['an address of more than 254 characters', { mail: `${'a'.repeat(250)}@example.gov` }],
    ['a name that is blank', { name: ' ' }],
    ['a department that is none', { department: 'J Y J' }],
    ['something more', { telephone: '1' }],
  ])('not %s', (_, change) => {
    expect(contactSchema.safeParse({ ...wang, ...change }).success).toBe(false);
  });

  it('an address with blanks around it, which are taken off', () => {
    expect(contactSchema.parse({ ...wang, mail: ' wang@example.gov ' })).toEqual(wang);
  });

  it.each([
    [
      'days in order, each once',
      { daysBefore: [1, 3, 1], overdueEvery: 7 },
      { daysBefore: [3, 1], overdueEvery: 7 },
    ],
    ['no day before', { daysBefore: [], overdueEvery: 90 }, { daysBefore: [], overdueEvery: 90 }],
    ['not the last day itself', { daysBefore: [0], overdueEvery: 7 }, undefined],
    ['not more than sixty days before', { daysBefore: [61], overdueEvery: 7 }, undefined],
    ['not six days', { daysBefore: [1, 2, 3, 4, 5, 6], overdueEvery: 7 }, undefined],
    ['not every zeroth day', { daysBefore: [], overdueEvery: 0 }, undefined],
    ['not every 91st day', { daysBefore: [], overdueEvery: 91 }, undefined],
  ])('%s', (_, schedule, expected) => {
    expect(scheduleSchema.safeParse(schedule).data).toEqual(expected);
  });

  it('as many contacts as are kept, and no more; half a character is none', () => {
    const many = Array.from({ length: mostContacts }, (_, index) => contact('jyj', `a${index}@example.gov`));
    expect(reminderListSchema.safeParse(listOf(...many)).success).toBe(true);
    expect(reminderListSchema.safeParse(listOf(...many, li)).success).toBe(false);
    expect(reminderListSchema.parse({ ...usualList, askWhom: ' 法制科\ud800 ' }).askWhom).toBe(
      '法制科\ufffd',
    );
    expect(reminderListSchema.parse(usualList)).toEqual(usualList);
  });
});
