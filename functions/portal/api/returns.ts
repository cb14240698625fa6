import type { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { type Instant, periodSchema } from '../../../shared/core/catalogue/period.ts';
import { checkCode } from '../../../shared/core/ledger/check-code.ts';
import type { Upload } from '../../../shared/core/ledger/upload.ts';
import { admissionOf } from '../../../shared/core/publication/content.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { heldBecause, type Revision } from '../../../shared/core/year/revision.ts';
import { standingOf } from '../../../shared/core/year/standing.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import type { Refusal, ReturnState } from '../../../shared/core/year/year-state.ts';
import { everybody } from '../access/identity.ts';
import { orEmpty } from '../records/record-query.ts';
import { findReturn } from '../returns/found-return.ts';
import { apiRoute, type Route, returnParams, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery, refuseOtherDepartment } from './paging.ts';
import {
  type refusalSchema,
  returnSchema,
  type revisionSchema,
  standingKindSchema,
  wholeReturnSchema,
} from './return-schemas.ts';

/** The returns of a year: where each stands, and what came of its uploads. */
export const returnQuestions: Route[] = [
  apiRoute(
    {
      path: '/api/:year/returns',
      access: everybody,
      params: yearParam,
      query: {
        department: orEmpty(departmentIdSchema),
        period: orEmpty(periodSchema),
        standing: orEmpty(standingKindSchema),
        ...pageQuery,
      },
      summary: 'Where each expected return of the year stands; a department sees its own',
      answer: listOf(returnSchema),
    },
    async (request) => {
      refuseOtherDepartment(request);
      const { department, period, standing } = request.query;
      const { state, catalogue } = await request.readYear(request.params.year);
      const warnings = warningsOf(state);
      const returns = state.returns
        .filter((one) => department === undefined || one.department.id === department)
        .filter((one) => period === undefined || one.period === period)
        .map((one) => summaryOf(one, { warnings, now: request.now, catalogue }))
        .filter((one) => standing === undefined || one.standing === standing);
      return pageOf(returns, request);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/returns/:department/:period',
      access: everybody,
      params: returnParams,
      summary:
        'One return: its accepted revisions, its refused uploads with what was found in them, its warnings',
      answer: wholeReturnSchema,
    },
    async (request) => {
      const { one, warnings, catalogue } = await findReturn(request);
      return {
        ...summaryOf(one, { warnings, now: request.now, catalogue }),
        revisions: one.revisions.map(revisionAnswer),
        refusals: one.refusals.map(refusalAnswer),
        misdirected: one.misdirected.map(({ formOf, ...sent }) => ({ ...refusalAnswer(sent), formOf })),
        warnings,
      };
    },
  ),
];

function summaryOf(
  one: ReturnState,
  moment: { warnings: readonly Warning[]; now: Instant; catalogue: Catalogue },
): z.infer<typeof returnSchema> {
  const { kind, ...standing } = standingOf(one, moment);
  return {
    department: one.department.id,
    period: one.period,
    standing: kind,
    ...standing,
    due: one.deadline.due,
    cutOff: one.deadline.cutOff,
    extendedUntil: one.extendedUntil ?? null,
    extension: one.extension ?? null,
    revisions: one.revisions.length,
    refusals: one.refusals.length,
    counting: one.counting?.number ?? null,
  };
}

function revisionAnswer(revision: Revision): z.infer<typeof revisionSchema> {
  const {
    number,
    id,
    state,
    late,
    reason,
    signature,
    scans,
    upload,
    repeats,
    handedIn,
    narratives,
    remarks,
    findings,
  } = revision;
  const { chain, sequence, hash } = revision.event;
  return {
    number,
    upload: id,
    standing: state.kind,
    heldBecause: [...heldBecause(revision)],
    late,
    admission: admissionOf(revision),
    reason,
    checkCode: checkCode(revision.event),
    agreement: revision.agreement ?? null,
    scans: [...scans],
    head: signature.head,
    preparer: signature.preparer,
    reviewer: signature.reviewer,
    file: fileAnswer(upload),
    uploadedAt: upload.uploadedAt,
    claimedAt: handedIn.claimedAt,
    uploader: upload.uploader,
    repeats: repeats.map((repeat) => ({
      upload: repeat.id,
      uploadedAt: repeat.upload.uploadedAt,
      uploader: repeat.upload.uploader,
    })),
    narratives: [...narratives],
    remarks: [...new Set(remarks.values())],
    findings,
    ledger: { chain, sequence, hash },
  };
}

function refusalAnswer({ id, upload, findings }: Refusal): z.infer<typeof refusalSchema> {
  const { uploadedAt, claimedAt, uploader } = upload;
  return { upload: id, file: fileAnswer(upload), uploadedAt, claimedAt, uploader, findings };
}

function fileAnswer<U extends Upload>({ fileName, key, version, sha256, size }: U) {
  return { name: fileName, key, version, sha256: sha256 as U['sha256'], size };
}
