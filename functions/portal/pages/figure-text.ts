import { html } from 'hono/html';
import type { TotalStatus } from '../../../shared/core/totals/total.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { statusWords } from '../../../shared/core/words.ts';
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
