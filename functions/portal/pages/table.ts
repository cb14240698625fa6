import { html } from 'hono/html';
import type { Html } from '../reply.ts';

/** A table that scrolls sideways within the page where the screen is narrow, also by keyboard. */
export function scrollingTable(
  caption: string,
  { head, rows, look }: { head: Html; rows: Html | Html[]; look?: 'matrix' },
): Html {
  return html`<div class="scrolling" role="region" aria-label="${caption}" tabindex="0">
<table${look === undefined ? '' : html` class="${look}"`}><caption>${caption}</caption>
<thead>${head}</thead>
<tbody>${rows}</tbody>
</table></div>`;
}

/** A page of a long list. */
export interface PageOf<T> {
  rows: T[];
  page: number;
  pages: number;
}

/** The rows on a page; beyond the last page, the last. */
export function pageOf<T>(all: readonly T[], wanted: number, size: number): PageOf<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(wanted, pages);
  return { rows: all.slice((page - 1) * size, page * size), page, pages };
}

interface PageLinks {
  /** The address of this page; the others differ in `page` only. */
  url: URL;
  label: string;
  anchor?: string;
}

/** Links to the pages before and after; nothing if there is only one. */
export function pageLinks(
  { page, pages }: Pick<PageOf<unknown>, 'page' | 'pages'>,
  { url, label, anchor = '' }: PageLinks,
): Html {
  if (pages === 1) return html``;
  const address = (to: number) => {
    const query = new URLSearchParams(url.search);
    query.set('page', String(to));
    return `${url.pathname}?${query}${anchor}`;
  };
  return html`<nav aria-label="${label}"><ul class="pages">
${page > 1 ? html`<li><a href="${address(page - 1)}" rel="prev">上一页</a></li>` : ''}
<li>第 ${page} 页，共 ${pages} 页</li>
${page < pages ? html`<li><a href="${address(page + 1)}" rel="next">下一页</a></li>` : ''}
</ul></nav>`;
}
