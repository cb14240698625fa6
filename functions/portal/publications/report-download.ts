import { html } from 'hono/html';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import { issueWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { type KeptManifest, reportName } from '../../use-cases/stores/publication-store.ts';
import { readers } from '../access/identity.ts';
import { reportAddress } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute } from '../route.ts';
import { eventOf, publicationAddress, publicationParams } from './publication-params.ts';

/** What the report of a publication is called where people save it: `万源市2023年度法治政府建设情况报告（第1次·正式）.docx`. */
export function reportFileName({ catalogue, issued }: YearState, number: number, note = ''): string {
  const authority = catalogue.authority.replace(/[\\/:*?"<>|]/g, ' ').trim();
  const standing = issued.has(number) ? '正式' : issueWords.archived;
  return `${authority}${catalogue.year}年度法治政府建设情况报告（第${number}次·${standing}${note}）.docx`;
}

/** The report as it was published, and the way to make it anew where another template is in force by now. */
export function reportDownload(
  kept: KeptManifest | undefined,
  event: EventOf<'published'>,
  state: YearState,
): Html {
  const { year, number } = event.happening;
  const file = kept?.manifest.files.find(({ name }) => name === reportName);
  const published =
    file === undefined
      ? html``
      : html`<p><a class="button large" href="${publicationAddress(year, number)}/files/${reportName}">下载年度报告（Word，${Math.ceil(file.bytes / 1024)} KB）</a></p>`;
  if (!isTemplateReplaced(event, state)) return published;
  return html`${published}
<p>这次发布以后启用了另一份报告模板：<a href="${publicationAddress(year, number)}/${reportName}">用现行模板重新生成报告</a>，数仍是这次发布的。<a href="${reportAddress(year)}">报告和模板</a></p>`;
}

/** Whether the template in force is another than the one that the report of a publication was written into. */
function isTemplateReplaced({ sequence }: EventOf<'published'>, { reportTemplates }: YearState): boolean {
  const before = reportTemplates.findLast((adopted) => adopted.sequence < sequence);
  return reportTemplates.at(-1)?.happening.template !== before?.happening.template;
}

/** The report of a publication in the template in force: made when it is asked for, and not kept. */
export const remadeReportRoute = htmlRoute(
  { path: `/:year/publications/:number/${reportName}`, access: readers, params: publicationParams },
  async (request) => {
    const { year, number } = request.params;
    const { state } = await request.readYear(year);
    eventOf(state, number);
    const made = await request.services.work.wordReports.makeReport({ year, number });
    if (made.kind === 'refused') {
      const [first] = made.findings;
      const example = first === undefined ? '' : `例如${first.place}：${first.message}`;
      throw new PortalError('conflict', `${made.message}${example}`);
    }
    const fileName = reportFileName(state, number, '，现行模板');
    return { kind: 'file', bytes: made.result, fileName, type: mediaTypes.docx };
  },
);
