import type { Catalogue } from './catalogue/catalogue.ts';
import { nameOfAsked } from './catalogue/narratives.ts';
import { lastPeriodOf, localDay, type Period, periodInYear } from './catalogue/period.ts';
import type { PayloadKind, QuestionEffect } from './ledger/event.ts';
import type { ReportTemplate } from './publication/publication.ts';
import type { Finding, Severity } from './returns/finding.ts';
import type { AnswerKind } from './returns/findings/rule.ts';
import type { OpenMatters } from './totals/open-matters.ts';
import type { Gap, Lineage, TotalStatus } from './totals/total.ts';
import { onceForEach } from './values/once-for-each.ts';
import type { Agreement } from './year/agreements.ts';
import type { QuestionStage } from './year/questions.ts';
import type { HeldBecause, RevisionState } from './year/revision.ts';
import type { Outcome, StandingKind } from './year/standing.ts';
import type { LastYearSource } from './year/year-state.ts';

/**
 * The Chinese words for the program's own terms, the same in workbooks and on pages. What kinds of indicators and operators are
 * called stands with the kinds, what findings say with the findings.
 */
export const statusWords: Record<TotalStatus, string> = {
  final: '最终',
  provisional: '暂定',
  'per-department': '分部门',
};

/** Whether the legal office issued a publication, or it is only kept as it was made. */
export const issueWords = { issued: '正式发布', archived: '存档' } as const;

/** What a department writes beside its figures, as forms and whatever shows them call it. */
export const remarkWord = '说明';

/** What a return of a period is called in which nothing happened. */
export const zeroReportWord = '零报告';

/** Why earlier figures are left out beside some periods, of who took these departments over; empty if nobody was. */
export function takenOverInWords(takenOver: readonly { name: string }[]): string {
  if (takenOver.length === 0) return '';
  const names = takenOver.map(({ name }) => name).join('、');
  return `${names}并入本部门以前单独报送的指标，上期、上年的数所含部门不同的，不可比，不列。`;
}

/** How a warning was answered, before the reason. */
export const answerWords: Record<AnswerKind, string> = {
  remark: `填报时在“${remarkWord}”中写明`,
  department: '部门说明',
  'legal-office': '法制机构确认无误',
};

export const severityWords: Record<Severity, string> = { error: '必须改正', warning: '请核对', info: '提示' };

export const gapWords: Record<Gap['because'], string> = {
  'not-reported': '未报',
  'not-due': '未到报送期',
  refused: '退回，未重报',
  held: '已报，暂存未计入',
  'sent-back': '已报，退回核实，未计入',
  declined: '已报，法制机构不同意计入',
  'not-on-form': '已报，但报表按旧目录制作，没有这一项',
};

/** What last year's figures are from: `2023年第 1 次发布`, `2022年基数（法制机构 2023-01-05 录入）`. */
export function sourceInWords(source: LastYearSource, utcOffset: string): string {
  if (source.kind === 'publication') return `${source.year}年第 ${source.number} 次发布`;
  const { year, recordedAt, recordedBy } = source;
  return `${year}年基数（${recordedBy} ${localDay(recordedAt, utcOffset)} 录入）`;
}

/** What a change is counted in: percentages change by points. */
export function unitOfChange(unit: string): string {
  return { '%': '个百分点', '‰': '个千分点' }[unit] ?? unit;
}

/** How many returns are missing from figures that are compared: `缺 2 份，上年缺 1 份`; empty where none is. */
export function missingInWords({ now, lastYear }: { now: number; lastYear: number }): string {
  const said = [now === 0 ? '' : `缺 ${now} 份`, lastYear === 0 ? '' : `上年缺 ${lastYear} 份`];
  return said.filter((part) => part !== '').join('，');
}

/** Said beside a comparison that may still change, since a return is missing from either figure. */
export const openRateWord = '待补';

/** Why a revision is held, and for what it waits. */
const heldWords: Record<HeldBecause, string> = {
  'after-cut-off': '在最迟报送日之后上传，等待法制机构同意',
  'changes-issued': '改动了正式发布的内容而没有说明理由，等待部门说明',
  'awaits-agreement': '待审核，等待部门审核人同意',
  'sent-back': '法制机构退回核实，等待部门答复',
};

/** Why a report is written into the template to begin with, although another was adopted. */
export const templateRefusedWords: Record<NonNullable<ReportTemplate['refused']>['because'], string> = {
  'does-not-fit': '启用的报告模板有地方与指标目录对不上',
  gone: '启用的报告模板文件缺失或被改动',
};

/** What is open below a total: `请核对 1 处，核实 1 件，暂存 1 份`; empty where nothing is. */
export function openInWords(open: Omit<OpenMatters, 'indicator'> | undefined): string {
  if (open === undefined) return '';
  const { warnings, questions, held } = open;
  const said = [
    warnings === 0 ? '' : `请核对 ${warnings} 处`,
    questions === 0 ? '' : `核实 ${questions} 件`,
    held === 0 ? '' : `暂存 ${held} 份`,
  ];
  return said.filter((part) => part !== '').join('，');
}

/** What a question is called by what becomes of the return meanwhile. */
export const effectWords: Record<QuestionEffect, string> = {
  'counts-meanwhile': '核实',
  'sent-back': '退回',
};

/** What a question or warning is about: the name of a figure or text, or the return as a whole. */
export function aboutInWords(about: string | null, catalogue: Catalogue): string {
  return about === null ? '整份报表' : `“${nameOfAsked(about, catalogue)}”`;
}

/** For whom a question waits. */
export const questionStageWords: Record<QuestionStage, string> = {
  open: '等部门答复',
  answered: '等法制机构结案',
  closed: '已结案',
};

/** Why a revision is held, all reasons in one sentence without its full stop. */
export function heldInWords(because: readonly HeldBecause[]): string {
  return because.map((each) => heldWords[each]).join('；');
}

/** What people did, by the kind of event that records it. */
export const actWords: Record<PayloadKind, string> = {
  'return-accepted': '报送，已接收',
  'return-refused': '报送，被退回',
  'correction-explained': '说明更正原因',
  'return-admitted': '同意计入',
  'admission-declined': '不同意计入',
  'return-agreed': '审核同意',
  'return-disagreed': '审核不同意',
  'scan-filed': '上传盖章扫描件',
  'deadline-extended': '延期',
  'extension-requested': '申请延期',
  'extension-declined': '不同意延期',
  'question-asked': '提出核实',
  'question-answered': '答复核实',
  'question-insisted': '要求继续核实',
  'question-closed': '核实结案',
  'warning-acknowledged': '说明请核对的数字',
  'catalogue-adopted': '启用指标目录',
  'baseline-recorded': '录入上年基数',
  'report-template-adopted': '启用报告模板',
  published: '发布',
  'publication-issued': '正式发布',
};

/** Said of a return that counts, of which no signed and stamped scan was filed although it is asked for. */
export const awaitsScanWord = '待签章';

export const observationWords: Record<Lineage['status'], string> = {
  reported: '已填报',
  'not-applicable': '不适用',
  missing: '空白',
};

/** What became of a revision. */
export const revisionWords: Record<RevisionState['kind'], string> = {
  counting: '计入汇总',
  superseded: '已被替代',
  held: '暂存未计入',
  declined: '法制机构不同意计入',
};

/** What the legal office decided about a version that came after the cut-off, in the words of the act. */
export const admissionWords: Record<'admitted' | 'declined', string> = {
  admitted: actWords['return-admitted'],
  declined: actWords['admission-declined'],
};

/** What the department's reviewer decided about a version, in the words of the act. */
export const agreementWords: Record<Agreement['kind'], string> = {
  agreed: actWords['return-agreed'],
  disagreed: actWords['return-disagreed'],
};

/** Which of the accepted versions of a return it is. */
export function revisionInWords(number: number): string {
  return `第${number}版`;
}

/** The version that took the place of another, if any does by now. */
export function laterInWords(counting: number | undefined): string {
  return counting === undefined ? '后来的版本' : revisionInWords(counting);
}

/** Said of a file that repeats a version, byte for byte. */
export function sameFile(number: number): string {
  return `这个文件与${revisionInWords(number)}完全相同，没有新的变化`;
}

/** What was found where a finding is, and whether somebody typed it: of a cell that was left blank nobody did. */
export function foundInWords({ rule, found }: Pick<Finding, 'rule' | 'found'>): {
  words: string;
  isTyped: boolean;
} {
  const isBlank = found === undefined || (found === '空白' && rule !== 'figure-not-a-number');
  return isBlank ? { words: '没有填写', isTyped: false } : { words: found, isTyped: true };
}

/** What is expected must be so where it is an error; else it is what the figure is looked at beside. */
export function expectedWord(severity: Severity): string {
  return severity === 'error' ? '应为' : '参考';
}

type Standing = { period: Period; standing: Outcome | 'not-due' };

/** The last period of which some return counts; undefined while none does. */
export const lastCounting = onceForEach((returns: readonly Standing[]): Period | undefined => {
  const counting = returns.filter(({ standing }) => standing === 'counting');
  return lastPeriodOf(counting.map(({ period }) => period));
});

/**
 * What the figures of a year are called: while some of its periods are not over they are those so far,
 * to the last period of which some return counts.
 */
export function yearFigures(returns: readonly Standing[]): string {
  const last = lastCounting(returns);
  const isUnderWay = returns.some(({ standing }) => standing === 'not-due');
  return isUnderWay && last !== undefined ? `本年累计（截至${periodInYear(last)}）` : '年度数';
}

/** Where a return stands, as it is written: `late` is one that counts and came late, `to-check` one of which figures look wrong. */
export type StandingWord = StandingKind | Outcome | 'late' | 'to-check' | 'late-to-check';

/**
 * A mark, a word and what it means; the marks are in every Chinese font, and no two that stand in one table are alike, so
 * that they are told apart in black and white.
 */
export const standings: Record<StandingWord, { mark: string; word: string; meaning: string }> = {
  counting: { mark: '●', word: '已报', meaning: '已接收，计入汇总' },
  late: { mark: '◎', word: '迟报', meaning: '过了报送时限才收到，已计入汇总' },
  'to-check': { mark: '◆', word: '已报，请核对', meaning: '已计入汇总，有数字请核对或正在核实' },
  'late-to-check': { mark: '◇', word: '迟报，请核对', meaning: '迟报，已计入汇总，有数字请核对或正在核实' },
  held: { mark: '△', word: '暂存', meaning: '已收到，暂不计入汇总' },
  'sent-back': { mark: '▽', word: '退回核实', meaning: '法制机构退回核实，部门答复前不计入汇总' },
  declined: { mark: '□', word: '不予计入', meaning: '过了最迟报送日才收到，法制机构不同意计入' },
  refused: { mark: '×', word: '退回', meaning: '有错误，退回后还没有重报' },
  'not-reported': { mark: '○', word: '未报', meaning: '没有收到' },
  overdue: { mark: '！', word: '逾期', meaning: '过了报送时限，没有收到' },
  due: { mark: '○', word: '待报', meaning: '报告期已结束，尚未到报送时限' },
  'not-due': { mark: '·', word: '未到报送期', meaning: '报告期还没有结束' },
};

/** A standing with its mark: `● 已报`. */
export function standingInWords(standing: StandingWord): string {
  const { mark, word } = standings[standing];
  return `${mark} ${word}`;
}

/** What is added up and taken away, in a line: `甲 + 乙 - 丙`; of many the first, and how many there are. */
export function termsInWords(terms: readonly { sign: '+' | '-'; words: string }[]): string {
  const shown = terms
    .slice(0, termsShown)
    .map(({ sign, words }, index) => (index === 0 && sign === '+' ? words : `${sign} ${words}`));
  return `${shown.join(' ')}${terms.length > termsShown ? ` …（共 ${terms.length} 项）` : ''}`;
}

const termsShown = 12;
