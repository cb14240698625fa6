import { z } from 'zod';
import { questionEffectSchema } from '../../../shared/core/ledger/event.ts';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { uploadIdSchema } from '../../../shared/core/ledger/upload.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import { type ReturnPlace, returnAddress, returnPath } from '../pages/addresses.ts';
import type { Reply } from '../reply.ts';
import { type Done, recordNow } from '../returns/decisions.ts';
import { findReturn } from '../returns/found-return.ts';
import { formRoute, type RequestContext, type Route, returnParams } from '../route.ts';

const form = { reason: reasonSchema };
const params = { ...returnParams, question: sha256Schema };
const questionPath = `${returnPath}/questions/:question`;

/** What the legal office and a department say to each other about a return, each with a reason that is kept. */
export const questionRoutes: Route[] = [
  formRoute(
    {
      path: `${returnPath}/questions`,
      access: ['legal-office'],
      params: returnParams,
      form: {
        ...form,
        upload: uploadIdSchema,
        about: z
          .string()
          .max(100)
          .default('')
          .transform((id) => (id === '' ? null : id)),
        effect: questionEffectSchema,
      },
    },
    async (request) => {
      await findReturn(request);
      const { department, period } = request.params;
      await recordNow(request, { kind: 'question-asked', department, period, ...request.form });
      return backTo(request, 'asked');
    },
  ),
  formRoute({ path: `${questionPath}/answer`, access: ['department'], params, form }, (request) =>
    step(request, 'question-answered', 'answered'),
  ),
  formRoute({ path: `${questionPath}/closing`, access: ['legal-office'], params, form }, (request) =>
    step(request, 'question-closed', 'closed'),
  ),
  formRoute(
    { path: `${questionPath}/insistence`, access: ['legal-office'], params, form },
    async (request) => {
      const { one } = await findReturn(request);
      const { department, period, question } = request.params;
      const upload = one.revisions.at(-1)?.id ?? uploadIdSchema.parse('0'.repeat(16));
      const { reason } = request.form;
      await recordNow(request, { kind: 'question-insisted', department, period, question, upload, reason });
      return backTo(request, 'insisted');
    },
  ),
];

type AboutQuestion = RequestContext<
  ReturnPlace & { question: z.infer<typeof sha256Schema> },
  unknown,
  { reason: z.infer<typeof reasonSchema> }
>;

async function step(
  request: AboutQuestion,
  kind: 'question-answered' | 'question-closed',
  done: Done,
): Promise<Reply> {
  const { department, period, question } = request.params;
  await findReturn(request);
  await recordNow(request, { kind, department, period, question, reason: request.form.reason });
  return backTo(request, done);
}

function backTo({ params }: RequestContext<ReturnPlace>, done: Done): Reply {
  return { kind: 'redirect', to: `${returnAddress(params)}?done=${done}` };
}
