import { html } from 'hono/html';
import { z } from 'zod';
import { periodInWords } from '../../../shared/core/period.ts';
import { type Standing, standingOf, waitingRevisions } from '../../year/standing.ts';
import { type ReturnPlace, uploadAddress } from '../pages/addresses.ts';
import { frame } from '../pages/frame.ts';
import type { Html } from '../reply.ts';
import { page, returnParams, type Visit } from '../route.ts';
import { doneWords } from './acts.ts';
import { dayInWords, deadlineInWords, isExtended, lastMomentInWords } from './dates-in-words.ts';
import { figuresTable } from './figures-part.ts';
import { type FoundReturn, findReturn, reportsFor } from './found-return.ts';
import { placeBelow } from './frames.ts';
import { heldPart } from './held-part.ts';
import { historyPart } from './history-part.ts';
import { reportingSteps } from './upload-form.ts';
import { warningsPart } from './warnings-part.ts';

/** One return: where it stands, what to do about it, how to upload, what counts, and all that came. */
export const returnRoute = page(
  {
    path: '/:year/departments/:department/:period',
    access: ['department', 'legal-office', 'auditor'],
    params: returnParams,
    query: { done: z.enum(['explained', 'admitted', 'acknowledged']).optional().catch(undefined) },
  },
  async (visit) => {
    const found = await findReturn(visit);
    const { done } = visit.query;
    return {
      kind: 'page',
      body: await returnPage(visit, found, done === undefined ? undefined : doneWords[done]),
    };
  },
);

async function returnPage(
  visit: Visit<ReturnPlace>,
  found: FoundReturn,
  done: string | undefined,
): Promise<Html> {
  const { one, catalogue, place } = found;
  const { name } = one.department;
  return frame(visit, {
    ...placeBelow(visit.identity, place, { departmentName: name }),
    title: `${name}${periodInWords(place.period)}月报`,
    done,
    content: html`${standingNotice(visit, found)}
${deadlineFacts(found)}
${warningsPart(visit, found)}
${heldPart(visit, found)}
${await reportingSteps(visit, found)}
${historyPart(found)}
${
  one.counting === undefined
    ? ''
    : html`<h2 id="figures">计入汇总的数字</h2>
${figuresTable(one.counting, catalogue)}`
}`,
  });
}

function deadlineFacts({ one, catalogue }: FoundReturn): Html {
  const { year } = catalogue;
  return html`<dl class="facts">
<div><dt>报送时限</dt><dd>${dayInWords(one.deadline.due, year)}</dd></div>
${isExtended(one, catalogue) ? html`<div><dt>延期</dt><dd>${deadlineInWords(one, catalogue)}</dd></div>` : ''}
<div><dt>最迟报送日</dt><dd>${dayInWords(one.deadline.cutOff, year)}（之后上传的先暂存，法制机构同意后才计入）</dd></div>
</dl>`;
}

const looks: Record<Standing['kind'], string> = {
  accepted: 'good',
  held: 'warn',
  refused: 'bad',
  overdue: 'bad',
  due: '',
  'not-due': '',
};

/** Where the return stands, in words, and what follows from that. */
function standingNotice({ now, identity }: Visit, found: FoundReturn): Html {
  const { one, warnings, catalogue, place } = found;
  const own = reportsFor(identity, place.department);
  const standing = standingOf(one, { warnings, now, utcOffset: catalogue.utcOffset });
  const isWaiting = waitingRevisions(one).length > 0;
  const isUnsettled = standing.kind === 'accepted' && (isWaiting || standing.openWarnings > 0);
  const refusal = standing.kind === 'refused' || standing.lastRefused ? one.refusals.at(-1) : undefined;
  return html`<div class="notice ${isUnsettled ? 'warn' : looks[standing.kind]}"><p><strong>${mainSentence(standing, found)}${own ? advice[standing.kind] : ''}</strong>${addition(standing)}</p>
${standing.openWarnings > 0 ? html`<p>有 ${standing.openWarnings} 处数字<a href="#warnings">请核对</a>。</p>` : ''}
${standing.kind === 'accepted' && isWaiting ? html`<p>后来还上传过一次，<a href="#held">暂存，没有计入</a>。</p>` : ''}
${refusal === undefined ? '' : html`<p><a class="button" href="${uploadAddress(place, refusal.id)}">看要改的每一处</a></p>`}
</div>`;
}

/** What follows for whoever reports. */
const advice: Record<Standing['kind'], string> = {
  accepted: '',
  held: '',
  refused: '请改好后重新上传。',
  overdue: '请尽快上传。',
  due: '',
  'not-due': '月底以后再报送。',
};

function mainSentence({ kind }: Standing, { one, catalogue }: FoundReturn): string {
  const last = lastMomentInWords(one, catalogue);
  switch (kind) {
    case 'accepted':
      return `已接收，计入汇总（修订 ${one.counting?.number}）。`;
    case 'held':
      return '已收到，暂不计入汇总。';
    case 'refused':
      return '上传的文件有错误，被退回了。';
    case 'overdue':
      return `已经逾期，报送时限是${last}。`;
    case 'due':
      return `待报送，报送时限是${last}。`;
    case 'not-due':
      return '这个月还没有结束。';
  }
}

function addition({ kind, late, lastRefused }: Standing): string {
  if (kind !== 'accepted') return '';
  const refused = lastRefused ? '最近一次上传的文件被退回了，以前接收的数不变。' : '';
  return `${late ? '第一次报送时已过时限，记为迟报。' : ''}${refused}`;
}
