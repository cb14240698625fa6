import { z } from 'zod';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import type { UploadId } from '../../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import { type Decided, type Decision, DecisionError, recordDecision } from '../../use-cases/office.ts';
import { type ReturnPlace, returnAddress, returnPath, uploadPath } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Reply } from '../reply.ts';
import { formRoute, type RequestContext, type Route, returnParams, uploadParams } from '../route.ts';
import { answerFields, recordAnswers } from './answers.ts';
import { findReturn, findUpload } from './found-return.ts';

/** What was just done, as the page of a return says it once. */
export const doneWords = {
  explained: '更正的原因已经记录。',
  admitted: '已经同意计入，并记录了原因。',
  declined: '已经记录：不同意计入。部门会看到原因。',
  agreed: '已经审核同意，并记入台账。',
  disagreed: '已经记录：审核不同意。填报人会看到原因。',
  requested: '延期申请已经提交，等法制机构答复。',
  asked: '已经提出，部门会在首页看到，并首先办理。',
  answered: '答复已经记录，由法制机构结案。',
  insisted: '已经要求继续核实，部门会看到。',
  closed: '已经结案。',
  acknowledged: '写明的原因已经记录。',
} as const;
export type Done = keyof typeof doneWords;
export const doneSchema = z.enum(Object.keys(doneWords) as Done[]);

const form = { reason: reasonSchema };

/** What people decide about a return, each with a reason that is kept with their name. */
export const decisionRoutes: Route[] = [
  formRoute(
    {
      path: `${uploadPath}/explanation`,
      access: ['department'],
      params: uploadParams,
      form,
    },
    (request) => decideWithReason(request, 'correction-explained', 'explained'),
  ),
  formRoute(
    {
      path: `${uploadPath}/admission`,
      access: ['legal-office'],
      params: uploadParams,
      form,
    },
    (request) => decideWithReason(request, 'return-admitted', 'admitted'),
  ),
  formRoute(
    {
      path: `${uploadPath}/refusal-to-admit`,
      access: ['legal-office'],
      params: uploadParams,
      form,
    },
    (request) => decideWithReason(request, 'admission-declined', 'declined'),
  ),
  formRoute(
    {
      path: `${returnPath}/answers`,
      access: ['department', 'legal-office'],
      params: returnParams,
      ...answerFields,
    },
    async (request) => {
      const { warnings, catalogue } = await findReturn(request);
      await recordAnswers(request, warnings, catalogue);
      return { kind: 'redirect', to: `${returnAddress(request.params)}?done=acknowledged` };
    },
  ),
];

type Reason = { reason: z.infer<typeof reasonSchema> };

type OfUpload = ReturnPlace & { upload: string };

function decideWithReason(
  request: RequestContext<OfUpload, unknown, Reason>,
  kind: 'correction-explained' | 'return-admitted' | 'admission-declined',
  done: Done,
): Promise<Reply> {
  const { reason } = request.form;
  return decideOnUpload(request, (key) => ({ kind, ...key, reason }), done);
}

/** Records what somebody decided about the upload that an address names, and goes back to its return. */
export async function decideOnUpload(
  request: RequestContext<OfUpload>,
  decision: (key: ReturnKey & { upload: UploadId }) => Decision,
  done: Done,
): Promise<Reply> {
  const { department, period } = request.params;
  const { id } = findUpload(await findReturn(request), request.params.upload);
  return decide(request, decision({ department, period, upload: id }), done);
}

async function decide(request: RequestContext<ReturnPlace>, decision: Decision, done: Done): Promise<Reply> {
  await recordNow(request, decision);
  return { kind: 'redirect', to: `${returnAddress(request.params)}?done=${done}` };
}

/** Records what somebody decided; throws a `PortalError` if it is about nothing that is there any more. */
export async function recordNow(request: RequestContext, decision: Decision): Promise<void> {
  await decided(request, (by) => recordDecision(decision, by, request.services));
}

/** Has something done by whoever asks, now; throws a `PortalError` if it is about nothing that is there any more. */
export async function decided<T>(
  { identity, now }: Pick<RequestContext, 'identity' | 'now'>,
  act: (by: Decided) => Promise<T>,
): Promise<T> {
  try {
    return await act({ at: now, by: identity.name });
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    throw new PortalError(
      'conflict',
      '情况已经变化，这件事不用再办了（可能已经有人办过，或者又有了新的上传）。请回到原来的页面看现在的情况。',
    );
  }
}
