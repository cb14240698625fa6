import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueJsonSchema } from '../../../shared/core/catalogue/json-schema.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { writeDataPackage } from '../../../shared/publication/data-package.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import type { PublishedFile } from '../../../shared/publication/manifest.ts';
import { publishedTables } from '../../../shared/publication/published-tables.ts';
import type { writeSummaryPage } from '../../../shared/publication/summary-html.ts';
import { writeChangesJson, writeSummarySchema } from '../../../shared/publication/summary-json.ts';
import { fileOfTable, writeTable } from '../../../shared/publication/table.ts';
import type { Parts } from '../../../shared/report/docx.ts';
import type { writeReport } from '../../../shared/report/write-report.ts';
import type { writeSummaryWorkbook } from '../../../shared/workbook/summary/summary-workbook.ts';
import { memoize } from '../../memoize.ts';
import { manifestName, reportName, summaryName } from '../stores/publication-store.ts';

/** What a file of a publication is made from: the publication, its catalogue, and the files before it. */
export interface FileContext {
  publication: Publication;
  /** The publication as it was begun, which claimed its number. */
  summary: Uint8Array;
  catalogue: Catalogue;
  before: readonly PublishedFile[];
  /** The template of the report that stands. */
  template: Parts;
  /** How the files for people are written; simulations, which run many thousand times, write shorter ones. */
  writers: Writers;
}

/** Writes what people read. */
export interface Writers {
  workbook: typeof writeSummaryWorkbook;
  report: typeof writeReport;
  page: typeof writeSummaryPage;
}

interface FileKind {
  name: string;
  /** What people are told that it is for. */
  purpose: string;
  write(context: FileContext): Uint8Array | Promise<Uint8Array>;
}

const catalogueSchemaFile = memoize(() => jsonFile(catalogueJsonSchema()));

/** The files of a publication beside its manifest, in the order in which they are written and listed. */
export const publishedFiles: readonly FileKind[] = [
  {
    name: summaryName,
    purpose: '年度数、比较、报送情况等，供程序读取',
    write: ({ summary }) => summary,
  },
  ...publishedTables.map((table) => ({
    name: fileOfTable(table),
    purpose: `${table.purpose}（CSV 表）`,
    write: ({ publication }: FileContext) => writeTable(table, publication),
  })),
  {
    name: 'summary.schema.json',
    purpose: '数据文件的格式说明（JSON Schema）',
    write: () => writeSummarySchema(),
  },
  {
    name: 'summary.xlsx',
    purpose: '汇总工作簿：年度数、按部门、按期、比较、口径',
    write: ({ publication, writers }) => writers.workbook(publication),
  },
  {
    name: 'summary.html',
    purpose: '一页看完的汇总：表格和图，不用登录，可以打印',
    write: ({ publication, writers }) => writers.page(publication),
  },
  {
    name: reportName,
    purpose: '年度报告（Word），每个数都与发布关联',
    write: ({ publication, catalogue, template, writers }) =>
      writers.report(template, { publication, catalogue }),
  },
  {
    name: 'changes.json',
    purpose: '与上一次发布相比的变动',
    write: ({ publication }) => writeChangesJson(publication),
  },
  { name: 'catalogue.json', purpose: '发布时的指标目录', write: ({ catalogue }) => jsonFile(catalogue) },
  {
    name: 'catalogue.schema.json',
    purpose: '指标目录的格式说明（JSON Schema）',
    write: () => catalogueSchemaFile(),
  },
  {
    name: 'datapackage.json',
    purpose: '数据包说明（Data Package）',
    write: ({ publication, before }) => writeDataPackage(publication, before),
  },
];

/** What a file of a publication is for; empty for one that this program does not know. */
export function purposeOf(name: string): string {
  if (name === manifestName) return '文件清单和各文件的 SHA-256';
  return publishedFiles.find((file) => file.name === name)?.purpose ?? '';
}
