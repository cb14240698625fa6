import { html } from 'hono/html';
import { periodInYear } from '../../../shared/core/catalogue/period.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { Summary } from '../../../shared/core/publication/publication.ts';
import { uploadAddress } from '../pages/addresses.ts';
import { paragraphs } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** What departments wrote, folded by narrative; nothing where nothing is asked for. */
export function textsSection(publication: Summary): Html {
  const { narratives, texts } = publication;
  if (narratives.length === 0) return html``;
  const names = namesOf(publication);
  return html`<h2 id="texts">文字说明</h2>
${narratives.map(({ id, name, definition }) => {
  const own = texts.filter(({ narrative }) => narrative === id);
  return html`<details><summary>${name}（${own.length} 份）</summary><p class="hint">${definition}</p>
${
  own.length === 0
    ? html`<p>还没有部门写过。</p>`
    : scrollingTable(name, {
        head: html`<tr><th scope="col">部门</th><th scope="col">报告期</th><th scope="col">内容</th></tr>`,
        rows: own.map(
          (row) =>
            html`<tr><th scope="row">${names.department(row.department)}</th><td class="short"><a href="${uploadAddress(row, row.upload)}">${periodInYear(row.period)}</a></td><td class="wordy">${paragraphs(row.text)}</td></tr>`,
        ),
      })
}</details>`;
})}`;
}
