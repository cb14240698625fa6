import { describe, expect, it } from 'vitest';
import { checkReportFile, makeReport, updateReportFile } from '../../functions/use-cases/report.ts';
import { adoptTemplate } from '../../functions/use-cases/report-template.ts';
import { reportTemplateKey } from '../../functions/use-cases/stores/report-template-store.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { ReportError } from '../../functions/use-cases/word-file.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { openParts } from '../../shared/report/linked.ts';
import { paragraphsIn } from '../../shared/report/template.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { correctedStore } from '../fixtures/small-store.ts';
import { changed, documentOf, partsOf, templateOf } from '../fixtures/word-documents.ts';

const at = instantSchema.parse('2023-05-01T01:00:00.000Z');
const bytes = writeDocx(templateOf('共办案【案件】件。'));
const adopting = { bytes, year: 2023, reason: '启用', at, by: '法制科' };
const made = correctedStore('漏报');
const lastLine = (report: Uint8Array) =>
  paragraphsIn(openParts(partsOf(report))).find(({ text }) => text.startsWith('共办案'))?.text;

describe('the template of the report', () => {
  it('is what publications from its adoption on are written into', async () => {
    const store = await made;
    const before = store.files.get('publications/2023/0002/report.docx')!;
    expect(lastLine(before)).toBeUndefined();
    await adoptTemplate(adopting, store);
    await expect(adoptTemplate(adopting, store)).rejects.toThrow('in force already');
    await store.publish('2023-05-02T01:00:00.000Z');
    expect(lastLine(store.files.get('publications/2023/0003/report.docx')!)).toBe('共办案46件。');
    const old = await makeReport({ publication: { year: 2023, number: 2 } }, store);
    expect(lastLine(old)).toBe('共办案6件。');
    expect((await checkReportFile(old, store)).map(({ verdict }) => verdict)).toEqual(['outdated']);
    const { bytes: updated, updated: changes } = await updateReportFile(old, store);
    expect(changes).toMatchObject([{ name: '案件', before: '6', after: '46' }]);
    expect(lastLine(updated)).toBe('共办案46件。');
    expect((await checkReportFile(updated, store)).map(({ verdict }) => verdict)).toEqual(['equal']);
  });

  it('is refused with what is wrong with it, and kept nowhere', async () => {
    const store = await made;
    const wrong = writeDocx(templateOf('【没有】'));
    const refusal = await adoptTemplate({ ...adopting, bytes: wrong }, store).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(ReportError);
    expect((refusal as ReportError).findings).toMatchObject([{ severity: 'error' }]);
    expect(store.files.has(reportTemplateKey(2023, sha256(wrong)))).toBe(false);
  });

  it('is refused where it would make no document, lest every publication fail', async () => {
    const store = await made;
    const odd = writeDocx(templateOf('<w:p><w:r><w:t>办案<w:t>【案件】</w:t></w:t></w:r></w:p>'));
    const refused = { findings: [{ severity: 'error', message: expect.stringContaining('另存为 .docx') }] };
    await expect(adoptTemplate({ ...adopting, bytes: odd }, store)).rejects.toMatchObject(refused);
    const publication = { year: 2023, number: 2 };
    await expect(makeReport({ publication, template: odd }, store)).rejects.toMatchObject(refused);
  });

  it('makes a report whose list of sources may be moved into a table, and is brought up to date there', async () => {
    const store = await made;
    const old = await makeReport({ publication: { year: 2023, number: 1 }, template: bytes }, store);
    const moved = changed(partsOf(old), (xml) =>
      xml.replace(
        /<w:sdt[ >](?:(?!<w:sdt[ >]).)*report\.sources.*<\/w:sdt>/s,
        (sources) => `<w:tbl><w:tr><w:tc>${sources}<w:p/></w:tc></w:tr></w:tbl>`,
      ),
    );
    const { bytes: updated } = await updateReportFile(writeDocx(moved), store);
    const text = documentOf(partsOf(updated));
    expect(text.match(/report\.sources/g)).toHaveLength(1);
    expect(text).toMatch(/<w:tc><w:sdt.*report\.sources/s);
  });

  it('that was edited among the documents is found, and so is a publication that was', async () => {
    const store = await made;
    const verify = async () =>
      (await verifyStore(await rawYearIn(store.events, store.documents), store.documents)).faults;
    expect(await verify()).toEqual([]);
    const key = reportTemplateKey(2023, sha256(bytes));
    store.files.set(key, writeDocx(templateOf('另一份')));
    expect(await verify()).toEqual([
      { where: key, explanation: 'is a template that was adopted, and is gone or was edited' },
    ]);
    store.files.set(key, bytes);
    const summary = 'publications/2023/0002/summary.json';
    const old = await makeReport({ publication: { year: 2023, number: 2 } }, store);
    store.files.set(
      summary,
      Buffer.from(String(Buffer.from(store.files.get(summary)!)).replace('"6"', '"8"')),
    );
    expect((await checkReportFile(old, store)).map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});
