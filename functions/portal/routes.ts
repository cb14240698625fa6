import { z } from 'zod';
import { signInRoutes } from './access/sign-in-pages.ts';
import { accessRoutes } from './access-log/access-page.ts';
import { actRoutes } from './acts/act-routes.ts';
import { apiRoutes } from './api/routes.ts';
import { writtenJson } from './api/written-json.ts';
import { adoptionRoute } from './catalogues/adoption.ts';
import { baselinesRoute, newBaselineRoute } from './catalogues/baseline-page.ts';
import { baselineFileRoutes, baselineRoute } from './catalogues/baseline-preview.ts';
import { recordBaselineRoute, uploadBaselineRoute } from './catalogues/baseline-upload.ts';
import { catalogueFileRoutes } from './catalogues/catalogue-files.ts';
import { cataloguesRoute } from './catalogues/catalogues-page.ts';
import { newCatalogueRoutes } from './catalogues/new-catalogue.ts';
import { previewRoute } from './catalogues/preview-page.ts';
import { sampleYearRoute } from './catalogues/sample-year-page.ts';
import { uploadCatalogueRoute } from './catalogues/upload.ts';
import { figureRoute } from './figures/figure-page.ts';
import { figuresRoute } from './figures/figures-page.ts';
import { deadlinesRoute, extendDeadlineRoute } from './office/deadlines-page.ts';
import { answersRoute, findingsRoute } from './office/findings-page.ts';
import { overviewRoute } from './office/overview-page.ts';
import { unaddressedFileRoute } from './office/unaddressed.ts';
import { PortalError } from './portal-error.ts';
import { certificateRoutes } from './publications/certificates.ts';
import { changesRoute } from './publications/changes-page.ts';
import { lineageRoutes, remadeReportRoute } from './publications/downloads.ts';
import { issueRoutes } from './publications/issue-page.ts';
import { publicationFileRoute, publicationRoute } from './publications/publication-page.ts';
import { publicationsRoute, publishRoute } from './publications/publications-page.ts';
import { questionRoutes } from './questions/question-routes.ts';
import { recordRoutes } from './records/record-routes.ts';
import { listRoutes } from './reminders/list-changes.ts';
import { remindersRoute } from './reminders/reminders-page.ts';
import { checkRoutes } from './report/check-routes.ts';
import { reportRoute } from './report/report-page.ts';
import { templateRoutes } from './report/template-routes.ts';
import { agreementRoutes } from './returns/agreements.ts';
import { checkRoute } from './returns/check-page.ts';
import { correctionRoute, submitCorrectionRoute } from './returns/correction-page.ts';
import { decisionRoutes } from './returns/decisions.ts';
import { departmentYearRoute } from './returns/department-year-page.ts';
import { extensionRequestRoutes } from './returns/extension-request.ts';
import { markedRoute, originalRoute, templateRoute } from './returns/files.ts';
import { mendRoute, submitMendedRoute } from './returns/mend-page.ts';
import { submitMisdirectedRoute } from './returns/misdirected.ts';
import { receivedRoute } from './returns/received-page.ts';
import { resultRoute } from './returns/result-page.ts';
import { returnRoute } from './returns/return-page.ts';
import { revisionChangesRoute } from './returns/revision-changes.ts';
import { scanRoutes } from './returns/scans.ts';
import { signOffRoute } from './returns/sign-off-sheet.ts';
import { uploadRoute } from './returns/upload.ts';
import { yearFiguresRoute } from './returns/year-figures-page.ts';
import { submitZeroReportRoute, zeroReportRoute } from './returns/zero-report-page.ts';
import { htmlRoute, type Route } from './route.ts';
import { verificationRoutes } from './verification/verification-page.ts';
import { witnessFileRoutes } from './verification/witnesses.ts';

/** The files that pages refer to. */
const assetRoute = htmlRoute(
  { path: '/assets/:file', access: 'anyone', params: { file: z.string() } },
  async (request) => {
    const asset = Object.values(request.services.assets).find(
      ({ address }) => address === `/assets/${request.params.file}`,
    );
    if (asset === undefined) throw new PortalError('not-found', '地址有误，或者这里已经没有内容。');
    return { kind: 'asset', bytes: asset.bytes, type: asset.type };
  },
);

/** How the machine does, for whoever looks after it: numbers about the server, and nothing of what is kept. */
const healthRoute = htmlRoute({ path: '/health', access: 'anyone' }, async ({ services }) => {
  if (services.health === undefined) throw new PortalError('not-found', '地址有误，或者这里已经没有内容。');
  return { kind: 'json', written: writtenJson(services.health()) };
});

/** Which catalogues are in force, and how they come to be. `catalogues` is no year, so they come before what begins with one. */
const catalogueRoutes: Route[] = [
  cataloguesRoute,
  uploadCatalogueRoute,
  sampleYearRoute,
  ...catalogueFileRoutes,
  ...newCatalogueRoutes,
  baselinesRoute,
  uploadBaselineRoute,
  newBaselineRoute,
  baselineRoute,
  ...baselineFileRoutes,
  recordBaselineRoute,
  previewRoute,
  adoptionRoute,
];

/** The year's figures, and where each comes from. */
const figureRoutes: Route[] = [figuresRoute, figureRoute];

/** What the legal office works with: who has reported, what is open, until when, who is reminded. Auditors read it too. */
const officeRoutes: Route[] = [
  overviewRoute,
  findingsRoute,
  answersRoute,
  deadlinesRoute,
  extendDeadlineRoute,
  unaddressedFileRoute,
  remindersRoute,
  ...listRoutes,
];

/** Publications, what changed between them, their files. `changes` is no number, so it comes first. */
const publicationRoutes: Route[] = [
  publicationsRoute,
  publishRoute,
  changesRoute,
  publicationRoute,
  ...issueRoutes,
  publicationFileRoute,
  ...certificateRoutes,
  ...lineageRoutes,
  remadeReportRoute,
];

/** The annual report in Word. */
const reportRoutes: Route[] = [reportRoute, ...templateRoutes, ...checkRoutes];

/** A department's pages: its year, its returns, uploads and their results. The first that fits answers. */
const returnRoutes: Route[] = [
  departmentYearRoute,
  yearFiguresRoute,
  returnRoute,
  revisionChangesRoute,
  templateRoute,
  zeroReportRoute,
  submitZeroReportRoute,
  checkRoute,
  uploadRoute,
  receivedRoute,
  resultRoute,
  originalRoute,
  markedRoute,
  signOffRoute,
  mendRoute,
  submitMendedRoute,
  correctionRoute,
  submitCorrectionRoute,
  ...scanRoutes,
  submitMisdirectedRoute,
  ...decisionRoutes,
  ...agreementRoutes,
  ...questionRoutes,
  ...extensionRequestRoutes,
];

/** Every route of the portal; the first that fits answers. The tests have a table of who may use which. */
export const routes: readonly Route[] = [
  ...signInRoutes,
  assetRoute,
  healthRoute,
  ...apiRoutes,
  ...actRoutes,
  ...catalogueRoutes,
  ...witnessFileRoutes,
  ...accessRoutes,
  ...returnRoutes,
  ...figureRoutes,
  ...officeRoutes,
  ...publicationRoutes,
  ...reportRoutes,
  ...recordRoutes,
  ...verificationRoutes,
];
