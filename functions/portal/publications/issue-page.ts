import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/catalogue/period.ts';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { Summary } from '../../../shared/core/publication/publication.ts';
import { standings } from '../../../shared/core/words.ts';
import { publicationDigest } from '../../../shared/publication/compose.ts';
import { DecisionError } from '../../use-cases/office.ts';
import { issuePublication, problemWithIssuing } from '../../use-cases/publish/issue.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { summaryOf } from '../found-publication.ts';
import { returnAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, htmlRoute, publicationParams, type RequestContext, type Route } from '../route.ts';
import { admissionsSection, openSection } from './open-matters.ts';

const path = '/:year/publications/:number/issue';

/** Where somebody issues a publication, after they have seen what is open in it. */
export function issueAddress(year: number, number: number): string {
  return `${publicationAddress(year, number)}/issue`;
}

/** What a publication leaves open, for whoever is about to issue it (正式发布), and the form that does so. */
export const issueRoutes: Route[] = [
  htmlRoute({ path, access: ['legal-office'], params: publicationParams }, async (request) => {
    const { year, number } = request.params;
    const ledgerYear = await request.readYear(year);
    const publication = await summaryOf(request, ledgerYear.state, number);
    if (problemWithIssuing(ledgerYear.state, number) !== undefined) throw notToBeIssued();
    return { kind: 'page', body: issuePage(request, publication, ledgerYear) };
  }),
  formRoute(
    { path, access: ['legal-office'], params: publicationParams, form: { reason: reasonSchema } },
    async ({ params: { year, number }, form: { reason }, now: at, identity, services, ...request }) => {
      const { state } = await request.readYear(year);
      await summaryOf({ services }, state, number);
      try {
        await issuePublication({ year, number, reason, at, by: identity.name }, services);
      } catch (error) {
        if (error instanceof DecisionError) throw notToBeIssued();
        throw error;
      }
      return { kind: 'redirect', to: `${publicationAddress(year, number)}?done=issued` };
    },
  ),
];

function notToBeIssued(): PortalError {
  return new PortalError(
    'conflict',
    '这一次不能正式发布：它已经正式发布过，或者后来又发布了新的一次。请到“发布”页面看最新的一次。',
  );
}

function issuePage(request: RequestContext, publication: Summary, year: LedgerYear): Html {
  const { number } = publication;
  const title = `第 ${number} 次发布`;
  return pageLayout(request, {
    title: `正式发布${year.catalogue.year}年${title}`,
    year: year.catalogue.year,
    current: `/${year.catalogue.year}/publications`,
    trail: [
      { title: '发布', address: `/${year.catalogue.year}/publications` },
      { title, address: publicationAddress(year.catalogue.year, number) },
    ],
    content: html`<p>正式发布以后，部门再改动这一次计入的数字或文字，必须说明理由，否则暂存不计入。没有正式发布的各次只作存档，改动不用说明理由。</p>
${sinceNotice(publication, year)}
<h2>缺的报表</h2>
${missingReturns(publication)}
<h2>待处理事项</h2>
${openSection(publication)}
${admissionsSection(publication)}
<h2>确认</h2>
${reasonForm({
  address: issueAddress(year.catalogue.year, number),
  formToken: request.formToken,
  label: '正式发布的依据或说明（记入台账），例如：经局长办公会审定',
  button: `确认正式发布第 ${number} 次`,
})}`,
  });
}

/** Said where the ledger has gone on since the publication was made. */
function sinceNotice({ digest }: Summary, year: LedgerYear): Html {
  if (publicationDigest(year.state) === digest) return html``;
  return html`<p class="notice warn">这一次发布以后，台账又有了变化。要正式发布最新的数，请先到<a href="/${year.catalogue.year}/publications">发布</a>页面再发布一次。</p>`;
}

function missingReturns(publication: Summary): Html {
  const missing = publication.returns.filter(({ standing }) => standing !== 'counting');
  if (missing.length === 0) return html`<p>没有，应报的报表都已计入。</p>`;
  const names = namesOf(publication);
  const byDepartment = [...Map.groupBy(missing, ({ department }) => department)];
  return html`<p>共 ${missing.length} 份：</p>
<ul>${byDepartment.map(
    ([department, own]) =>
      html`<li>${names.department(department)}：${own.map(
        (one, index) =>
          html`${index === 0 ? '' : '、'}<a href="${returnAddress(one)}">${periodInWords(one.period)}</a>（${standings[one.standing].word}）`,
      )}</li>`,
  )}</ul>`;
}
