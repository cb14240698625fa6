import { html } from 'hono/html';
import type { Html } from '../reply.ts';
import { type Completeness, countsOf } from './completeness.ts';

interface Count {
  word: string;
  count: number;
  /** The class that colours the number if it is not zero. */
  look: string;
  /** Where to find what is counted. */
  address?: string;
}

/** How the year stands, in one line: how many are expected, how many have come, what needs somebody. */
export function countsLine({ returns, warnings }: Completeness, year: number): Html {
  const counts = countsOf(returns);
  const held = returns.reduce((sum, { place }) => sum + place.heldRevisions, 0);
  const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
  const line: Count[] = [
    { word: '全年应报', count: counts.expected, look: '' },
    { word: '已接收', count: counts.accepted, look: 'accepted' },
    { word: '逾期未报', count: counts.overdue, look: 'overdue', address: '#overdue' },
    { word: '退回未重报', count: counts.refused, look: 'refused', address: '#overdue' },
    { word: '待报', count: counts.due, look: '' },
    { word: '未到期', count: counts['not-due'], look: '' },
    { word: '暂存', count: held, look: 'held', address: '#held' },
    { word: '请核对', count: open, look: 'accepted-with-warnings', address: `/${year}/findings` },
  ];
  return html`<ul class="counts">${line.map(countItem)}</ul>`;
}

function countItem({ word, count, look, address }: Count): Html {
  const number = html`<strong class="${count > 0 ? look : 'none'}">${count}</strong>`;
  return address === undefined || count === 0
    ? html`<li>${word} ${number}</li>`
    : html`<li><a href="${address}">${word} ${number}</a></li>`;
}
