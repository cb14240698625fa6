import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { localTime } from '../../../shared/core/period.ts';
import { publicationEvents } from '../../verify/verify.ts';
import { frame, type Setting } from '../pages/frame.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { ownerInWords, type RawChains, type RawHead, rawHeads } from './chains.ts';
import { howToVerifyElsewhere, whatAChainIs } from './explanation.ts';
import { outcomeCard } from './outcome-card.ts';
import type { Outcome } from './run-verification.ts';

export interface VerificationView {
  catalogue: Catalogue;
  chains: RawChains;
  /** What a verification just came to, and when it was run; undefined if none was asked for. */
  run: { outcome: Outcome; at: string } | undefined;
}

/** The ledger's verification: run, shown and explained. */
export function verificationPage(setting: Setting, view: VerificationView): Html {
  const { catalogue, chains, run } = view;
  const { year } = catalogue;
  return frame(setting, {
    title: '台账核验',
    year,
    current: `/${year}/verification`,
    content: html`${run === undefined ? '' : outcomeCard(run, catalogue)}
<form class="card" method="post" action="/${year}/verification">
<input type="hidden" name="_form" value="${setting.formToken}">
<p>核验会重新计算每条台账记录的指纹，核对全部原始文件、回执和发布的文件，并由观测值重新计算最近一次发布的年度数，重新打开原始文件核对单元格。只读不改，通常几秒到一分钟。</p>
<p><button type="submit">${run === undefined ? '现在核验' : '再核验一次'}</button></p>
</form>
${whatAChainIs()}
<section aria-labelledby="chains"><h2 id="chains">${year}年的台账链</h2>
<p>链尾指纹是最后一条记录的指纹。把它抄录或打印留存，以后随时可以对照：链上只要有一条被改动，重新算出的链尾就不会再是它。</p>
${chainsTable(rawHeads(chains), catalogue)}</section>
<section aria-labelledby="published"><h2 id="published">发布的清单</h2>
<p>每次发布都有一份清单（manifest.json），列出各文件的指纹和当时各台账链的链尾；清单自己的指纹记在法制机构的台账链里。</p>
${publicationsTable(chains, catalogue)}</section>
${howToVerifyElsewhere(catalogue)}`,
  });
}

function chainsTable(heads: readonly RawHead[], catalogue: Catalogue): Html {
  const row = ({
    chain,
    length,
    hash,
    at,
  }: RawHead) => html`<tr><th scope="row">${ownerInWords(chain, catalogue)}</th>
<td class="key short">${chain}</td><td class="number">${length}</td>
<td class="short">${at === null ? '—' : localTime(at, catalogue.utcOffset)}</td>
<td class="key hash">${length === 0 ? '还没有记录' : (hash ?? '最后一条无法读取')}</td></tr>`;
  return scrollingTable('各台账链的长度和链尾', {
    head: html`<tr><th scope="col">谁的台账链</th><th scope="col">链名</th><th scope="col" class="number">条数</th><th scope="col">最近一条</th><th scope="col">链尾指纹（SHA-256）</th></tr>`,
    rows: heads.map(row),
  });
}

function publicationsTable(chains: RawChains, { utcOffset, year }: Catalogue): Html {
  const published = publicationEvents(chains);
  if (published.length === 0) return html`<p class="notice">还没有发布过。</p>`;
  return scrollingTable('台账里的各次发布', {
    head: html`<tr><th scope="col">发布</th><th scope="col">时间</th><th scope="col">发布人</th><th scope="col">清单的指纹（SHA-256）</th><th scope="col">记录</th></tr>`,
    rows: published.map(
      ({
        happening,
        at,
        by,
        chain,
        sequence,
      }) => html`<tr><th scope="row"><a href="/${year}/publications/${happening.number}">第 ${happening.number} 次发布</a></th>
<td class="short">${localTime(at, utcOffset)}</td><td>${by}</td>
<td class="key hash">${happening.manifest}</td><td class="key short">${chain}#${sequence}</td></tr>`,
    ),
  });
}
