import { html } from 'hono/html';
import { z } from 'zod';
import { localTime, usualOffset } from '../../../shared/core/catalogue/period.ts';
import type { KeptStatement } from '../../use-cases/stores/witness-store.ts';
import { type RawChains, readRawYear } from '../../use-cases/verify/read-raw.ts';
import { publicationEvents } from '../../use-cases/verify/verify.ts';
import { readers } from '../access/identity.ts';
import type { Standing, Verified } from '../long-work.ts';
import { usualBound } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { type LayoutContext, pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import { outcomeCard } from './outcome.ts';
import { ownerInWords, type RawHead, rawHeads, type VerifiedYear } from './raw-chains.ts';
import { type HeldWitness, heldCard, holdGivenFile, listedStatements, witnessSection } from './witnesses.ts';

export interface VerificationView {
  catalogue: VerifiedYear;
  chains: RawChains;
  /** What the newest verification came to; undefined if none was asked for. */
  run: Exclude<Standing<Verified>, { kind: 'under-way' }> | undefined;
  statements: readonly KeptStatement[];
  /** A witness that was just held against the ledger. */
  held?: HeldWitness;
}

/** The ledger's verification: run, shown and explained. */
export function verificationPage(context: LayoutContext, view: VerificationView): Html {
  const { catalogue, chains, run, statements, held } = view;
  const { year } = catalogue;
  return pageLayout(context, {
    title: '台账核验',
    year,
    current: `/${year}/verification`,
    content: html`${run?.kind === 'failed' ? failedNotice : ''}${run?.kind === 'done' ? outcomeCard(run.result, catalogue) : ''}
${held === undefined ? '' : heldCard(held, catalogue)}
<form class="card" method="post" action="/${year}/verification">
${formTokenField(context)}
<p>核验会重新计算每条台账记录的指纹，核对全部原始文件、反馈（回执）和发布的文件，并由观测值重新计算最近一次发布的年度数，重新打开原始文件核对单元格。只读不改，通常几秒到一分钟。</p>
<p><button type="submit">${run === undefined ? '现在核验' : '再核验一次'}</button></p>
</form>
${whatAChainIs()}
<section aria-labelledby="chains"><h2 id="chains">${year}年的台账链</h2>
<p>链尾指纹是最后一条记录的指纹。把它抄录或打印留存，以后随时可以对照：链上只要有一条被改动，重新算出的链尾就不会再是它。</p>
${chainsTable(rawHeads(chains), catalogue)}</section>
<section aria-labelledby="published"><h2 id="published">发布的清单</h2>
<p>每次发布都有一份清单（manifest.json），列出各文件的指纹和当时各台账链的链尾；清单自己的指纹记在法制机构的台账链里。</p>
${publicationsTable(chains, catalogue)}</section>
${witnessSection(context, { catalogue, statements })}
${howToVerifyElsewhere(catalogue)}`,
  });
}

const failedNotice = html`<p class="notice bad" role="alert">核验没有做完：系统出错，已经记录。可以再核验一次；一直这样的，请联系管理员。</p>`;

/** While a year is verified, nothing is said of its chains. */
function underWayPage(context: LayoutContext, year: number, { ahead }: { ahead: number }): Html {
  const queue = ahead === 0 ? '' : `前面还有 ${ahead} 件，轮到以后自动开始。`;
  return pageLayout(context, {
    title: '台账核验',
    year,
    current: `/${year}/verification`,
    refresh: { seconds: 3, address: `/${year}/verification`, state: String(ahead) },
    content: html`<div class="notice" role="status"><p><strong>正在核验。</strong>${queue}完成以后，这个页面会自己显示结果；您可以先做别的，过一会儿再来。</p></div>`,
  });
}

function chainsTable(heads: readonly RawHead[], catalogue: VerifiedYear): Html {
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

function publicationsTable(chains: RawChains, { utcOffset, year }: VerifiedYear): Html {
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

/** What a chain is, for somebody who has to rely on it and writes no programs. */
export function whatAChainIs(): Html {
  return html`<section aria-labelledby="what"><h2 id="what">改动台账为什么瞒不过</h2>
<div class="columns">
<div class="card"><h3>一件事一条记录</h3>
<p>每个部门每年有一条台账链，法制机构另有一条。收到一份报表（无论接收还是退回）、准许迟报、延期、确认疑点、发布，都在链尾添一条，写明何时、何人、何事。只能添，不能改，也不能删。</p></div>
<div class="card"><h3>一条扣住一条</h3>
<p>每条记录有一个指纹（SHA-256，64 位十六进制数），由这一条的全部内容和前一条的指纹算出。改动、删除、插入、调换任何一条，它的指纹和后面的衔接就都对不上。</p></div>
<div class="card"><h3>链尾另有见证</h3>
<p>把整条链重新算一遍，或者截去链尾，也瞒不过去：发给部门的每份回执、每次发布的清单、每份签名的见证，都记着当时的链尾。只要有一份保存在改动者够不着的地方，核验时一对照就会露馅。</p></div>
</div></section>`;
}

/** How to check everything on another machine, with other programs. */
export function howToVerifyElsewhere({ year }: VerifiedYear): Html {
  return html`<section aria-labelledby="elsewhere"><h2 id="elsewhere">在别的电脑上核验</h2>
<p>不必相信本系统：可以把台账和发布的文件带走，断网核验。需要两样东西。</p>
<ol>
<li>台账：请管理员导出，得到一个文本文件。<br><code class="key">npx indicators export -o ledger.jsonl</code></li>
<li>发布：在<a href="/${year}/publications">发布</a>页面下载同一次发布的全部文件，放进一个文件夹，例如 <code class="key">0001</code>。</li>
</ol>
<p>然后任选一种：</p>
<ul>
<li>用本系统的命令行，不需要数据文件夹：<br><code class="key">npx indicators verify --ledger ledger.jsonl --publication 0001</code></li>
<li>用另一个独立编写的核验程序，只需要 Python，不用本系统的任何代码：<br><code class="key">python3 test/verifier/verify.py ledger.jsonl 0001</code></li>
</ul>
<p>发布信息里写明与上年某次发布比较过的，再用上年的指标目录导出上年的台账，一并核验所引的发布：第一种加上 <code class="key">--last-year 上年的台账文件</code>，第二种写在最后。</p>
<p>在别处留存过见证的（<code class="key">npx indicators witness -o witness.json</code> 写出的签名文件，或者任何一次发布的 manifest.json），核验时加上 <code class="key">--witness witness.json</code>，台账链被截短或者整条重写都会查出来（两种程序都认）。没有留存在别处的见证，整个文件夹被一起重写是查不出来的。</p>
<p>两者都会重新计算每条记录的指纹、核对清单和链尾，并由观测值重新计算全部年度数。台账文件的格式写在程序文件夹的 <code class="key">shared/core/ledger/FORMAT.md</code>，任何人都可以照着再写一个核验程序。</p>
</section>`;
}

const path = '/:year/verification';

/** The ledger's verification. Running it changes nothing, so that its answer is the page itself. */
export const verificationRoutes: Route[] = [
  htmlRoute({ path, access: readers, params: yearParam }, async (request): Promise<Reply> => {
    const { year } = request.params;
    return answer(request, request.services.work.verification(year));
  }),
  formRoute({ path, access: readers, params: yearParam }, async (request): Promise<Reply> => {
    const { year } = request.params;
    if (!request.services.catalogues.last.has(year)) await readChains(request);
    const run = await request.services.work.verify(year);
    if (run.kind === 'under-way') return { kind: 'redirect', to: `/${year}/verification` };
    return answer(request, run);
  }),
  formRoute(
    {
      path: `${path}/witness`,
      access: readers,
      params: yearParam,
      form: { file: z.unknown().optional() },
      carriesFile: usualBound,
    },
    async (request): Promise<Reply> => {
      const { catalogue, chains } = await readChains(request);
      const held = await holdGivenFile(request);
      const statements = await listedStatements(request);
      const view = { catalogue, chains, run: undefined, statements, held };
      return { kind: 'page', body: verificationPage(request, view) };
    },
  ),
];

async function answer(
  request: RequestContext<{ year: number }>,
  run: Standing<Verified> | undefined,
): Promise<Reply> {
  if (run?.kind === 'under-way') {
    return { kind: 'page', body: underWayPage(request, request.params.year, run) };
  }
  const { catalogue, chains } = await readChains(request);
  const statements = await listedStatements(request);
  return { kind: 'page', body: verificationPage(request, { catalogue, chains, run, statements }) };
}

/** A year whose catalogue is gone or was edited, which is when it most wants to be verified. */
function nameless(year: number): VerifiedYear {
  const nothing = { departments: [], indicators: [], tables: [], lines: [], narratives: [] };
  return { year, utcOffset: usualOffset, ...nothing };
}

async function readChains(request: RequestContext<{ year: number }>) {
  const { year } = request.params;
  const { chains, faults } = await readRawYear(year, request.services);
  const isEmpty = [...chains.values()].every(({ length }) => length === 0);
  const isNothing = isEmpty && faults.length === 0;
  const known = request.services.catalogues.last.get(year);
  const catalogue = known ?? (isNothing ? request.catalogue(year) : nameless(year));
  return { catalogue, chains };
}
