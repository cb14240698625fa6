import { monthOf } from '../../core/period.ts';
import type { Publication, ReturnStanding } from '../../core/publication.ts';
import { type StandingWord, standingMeanings, standingWords } from '../../core/terms.ts';
import type { Cell } from './cells.ts';
import { type Look, looks } from './looks.ts';
import { sheetNames } from './sheet-names.ts';
import type { Table } from './table.ts';

const standingLooks: Record<StandingWord, Look> = {
  counting: looks.centred,
  late: looks.settled,
  held: looks.attention,
  refused: looks.alarm,
  'not-reported': looks.alarm,
};

/** Departments down, months across: who has reported, late or not at all. */
export function returnsTable({ year, departments, returns }: Publication): Table {
  const standings = new Map(returns.map((row) => [`${row.department} ${row.period}`, row]));
  const periods = [...new Set(returns.map(({ period }) => period))].sort();
  const marks = Object.keys(standingWords) as StandingWord[];
  return {
    sheet: sheetNames.returns,
    title: `${year}年月报报送情况`,
    notes: [
      `${marks.map((mark) => `${standingWords[mark]}：${standingMeanings[mark]}`).join('；')}。`,
      '空白表示不需报送。',
    ],
    columns: [
      { heading: '部门', look: looks.strong, least: 20, most: 34 },
      ...periods.map((period) => ({ heading: `${monthOf(period)}月`, least: 9 })),
    ],
    rows: departments.map(({ id, name }) => [
      name,
      ...periods.map((period) => standingCell(standings.get(`${id} ${period}`))),
    ]),
    frozenColumns: 1,
  };
}

function standingCell(standing: ReturnStanding | undefined): Cell {
  if (standing === undefined) return { value: null, look: looks.quiet };
  const word = standing.standing === 'counting' && standing.late ? 'late' : standing.standing;
  return { value: standingWords[word], look: standingLooks[word] };
}
