import { html } from 'hono/html';
import { z } from 'zod';
import type { Department } from '../../../shared/core/catalogue/catalogue.ts';
import { personSchema } from '../../../shared/core/ledger/people.ts';
import { controlCharacters } from '../../../shared/core/values/text.ts';
import { newestOf } from '../../use-cases/known-catalogues.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { destinations, type LayoutContext, pageLayout } from '../pages/layout.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, type Route } from '../route.ts';
import { type Identity, isOfDepartment, roleSchema } from './identity.ts';
import { type IdentityProvider, SignInError } from './identity-provider.ts';

/** Where somebody begins, signing in, signing out. */
export const signInRoutes: Route[] = [
  htmlRoute({ path: '/', access: 'anyone' }, async (request): Promise<Reply> => {
    const { visitor } = request;
    if (visitor === undefined) return { kind: 'redirect', to: '/sign-in' };
    const newest = newestOf(request.services.catalogues.last);
    const [first] = destinations(visitor, newest?.year);
    if (first === undefined && newest === undefined) throw new PortalError('not-found', nothingYet);
    return { kind: 'redirect', to: first?.address ?? '/sign-in' };
  }),
  htmlRoute(
    { path: '/sign-in', access: 'anyone', query: { return: z.string().optional() } },
    async (request) => {
      const returnTo = localPath(request.query.return);
      const { signIn } = request.services;
      if (signIn.kind === 'chooser') return chooser(request, returnTo);
      return { kind: 'sign-in-elsewhere', ...(await signIn.provider.begin(returnTo)) };
    },
  ),
  formRoute(
    {
      path: '/sign-in',
      access: 'anyone',
      form: { name: z.string(), who: z.string(), return: z.string().optional() },
    },
    async (request) => {
      if (request.services.signIn.kind !== 'chooser') {
        throw new PortalError('not-found', '请从统一身份认证登录。');
      }
      const { name, who, return: returnTo } = request.form;
      const identity = chosenIdentity(request, name, who);
      if (identity === undefined) return chooser(request, localPath(returnTo), '请填写姓名并选择身份。');
      return { kind: 'signed-in', identity, to: localPath(returnTo) };
    },
  ),
  htmlRoute({ path: '/sign-in/callback', access: 'anyone' }, async (request) => {
    const { signIn } = request.services;
    const pending = await request.takePendingSignIn();
    if (signIn.kind === 'chooser') throw new PortalError('not-found', '地址有误，或者这里已经没有内容。');
    if (pending === undefined) throw new PortalError('malformed', '登录已超时，请重新登录。');
    try {
      const identity = await signIn.provider.finish(request.url, pending);
      return { kind: 'signed-in', identity, to: localPath(pending.returnTo) };
    } catch (error) {
      if (error instanceof SignInError) throw new PortalError('denied', error.message);
      throw error;
    }
  }),
  formRoute({ path: '/sign-out', access: 'signed-in' }, async (request) => {
    const { signIn } = request.services;
    if (signIn.kind === 'chooser') return { kind: 'signed-out', to: '/sign-in' };
    const elsewhere = await signOutAddress(signIn.provider);
    if (elsewhere === undefined) return { kind: 'signed-out', to: '/signed-out' };
    return { kind: 'signed-out-here', address: elsewhere, body: signedOutPage(request, elsewhere) };
  }),
  htmlRoute({ path: '/signed-out', access: 'anyone' }, async (request): Promise<Reply> => {
    const isOut = request.visitor === undefined && request.services.signIn.kind === 'provider';
    return isOut ? { kind: 'page', body: signedOutPage(request) } : { kind: 'redirect', to: '/' };
  }),
];

/** What a department's clerk is told who comes before any catalogue. */
const nothingYet = '法制机构还没有采用指标目录，现在没有什么要报；采用以后，您就能在这里看到本部门的报表。';

/** Signing out here does not wait on whether the provider can be reached. */
async function signOutAddress(provider: IdentityProvider): Promise<URL | undefined> {
  try {
    return await provider.signOutAddress();
  } catch (error) {
    if (error instanceof PortalError) return undefined;
    throw error;
  }
}

function chooser(request: RequestContext, returnTo: string, complaint?: string): Reply {
  const { departments = [], signing } = newestOf(request.services.catalogues.last) ?? {};
  const formToken = request.issueFormToken();
  const body = chooserPage(request, {
    departments,
    areReviewed: signing?.agreement ?? false,
    returnTo,
    formToken,
    ...(complaint !== undefined && { complaint }),
  });
  return { kind: 'page', body, status: complaint === undefined ? 200 : 400 };
}

function chosenIdentity(request: RequestContext, typedName: string, who: string): Identity | undefined {
  const name = personSchema.safeParse(typedName);
  if (!name.success) return undefined;
  const [chosen, department = null, ...more] = who.split(':');
  const role = roleSchema.safeParse(chosen);
  if (!role.success) return undefined;
  const catalogue = newestOf(request.services.catalogues.last);
  const isKnown = catalogue?.departments.some(({ id }) => id === department) ?? false;
  const fits = isOfDepartment(role.data) ? department !== null && isKnown : department === null;
  if (!fits || more.length > 0) return undefined;
  return { subject: `local:${who}`, name: name.data, roles: [role.data], department };
}

/** Longer addresses do not fit into the cookie that remembers them, and none of the portal's is. */
const longestPath = 1000;

/** An address within the portal, whatever was asked for, in the ASCII that addresses are sent in. */
export function localPath(text = '/'): string {
  const isPath = /^\/(?![/\\])[^\\]*$/s.test(text) && text.search(controlCharacters) < 0;
  if (!isPath) return '/';
  const path = text.toWellFormed().replace(/[^!#-~]+/g, encodeURIComponent);
  return path.length <= longestPath ? path : '/';
}

/** The choice of identities on one machine, with what a first-time user should do. */
export function chooserPage(
  context: LayoutContext,
  {
    departments,
    areReviewed,
    returnTo,
    formToken,
    complaint,
  }: {
    departments: readonly Department[];
    /** Whether versions count only when the department's reviewer has agreed. */
    areReviewed: boolean;
    returnTo: string;
    formToken: string;
    complaint?: string;
  },
): Html {
  return pageLayout(context, {
    title: '选择您的身份',
    content: html`${complaint === undefined ? '' : html`<p class="notice bad" role="alert">${complaint}</p>`}
<form class="card" method="post" action="/sign-in">
${formTokenField({ formToken })}
<input type="hidden" name="return" value="${returnTo}">
<p><label for="name">您的姓名</label><input id="name" name="name" required maxlength="40" autocomplete="name"></p>
<p><label for="who">您的身份</label><select id="who" name="who" required>
<option value="">请选择</option>
${
  departments.length === 0
    ? ''
    : html`<optgroup label="部门（报送报表）">${departments.map(
        ({ id, name }) => html`<option value="department:${id}">${name}</option>`,
      )}</optgroup>`
}
${
  !areReviewed
    ? ''
    : html`<optgroup label="部门审核人（审核本部门的报表）">${departments.map(
        ({ id, name }) => html`<option value="reviewer:${id}">${name}审核人</option>`,
      )}</optgroup>`
}
<optgroup label="其他">
<option value="legal-office">法制机构（汇总、发布）</option>
<option value="auditor">审计（查询、核验）</option>
</optgroup></select></p>
${departments.length === 0 ? noDepartments : ''}
<p><button type="submit">进入</button></p>
<p class="hint">本机不核对身份：您选择的身份和姓名会记入台账。多人使用时，请让管理员配置统一身份认证。</p>
</form>
${firstSteps()}`,
  });
}

const noDepartments = html`<p class="notice">这里还没有指标目录，所以没有部门可选。请法制机构先进入，按页面上的提示采用一份指标目录；各部门随后就能在这里选到自己，开始报送。</p>`;

/** What each of the three does first. */
export function firstSteps(): Html {
  return html`<section aria-labelledby="first"><h2 id="first">第一次使用</h2>
<div class="columns">
<div class="card"><h3>各部门</h3><ol>
<li>打开要报的报告期，下载填报模板。</li>
<li>用 Excel、WPS 表格或 LibreOffice 填写浅黄色单元格，保存。</li>
<li>在同一页面上传。几秒钟内就知道是否接收；有错误的，页面和“校验结果”工作簿会标出每一处怎样改。</li>
</ol></div>
<div class="card"><h3>法制机构</h3><ol>
<li>在“报送总览”看谁报了、谁没报、谁逾期。</li>
<li>在“待处理”核对疑点，办理迟报、延期。</li>
<li>在“发布”生成本期汇总，下载工作簿和数据文件。</li>
</ol></div>
<div class="card"><h3>审计</h3><ol>
<li>在“汇总数据”点开一个数，逐级追到部门、报告期、单元格和原始文件。</li>
<li>在“记录查询”按条件检索、导出。</li>
<li>在“台账核验”确认记录没有被改动。</li>
</ol></div>
</div></section>`;
}

/** What is seen after signing out; with `elsewhere`, while the browser goes on to sign out at the provider too. */
export function signedOutPage({ services }: Pick<LayoutContext, 'services'>, elsewhere?: URL): Html {
  const next =
    elsewhere === undefined
      ? html`<p><a class="button" href="/sign-in">重新登录</a></p>`
      : html`<p>正在转到统一身份认证，以便在那里一并退出。</p>
<p><a class="button" href="${elsewhere.href}">继续退出统一身份认证</a></p>`;
  return pageLayout(
    { services, visitor: undefined, formToken: '' },
    { title: '您已退出', content: html`<p class="notice good" role="status">您已退出本系统。</p>${next}` },
  );
}
