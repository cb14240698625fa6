import { type Catalogue, departmentOf, overWords } from '../../../shared/core/catalogue/catalogue.ts';
import { localDay, localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import {
  aboutInWords,
  actWords,
  answerWords,
  effectWords,
  revisionInWords,
} from '../../../shared/core/words.ts';
import { type ActFilter, actsOf, type RecordedAct } from '../../../shared/core/year/acts.ts';
import { csvOf } from '../../../shared/publication/csv.ts';
import type { LedgerYear } from '../read-year.ts';

/** Every act of a year that was read, as far as it fits, the newest first. */
export function actsOfYear({ state, chains }: Pick<LedgerYear, 'state' | 'chains'>, filter: ActFilter) {
  const events = chains.flatMap((chain) => chain.events);
  return actsOf({ events, state, warnings: warningsOf(state) }, filter);
}

/** What an act is about, beside department and period: a figure, a version and its file, a day, a publication. */
export function subjectInWords(act: RecordedAct, catalogue: Catalogue): string {
  const { about, effect, version, file, until, publication, document, as } = act;
  const parts = [
    effect !== null && `${effectWords[effect]}：${aboutInWords(about, catalogue)}`,
    effect === null && about !== null && aboutInWords(about, catalogue),
    as !== null && answerWords[as],
    version !== null && revisionInWords(version),
    file !== null && `“${file}”`,
    until !== null && `延至 ${localDay(until, catalogue.utcOffset)}`,
    publication !== null && `第 ${publication} 次发布`,
    document !== null && `编号 ${document.slice(0, 12)}`,
  ];
  return parts.filter((part) => part !== false).join('，');
}

/** Whose an act is: a department's, or of what is of all. */
export function departmentInWords({ department, kind }: RecordedAct, catalogue: Catalogue): string {
  if (department !== null) return departmentOf(catalogue, department)?.name ?? department;
  if (kind === 'deadline-extended') return '全部部门';
  return kind === 'warning-acknowledged' ? overWords['all-departments'] : '';
}

const head = ['时间', '办理人', '事项', '部门', '报告期', '内容', '原因', '台账记录', '哈希值'];

/** Acts as CSV, a line each, for people. */
export function actsCsv(acts: readonly RecordedAct[], catalogue: Catalogue): Generator<string> {
  const rows = acts.map((act) => [
    localTime(act.at, catalogue.utcOffset),
    act.by,
    actWords[act.kind],
    departmentInWords(act, catalogue),
    act.period === null ? '' : periodInWords(act.period),
    subjectInWords(act, catalogue),
    act.reason,
    `${act.ledger.chain}#${act.ledger.sequence}`,
    act.ledger.hash,
  ]);
  return csvOf(head, rows);
}
