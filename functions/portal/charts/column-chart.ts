import { html, raw } from 'hono/html';
import type { Decimal } from '../../../shared/core/decimal.ts';
import type { Html } from '../reply.ts';

/** A column for each month or department. A null value is no column at all: nothing is known of it. */
export interface ColumnChart {
  caption: string;
  unit: string;
  columns: { label: string; value: Decimal | null }[];
  /** `small` stands beside other small ones; `wide` takes the width of the page; `bars` lie down, for long labels. */
  shape: 'small' | 'wide' | 'bars';
}

/** A chart as SVG within the page. It goes with a table of the same figures, which is what those read who cannot see it. */
export async function columnChart(chart: ColumnChart): Promise<Html> {
  const { drawColumns } = await import('./draw.ts');
  const { caption, unit } = chart;
  return html`<figure class="chart ${chart.shape}" role="group" aria-label="${caption}">
<figcaption>${caption}（${unit}）</figcaption>
${raw(drawColumns(chart))}
</figure>`;
}
