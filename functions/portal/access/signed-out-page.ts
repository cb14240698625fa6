import { html } from 'hono/html';
import { frame, type Setting } from '../pages/frame.ts';
import type { Html } from '../reply.ts';

/** What is seen after signing out; with `elsewhere`, while the browser goes on to sign out at the provider too. */
export function signedOutPage({ services }: Pick<Setting, 'services'>, elsewhere?: URL): Html {
  const next =
    elsewhere === undefined
      ? html`<p><a class="button" href="/sign-in">重新登录</a></p>`
      : html`<p>正在转到统一身份认证，以便在那里一并退出。</p>
<p><a class="button" href="${elsewhere.href}">继续退出统一身份认证</a></p>`;
  return frame(
    { services, visitor: undefined, formToken: '' },
    { title: '您已退出', content: html`<p class="notice good" role="status">您已退出本系统。</p>${next}` },
  );
}
