import { html } from 'hono/html';
import { localTime } from '../../../shared/core/period.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import type { Html } from '../reply.ts';

/** The choice of two publications; nothing while there are fewer. */
export function comparisonForm(
  { publications, catalogue: { year, utcOffset } }: YearState,
  { from, to }: { from: number | undefined; to: number | undefined },
): Html {
  if (publications.length < 2) return html`<p>有两次发布以后，可以在这里比较任意两次。</p>`;
  const options = (chosen: number | undefined) =>
    publications
      .toReversed()
      .map(
        ({ happening: { number }, at }) =>
          html`<option value="${number}"${number === chosen ? html` selected` : ''}>第 ${number} 次（${localTime(at, utcOffset).slice(0, 10)}）</option>`,
      );
  const last = publications.at(-1)?.happening.number;
  const before = publications.at(-2)?.happening.number;
  return html`<form class="filter" method="get" action="/${year}/publications/changes">
<div><label for="from">从</label><select id="from" name="from">${options(from ?? before)}</select></div>
<div><label for="to">到</label><select id="to" name="to">${options(to ?? last)}</select></div>
<div class="actions"><button type="submit">比较两次发布</button></div>
</form>`;
}
