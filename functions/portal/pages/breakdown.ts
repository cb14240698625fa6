import { html } from 'hono/html';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import type { Html } from '../reply.ts';

/** What the two sides of a rule come from, line by line, folded; nothing where the finding says all by itself. */
export function breakdownOf({ breakdown }: Finding): Html {
  if (breakdown === undefined) return html``;
  return html`<details class="breakdown"><summary>逐项列出</summary><ul>${breakdown.map((line) => html`<li>${line}</li>`)}</ul></details>`;
}
