import { setImmediate as othersFirst } from 'node:timers/promises';
import { html, raw } from 'hono/html';
import type { ColumnChart } from '../../../shared/charts/draw.ts';
import type { Html } from '../reply.ts';

/**
 * A chart as SVG within the page; large ones scroll sideways on narrow screens, since they could not be read if they
 * shrank. It goes with a table of the same figures, which is what those read who cannot see it.
 */
export async function columnChart(chart: ColumnChart): Promise<Html> {
  const { caption, unit, shape } = chart;
  const svg = await drawingOf(chart);
  const drawing = raw(svg);
  return html`<figure class="chart ${shape}">
<figcaption>${caption}（${unit}）</figcaption>
${shape === 'small' ? drawing : html`<div class="scrolling" role="region" aria-label="${caption}（图）" tabindex="0">${drawing}</div>${savingLinks(svg, caption)}`}
</figure>`;
}

/** The chart as a file: drawn anew at any size, or, where scripts run, in points for programs that take no other. */
function savingLinks(svg: string, caption: string): Html {
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return html`<p class="saving"><a href="${address}" download="${caption}.svg">存为 SVG<span class="unseen">：${caption}</span></a>
<button type="button" class="quiet" hidden data-save-as="${caption}.png">存为 PNG<span class="unseen">：${caption}</span></button></p>`;
}

/** So many drawings are kept, some kilobytes each: the same figures are looked at again and again until one changes. */
const mostKept = 2_000;
const kept = new Map<string, Promise<string>>();

function drawingOf(chart: ColumnChart): Promise<string> {
  const key = JSON.stringify(chart);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const drawn = drawnInTurn(chart);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, drawn);
  drawn.catch(() => kept.delete(key));
  return drawn;
}

/** For so long charts are drawn before others have their turn (milliseconds): a page of twenty would hold everybody up. */
const turn = 20;
let turnBegan = Number.NEGATIVE_INFINITY;
let drawing: Promise<unknown> = Promise.resolve();

/** Draws a chart when all before it are drawn. */
function drawnInTurn(chart: ColumnChart): Promise<string> {
  const drawn = drawing.then(async () => {
    const { drawColumns } = await import('../../../shared/charts/draw.ts');
    if (performance.now() - turnBegan > turn) {
      await othersFirst();
      turnBegan = performance.now();
    }
    return drawColumns(chart);
  });
  drawing = drawn.catch(() => {});
  return drawn;
}
