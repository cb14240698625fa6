import { localTime, periodInWords } from '../../core/catalogue/period.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import type { Adopted, Change, Publication } from '../../core/publication/publication.ts';
import { statusWords } from '../../core/words.ts';
import { type Cell, countCell, figureCell, noFigure, recordedCell } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Table } from './table.ts';

/** What differs from the publication before: a row for each return behind a changed figure. */
export function changesTable(publication: Publication): Table {
  const { changes, utcOffset } = publication;
  const names = namesOf(publication);
  return {
    sheet: sheetNames.changes,
    title: changes.since === null ? '变动' : `与第 ${changes.since} 次发布相比的变动`,
    notes: [
      '一项指标因几份报表而变动的，一份报表一行。没有上一次的数或本次没有数的，写“—”。',
      ...(changes.adoptions.length === 0
        ? []
        : ['采用过新的指标目录的，写在最前，一次一行；原数、现数的单位与年度数不同的，写在数的后面。']),
    ],
    columns: [
      { heading: '指标', look: styles.strong, most: 28 },
      { heading: '单位', look: styles.centred },
      { heading: '上次年度数', least: 12 },
      { heading: '上次状态', look: styles.centred, least: 9 },
      { heading: '本次年度数', least: 12 },
      { heading: '本次状态', look: styles.centred, least: 9 },
      { heading: '部门', look: styles.text, most: 22 },
      { heading: '报告期', look: styles.centred, least: 12 },
      { heading: '原数', least: 9 },
      { heading: '原版次' },
      { heading: '现数', least: 9 },
      { heading: '现版次' },
      { heading: '上传人', look: styles.centred, most: 16 },
      { heading: '上传时间', look: styles.centred, most: 18 },
      { heading: '理由', look: styles.text, least: 20, most: 40 },
    ],
    rows: [
      ...changes.adoptions.map((adopted) => adoptionRow(adopted, names, utcOffset)),
      ...changes.figures.flatMap((change) => changeRows(change, { names, utcOffset })),
    ],
    frozenColumns: 1,
    empty: changes.since === null ? '首次发布，没有可比的上一次发布。' : '没有变动。',
  };
}

/** A catalogue that was adopted: who, when and why, and how units were converted, under the headings of a return's. */
function adoptionRow({ at, by, reason, conversions }: Adopted, names: Names, utcOffset: string): Cell[] {
  const converted = conversions.map(
    ({ indicator, from, to, factor }) => `${names.indicator(indicator)}：1 ${from} = ${factor} ${to}`,
  );
  const why = [reason, ...converted].join('；');
  const between = Array.from({ length: 11 }, () => null);
  return ['采用指标目录', ...between, by, localTime(at, utcOffset), why];
}

interface Since {
  names: Names;
  utcOffset: string;
}

function changeRows(change: Change, { names, utcOffset }: Since): Cell[][] {
  const total = names.total(change.indicator);
  const shape = { unit: total?.unit ?? '', decimals: total?.decimals ?? 0 };
  const { before, after } = change;
  const figure: Cell[] = [
    names.indicator(change.indicator),
    shape.unit,
    before === null ? noFigure : recordedCell(before, shape),
    before === null ? noFigure : statusWords[before.status],
    after === null ? noFigure : figureCell(after.value, shape, true),
    after === null ? noFigure : statusWords[after.status],
  ];
  if (change.because.length === 0) return [figure];
  return change.because.map((cause) => [
    ...figure,
    names.department(cause.department),
    periodInWords(cause.period),
    cause.before === null ? noFigure : recordedCell(cause.before, shape),
    countCell(cause.before?.revision ?? null),
    cause.after === null ? noFigure : recordedCell(cause.after, shape),
    countCell(cause.after?.revision ?? null),
    cause.uploader,
    cause.uploadedAt === null ? null : localTime(cause.uploadedAt, utcOffset),
    cause.reason,
  ]);
}
