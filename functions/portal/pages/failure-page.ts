import { html } from 'hono/html';
import { type Failure, failures } from '../failure.ts';
import type { Html } from '../reply.ts';
import { frame, type Setting } from './frame.ts';

/** What a person sees when a request cannot be met: why, and where to go on. */
export function failurePage({ kind, detail }: Failure, setting: Setting): Html {
  return frame(setting, {
    title: failures[kind].heading,
    content: html`<p class="notice bad" role="alert">${detail}</p>
<p><a href="/">回到首页</a></p>`,
  });
}
