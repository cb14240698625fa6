import { text, timeZone, whole, yesOrNo, yesOrNoWords } from './cell-values.ts';
import { type Column, column } from './column.ts';

export const settingsSheet = '说明';

/** The catalogue's own fields, on the first sheet. */
export const settings: readonly Column[] = [
  column('year', whole, 60, '例：2024', { isNecessary: true }),
  column('title', text, 60, '例：某市2024年法治政府建设指标目录', { isNecessary: true, also: ['目录名称'] }),
  column('authority', text, 60, '发布年度报告的机关或地方，例：某市', {
    isNecessary: true,
    also: ['机关名称'],
  }),
  column('notice', text, 60, '印在每张表上的一句话，例如说明数据是样例；可留空'),
  column('utcOffset', timeZone, 60, '留空为北京时间（UTC+08:00）'),
  column('form.number', text, 60, '印在表的右上角，例：某统法1表；可留空'),
  column('form.authority', text, 60, '印在表的右上角，制定这张表的机关；可留空'),
  column('form.approval', text, 60, '印在表的右上角，例：某统制〔2024〕1号；可留空'),
  column('form.validUntil', text, 60, '印在表的右上角，例：2026年6月；可留空'),
  column(
    'signing.scan',
    yesOrNo,
    60,
    '填“是”的，各部门要上传签字盖章的扫描件；没有上传的显示“待签章”，照常计入；留空为“否”',
    { choices: yesOrNoWords },
  ),
  column('signing.agreement', yesOrNo, 60, '填“是”的，部门的审核人在系统中同意后才计入；留空为“否”', {
    choices: yesOrNoWords,
  }),
];
