import type { Finding, Place } from '../../core/returns/finding.ts';
import { rule, type Words } from '../../core/returns/findings/rule.ts';
import { excerpt } from '../../core/values/text.ts';

const how = '请用本系统导出的目录工作簿填写，不要删去表头。';

/** Every kind of finding on a catalogue's workbook, beside those of the file and of hidden rows and columns. */
export const catalogueRules = {
  'catalogue-sheet-missing': rule('error', (sheet: string) => ({
    expected: sheet,
    message: `文件中找不到“${sheet}”表，也没有哪张表有它的表头；${how}`,
  })),
  'catalogue-rules-missing': rule('info', (sheet: string) => ({
    expected: sheet,
    message: `文件中没有“${sheet}”表，按没有规则处理；如有规则，请补上这张表。`,
  })),
  'catalogue-header-missing': rule('error', (sheet: string, headings: string) => ({
    expected: headings,
    message: `“${sheet}”表中找不到表头（${headings}）；${how}`,
  })),
  'catalogue-column-missing': rule('error', (heading: string) => ({
    expected: heading,
    message: `表中找不到“${heading}”列；请补上这一列，表头写“${heading}”。`,
  })),
  'catalogue-column-repeated': rule('error', (heading: string, earlier: string) => ({
    found: heading,
    message: `“${heading}”列有两个，另一个在 ${earlier}；请删去其中一个，或改它的表头。`,
  })),
  'catalogue-column-unknown': rule('info', (found: string) => ({
    found: excerpt(found),
    message: `目录中没有“${excerpt(found)}”这一列，没有读取；如是备注，不影响。`,
  })),
  'catalogue-sheet-unknown': rule('info', (found: string) => ({
    found: excerpt(found),
    message: `“${excerpt(found)}”表不是目录的一部分，没有读取；如是备注，不影响。`,
  })),
  'catalogue-sheet-repeated': rule('error', (found: string, other: string) => ({
    found: excerpt(found),
    message: `“${excerpt(found)}”表和“${excerpt(other)}”表的表头相同，系统不知道以哪一张为准；请删去其中一张。`,
  })),
  'catalogue-label-missing': rule('error', (label: string) => ({
    expected: label,
    message: `“说明”表中找不到“${label}”；请在一行中写“${label}”，右边一格填写内容。`,
  })),
  'catalogue-label-repeated': rule('error', (label: string) => ({
    found: label,
    message: `“说明”表中有两个“${label}”，系统不知道以哪个为准；请删去其中一个。`,
  })),
  'catalogue-too-many-rows': rule('error', (found: number, most: number) => ({
    found: `${found} 行`,
    expected: `不超过 ${most} 行`,
    message: `表中的行过多，最多 ${most} 行；请删去多余的行。多出的行没有检查。`,
  })),
  'catalogue-code-given': rule('info', (id: string) => ({
    found: '空白',
    expected: id,
    message: `代码留空，已编为 ${id}。代码定了就不要再改。`,
  })),
  'catalogue-section-untitled': rule('info', (section: string) => ({
    found: excerpt(section),
    message: `“章节”表中没有“${excerpt(section)}”，汇总和报告里就这样写，没有标题。写错了的，请改成表中的章节。`,
  })),
  'catalogue-cell-unclear': rule('error', (words: Words) => words),
  'catalogue-cell-error': rule('error', (found: string) => ({
    found,
    message: '单元格里是公式出错的结果；请删除公式，直接填写内容。',
  })),
  'catalogue-formula-without-result': rule('error', () => ({
    found: '没有计算结果的公式',
    message: '单元格里是公式，但文件中没有保存计算结果；请直接填写内容，或用 Excel、WPS 打开并保存后再提交。',
  })),
  'catalogue-problem': rule('error', (found: string, message: string) => ({
    found: excerpt(found),
    message: message.length <= 600 ? message : `${message.slice(0, 599)}…`.toWellFormed(),
  })),
  'catalogue-merged-down': rule('info', (range: string) => ({
    found: `合并单元格 ${range}`,
    message: '这几行的单元格合并了，每一行都按合并后的内容读取；请核对，最好取消合并，逐行填写。',
  })),
  'catalogue-merged-across': rule('info', (range: string) => ({
    found: `合并单元格 ${range}`,
    message: '这几列的单元格合并了，内容只算左边一列的；请核对，最好取消合并。',
  })),
  'catalogue-rows-hidden': rule('info', (count: number) => ({
    found: `${count} 行`,
    message: `表中有 ${count} 行是隐藏的（可能设了筛选），仍然读取；请核对。`,
  })),
};
export type CatalogueRule = keyof typeof catalogueRules;

/** The finding of a rule on what it takes, at a place of the workbook. */
export function sayOfCatalogue<R extends CatalogueRule>(
  name: R,
  place: Place | undefined,
  ...about: Parameters<(typeof catalogueRules)[R]['words']>
): Finding {
  const { severity, words } = catalogueRules[name];
  const said = (words as (...about: unknown[]) => Words)(...about);
  return { rule: name, severity, ...said, ...(place === undefined ? {} : { place }) };
}
