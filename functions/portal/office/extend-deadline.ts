import { reasonSchema } from '../../../shared/core/event.ts';
import { daySchema, endOfDay, periodSchema } from '../../../shared/core/period.ts';
import { ActRefused, recordAct } from '../../office/record-act.ts';
import { Failure } from '../failure.ts';
import { anyDepartment } from '../pages/department-filter.ts';
import { action, yearParam } from '../route.ts';
import { problemWithExtension } from './extensions.ts';

/** Extends the deadlines of a period, for one department or for all, to the end of a day. */
export const extendDeadlineRoute = action(
  {
    path: '/:year/deadlines',
    access: ['legal-office'],
    params: yearParam,
    form: { period: periodSchema, department: anyDepartment, until: daySchema, reason: reasonSchema },
  },
  async (visit) => {
    const { form, now, services, identity } = visit;
    const { catalogue, state } = await visit.readYear(visit.params.year);
    const problem = problemWithExtension(form, { state, now });
    if (problem !== undefined) throw new Failure('malformed', problem);
    const until = endOfDay(form.until, catalogue.utcOffset);
    const { period, department = null, reason } = form;
    try {
      await recordAct(
        { kind: 'deadline-extended', department, period, until, reason },
        { at: now, by: identity.name },
        { ledger: services.ledger, catalogue },
      );
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
      throw new Failure('conflict', '这个部门这个月没有要报的月报，请重新选择部门和报告期。');
    }
    return { kind: 'redirect', to: `/${catalogue.year}/deadlines?done=extended` };
  },
);
