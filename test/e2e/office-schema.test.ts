import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodSchema } from '../../shared/core/catalogue/period.ts';
import { say } from '../../shared/core/returns/findings/findings.ts';
import { newTemplate } from '../../shared/report/new-template.ts';
import { writeReport } from '../../shared/report/write-report.ts';
import { writeBaselineWorkbook } from '../../shared/workbook/baseline/baseline-writer.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { writeSummaryWorkbook } from '../../shared/workbook/summary/summary-workbook.ts';
import { run } from '../fixtures/command-line.ts';
import { hasOfficeValidator, officeValidator } from '../fixtures/programs.ts';
import { comparedPublication, finalPublication, provisionalPublication } from '../fixtures/publication.ts';
import { publishedCatalogue as catalogue } from '../fixtures/published-catalogue.ts';
import { partsOf } from '../fixtures/word-documents.ts';

const layout = formLayout(catalogue, { department: 'sfj', period: periodSchema.parse('2023-03') });
const template = () => newTemplate(catalogue);
const reportOf = (publication = finalPublication()) =>
  writeReport(partsOf(template()), { publication, catalogue });

const written: [name: string, make: () => Uint8Array | Promise<Uint8Array>][] = [
  ['template.docx', template],
  ['report.docx', reportOf],
  ['open-report.docx', () => reportOf(provisionalPublication())],
  ['summary.xlsx', () => writeSummaryWorkbook(finalPublication())],
  ['compared-summary.xlsx', () => writeSummaryWorkbook(comparedPublication())],
  ['form.xlsx', () => writeForm(layout, {})],
  ['marked-form.xlsx', () => writeForm(layout, { findings: [say('signature-missing', ['填报人'])] })],
  ['catalogue.xlsx', () => writeCatalogueWorkbook(catalogue)],
  ['baseline.xlsx', () => writeBaselineWorkbook(catalogue)],
];

if (!hasOfficeValidator) {
  console.warn(
    'skipped: the validator of the Open XML SDK is not here; "npm ci --prefix test/bench" brings it along',
  );
}

/** What Office would find wrong with a file. */
async function faultsOf(file: string): Promise<unknown[]> {
  const { output } = await run(officeValidator, [file]);
  return JSON.parse(output).errors;
}

describe.skipIf(!hasOfficeValidator)(
  'by the schemas of ECMA-376, as Office holds files against them,',
  () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'office-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it.each(written)('%s is sound in every part', async (name, make) => {
      const file = join(folder, name);
      await writeFile(file, await make());
      expect(await faultsOf(file)).toEqual([]);
    });

    it('a part in disorder would be found', async () => {
      const file = join(folder, 'disorder.docx');
      const parts = new Map(partsOf(template()));
      const document = new TextDecoder().decode(parts.get('word/document.xml'));
      const wrong = document.replace('<w:pPr>', '<w:pPr><w:jc w:val="center"/><w:pageBreakBefore/>');
      const { writeDocx } = await import('../../shared/report/docx.ts');
      await writeFile(file, writeDocx(parts.set('word/document.xml', new TextEncoder().encode(wrong))));
      expect(await faultsOf(file)).not.toEqual([]);
    });
  },
);
