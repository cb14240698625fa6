import { html } from 'hono/html';
import { z } from 'zod';
import { readOfficeYear } from '../../use-cases/adopted.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { cataloguesAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext } from '../route.ts';
import { firstChoices } from './first-choices.ts';
import { uploadForm } from './upload.ts';
import { currentForms, formsAnchor, yearSection } from './year-section.ts';

const query = {
  adopted: z
    .stringFormat('year', /^20[0-9]{2}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
};
type Visit = RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>;

/** Which catalogues are in force, and how others come into force; where there is none, what to do now. */
export const cataloguesRoute = htmlRoute(
  { path: cataloguesAddress, access: readers, query },
  async (request) => ({ kind: 'page', body: await cataloguesPage(request) }),
);

async function cataloguesPage(request: Visit): Promise<Html> {
  const { services } = request;
  const years = [...services.catalogues.last.keys()].sort((a, b) => b - a);
  const read = await Promise.all(years.map((year) => readOfficeYear(year, services)));
  const found = read.filter((year) => year !== undefined);
  const isOffice = actsForOffice(request.identity);
  return pageLayout(request, {
    title: '指标目录',
    current: cataloguesAddress,
    content:
      found.length === 0
        ? firstChoices(request)
        : html`${adoptedNotice(request)}
<p>指标目录规定报送哪些指标、由哪些部门报送、什么时候报送。目录由法制机构采用后生效，到采用下一份为止；已经发出去的报表仍按制表时的目录读取。</p>
${found.map((year) => yearSection(request, year, { isNew: year.year === request.query.adopted }))}
${isOffice ? html`<h2 id="upload">上传改好的目录</h2>${uploadForm(request)}` : ''}`,
  });
}

/** What is next, once a catalogue has been adopted. */
function adoptedNotice({ query: { adopted }, services, now }: Visit): Html {
  const catalogue = adopted === undefined ? undefined : services.catalogues.last.get(adopted);
  if (catalogue === undefined) return html``;
  const { year, title } = catalogue;
  const forms = currentForms(catalogue, now);
  return html`<div class="notice good" role="status"><p><strong>已采用“<span class="typed">${title}</span>”，从现在起生效，并已记入台账。</strong></p>
<p>接下来：${forms === undefined ? '' : html`把<a href="#${formsAnchor(year)}">${forms.title}</a>发给各部门填写，或请各部门自己登录下载；`}在<a href="/${year}">报送总览</a>看谁报了、谁没报。</p></div>`;
}
