import { z } from 'zod';
import { catalogueShape } from './catalogue.ts';
import { fieldInWords } from './problem.ts';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What a title does not say of a field, by its key, or by the path of keys where one key has several meanings. */
const descriptions: Readonly<Record<string, string>> = {
  notice: '印在每张表上的一句话，例如说明数据是样例。',
  sections: '报告的章节：id 为章节号，如 一(二)，name 为标题；按报告中的先后排列。',
  form: '印在表的右上角：表号、制定机关、批准文号、有效期至，都可以不写。',
  scan: '是否要求各部门上传签字盖章的扫描件；没有上传的显示“待签章”，照常计入。',
  agreement: '是否要部门的审核人在系统中同意后才计入。',
  departments: '按报告中的先后排列。',
  indicators: '按报告中的先后排列。',
  id: '小写英文字母、数字和连字符。定了就不要再改：台账和以前的发布都用它。',
  was: '上一年的代码，仅在本年改了代码时写：与上年比较时按它找。',
  formerNames: '以前的名称，各自到哪个月为止；用旧名称的表仍能读取。',
  from: '从哪个月起（含），如 2024-03；一直有的不写。',
  to: '到哪个月止（含），如 2024-05；没有结束的不写。',
  successor: '并入的部门的代码；要同时写明结束期。',
  kind: 'flow 流量，stock 存量，extreme 极值，list 清单，ratio 比率。',
  overTime: '各期的数怎样合成全年的数。',
  overDepartments: '各部门的数怎样合成全市的数；none 为不合计。',
  reporters: 'all 为全部部门；否则列出部门代码，只报部分月份的写成 {"department", "from", "to"}。',
  decimals: '填报的数最多几位小数，也是发布时的小数位。',
  frequency: 'month 按月，quarter 按季，half-year 按半年，year 按年。',
  months: '按月报送的，只在这些月份填报（1 至 12）；每月都报的不写。',
  range: '允许填报的最小值、最大值，写成文字，如 "0"。',
  alsoIn: '填报时数字后面可以写的其他单位；factor 为 1 个这种单位合多少本指标的单位。',
  output: '发布时换用的单位；factor 为 1 个填报单位合多少发布单位。',
  prose: '报告中怎样写：exact 原数，at-least 写“…余”，more-than 写“超…”；后两种要有步长 step。',
  over: 'period 当期（不符合的退回），year-to-date 本年累计，all-departments 全市汇总；后两种和用到上年的数的，不符合的请核对。',
  expression:
    '指标代码相加减，两边比较，如 a - b <= c，符号两边各空一格；上年同期的数写 last-year(a)，存量上年末的数写 last-year-end(a)。',
  period: '月 2024-03、季 2024-Q1、半年 2024-H1 或全年 2024。',
  starts: '统计期间的第一天，如 2023-12-11；按自然月、季、年统计的不写。',
  ends: '统计期间的最后一天，如 2024-06-10；按自然月、季、年统计的不写。',
  due: '在这一天之内报送的不算迟报。',
  cutOff: '在这一天之后报送的先暂存，由法制机构决定是否计入。',
};

/** What a catalogue file may be, for editors and other programs. It says the shape; `readCatalogue` checks the rest. */
export function catalogueJsonSchema(): JsonSchema {
  const schema = structuredClone(z.toJSONSchema(catalogueShape, { io: 'input' }));
  describeProperties(schema, []);
  return { ...schema, title: '指标目录', description: 'indicators-catalogue/1' };
}

/** Fields that share a schema each get words of their own, so that the finished text is gone through. */
function describeProperties(schema: JsonSchema, above: readonly string[]): void {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue;
    const keys = [...above, key];
    const title = fieldInWords(keys.slice(-2).join('.'));
    if (title !== key) property.title = title;
    const description = descriptions[key];
    if (description !== undefined) property.description = description;
    describeProperties(property, keys);
  }
  const within = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flat();
  for (const each of within) {
    if (typeof each === 'object') describeProperties(each, above);
  }
}
