import { comparePeriods, periodInYear } from '../../core/catalogue/period.ts';
import type { Publication, ReturnStanding } from '../../core/publication/publication.ts';
import { awaitsScanWord, standingInWords, standings } from '../../core/words.ts';
import type { Cell } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { type Look, styles } from './styles.ts';
import type { Table } from './table.ts';

/** What may stand in the matrix, in the order of its legend. */
const standingLooks: Record<ReturnStanding['standing'] | 'late', Look> = {
  counting: styles.centred,
  late: styles.settled,
  held: styles.attention,
  'sent-back': styles.attention,
  declined: styles.alarm,
  refused: styles.alarm,
  'not-reported': styles.alarm,
  'not-due': styles.quiet,
};

/** Departments down, periods across: who has reported, late or not at all. */
export function returnsTable({ year, departments, returns }: Publication): Table {
  const byReturn = new Map(returns.map((row) => [`${row.department} ${row.period}`, row]));
  const periods = [...new Set(returns.map(({ period }) => period))].sort(comparePeriods);
  const shown = Object.keys(standingLooks) as (keyof typeof standingLooks)[];
  const legend = shown.map((each) => `${standingInWords(each)}：${standings[each].meaning}`);
  return {
    sheet: sheetNames.returns,
    title: `${year}年报送情况`,
    notes: [`${legend.slice(0, 3).join('；')}；`, `${legend.slice(3).join('；')}。`, '空白表示不需报送。'],
    columns: [
      { heading: '部门', look: styles.strong, least: 20, most: 34 },
      ...periods.map((period) => ({ heading: periodInYear(period), least: 9 })),
    ],
    rows: departments.map(({ id, name }) => [
      name,
      ...periods.map((period) => standingCell(byReturn.get(`${id} ${period}`))),
    ]),
    frozenColumns: 1,
  };
}

function standingCell(standing: ReturnStanding | undefined): Cell {
  if (standing === undefined) return { value: null, look: styles.quiet };
  const word = standing.standing === 'counting' && standing.late ? 'late' : standing.standing;
  const unsigned = standing.awaitsScan ? `，${awaitsScanWord}` : '';
  return { value: `${standingInWords(word)}${unsigned}`, look: standingLooks[word] };
}
