import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import type { Html } from '../reply.ts';

/** What a chain is, for somebody who has to rely on it and writes no programs. */
export function whatAChainIs(): Html {
  return html`<section aria-labelledby="what"><h2 id="what">改动台账为什么瞒不过</h2>
<div class="columns">
<div class="card"><h3>一件事一条记录</h3>
<p>每个部门每年有一条台账链，法制机构另有一条。收到一份月报（无论接收还是退回）、准许迟报、延期、确认疑点、发布，都在链尾添一条，写明何时、何人、何事。只能添，不能改，也不能删。</p></div>
<div class="card"><h3>一条扣住一条</h3>
<p>每条记录有一个指纹（SHA-256，64 位十六进制数），由这一条的全部内容和前一条的指纹算出。改动、删除、插入、调换任何一条，它的指纹和后面的衔接就都对不上。</p></div>
<div class="card"><h3>链尾另有见证</h3>
<p>把整条链重新算一遍，或者截去链尾，也瞒不过去：发给部门的每份回执、每次发布的清单，都记着当时的链尾，保存在台账之外。核验时逐一对照。</p></div>
</div></section>`;
}

/** How to check everything on another machine, with other programs. */
export function howToVerifyElsewhere({ year }: Catalogue): Html {
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
<p>两者都会重新计算每条记录的指纹、核对清单和链尾，并由观测值重新计算全部年度数。台账文件的格式写在 README 的“The ledger”一节，任何人都可以照着再写一个核验程序。</p>
</section>`;
}
