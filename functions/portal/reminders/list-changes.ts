import { z } from 'zod';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import {
  contactSchema,
  mostContacts,
  type ReminderList,
  reminderListSchema,
  scheduleSchema,
  withContact,
  withoutContact,
} from '../../../shared/core/reminders/contacts.ts';
import { keepReminderList, readReminderList } from '../../use-cases/stores/reminder-store.ts';
import { remindersAddress } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Reply } from '../reply.ts';
import { formRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import type { doneWords } from './reminders-page.ts';

const { department, name, mail } = contactSchema.shape;
const given = { access: ['legal-office' as const], params: yearParam };

/** The days as they are typed: `7、3`, `7, 3`, nothing. */
const typedDays = z
  .string()
  .regex(/^[0-9\s,，、]*$/)
  .transform((text) => (text.match(/[0-9]+/g) ?? []).map(Number))
  .pipe(scheduleSchema.shape.daysBefore);

/** What the office changes in its list: nothing of it is recorded in the ledger. */
export const listRoutes: Route[] = [
  formRoute(
    { ...given, path: '/:year/reminders/contacts', form: { department, name, mail, was: mail.optional() } },
    async (request) => {
      const { was, ...contact } = request.form;
      if (departmentOf(request.catalogue(request.params.year), contact.department) === undefined)
        throw new PortalError('malformed', '没有这个部门，请重新选择。');
      const instead = was === undefined ? undefined : { department: contact.department, mail: was };
      return change(request, 'kept', (list) => withContact(list, contact, instead));
    },
  ),
  formRoute({ ...given, path: '/:year/reminders/contacts/removal', form: { department, mail } }, (request) =>
    change(request, 'removed', (list) => withoutContact(list, request.form)),
  ),
  formRoute(
    {
      ...given,
      path: '/:year/reminders/rules',
      form: {
        daysBefore: typedDays,
        overdueEvery: z.coerce.number().pipe(scheduleSchema.shape.overdueEvery),
        askWhom: reminderListSchema.shape.askWhom,
      },
    },
    (request) => change(request, 'rules', (list) => ({ ...list, ...request.form })),
  ),
];

async function change(
  { params: { year }, services: { documents } }: RequestContext<{ year: number }>,
  done: keyof typeof doneWords,
  to: (list: ReminderList) => ReminderList,
): Promise<Reply> {
  const list = to(await readReminderList(documents));
  if (list.contacts.length > mostContacts)
    throw new PortalError('conflict', `联系人最多 ${mostContacts} 个，请先删除不用的。`);
  await keepReminderList(list, documents);
  return { kind: 'redirect', to: `${remindersAddress(year)}?done=${done}` };
}
