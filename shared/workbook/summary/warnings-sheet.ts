import { localDay, localTime, periodInWords } from '../../core/catalogue/period.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import type {
  Held,
  Publication,
  PublishedQuestion,
  ReturnStanding,
} from '../../core/publication/publication.ts';
import {
  actWords,
  admissionWords,
  answerWords,
  effectWords,
  foundInWords,
  heldInWords,
  questionStageWords,
  revisionInWords,
} from '../../core/words.ts';
import type { Warning } from '../../core/year/warning.ts';
import type { Cell } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Table } from './table.ts';

/** Warnings that nobody has acknowledged, open questions, held returns, then what is settled and who let what in late. */
export function warningsTable(publication: Publication): Table {
  const names = namesOf(publication);
  const { warnings, held, questions, utcOffset } = publication;
  const open = warnings.filter(({ acknowledged }) => acknowledged === null);
  const settled = warnings.filter(({ acknowledged }) => acknowledged !== null);
  return {
    sheet: sheetNames.warnings,
    title: '待处理校验结果',
    notes: [
      `待处理 ${open.length} 条，正在核实 ${questions.length} 件，暂存报表 ${held.length} 份，已确认 ${settled.length} 条。预警不影响计入，但应核对并写明理由后确认。`,
    ],
    columns: [
      { heading: '处理情况', look: styles.centred, least: 10 },
      { heading: '部门', look: styles.text, most: 22 },
      { heading: '报告期', look: styles.centred, least: 12 },
      { heading: '指标', look: styles.strong, most: 26 },
      { heading: '位置', look: styles.centred, most: 18 },
      { heading: '说明', look: styles.text, least: 30, most: 46 },
      { heading: '发现', look: styles.text, most: 28 },
      { heading: '参考', look: styles.text, most: 22 },
      { heading: '确认人', look: styles.centred, most: 16 },
      { heading: '确认时间', look: styles.centred, most: 18 },
      { heading: '理由', look: styles.text, most: 36 },
      { heading: '另有说明', look: styles.text, most: 36 },
      { heading: '规则', look: styles.faint, most: 24 },
    ],
    rows: [
      ...open.map((warning) => warningRow(warning, names, utcOffset)),
      ...questions.map((row) => questionRow(row, names, utcOffset)),
      ...held.map((row) => heldRow(row, names, utcOffset)),
      ...settled.map((warning) => warningRow(warning, names, utcOffset)),
      ...publication.returns.flatMap((row) => admissionRows(row, names, utcOffset)),
      ...extensionRows(publication, names),
    ],
    frozenColumns: 3,
    empty: '没有预警，没有正在核实的，也没有暂存的报表。',
  };
}

function warningRow(
  { department, period, finding, acknowledged, explained }: Warning,
  names: Names,
  utcOffset: string,
): Cell[] {
  const { place, indicator, message, found, expected, rule } = finding;
  return [
    acknowledged === null
      ? { value: '待处理', look: styles.attention }
      : { value: acknowledged.as === 'remark' ? '已说明' : '已确认', look: styles.settled },
    names.department(department),
    periodInWords(period),
    indicator === undefined ? null : names.indicator(indicator),
    [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' '),
    message,
    found === undefined ? null : foundInWords(finding).words,
    expected ?? null,
    acknowledged?.by ?? null,
    acknowledged === null ? null : localTime(acknowledged.at, utcOffset),
    acknowledged?.reason ?? null,
    explained === null ? null : `${explained.by}${answerWords[explained.as]}：${explained.reason}`,
    rule,
  ];
}

function questionRow(
  { department, period, about, effect, stage, asked, steps }: PublishedQuestion,
  names: Names,
  utcOffset: string,
): Cell[] {
  const last = steps.at(-1);
  return [
    { value: `${effectWords[effect]}：${questionStageWords[stage]}`, look: styles.attention },
    names.department(department),
    periodInWords(period),
    about === null ? null : names.indicator(about),
    null,
    `${asked.by}于 ${localTime(asked.at, utcOffset)} 提出：${asked.reason}`,
    null,
    null,
    last?.by ?? null,
    last === undefined ? null : localTime(last.at, utcOffset),
    last?.reason ?? null,
  ];
}

function heldRow(
  { department, period, revision, because, uploadedAt, uploader }: Held,
  names: Names,
  utcOffset: string,
): Cell[] {
  return [
    { value: '暂存', look: styles.alarm },
    names.department(department),
    periodInWords(period),
    null,
    null,
    `${revisionInWords(revision)}（${uploader}，${localTime(uploadedAt, utcOffset)}）${heldInWords(because)}。`,
  ];
}

/** By whose leave, and why, a version counts that came after the cut-off; or why it does not. */
function admissionRows(
  { department, period, admission, uploadedAt, uploader }: ReturnStanding,
  names: Names,
  utcOffset: string,
): Cell[][] {
  if (admission === null) return [];
  const when = uploadedAt === null ? '' : `（${uploader}，${localTime(uploadedAt, utcOffset)}）`;
  return [
    [
      { value: admissionWords[admission.kind], look: styles.settled },
      names.department(department),
      periodInWords(period),
      ...[null, null, `在最迟报送日之后上传${when}。`, null, null],
      admission.by,
      localTime(admission.at, utcOffset),
      admission.reason,
    ],
  ];
}

/** Each decision to extend, once, with the departments for which it holds. */
function extensionRows({ returns, departments, utcOffset }: Publication, names: Names): Cell[][] {
  const extended = returns.flatMap(({ department, period, extension }) =>
    extension === null ? [] : [{ department, period, extension }],
  );
  const decisions = Map.groupBy(extended, ({ period, extension }) => JSON.stringify([period, extension]));
  return [...decisions.values()].map((own): Cell[] => {
    const [{ period, extension }] = own as [(typeof own)[0]];
    const isAll = own.length > 1 && own.length === returns.filter((one) => one.period === period).length;
    const whose = departments.filter(({ id }) => own.some(({ department }) => department === id));
    return [
      { value: actWords['deadline-extended'], look: styles.settled },
      isAll ? '全部部门' : whose.map(({ id }) => names.department(id)).join('、'),
      periodInWords(period),
      ...[null, null, `延至 ${localDay(extension.until, utcOffset)}。`, null, null],
      extension.by,
      localTime(extension.at, utcOffset),
      extension.reason,
    ];
  });
}
