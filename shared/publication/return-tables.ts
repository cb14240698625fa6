import type { Change, Publication, PublishedText, ReturnStanding } from '../core/publication/publication.ts';
import type { Warning } from '../core/year/warning.ts';
import {
  department,
  indicator,
  ofDepartment,
  ofReturn,
  period,
  placeColumns,
  table,
  upload,
} from './table.ts';

export const departmentsTable = table<Publication['departments'][number]>({
  name: 'departments',
  purpose: '部门名录',
  primaryKey: ['department'],
  from: ({ departments }) => departments,
  columns: [
    { ...department, of: ({ id }) => id },
    { name: 'name', type: 'string', title: '部门名称', of: ({ name }) => name },
  ],
});

export const returnsTable = table<ReturnStanding>({
  name: 'returns',
  purpose: '各部门各期报表：处理情况、文件、上传人和时间、台账位置',
  primaryKey: ['department', 'period'],
  foreignKeys: ofDepartment,
  from: ({ returns }) => returns,
  columns: [
    { ...department, of: (row) => row.department },
    { ...period, of: (row) => row.period },
    { name: 'standing', type: 'string', title: '处理情况', of: (row) => row.standing },
    { name: 'late', type: 'boolean', title: '是否迟报', of: (row) => row.late },
    { name: 'revision', type: 'integer', concept: 'VERSION', title: '计入的版次', of: (row) => row.revision },
    { name: 'revisions', type: 'integer', title: '共有几版', of: (row) => row.revisions },
    {
      name: 'uploadedAt',
      type: 'datetime',
      concept: 'LAST_UPDATE',
      title: '上传时间',
      of: (row) => row.uploadedAt,
    },
    { name: 'claimedAt', type: 'datetime', title: '送达时间', of: (row) => row.claimedAt },
    { name: 'uploader', type: 'string', concept: 'CONTACT_NAME', title: '上传人', of: (row) => row.uploader },
    { ...upload, of: ({ counted }) => counted?.upload ?? null },
    {
      name: 'fileName',
      type: 'string',
      concept: 'SOURCE_DETAIL',
      title: '文件名',
      of: ({ counted }) => counted?.file.name ?? null,
    },
    { name: 'fileKey', type: 'string', title: '文件存放处', of: ({ counted }) => counted?.file.key ?? null },
    {
      name: 'fileVersion',
      type: 'string',
      title: '文件版本',
      of: ({ counted }) => counted?.file.version ?? null,
    },
    {
      name: 'fileSha256',
      type: 'string',
      title: '文件指纹',
      of: ({ counted }) => counted?.file.sha256 ?? null,
    },
    { name: 'chain', type: 'string', title: '台账链', of: ({ counted }) => counted?.ledger.chain ?? null },
    {
      name: 'sequence',
      type: 'integer',
      title: '台账序号',
      of: ({ counted }) => counted?.ledger.sequence ?? null,
    },
    { name: 'hash', type: 'string', title: '台账指纹', of: ({ counted }) => counted?.ledger.hash ?? null },
    { name: 'scan', type: 'string', title: '签章扫描件指纹', of: (row) => row.scan },
    { name: 'awaitsScan', type: 'boolean', title: '是否待签章', of: (row) => row.awaitsScan },
  ],
});

export const textsTable = table<PublishedText>({
  name: 'texts',
  purpose: '各部门的文字说明',
  primaryKey: ['narrative', 'department', 'period'],
  foreignKeys: { ...ofDepartment, ...ofReturn },
  from: ({ texts }) => texts,
  columns: [
    { name: 'narrative', type: 'string', title: '文字说明', of: (row) => row.narrative },
    { ...department, of: (row) => row.department },
    { ...period, of: (row) => row.period },
    { name: 'text', type: 'string', concept: 'OBS_VALUE', title: '内容', of: (row) => row.text },
    ...placeColumns,
  ],
});

export const findingsTable = table<Warning>({
  name: 'findings',
  purpose: '请核对的数字，及说明理由的人、时间和理由',
  primaryKey: ['id'],
  from: ({ warnings }) => warnings,
  columns: [
    { name: 'id', type: 'string', title: '编号', of: (row) => row.id },
    { ...department, of: (row) => row.department },
    { ...period, of: (row) => row.period },
    { ...indicator, of: ({ finding }) => finding.indicator ?? null },
    { name: 'rule', type: 'string', title: '规则', of: ({ finding }) => finding.rule },
    { name: 'message', type: 'string', title: '内容', of: ({ finding }) => finding.message },
    { name: 'settledBy', type: 'string', title: '由谁办结', of: (row) => row.settledBy },
    {
      name: 'settledAs',
      type: 'string',
      title: '已由谁办结',
      of: ({ acknowledged }) => acknowledged?.as ?? null,
    },
    { name: 'by', type: 'string', title: '办理人', of: ({ acknowledged }) => acknowledged?.by ?? null },
    { name: 'at', type: 'datetime', title: '办理时间', of: ({ acknowledged }) => acknowledged?.at ?? null },
    { name: 'reason', type: 'string', title: '理由', of: ({ acknowledged }) => acknowledged?.reason ?? null },
  ],
});

type ChangedObservation = Change['because'][number] & { indicator: string };

export const changesTable = table<ChangedObservation>({
  name: 'changes',
  purpose: '比上一次发布变动的观测值，及变动的理由',
  from: ({ changes }) =>
    changes.figures.flatMap((change) =>
      change.because.map((row) => ({ ...row, indicator: change.indicator })),
    ),
  columns: [
    { ...indicator, of: (row) => row.indicator },
    { ...department, of: (row) => row.department },
    { ...period, of: (row) => row.period },
    { name: 'before', type: 'number', title: '原数', of: ({ before }) => before?.value ?? null },
    { name: 'beforeUnit', type: 'string', title: '原单位', of: ({ before }) => before?.unit ?? null },
    { name: 'after', type: 'number', title: '现数', of: ({ after }) => after?.value ?? null },
    { name: 'afterUnit', type: 'string', title: '现单位', of: ({ after }) => after?.unit ?? null },
    { ...upload, of: (row) => row.upload },
    { name: 'uploader', type: 'string', title: '上传人', of: (row) => row.uploader },
    { name: 'uploadedAt', type: 'datetime', title: '上传时间', of: (row) => row.uploadedAt },
    { name: 'reason', type: 'string', title: '理由', of: (row) => row.reason },
  ],
});
