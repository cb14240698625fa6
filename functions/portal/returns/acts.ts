import type { z } from 'zod';
import { sha256Schema } from '../../../shared/core/digest.ts';
import { reasonSchema } from '../../../shared/core/event.ts';
import { type Act, ActRefused, recordAct } from '../../office/record-act.ts';
import { Failure } from '../failure.ts';
import { type ReturnPlace, returnAddress } from '../pages/addresses.ts';
import type { Reply } from '../reply.ts';
import { action, type Route, returnParams, uploadParams, type Visit } from '../route.ts';
import { findReturn, findUpload } from './found-return.ts';

/** What was just done, as the page of a return says it once. */
export const doneWords = {
  explained: '更正的原因已经记录。',
  admitted: '已经同意计入，并记录了原因。',
  acknowledged: '已经记录：这一处核对无误。',
} as const;
export type Done = keyof typeof doneWords;

const form = { reason: reasonSchema };

/** What people decide about a return, each with a reason that is kept with their name. */
export const actRoutes: Route[] = [
  action(
    {
      path: '/:year/departments/:department/:period/uploads/:upload/explanation',
      access: ['department'],
      params: uploadParams,
      form,
    },
    (visit) => decideOnUpload(visit, 'correction-explained', 'explained'),
  ),
  action(
    {
      path: '/:year/departments/:department/:period/uploads/:upload/admission',
      access: ['legal-office'],
      params: uploadParams,
      form,
    },
    (visit) => decideOnUpload(visit, 'return-admitted', 'admitted'),
  ),
  action(
    {
      path: '/:year/departments/:department/:period/warnings/:warning/acknowledgement',
      access: ['department', 'legal-office'],
      params: { ...returnParams, warning: sha256Schema },
      form,
    },
    async (visit) => {
      const { warnings } = await findReturn(visit);
      const { department, period, warning } = visit.params;
      const settled = warnings.find(({ id }) => id === warning)?.acknowledged;
      if (settled) throw new Failure('conflict', `这一处已经由${settled.by}说明过，不必再填。`);
      const { reason } = visit.form;
      return decide(
        visit,
        { kind: 'warning-acknowledged', department, period, warning, reason },
        'acknowledged',
      );
    },
  ),
];

type Reason = { reason: z.infer<typeof reasonSchema> };

async function decideOnUpload(
  visit: Visit<ReturnPlace & { upload: string }, unknown, Reason>,
  kind: 'correction-explained' | 'return-admitted',
  done: Done,
): Promise<Reply> {
  const { department, period } = visit.params;
  const { id } = findUpload(await findReturn(visit), visit.params.upload);
  return decide(visit, { kind, department, period, upload: id, reason: visit.form.reason }, done);
}

async function decide(visit: Visit<ReturnPlace>, act: Act, done: Done): Promise<Reply> {
  const { params, identity, now, services } = visit;
  try {
    const catalogue = visit.catalogue(params.year);
    await recordAct(act, { at: now, by: identity.name }, { ledger: services.ledger, catalogue });
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    throw new Failure(
      'conflict',
      '情况已经变化，这件事不用再办了（可能已经有人办过，或者又有了新的上传）。请回到这份月报看现在的情况。',
    );
  }
  return { kind: 'redirect', to: `${returnAddress(params)}?done=${done}` };
}
