import type { Finding, Place } from '../../core/returns/finding.ts';
import { rule, type Words } from '../../core/returns/findings/rule.ts';
import { excerpt } from '../../core/values/text.ts';
import { baselineSheet } from './baseline-columns.ts';

/** Every kind of finding on a baseline's workbook, beside those of the file, its columns and its numbers. */
export const baselineRules = {
  'baseline-sheet-missing': rule('error', () => ({
    expected: baselineSheet,
    message: `文件中找不到“${baselineSheet}”表，也没有哪张表有“部门”“指标”的表头；请下载本系统的基数工作簿填写，不要删去表头。`,
  })),
  'baseline-empty': rule('error', () => ({
    message: '一个数都没有填；只有年报全年数的，填“全市”各行的“全年”一列就可以。',
  })),
  'baseline-column-unknown': rule('warning', (found: string) => ({
    found: excerpt(found),
    message: `“${excerpt(found)}”列不是上年的报告期，没有读取；如是备注，不影响；要填数的，表头请写成“1月”“一季度”“上半年”“全年”的样子。`,
  })),
  'baseline-name-missing': rule('error', (what: string) => ({
    found: '空白',
    expected: `${what}名称或代码`,
    message: `这一行填了数，但没有写${what}；请补上${what === '部门' ? '，全市的数写“全市”' : ''}，或删去这一行的数。`,
  })),
  'baseline-name-unknown': rule('error', (what: string, found: string, guess: string) => ({
    found: excerpt(found),
    expected: `指标目录中的${what}名称或代码`,
    message: `指标目录中没有${what}“${excerpt(found)}”${guess}；请改成目录中的名称或代码${what === '部门' ? '，全市的数写“全市”' : ''}。`,
  })),
  'baseline-name-ambiguous': rule('error', (found: string, ids: string) => ({
    found: excerpt(found),
    expected: `其中一个代码：${ids}`.slice(0, 200),
    message: `有几个指标都叫“${excerpt(found)}”，系统不知道是哪一个；请改写代码，或写成“名称（代码）”。`,
  })),
  'baseline-computed': rule('error', (name: string) => ({
    message: `“${excerpt(name)}”由其他指标计算，不用填；请删去这一行的数，填它的组成项。`,
  })),
  'baseline-no-city': rule('error', (name: string) => ({
    message: `“${excerpt(name)}”由各部门分别计数，没有全市的数；请填在各部门的行里，或删去。`,
  })),
  'baseline-list-period': rule('error', (name: string) => ({
    expected: '全市只填全年',
    message: `“${excerpt(name)}”是去重计数的清单，各期的数不能相加，全市只能填“全年”一列；请删去这一格的数。`,
  })),
  'baseline-not-asked': rule('error', (name: string, asked: string) => ({
    expected: asked,
    message: `“${excerpt(name)}”不报这一期，只能填：${asked}；请把数移到对应的列，或删去。`,
  })),
  'baseline-not-reporter': rule('error', (name: string, department: string) => ({
    message: `按指标目录，“${excerpt(department)}”不报送“${excerpt(name)}”；请核对部门，或把数填在“全市”的行里。`,
  })),
  'baseline-figure-twice': rule('error', (other: string) => ({
    found: `与 ${other} 重复`,
    message: `同一个部门、指标、报告期的数在 ${other} 已经填过；请删去其中一个。`,
  })),
  'baseline-not-applicable': rule('error', () => ({
    found: '不适用',
    message: '基数只填数字；没有或者不知道的，留空。',
  })),
  'baseline-negative': rule('error', (found: string) => ({
    found,
    expected: '不小于 0 的数字',
    message: '这项指标不能是负数；请核对上年的数。',
  })),
  'baseline-city-differs': rule('error', (words: Words) => words),
  'baseline-year-differs': rule('error', (words: Words) => words),
  'baseline-not-computable': rule('warning', (name: string) => ({
    message: `“${excerpt(name)}”的组成项没有填全，或者填的报告期不一样，算不出它的上年数，不能比较；补全以后就能算。`,
  })),
};
export type BaselineRule = keyof typeof baselineRules;

/** The finding of a rule on what it takes, at a place of the workbook. */
export function sayOfBaseline<R extends BaselineRule>(
  name: R,
  place: Place | undefined,
  ...about: Parameters<(typeof baselineRules)[R]['words']>
): Finding {
  const { severity, words } = baselineRules[name];
  const said = (words as (...about: unknown[]) => Words)(...about);
  return { rule: name, severity, ...said, ...(place === undefined ? {} : { place }) };
}
