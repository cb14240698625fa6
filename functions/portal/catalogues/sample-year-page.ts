import { html } from 'hono/html';
import { readers } from '../access/identity.ts';
import { cataloguesAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext } from '../route.ts';
import type { SampleLook } from '../services.ts';

const path = `${cataloguesAddress}/sample`;

/** The choice to look at the sample first; nothing where there is none to show. */
export function sampleChoice({ services }: Pick<RequestContext, 'services'>): Html {
  if (services.lookAtSample === undefined) return html``;
  return html`<section class="card" aria-labelledby="look"><h2 id="look">看样例</h2>
<p>另开一个系统，里面是编造的近两年数据：各部门的月报、汇总、发布、溯源、与上年同期的比较都有。看多久都行，不影响这里。</p>
<p><a class="button quiet" href="${path}">看样例</a></p></section>`;
}

/** The way to a portal with the sample, which is made when it is first asked for. */
export const sampleYearRoute = htmlRoute({ path, access: readers }, async (request) => {
  const look = await request.services.lookAtSample?.();
  if (look === undefined) throw new PortalError('not-found', '这里没有样例可看。');
  const body = pageLayout(request, {
    title: '看样例',
    current: cataloguesAddress,
    trail: [{ title: '指标目录', address: cataloguesAddress }],
    ...(look.kind === 'being-made' && { refresh: { seconds: 3, address: path } }),
    content: lookWords(look),
  });
  return { kind: 'page', body };
});

function lookWords(look: SampleLook): Html {
  switch (look.kind) {
    case 'being-made':
      return html`<div class="notice"><p><strong>正在准备样例：近两年的月报，快的半分钟，慢的几分钟。</strong>做好以后，这个页面会自己显示入口；您可以先做别的，过一会儿再来。</p></div>`;
    case 'ready':
      return html`<div class="notice good"><p><strong>样例已经准备好。</strong>它是另一个系统，数据全部是编造的，和这里互不影响；本系统停止时，它也停止。</p></div>
<p><a class="button" href="${look.address}" target="_blank" rel="noopener">打开样例（新窗口）</a></p>
<p>进去以后先选身份：选“法制机构”看总览、汇总、发布，选某个部门看它的月报，选“审计”看溯源和核验。</p>`;
    case 'failed':
      return html`<div class="notice bad" role="alert"><p>样例没有准备好。请管理员查看运行记录：多半是样例的文件夹里已有别的文件，或者磁盘已满。处理以后重新启动本系统，再来看。</p></div>`;
  }
}
