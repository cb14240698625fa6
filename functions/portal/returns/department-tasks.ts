import { monthOf, type Period } from '../../../shared/core/period.ts';
import type { Warning } from '../../../shared/core/publication.ts';
import type { ReturnState, YearState } from '../../../shared/core/year-state.ts';
import { isOverdue, type Standing, standingOf } from '../../year/standing.ts';
import { lastMomentInWords } from './dates-in-words.ts';
import { revisionsToExplain } from './held-revisions.ts';

/** What a department still has to do, the most pressing kind first. */
const taskKinds = ['overdue', 'refused', 'warnings', 'explanation', 'due'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Something that a department has to do about one of its returns. */
export interface Task {
  kind: TaskKind;
  period: Period;
  /** A sentence that says what it is, without the full stop. */
  sentence: string;
  /** What the link says that leads there. */
  link: string;
}

interface Circumstances {
  warnings: readonly Warning[];
  now: string;
}

/** All that a department has to do, the most pressing first; of one kind, the oldest month first. */
export function departmentTasks(
  { returns, catalogue }: Pick<YearState, 'returns' | 'catalogue'>,
  { warnings, now }: Circumstances,
): Task[] {
  const { year, utcOffset } = catalogue;
  const tasks = returns.flatMap((one) =>
    tasksOn(one, { standing: standingOf(one, { warnings, now, utcOffset }), now, year, utcOffset }),
  );
  const order = ({ kind, period }: Task) => `${taskKinds.indexOf(kind)} ${period}`;
  return tasks.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

interface Reckoning {
  standing: Standing;
  now: string;
  year: number;
  utcOffset: string;
}

function tasksOn(one: ReturnState, { standing, now, ...reckoning }: Reckoning): Task[] {
  const { period } = one;
  const month = `${monthOf(period)}月`;
  const last = lastMomentInWords(one, reckoning);
  const isLate = isOverdue(one, now, reckoning.utcOffset);
  const links: [condition: boolean, kind: TaskKind, sentence: string, link: string][] = [
    [
      standing.kind === 'overdue',
      'overdue',
      `${month}的月报应在${last}前报送，已经逾期，请尽快上传`,
      `去报送${month}月报`,
    ],
    [
      standing.kind === 'refused',
      'refused',
      `${month}上传的文件有错误，被退回了，请改好后重新上传${isLate ? '（已过报送时限）' : ''}`,
      `去看${month}月报哪里要改`,
    ],
    [
      standing.openWarnings > 0,
      'warnings',
      `${month}的月报已接收，有 ${standing.openWarnings} 处数字请核对：有误的重新上传，无误的说明原因`,
      `去核对${month}月报`,
    ],
    [
      revisionsToExplain(one).length > 0,
      'explanation',
      `${month}的更正改动了已发布的数，还没有说明原因，暂时没有计入`,
      `去说明${month}更正的原因`,
    ],
    [standing.kind === 'due', 'due', `${month}的月报请在${last}前报送`, `去报送${month}月报`],
  ];
  return links
    .filter(([condition]) => condition)
    .map(([, kind, sentence, link]) => ({ kind, period, sentence, link }));
}
