import { localTime } from '../core/catalogue/period.ts';
import { evidenceCodes } from '../core/publication/evidence.ts';
import type { Publication } from '../core/publication/publication.ts';
import type { Total } from '../core/totals/total.ts';
import { figureForms } from './placeholder.ts';
import { openLastYear, openOf } from './said.ts';
import { type Look, paragraphXml, type TableCell, tableXml } from './wordprocessing.ts';

const small: Look = { font: '宋体', size: 21, firstLine: 0, isTight: true };
const heading: Look = { font: '黑体', size: 32, firstLine: 0 };

/** LibreOffice takes the look of its text from the first paragraph of what stands in a control. */
function plainFirst(look: Look = {}): string {
  return paragraphXml('', { ...small, ...look });
}

/**
 * What figures of the report may still change and why, for the top of it; empty where none may. `compared` are the
 * indicators that it has 同比 of, which may change by last year too.
 */
export function openList(
  totals: readonly Total[],
  { publication, compared }: { publication: Publication; compared: ReadonlySet<string> },
): string {
  const open = totals
    .flatMap((total) => [
      { name: total.name, because: openOf(total, publication).join('；') },
      ...(compared.has(total.indicator)
        ? [{ name: `${total.name}的${figureForms.change}`, because: openLastYear(total, publication) }]
        : []),
    ])
    .filter(({ because }) => because !== '');
  if (open.length === 0) return '';
  const marked = { ...small, highlighted: true };
  const lead = `以下 ${open.length} 项数字还可能变动，文中已经标黄；定稿前请核对，并删去这一部分：`;
  return [
    plainFirst(),
    paragraphXml(lead, { ...marked, bold: true }),
    ...[...Map.groupBy(open, ({ because }) => because)].map(([because, own]) =>
      paragraphXml(`${because}：${own.map(({ name }) => name).join('、')}。`, marked),
    ),
    paragraphXml('', small),
  ].join('');
}

/** Where the figures of a report come from (数据来源), exactly, on a page of its own at the end. */
export function sourcesAnnex(totals: readonly Total[], publication: Publication): string {
  const { number, publishedAt, utcOffset, year } = publication;
  const head = ['指标', '准确数', '单位', '报表', '校验码'].map(
    (text): TableCell => ({ text, bold: true, align: 'center' }),
  );
  const codeOf = evidenceCodes(publication);
  const rows = totals.map((total): TableCell[] => {
    const { expected } = total.coverage.returns;
    return [
      { text: total.name, align: 'left' },
      { text: total.value ?? '—', align: 'right' },
      { text: total.unit, align: 'center' },
      { text: `${expected - total.coverage.missing.length}/${expected} 份`, align: 'center' },
      { text: codeOf(total), align: 'left' },
    ];
  });
  return [
    plainFirst({ onNewPage: true }),
    paragraphXml('附：数据来源', heading),
    paragraphXml(
      `${year}年第 ${number} 次发布（${localTime(publishedAt, utcOffset)}）。校验码由每个数所依据的全部报表中的数、单元格和原始文件得出，其中任何一处不同，校验码就不同；在系统的“记录查询”页面输入校验码，可以找到它所依据的报表。`,
      small,
    ),
    tableXml([head, ...rows], { shares: [34, 16, 8, 12, 30], headers: 1, look: small }),
    paragraphXml('', small),
  ].join('');
}
