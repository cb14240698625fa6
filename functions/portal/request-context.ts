import type { Context } from 'hono';
import type { z } from 'zod';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { maxReasonLength } from '../../shared/core/ledger/people.ts';
import type { KnownYears } from '../use-cases/known-years.ts';
import { onlyDepartmentOf } from './access/identity.ts';
import { type Admission, isOwnForm, type SessionAuthentication } from './access/session-authentication.ts';
import { readingBody } from './body-reading.ts';
import { PortalError } from './portal-error.ts';
import type { RequestContext, Route } from './route.ts';
import type { PortalServices } from './services.ts';

interface Arrival {
  route: Route;
  services: PortalServices;
  years: KnownYears;
  authentication: SessionAuthentication;
  admission: Admission;
}

/** Parses what a request carries. Throws a `PortalError` for an address, a query or a form that is not as it should be. */
export async function requestContextOf(
  context: Context,
  { route, services, years, authentication, admission }: Arrival,
): Promise<RequestContext> {
  const params = route.params.safeParse(context.req.param());
  if (!params.success) throw new PortalError('not-found', '地址有误，或者这里已经没有内容。');
  const query = route.query.safeParse(context.req.query());
  if (!query.success) throw new PortalError('malformed', `查询条件有误：${namesIn(query.error)}。`);
  if (route.form !== undefined) refuseForeignForm(context, services.origin);
  const form = await formOf(context, route, admission);
  const { visitor, formToken } = admission;
  const identity = () => {
    if (visitor === undefined) throw new PortalError('sign-in-first', '登录后才能查看这个页面。');
    return visitor;
  };
  await readCatalogues(services.catalogues, params.data);
  const catalogue = (year: number) => catalogueOf(services, year);
  return {
    params: params.data,
    query: query.data,
    form,
    url: new URL(context.req.url),
    now: services.now(),
    services,
    visitor,
    get identity() {
      return identity();
    },
    formToken,
    issueFormToken: () => (visitor === undefined ? authentication.formTokenBeforeSignIn(context) : formToken),
    takePendingSignIn: () => authentication.takeSignIn(context),
    catalogue,
    async readYear(year) {
      const department = onlyDepartmentOf(identity()) ?? undefined;
      return years.read({ year: catalogue(year).year, department });
    },
  };
}

/** Reads the catalogues in force; anew where the address names a year of which none was known. */
async function readCatalogues(catalogues: PortalServices['catalogues'], params: object): Promise<void> {
  const known = await catalogues.read();
  const { year } = { year: undefined, ...params };
  if (typeof year === 'number' && !known.has(year)) await catalogues.readAnew();
}

function catalogueOf({ catalogues }: PortalServices, year: number): Catalogue {
  const catalogue = catalogues.last.get(year);
  if (catalogue === undefined) throw new PortalError('not-found', `没有${year}年的指标目录。`);
  return catalogue;
}

/** Browsers that say where a form came from are believed; the form's own token is checked besides. */
function refuseForeignForm(context: Context, origin: string): void {
  const [from, site] = [context.req.header('origin'), context.req.header('sec-fetch-site')];
  if ((from === undefined || from === origin) && (site === undefined || site === 'same-origin')) return;
  throw new PortalError('denied', '这个表单不是从本系统的页面提交的。');
}

async function formOf(context: Context, route: Route, { formToken }: Admission): Promise<unknown> {
  if (route.form === undefined) return {};
  const fields = await parsedBody(context);
  if (!isOwnForm(fields._form, formToken)) {
    throw new PortalError('denied', '这个表单已经失效（可能是重新登录过）。请返回上一页，刷新后重新提交。');
  }
  const form = route.form.safeParse(fields);
  if (!form.success)
    throw new PortalError('malformed', `填写有误：${namesIn(form.error)}。请返回上一页改正后重新提交。`);
  return form.data;
}

async function parsedBody(context: Context): Promise<Record<string, unknown>> {
  try {
    return await readingBody(() => context.req.parseBody());
  } catch (error) {
    if (error instanceof PortalError) throw error;
    throw new PortalError('malformed', '提交的内容无法读取，请返回上一页重新提交。');
  }
}

/** What the fields of forms and queries are called on pages. */
const fieldNames = new Map([
  ['reason', `原因（1至${maxReasonLength}字）`],
  ['until', '延至的日期'],
  ['period', '报告期'],
  ['department', '部门'],
  ['file', '文件'],
  ['kind', '事项'],
  ['person', '办理人（不超过80字）'],
  ['from', '起'],
  ['to', '止'],
  ['page', '页码'],
  ['firstMonth', '从几月报起'],
  ['year', '年份'],
  ['authority', '机关'],
  ['dueDay', '报送时限'],
  ['cutOff', '最迟报送日'],
  ['name', '姓名'],
  ['mail', '邮件地址'],
  ['daysBefore', '截止前几天提醒'],
  ['overdueEvery', '逾期后每几天提醒一次'],
  ['askWhom', '有疑问请联系谁'],
]);

function namesIn(error: z.ZodError): string {
  const names = new Set(error.issues.map(({ path }) => String(path[0] ?? '')));
  return [...names].map((name) => fieldNames.get(name) ?? name).join('、');
}
