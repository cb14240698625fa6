import { html } from 'hono/html';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { type Instant, localTime } from '../../../shared/core/catalogue/period.ts';
import { chainSchema } from '../../../shared/core/ledger/event.ts';
import type { Fault } from '../../use-cases/verify/verify.ts';
import type { Html } from '../reply.ts';
import { checkedInWords, faultInWords } from './fault-words.ts';
import { type Outcome, ownerInWords, type VerifiedYear } from './raw-chains.ts';

/** How many faults are listed; what destroyed a whole store is not told better by more. */
const mostListed = 500;

/** What a verification came to: sound, or every fault with where it is. */
export function outcomeCard(
  { outcome, at }: { outcome: Outcome; at: Instant },
  catalogue: VerifiedYear,
): Html {
  const { sound, checked, faults } = outcome;
  const when = localTime(at, catalogue.utcOffset);
  return html`<section class="card" aria-labelledby="outcome"><h2 id="outcome">核验结果（${when}）</h2>
${
  sound
    ? html`<p class="notice good" role="status"><strong>完好</strong>：全部内容与记录时一致，没有发现改动。</p>
<p class="hint">整个台账连同周围的文件被一起重写或者截短，只看这里是看不出来的，要用<a href="#witnesses">保存在别处的见证</a>对照。</p>`
    : html`<p class="notice bad" role="alert"><strong>发现 ${faults.length} 处问题</strong>。请保留现状，不要自行修复，并立即联系管理员和法制机构；原始文件和导出的台账可以用来判断改动了什么。</p>
${faultList(faults, catalogue)}`
}
<h3>核对了什么</h3>
<ul>${checked.map((line) => html`<li>${checkedInWords(line)}</li>`)}</ul></section>`;
}

/** Faults that say the same together, each place below. */
export function faultList(faults: readonly Fault[], catalogue: VerifiedYear): Html {
  const left = faults.length - mostListed;
  const groups = Map.groupBy(faults.slice(0, mostListed), ({ explanation }) => explanation);
  return html`<ol class="findings">${[...groups].map(([explanation, group]) => faultItem(explanation, group, catalogue))}</ol>
${left > 0 ? html`<p>还有 ${left} 处没有列出。</p>` : ''}`;
}

function faultItem(explanation: string, faults: readonly Fault[], catalogue: VerifiedYear): Html {
  const words = faultInWords(explanation);
  return html`<li class="error"><p>${words === undefined ? explanation : html`<strong>${words}。</strong><span class="hint" lang="en">（${explanation}）</span>`}</p>
<ul>${faults.map(({ where }) => html`<li>${placeOf(where, catalogue)}</li>`)}</ul></li>`;
}

/** A chain, a file, or something that a file says, with the name that people have for it. */
function placeOf(where: string, catalogue: VerifiedYear): Html {
  const [, file = where, said] = /^(.*(?:summary\.json|observations\.csv)), (.*)$/s.exec(where) ?? [];
  const names = said === undefined ? ownerOf(where, catalogue) : saidInWords(said, catalogue);
  return html`${names === undefined ? '' : html`${names}：`}<span class="key">${file}</span>`;
}

function ownerOf(where: string, catalogue: VerifiedYear): string | undefined {
  return chainSchema.safeParse(where).success ? ownerInWords(where, catalogue) : undefined;
}

/** What a publication says as a whole. */
const partsInWords = new Map(
  Object.entries({
    digest: '内容摘要',
    comparedWith: '所比较的上年数',
    comparisons: '同比、环比',
    warnings: '请核对的数字',
    questions: '正在核实的问题',
    held: '暂存的报表',
    open: '未办结的事项',
    returns: '各份报表的报送情况',
    adoptions: '采用的指标目录',
  }),
);

function saidInWords(said: string, catalogue: VerifiedYear): string {
  const [kind, indicator = '', department = '', period = ''] = said.split(' ');
  const name = nameOfAsked(indicator, catalogue);
  const whole = partsInWords.get(said);
  if (whole !== undefined) return whole;
  if (kind === 'total') return `${name}的年度数`;
  if (kind === 'comparison') return `${name}的比较（${department}）`;
  if (kind !== 'observation' && kind !== 'text') {
    const owner = departmentOf(catalogue, kind ?? '');
    return owner === undefined ? said : `${owner.name}${indicator}的报表`;
  }
  const what = kind === 'text' ? `“${name}”的文字` : `${name}的观测值`;
  return `${what}（${departmentOf(catalogue, department)?.name ?? department}，${period}）`;
}
