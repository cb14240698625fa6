import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, ownSpanInWords } from '../../../shared/core/catalogue/catalogue.ts';
import { isExtended } from '../../../shared/core/catalogue/deadlines.ts';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import {
  admissionWords,
  awaitsScanWord,
  laterInWords,
  revisionInWords,
  revisionWords,
  standings,
} from '../../../shared/core/words.ts';
import type { HeldBecause, Revision } from '../../../shared/core/year/revision.ts';
import { type Standing, standingOf } from '../../../shared/core/year/standing.ts';
import type { ReturnState } from '../../../shared/core/year/year-state.ts';
import { everybody } from '../access/identity.ts';
import { type ReturnPlace, returnPath, uploadAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { askingForm, questionsSection } from '../questions/questions-section.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, returnParams } from '../route.ts';
import { agreementLine } from './agreements.ts';
import {
  actLine,
  dayInWords,
  deadlineInWords,
  lastMomentInWords,
  receivedInWords,
} from './dates-in-words.ts';
import { doneSchema, doneWords } from './decisions.ts';
import { extensionSection } from './extension-request.ts';
import { figuresTable } from './figures-table.ts';
import { uploadLinks } from './files.ts';
import {
  type FoundReturn,
  type FoundUpload,
  findReturn,
  placeBelow,
  reportsFor,
  uploadsOf,
} from './found-return.ts';
import { declinedSection, heldSection } from './held-revisions.ts';
import { revisionChangesAddress } from './revision-changes.ts';
import { signingSection } from './scans.ts';
import { reportingSteps } from './upload.ts';
import { warningsSection } from './warnings-section.ts';

/** One return: where it stands, what to do about it, how to upload, what counts, and all that came. */
export const returnRoute = htmlRoute(
  {
    path: returnPath,
    access: everybody,
    params: returnParams,
    query: {
      done: doneSchema.optional().catch(undefined),
      about: z.string().max(100).optional().catch(undefined),
    },
  },
  async (request) => {
    const found = await findReturn(request);
    const { done } = request.query;
    return {
      kind: 'page',
      body: await returnPage(request, found, done === undefined ? undefined : doneWords[done]),
    };
  },
);

async function returnPage(
  request: RequestContext<ReturnPlace, { about?: string | undefined }>,
  found: FoundReturn,
  done: string | undefined,
): Promise<Html> {
  const { one, place } = found;
  const { name } = one.department;
  return pageLayout(request, {
    ...placeBelow(request.identity, place, { departmentName: name }),
    title: `${name}${returnInWords(place.period)}`,
    done,
    content: html`${standingNotice(request, found)}
${deadlineFacts(found)}
${questionsSection(request, found)}
${askingForm(request, found)}
${warningsSection(request, found)}
${heldSection(request, found)}
${declinedSection(request, found)}
${await reportingSteps(request, found)}
${extensionSection(request, found)}
${historySection(found)}
${
  one.counting === undefined
    ? ''
    : html`${await signingSection(request, found, one.counting)}
<h2 id="figures">计入汇总的数字</h2>
${figuresTable(one.counting, found.state)}`
}`,
  });
}

function deadlineFacts({ one, catalogue }: FoundReturn): Html {
  const { year } = catalogue;
  const span = ownSpanInWords(one.deadline);
  return html`<dl class="facts">
${span === undefined ? '' : html`<div><dt>统计期间</dt><dd>${span}</dd></div>`}
<div><dt>报送时限</dt><dd>${dayInWords(one.deadline.due, year)}</dd></div>
${isExtended(one, catalogue) ? html`<div><dt>延期</dt><dd>${deadlineInWords(one, catalogue)}${one.extension === undefined ? '' : html`。${actLine('延期', one.extension, catalogue)}`}</dd></div>` : ''}
<div><dt>最迟报送日</dt><dd>${dayInWords(one.deadline.cutOff, year)}（之后上传的先暂存，法制机构同意后才计入）</dd></div>
</dl>`;
}

const styles: Record<Standing['kind'], string> = {
  counting: 'good',
  held: 'warn',
  'sent-back': 'bad',
  declined: 'warn',
  refused: 'bad',
  overdue: 'bad',
  due: '',
  'not-due': '',
};

/** Where the return stands, in words, and what follows from that. */
function standingNotice({ now, identity }: RequestContext, found: FoundReturn): Html {
  const { one, warnings, catalogue, place } = found;
  const own = reportsFor(identity, place.department);
  const standing = standingOf(one, { warnings, now, catalogue });
  const isWaiting = standing.heldRevisions > 0;
  const isUnsettled = standing.kind === 'counting' && (isWaiting || standing.openWarnings > 0);
  const refusal = standing.kind === 'refused' || standing.lastRefused ? one.refusals.at(-1) : undefined;
  return html`<div class="notice ${isUnsettled ? 'warn' : styles[standing.kind]}"><p><strong>${mainSentence(standing, found)}${own ? advice[standing.kind] : ''}</strong>${addition(standing)}</p>
${standing.openWarnings > 0 ? html`<p>有 ${standing.openWarnings} 处数字<a href="#warnings">请核对</a>。</p>` : ''}
${standing.openQuestions > 0 ? html`<p>法制机构正在<a href="#questions">核实</a>（${standing.openQuestions} 件）。</p>` : ''}
${standing.awaitsScan ? html`<p>还没有<a href="#signing">签字盖章</a>（${awaitsScanWord}）。</p>` : ''}
${admissionLine(found)}
${standing.kind === 'counting' && isWaiting ? html`<p>后来还上传过一次，<a href="#held">暂存，没有计入</a>。</p>` : ''}
${refusal === undefined ? '' : html`<p><a class="button" href="${uploadAddress(place, refusal.id)}">看要改的每一处</a></p>`}
</div>`;
}

/** Why the legal office let in what came after the cut-off and counts, or did not, as far as nothing later counts. */
function admissionLine({ one, catalogue }: FoundReturn): Html {
  const declined = one.revisions.filter(({ state }) => state.kind === 'declined').at(-1);
  const admission = (declined ?? one.counting)?.admission;
  if (admission === undefined) return html``;
  return html`<p>${actLine(admissionWords[admission.kind], admission, catalogue)}</p>`;
}

/** What follows for whoever reports. */
const advice: Record<Standing['kind'], string> = {
  counting: '',
  held: '',
  'sent-back': '请答复，或者改正后重新上传。',
  declined: '',
  refused: '请改好后重新上传。',
  overdue: '请尽快上传。',
  due: '',
  'not-due': '月底以后再报送。',
};

function mainSentence({ kind }: Standing, { one, catalogue }: FoundReturn): string {
  const last = lastMomentInWords(one, catalogue);
  switch (kind) {
    case 'counting':
      return `${standings.counting.word}，计入汇总（${laterInWords(one.counting?.number)}）。`;
    case 'held':
      return '已收到，暂不计入汇总。';
    case 'sent-back':
      return '法制机构退回核实，暂不计入汇总。';
    case 'declined':
      return '过了最迟报送日才收到，法制机构不同意计入。';
    case 'refused':
      return '上传的文件有错误，被退回了。';
    case 'overdue':
      return `已经逾期，报送时限是${last}。`;
    case 'due':
      return `待报送，报送时限是${last}。`;
    case 'not-due':
      return '这一期还没有结束。';
  }
}

function addition({ kind, late, lastRefused }: Standing): string {
  if (kind !== 'counting') return '';
  const refused = lastRefused ? '最近一次上传的文件被退回了，以前接收的数不变。' : '';
  return `${late ? '第一次报送时已过时限，记为迟报。' : ''}${refused}`;
}

/** Everything that was ever uploaded for a return, newest first. */
export function historySection({ one, catalogue, place }: FoundReturn): Html {
  const uploads = uploadsOf(one).toReversed();
  if (uploads.length === 0) return html``;
  return html`<h2 id="history">上传记录</h2>
${one.revisions.length < 2 ? '' : html`<p><a href="${revisionChangesAddress(place)}">比较各版的数字</a></p>`}
${scrollingTable('全部上传，最近的在前', {
  head: html`<tr><th scope="col">上传时间</th><th scope="col">文件</th><th scope="col">结果</th><th scope="col">上传人</th><th scope="col">下载</th></tr>`,
  rows: uploads.map((upload) => historyRow(upload, { one, catalogue, place })),
})}`;
}

interface HistoryContext {
  one: ReturnState;
  catalogue: Catalogue;
  place: ReturnPlace;
}

function historyRow(found: FoundUpload, { one, catalogue, place }: HistoryContext): Html {
  const { id, upload } = found;
  const when = receivedInWords(upload, catalogue);
  const which = html`<span class="unseen">（${when} 上传的 ${upload.fileName}）</span>`;
  return html`<tr><td class="short">${when}</td>
<td class="roomy"><a class="typed" href="${uploadAddress(place, id)}">${upload.fileName}</a></td>
<td class="roomy">${uploadWords(found, one)}${reasonOf(found)}${admissionOf(found, catalogue)}${agreementOf(found, catalogue)}</td>
<td>${upload.uploader}</td>
<td class="short">${uploadLinks(found, { place, which })}</td></tr>`;
}

function reasonOf(found: FoundUpload): Html {
  if (found.outcome !== 'accepted' || found.reason === '') return html``;
  return html`<br><span class="hint">更正说明：<span class="typed">${found.reason}</span></span>`;
}

function admissionOf(found: FoundUpload, catalogue: Catalogue): Html {
  if (found.outcome !== 'accepted' || found.admission === undefined) return html``;
  const { kind } = found.admission;
  return html`<br><span class="hint">${actLine(admissionWords[kind], found.admission, catalogue)}</span>`;
}

function agreementOf(found: FoundUpload, catalogue: Catalogue): Html {
  if (found.outcome !== 'accepted' || found.agreement === undefined) return html``;
  return html`<br><span class="hint">${agreementLine(found, catalogue)}</span>`;
}

/** What became of an upload, in a few words. */
export function uploadWords(found: FoundUpload, { counting }: Pick<ReturnState, 'counting'>): string {
  if (found.outcome === 'refused') {
    const errors = found.findings.filter(({ severity }) => severity === 'error').length;
    return `退回，${errors} 处必须改正`;
  }
  if (found.outcome === 'misdirected') {
    return `是${returnInWords(found.formOf.period)}的表，没有收下`;
  }
  const late = found.late && found.number === 1 ? '，迟报' : '';
  const which = found.isRepeat
    ? `与${revisionInWords(found.number)}相同`
    : `${revisionInWords(found.number)}`;
  return `${which}：${stateWords(found, counting?.number)}${late}`;
}

const waitingFor: Record<HeldBecause, string> = {
  'after-cut-off': '等法制机构同意',
  'changes-issued': '等部门说明更正原因',
  'awaits-agreement': '等部门审核人同意',
  'sent-back': '等部门答复核实',
};

function stateWords({ state }: Revision, counting: number | undefined): string {
  switch (state.kind) {
    case 'counting':
      return revisionWords.counting;
    case 'superseded':
      return `由${laterInWords(counting)}代替`;
    case 'held':
      return `暂存，${state.because.map((each) => waitingFor[each]).join('，')}`;
    case 'declined':
      return revisionWords.declined;
  }
}
