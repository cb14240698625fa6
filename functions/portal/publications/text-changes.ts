import { html } from 'hono/html';
import { localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { Summary, TextChange } from '../../../shared/core/publication/publication.ts';
import { revisionInWords } from '../../../shared/core/words.ts';
import { returnAddress } from '../pages/addresses.ts';
import { paragraphs } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** Texts that differ from an earlier publication; nothing where none does. */
export function textChangesTable(changes: readonly TextChange[], later: Summary): Html {
  if (changes.length === 0) return html``;
  const names = namesOf(later);
  const { utcOffset } = later;
  const side = (wording: TextChange['before'], none: string) =>
    wording === null ? none : html`${paragraphs(wording.text)}（${revisionInWords(wording.revision)}）`;
  return scrollingTable('变动的文字说明', {
    head: html`<tr><th scope="col">文字说明</th><th scope="col">原来</th><th scope="col">现在</th><th scope="col">理由</th></tr>`,
    rows: changes.map(
      ({ narrative, before, after, uploader, uploadedAt, reason, ...place }) =>
        html`<tr><th scope="row"><a href="${returnAddress(place)}">${names.department(place.department)}${periodInWords(place.period)}“${names.narrative(narrative)}”</a></th>
<td class="wordy">${side(before, '没有')}</td><td class="wordy">${side(after, '没有计入')}</td>
<td class="wordy">${uploader === null || uploadedAt === null ? '' : `${uploader} ${localTime(uploadedAt, utcOffset)} 上传`}${reason === '' ? '' : html`，理由：<span class="typed">${reason}</span>`}</td></tr>`,
    ),
  });
}
