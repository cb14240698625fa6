import { html } from 'hono/html';
import type { Html } from '../reply.ts';

/** A table that scrolls sideways within the page where the screen is narrow, also by keyboard. */
export function scrollingTable(caption: string, { head, rows }: { head: Html; rows: Html | Html[] }): Html {
  return html`<div class="scrolling" role="region" aria-label="${caption}" tabindex="0">
<table><caption>${caption}</caption>
<thead>${head}</thead>
<tbody>${rows}</tbody>
</table></div>`;
}
