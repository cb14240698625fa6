import { localTime, periodInWords } from '../../core/catalogue/period.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import type { Publication, TextChange } from '../../core/publication/publication.ts';
import { narrativeSheetName } from '../layout.ts';
import { type Cell, noFigure } from './cells.ts';
import { styles } from './styles.ts';
import type { Column, Table } from './table.ts';

/** Which narrative, by whom, of when. */
const whose: readonly Column[] = [
  { heading: '名称', look: styles.strong, least: 14, most: 24 },
  { heading: '部门', look: styles.text, least: 12, most: 22 },
  { heading: '报告期', look: styles.centred, least: 12 },
];

/** What departments wrote, a text a row, by narrative; no sheet where nothing is asked for. */
export function textTables(publication: Publication): Table[] {
  const { year, narratives, texts, changes } = publication;
  if (narratives.length + changes.texts.length === 0) return [];
  const names = namesOf(publication);
  return [
    {
      sheet: narrativeSheetName,
      title: `${year}年文字说明`,
      notes: ['各部门的原文，不汇总。出处是上传文件中的单元格。'],
      columns: [
        ...whose,
        { heading: '内容', look: styles.text, least: 60, most: 80 },
        { heading: '出处', look: styles.faint, most: 30 },
        { heading: '版次', look: styles.centred },
      ],
      rows: texts.map(({ narrative, department, period, text, cell, file, revision }): Cell[] => [
        names.narrative(narrative),
        names.department(department),
        periodInWords(period),
        text,
        [file.name, cell.sheet, cell.cell].filter((part) => part !== undefined).join(' '),
        revision,
      ]),
      frozenColumns: 3,
      empty: '还没有部门写过。',
    },
    ...(changes.since === null ? [] : [changedTexts(publication, changes.since, names)]),
  ];
}

function changedTexts({ changes, utcOffset }: Publication, since: number, names: Names): Table {
  const side = (wording: TextChange['before']): Cell[] =>
    wording === null ? [noFigure, noFigure] : [wording.text, wording.revision];
  return {
    sheet: '文字变动',
    title: `与第 ${since} 次发布相比的文字变动`,
    notes: ['原来没有、现在不计入的，写“—”。'],
    columns: [
      ...whose,
      { heading: '原文', look: styles.text, least: 30, most: 50 },
      { heading: '原版次', look: styles.centred },
      { heading: '现文', look: styles.text, least: 30, most: 50 },
      { heading: '现版次', look: styles.centred },
      { heading: '上传人', look: styles.centred, most: 16 },
      { heading: '上传时间', look: styles.centred, most: 18 },
      { heading: '理由', look: styles.text, least: 20, most: 40 },
    ],
    rows: changes.texts.map((change): Cell[] => [
      names.narrative(change.narrative),
      names.department(change.department),
      periodInWords(change.period),
      ...side(change.before),
      ...side(change.after),
      change.uploader,
      change.uploadedAt === null ? null : localTime(change.uploadedAt, utcOffset),
      change.reason,
    ]),
    frozenColumns: 3,
    empty: '没有变动。',
  };
}
