import type { Publication } from '../core/publication/publication.ts';
import { sha256 } from '../core/values/digest.ts';
import { remarkWord } from '../core/words.ts';
import { jsonFile } from './json.ts';
import { mediaTypeOf } from './media-types.ts';

/** A file of a publication, by its name in the folder. */
export interface PublishedFile {
  name: string;
  bytes: Uint8Array;
}

/** Fields of an observation, with the SDMX concept that each expresses where there is one. */
const observationFields = [
  { name: 'indicator', type: 'string', concept: 'INDICATOR', title: '指标' },
  { name: 'department', type: 'string', concept: 'REPORTING_ORG', title: '部门' },
  { name: 'period', type: 'string', concept: 'TIME_PERIOD', title: '报告期' },
  { name: 'status', type: 'string', concept: 'OBS_STATUS', title: '状态' },
  { name: 'value', type: 'string', concept: 'OBS_VALUE', title: '观测值（十进制数文本）' },
  { name: 'items', type: 'array', concept: undefined, title: '清单项目' },
  { name: 'unit', type: 'string', concept: 'UNIT_MEASURE', title: '单位' },
  { name: 'remark', type: 'string', concept: 'COMMENT_OBS', title: remarkWord },
  { name: 'cell', type: 'object', concept: 'COLL_SOURCE', title: '单元格' },
  { name: 'file', type: 'object', concept: 'SOURCE_DETAIL', title: '来源文件' },
  { name: 'uploadedAt', type: 'datetime', concept: 'LAST_UPDATE', title: '上传时间' },
  { name: 'uploader', type: 'string', concept: 'CONTACT_NAME', title: '上传人' },
  { name: 'revision', type: 'integer', concept: 'VERSION', title: '版次' },
  { name: 'upload', type: 'string', concept: undefined, title: '上传编号' },
  { name: 'ledger', type: 'object', concept: undefined, title: '台账位置' },
] as const;

const totalFields = [
  { name: 'indicator', type: 'string', concept: 'INDICATOR', title: '指标' },
  { name: 'name', type: 'string', concept: undefined, title: '指标名称' },
  { name: 'value', type: 'string', concept: 'OBS_VALUE', title: '年度数（十进制数文本）' },
  { name: 'unit', type: 'string', concept: 'UNIT_MEASURE', title: '单位' },
  { name: 'status', type: 'string', concept: 'OBS_STATUS', title: '状态' },
] as const;

const textFields = [
  { name: 'narrative', type: 'string', concept: undefined, title: '文字说明' },
  ...observationFields.filter(({ name }) => name === 'department' || name === 'period'),
  { name: 'text', type: 'string', concept: 'OBS_VALUE', title: '内容' },
  ...observationFields.slice(observationFields.findIndex(({ name }) => name === 'cell')),
] as const;

const comparisonFields = [
  { name: 'indicator', type: 'string', concept: 'INDICATOR', title: '指标' },
  { name: 'period', type: 'string', concept: 'TIME_PERIOD', title: '报告期' },
  { name: 'value', type: 'string', concept: 'OBS_VALUE', title: '本期数（十进制数文本）' },
  { name: 'missing', type: 'integer', concept: undefined, title: '缺少的报表份数' },
  { name: 'before', type: 'object', concept: undefined, title: '上期数，及增减和环比' },
  { name: 'lastYear', type: 'object', concept: undefined, title: '上年同期数，及增减和同比' },
  { name: 'toDate', type: 'object', concept: undefined, title: '本年累计，及上年同期累计、增减和同比' },
] as const;

/** `datapackage.json`: a Data Package (version 2) that describes the other files of the publication. */
export function writeDataPackage(publication: Publication, files: readonly PublishedFile[]): Uint8Array {
  const { year, number, publishedAt, title, notice } = publication;
  return jsonFile({
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: `indicators-${year}-${String(number).padStart(4, '0')}`,
    title,
    description: notice,
    version: `${year}.${number}`,
    created: publishedAt,
    resources: [
      ...files.map(described),
      table(
        'observations',
        {
          fields: observationFields,
          fieldsMatch: 'superset',
          primaryKey: ['indicator', 'department', 'period'],
          foreignKeys,
        },
        files,
      ),
      table('totals', { fields: totalFields, fieldsMatch: 'subset', primaryKey: ['indicator'] }, files),
      table(
        'comparisons',
        { fields: comparisonFields, fieldsMatch: 'equal', primaryKey: ['indicator', 'period'], foreignKeys },
        files,
      ),
      table(
        'texts',
        { fields: textFields, fieldsMatch: 'equal', primaryKey: ['narrative', 'department', 'period'] },
        files,
      ),
    ],
  });
}

function described({ name, bytes }: PublishedFile) {
  return {
    name: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    path: name,
    format: name.slice(name.lastIndexOf('.') + 1),
    mediatype: mediaTypeOf(name),
    bytes: bytes.length,
    hash: `sha256:${sha256(bytes)}`,
  };
}

type Field =
  | (typeof observationFields)[number]
  | (typeof totalFields)[number]
  | (typeof textFields)[number]
  | (typeof comparisonFields)[number];

/** A row of a table names an indicator by its id. */
const foreignKeys = [{ fields: ['indicator'], reference: { resource: 'totals', fields: ['indicator'] } }];

/** `equal`: rows have these fields; `superset`: rows may be without a field; `subset`: rows have further fields. */
interface TableSchema {
  fields: readonly Field[];
  fieldsMatch: 'equal' | 'subset' | 'superset';
  primaryKey: readonly string[];
  foreignKeys?: typeof foreignKeys;
}

/** A table within summary.json, under the property of the same name. */
function table(name: string, { fields, ...schema }: TableSchema, files: readonly PublishedFile[]) {
  const summary = files.find((file) => file.name === 'summary.json');
  if (summary === undefined) throw new Error('a data package describes summary.json');
  return {
    ...described(summary),
    name,
    type: 'table',
    dialect: { property: name, itemType: 'object' },
    schema: {
      fields: fields.map(({ name: field, type, title, concept }) => ({
        name: field,
        type,
        title,
        ...(concept === undefined ? {} : { 'sdmx:concept': concept }),
      })),
      ...schema,
      missingValues: [],
    },
  };
}
