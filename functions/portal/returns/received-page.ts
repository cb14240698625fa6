import { html } from 'hono/html';
import { z } from 'zod';
import { type Instant, instantSchema, returnInWords } from '../../../shared/core/catalogue/period.ts';
import {
  type ReturnPlace,
  receivedAddress,
  returnAddress,
  returnPath,
  uploadAddress,
} from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, returnParams } from '../route.ts';
import { tokenFolder } from '../services.ts';
import { type FoundReturn, findReturn, placeBelow, uploadsOf } from './found-return.ts';

/** How long the page looks again by itself (milliseconds), and how often (seconds). */
const longestWait = 3 * 60_000;
const secondsBetweenLooks = 2;

/** Where the browser arrives after the store took a file: waits until the upload is recorded. */
export const receivedRoute = htmlRoute(
  {
    path: `${returnPath}/uploads/received`,
    access: ['department'],
    params: returnParams,
    query: {
      token: z.string().regex(/^[0-9a-f]{32}$/),
      since: instantSchema.optional().catch(undefined),
    },
  },
  async (request) => {
    const found = await findReturn(request);
    const { token, since } = request.query;
    const folder = tokenFolder(found.place, token);
    // The store takes a form as often as it is sent.
    const arrived = uploadsOf(found.one).findLast(({ upload }) => upload.key.startsWith(folder));
    if (arrived !== undefined) return { kind: 'redirect', to: uploadAddress(found.place, arrived.id) };
    if (since === undefined) {
      return { kind: 'redirect', to: receivedAddress(found.place, { token, since: request.now }) };
    }
    return { kind: 'page', body: waitingPage(request, found, { token, since }) };
  },
);

function waitingPage(
  request: RequestContext<ReturnPlace>,
  { place, one }: FoundReturn,
  { token, since }: { token: string; since: Instant },
): Html {
  const { name } = one.department;
  const report = returnInWords(place.period);
  const isLong = Date.parse(request.now) - Date.parse(since) > longestWait;
  const address = receivedAddress(place, { token, since });
  return pageLayout(request, {
    ...placeBelow(request.identity, place, {
      departmentName: name,
      return: { title: `${report}`, place },
    }),
    title: isLong ? '文件已经收到，还没有查完' : '文件已经收到，正在检查',
    refresh: isLong ? undefined : { seconds: secondsBetweenLooks, address },
    content: isLong ? longWait(place, report) : shortWait(address),
  });
}

function shortWait(address: string): Html {
  return html`<p class="notice" role="status">通常几秒钟就有结果，本页会自己刷新，请稍等。</p>
<p><a class="button quiet" href="${address}">现在就看结果</a></p>`;
}

function longWait(place: ReturnPlace, report: string): Html {
  return html`<div class="notice warn" role="status"><p>检查比平常慢。文件已经安全保存，不会丢失，上传时间也已经记下，不用重新上传。</p>
<p>请过一会儿到${report}的页面查看结果；到下一个工作日仍没有结果的，请联系法制机构。</p></div>
<p><a class="button" href="${returnAddress(place)}">回到${report}</a></p>`;
}
