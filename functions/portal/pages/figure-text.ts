import { html } from 'hono/html';
import type { Conversion } from '../../../shared/core/catalogue/adoption.ts';
import type { OpenMatters } from '../../../shared/core/totals/open-matters.ts';
import type { TotalStatus } from '../../../shared/core/totals/total.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { openInWords, statusWords } from '../../../shared/core/words.ts';
import type { Html } from '../reply.ts';

/** A figure with its unit, to the last digit: `1337 件`, `98.07%`. */
export function figureText(value: Decimal | null, unit: string): Html {
  if (value === null) return html`<span aria-hidden="true">—</span><span class="unseen">没有数</span>`;
  if (unit === '%' || unit === '‰') return html`${value}${unit}`;
  return html`${value}${unit === '' ? '' : html` <span class="unit">${unit}</span>`}`;
}

/** Whether a figure is final, as a word in a coloured frame. */
export function statusBadge(status: TotalStatus): Html {
  return html`<span class="badge is-${status}">${statusWords[status]}</span>`;
}

/** That something below a figure is open, and what; nothing where nothing is. */
export function openMark(open: OpenMatters | undefined): Html {
  return open === undefined ? html`` : html` <span class="badge is-open">${openInWords(open)}</span>`;
}

/** How the figures of units that changed are converted, a line each: `金额：1 元 = 0.0001 万元`. */
export function conversionLines(
  conversions: readonly Conversion[],
  nameOf: (indicator: string) => string,
): Html {
  return html`${conversions.map(
    ({ indicator, from, to, factor }) =>
      html`<div><span class="typed">${nameOf(indicator)}</span>：1 ${from} = ${factor} ${to}</div>`,
  )}`;
}

/** A text as it was written, a paragraph each. */
export function paragraphs(text: string): Html {
  return html`<div class="typed">${text.split('\n').map((line) => html`<p>${line}</p>`)}</div>`;
}
