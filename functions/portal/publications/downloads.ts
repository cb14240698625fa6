import { html } from 'hono/html';
import { adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import { instantSchema } from '../../../shared/core/catalogue/period.ts';
import type { ReportTemplate, Summary } from '../../../shared/core/publication/publication.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import { issueWords, templateRefusedWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { type KeptManifest, reportName } from '../../use-cases/stores/publication-store.ts';
import { readers } from '../access/identity.ts';
import { eventOf } from '../found-publication.ts';
import { reportAddress } from '../pages/addresses.ts';
import {
  publicationAddress,
  publicationCertificateAddress,
  publicationLineageAddress,
} from '../pages/publication-addresses.ts';
import { PortalError } from '../portal-error.ts';
import { answerExtract, type WantedFile, waitForExtract } from '../records/extract-reply.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, publicationParams, type RequestContext, type Route } from '../route.ts';

/** What people open, rather than programs, in the order in which it is offered, with what it is called on the page. */
const forPeople = {
  [reportName]: '下载年度报告（Word）',
  'summary.xlsx': '下载汇总工作簿',
  'summary.html': '下载网页版汇总',
} as const;

export function isForPeople({ name }: { name: string }): boolean {
  return Object.hasOwn(forPeople, name);
}

/**
 * What a file of a publication is called where people save it: `万源市2023年度法治政府建设情况报告（第1次·正式）.docx`, by the
 * names that its own catalogue has; of one for programs the name that it always has.
 */
export function savedAs(
  { number, name, note = '' }: { number: number; name: string; note?: string },
  state: YearState,
): string {
  const { catalogue, adopted, issued } = state;
  if (!isForPeople({ name })) return `${catalogue.year}-${String(number).padStart(4, '0')}-${name}`;
  const { authority, title, year } =
    adoptedWith(eventOf(state, number).catalogue, adopted)?.catalogue ?? catalogue;
  const what =
    name === reportName ? `${authority}${year}年度法治政府建设情况报告` : `${title.replace(/目录$/, '')}汇总`;
  const standing = issued.has(number) ? '正式' : issueWords.archived;
  const ending = name.slice(name.lastIndexOf('.'));
  return `${what.replace(/[\\/:*?"<>|]/g, ' ').trim()}（第${number}次·${standing}${note}）${ending}`;
}

/** What most people come for: the report, the workbook and the page, and the certificate to print. */
export function downloads(
  kept: KeptManifest | undefined,
  { year, number, report }: Summary,
  state: YearState,
): Html {
  const address = publicationAddress(year, number);
  const links = Object.entries(forPeople).flatMap(([name, words]) => {
    const file = kept?.manifest.files.find((each) => each.name === name);
    if (file === undefined) return [];
    const size = `${Math.ceil(file.bytes / 1024)} KB`;
    return [html`<a class="button large" href="${address}/files/${name}">${words}（${size}）</a>`];
  });
  const remade = isTemplateReplaced(report, state)
    ? html`<p>这次发布以后启用了另一份报告模板：<a href="${address}/${reportName}">用现行模板重新生成报告</a>，数仍是这次发布的。<a href="${reportAddress(year)}">报告和模板</a></p>`
    : '';
  const refused =
    report.refused === null
      ? ''
      : html`<p class="notice warn">年度报告用起始模板写成：${templateRefusedWords[report.refused.because]}，见<a href="#open-matters">待处理事项</a>。数都在，文字要另外放进去。</p>`;
  return html`<p>${links.map((link) => html`${link} `)}</p>
${refused}
${remade}
<p><a href="${publicationLineageAddress(year, number, { ending: '.xlsx' })}">下载溯源（Excel：每个数出自哪个文件、哪个单元格）</a> <a href="${publicationCertificateAddress(year, number)}">打印发布证明单</a></p>`;
}

/** Whether another template is in force than the one that the report of a publication was, or was to be, written into. */
function isTemplateReplaced({ template, refused }: ReportTemplate, { reportTemplates }: YearState): boolean {
  const standing = reportTemplates.at(-1)?.happening.template;
  return standing !== undefined && standing !== template && standing !== refused?.template;
}

/** The report of a publication in the template in force, or in another that was uploaded: made when it is asked for, and not kept. */
export const remadeReportRoute = htmlRoute(
  {
    path: `/:year/publications/:number/${reportName}`,
    access: readers,
    params: publicationParams,
    query: { template: sha256Schema.optional() },
  },
  async (request) => {
    const { year, number } = request.params;
    const { template } = request.query;
    const { state } = await request.readYear(year);
    eventOf(state, number);
    const made = await request.services.work.wordReports.makeReport({ year, number, template });
    if (made.kind === 'refused') {
      const [first] = made.findings;
      const example = first === undefined ? '' : `例如${first.place}：${first.message}`;
      throw new PortalError('conflict', `${made.message}${example}`);
    }
    const note = template === undefined ? '，现行模板' : '，另一份模板';
    const fileName = savedAs({ number, name: reportName, note }, state);
    return { kind: 'file', bytes: made.result, fileName, type: mediaTypes.docx };
  },
);

const ofPublication = {
  access: readers,
  params: publicationParams,
  query: { taken: instantSchema.optional().catch(undefined) },
};

type Asked = RequestContext<{ year: number; number: number }, { taken?: WantedFile['since'] }>;

/** Where all figures of a publication come from, as a workbook that is made when somebody asks for it. */
export const lineageRoutes: Route[] = [
  htmlRoute({ path: '/:year/publications/:number/lineage.xlsx', ...ofPublication }, async (request) =>
    answerExtract(request, await wantedLineage(request)),
  ),
  htmlRoute({ path: '/:year/publications/:number/lineage', ...ofPublication }, async (request) =>
    waitForExtract(request, await wantedLineage(request)),
  ),
];

async function wantedLineage({ params, query, now, readYear }: Asked): Promise<WantedFile> {
  const { year, number } = params;
  eventOf((await readYear(year)).state, number);
  return {
    question: { of: 'lineage', year, number, ending: 'xlsx', takenAt: now },
    fileName: `${year}年第${number}次发布溯源.xlsx`,
    since: query.taken,
    file: (taken) => publicationLineageAddress(year, number, { ending: '.xlsx', taken }),
    page: (taken) => publicationLineageAddress(year, number, { ending: '', taken }),
    place: {
      year,
      current: `/${year}/publications`,
      trail: [
        { title: '发布', address: `/${year}/publications` },
        { title: `第 ${number} 次发布`, address: publicationAddress(year, number) },
      ],
    },
  };
}
