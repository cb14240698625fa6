import { html } from 'hono/html';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import type { Sha256 } from '../../../shared/core/values/digest.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import type { TemplateFinding } from '../../../shared/report/template.ts';
import { DecisionError } from '../../use-cases/office.ts';
import { reportName } from '../../use-cases/stores/publication-store.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { addressWith, reportAddress, reportTemplateAddress } from '../pages/addresses.ts';
import { formTokenField, reasonField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import {
  catalogueParams,
  formRoute,
  htmlRoute,
  type RequestContext,
  type Route,
  yearParam,
} from '../route.ts';
import { sendDocument } from '../send-document.ts';
import {
  belowReport,
  givenWordFile,
  templateFindings,
  templateForm,
  wordBound,
  wordForm,
} from './word-files.ts';

const path = '/:year/report/templates';
const office = { access: ['legal-office' as const] };
const templates = () => import('../../use-cases/stores/report-template-store.ts');

interface Place {
  year: number;
  hash: Sha256;
}

/** A template as it was uploaded; throws a `PortalError` if none of that hash is kept. */
async function findTemplate({
  params: { year, hash },
  services,
}: Pick<RequestContext<Place>, 'params' | 'services'>): Promise<Uint8Array> {
  const { readReportTemplate } = await templates();
  const bytes = await readReportTemplate(year, hash, services.documents);
  if (bytes === undefined) throw new PortalError('not-found', '没有保存过这份模板，请重新上传。');
  return bytes;
}

/** Everything that is to be said of a template that is kept. */
async function findingsOf(request: RequestContext<Place>): Promise<readonly TemplateFinding[]> {
  const { year } = request.params;
  const bytes = await findTemplate(request);
  const examined = await request.services.work.wordReports.examineTemplate({ bytes, year });
  return examined.kind === 'done'
    ? examined.result
    : [{ severity: 'error', place: '', message: examined.message }];
}

function errorsAmong(findings: readonly TemplateFinding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** Templates of the report: taken in, looked at, adopted, handed out. */
export const templateRoutes: Route[] = [
  htmlRoute(
    { path: '/:year/report/new-template.docx', access: readers, params: yearParam },
    async (request) => {
      const catalogue = request.catalogue(request.params.year);
      const bytes = await request.services.work.wordReports.newTemplate(catalogue);
      const fileName = `报告起始模板（${catalogue.year}年）.docx`;
      return { kind: 'file', bytes, fileName, type: mediaTypes.docx };
    },
  ),
  formRoute(
    { path, ...office, params: yearParam, form: wordForm, carriesFile: wordBound },
    async (request) => {
      const { year } = request.catalogue(request.params.year);
      const { name, bytes } = await givenWordFile(request, '报告模板');
      const examined = await request.services.work.wordReports.examineTemplate({ bytes, year });
      if (examined.kind === 'refused') return refusedReply(request, { year, name, ...examined });
      const errors = errorsAmong(examined.result);
      if (errors > 0) {
        const message = `有 ${errors} 处必须改正，没有保存。`;
        return refusedReply(request, { year, name, message, findings: examined.result });
      }
      const { keepReportTemplate } = await templates();
      const hash = await keepReportTemplate(year, bytes, request.services.documents);
      return { kind: 'redirect', to: reportTemplateAddress({ year, hash }) };
    },
  ),
  htmlRoute({ path: `${path}/:hash`, access: readers, params: catalogueParams }, async (request) => {
    const { state } = await request.readYear(request.params.year);
    const findings = await findingsOf(request);
    return { kind: 'page', body: templatePage(request, { state, findings }) };
  }),
  htmlRoute(
    { path: `${path}/:hash/template.docx`, access: readers, params: catalogueParams },
    async (request) => {
      const { year, hash } = request.params;
      await findTemplate(request);
      const { reportTemplateKey } = await templates();
      const fileName = `报告模板（${year}年）-${hash.slice(0, 12)}.docx`;
      return sendDocument(request, { key: reportTemplateKey(year, hash), version: null, fileName });
    },
  ),
  formRoute(
    { path: `${path}/:hash/adoption`, ...office, params: catalogueParams, form: { reason: reasonSchema } },
    async (request) => {
      const { year, hash: template } = request.params;
      const { state } = await request.readYear(year);
      const findings = await findingsOf(request);
      if (errorsAmong(findings) > 0) {
        return { kind: 'page', status: 409, body: templatePage(request, { state, findings }) };
      }
      const { now: at, identity, services } = request;
      const { putInForce } = await import('../../use-cases/report-template.ts');
      try {
        await putInForce({ template, year, reason: request.form.reason, at, by: identity.name }, services);
      } catch (error) {
        if (error instanceof DecisionError) throw new PortalError('conflict', '这份模板已经启用。');
        throw error;
      }
      return { kind: 'redirect', to: `${reportAddress(year)}?done=adopted` };
    },
  ),
];

interface Refused {
  year: number;
  name: string;
  message: string;
  findings: readonly TemplateFinding[];
}

/** Everything that is wrong with a template, of which nothing is kept. */
function refusedReply(request: RequestContext, { year, name, message, findings }: Refused): Reply {
  const body = pageLayout(request, {
    title: '模板有要改的地方',
    ...belowReport(year),
    content: html`<div class="notice bad" role="alert"><p><strong>“<span class="typed">${name}</span>”：${message}</strong>现行模板没有变。</p></div>
${findings.length === 0 ? '' : templateFindings(findings)}
<h2>改好以后重新上传</h2>
${templateForm(request, year)}`,
  });
  return { kind: 'page', body, status: 400 };
}

function templatePage(
  request: RequestContext<Place>,
  { state, findings }: { state: YearState; findings: readonly TemplateFinding[] },
): Html {
  const { year, hash } = request.params;
  const isInForce = state.reportTemplates.at(-1)?.happening.template === hash;
  const errors = errorsAmong(findings);
  const verdict =
    errors > 0
      ? html`<p class="notice bad" role="alert">按现行指标目录，模板中有 ${errors} 处要改，不能启用；请改好后重新上传。</p>`
      : html`<p class="notice good">${isInForce ? '这就是现行的模板，没有必须改正的地方。' : '没有必须改正的地方；还没有启用。'}</p>`;
  return pageLayout(request, {
    title: isInForce ? '现行报告模板' : '报告模板',
    ...belowReport(year),
    content: html`${verdict}
<p><a href="${reportTemplateAddress({ year, hash })}/template.docx">下载这份模板</a></p>
${isInForce || errors > 0 ? '' : adoptionForm(request)}
${errors > 0 ? '' : trials(state, hash)}
${templateFindings(findings)}`,
  });
}

/** Reports of publications in this template, to be looked at before it is adopted, or made in one of before. */
function trials({ catalogue: { year }, publications }: YearState, hash: Sha256): Html {
  if (publications.length === 0) return html``;
  const links = publications.slice(-fewPublications).map(({ happening: { number } }) => {
    const address = addressWith(`${publicationAddress(year, number)}/${reportName}`, { template: hash });
    return html` <a href="${address}">第 ${number} 次发布</a>`;
  });
  return html`<p>用这份模板写成报告：${links}</p>`;
}

/** As many of the newest are offered. */
const fewPublications = 5;

function adoptionForm(request: RequestContext<Place>): Html {
  if (!actsForOffice(request.identity)) return html`<p class="hint">由法制机构决定是否启用。</p>`;
  return html`<form class="card" method="post" action="${reportTemplateAddress(request.params)}/adoption" aria-label="启用模板">
${formTokenField(request)}
${reasonField({ id: 'reason', label: '启用的原因（记入台账）' })}
<p><button type="submit">启用</button></p>
<p class="hint">启用后，以后的发布都用它写成报告；已有的发布不变，可以在它们的页面上用现行模板重新生成报告。</p>
</form>`;
}
