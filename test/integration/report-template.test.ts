import { describe, expect, it } from 'vitest';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { checkReportFile, makeReport, updateReportFile } from '../../functions/use-cases/report.ts';
import { adoptTemplate, examineStanding } from '../../functions/use-cases/report-template.ts';
import { readPublication } from '../../functions/use-cases/stores/publication-store.ts';
import { reportTemplateKey } from '../../functions/use-cases/stores/report-template-store.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { ReportError } from '../../functions/use-cases/word-file.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { chainOf } from '../../shared/core/ledger/event.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { paragraphsIn } from '../../shared/report/template.ts';
import { openParts } from '../../shared/report/written-parts.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { correctedStore } from '../fixtures/small-store.ts';
import { changed, documentOf, partsOf, templateOf } from '../fixtures/word-documents.ts';
import { narrative } from '../unit/core/small-year.ts';

const at = instantSchema.parse('2023-05-01T01:00:00.000Z');
const bytes = writeDocx(templateOf('共办案【案件】件。'));
const adopting = { bytes, year: 2023, reason: '启用', at, by: '法制科' };
const made = correctedStore('漏报');
const linesOf = (report: Uint8Array) => paragraphsIn(openParts(partsOf(report))).map(({ text }) => text);
const renamed = (name: string, to: string) =>
  smallCatalogue.indicators.map((each) => (each.name === name ? { ...each, name: to } : each));
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
    expect((await readPublication({ year: 2023, number: 3 }, store.documents))?.report).toEqual({
      template: sha256(bytes),
      refused: null,
    });
    const old = await makeReport({ publication: { year: 2023, number: 2 } }, store);
    expect(lastLine(old)).toBe('共办案6件。');
    expect((await checkReportFile(old, store)).checked.map(({ verdict }) => verdict)).toEqual(['outdated']);
    const { bytes: updated, updated: changes } = await updateReportFile(old, store);
    expect(changes).toMatchObject([{ name: '案件', before: '6', after: '46' }]);
    expect(lastLine(updated)).toBe('共办案46件。');
    expect((await checkReportFile(updated, store)).checked.map(({ verdict }) => verdict)).toEqual(['equal']);
  });

  it('makes a report that is checked and brought up to date by one reading of the ledger', async () => {
    const store = await correctedStore('漏报');
    const old = await makeReport({ publication: { year: 2023, number: 1 }, template: bytes }, store);
    const chains: string[] = [];
    const ledger: LedgerReader = {
      read: (chain) => {
        chains.push(chain);
        return store.ledger.read(chain);
      },
    };
    const { checked, updated } = await checkReportFile(old, { ...store, ledger });
    expect(checked.map(({ verdict }) => verdict)).toEqual(['outdated']);
    expect(lastLine(updated!.bytes)).toBe('共办案6件。');
    expect(chains).toEqual([chainOf(2023, 'office')]);
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

  it.each<[string, object, string]>([
    [
      'whose name is no longer in the catalogue',
      { indicators: renamed('案件', '办结案件') },
      '“案件”不是目录中的指标、表格或文字说明；请改正名称。',
    ],
    [
      'whose name became that of a text',
      { indicators: renamed('案件', '办结案件'), narratives: [narrative('how', { name: '案件' })] },
      '“【案件】”写出来不止一行；请让它单独成为一段。',
    ],
  ])(
    'with a placeholder %s is told before a catalogue is adopted, and fails no publication',
    async (_, changes, message) => {
      const store = await correctedStore('漏报');
      await adoptTemplate(adopting, store);
      const catalogue = catalogueSchema.parse({ ...smallCatalogue, ...changes });
      expect(await examineStanding(smallCatalogue, store)).toEqual([]);
      expect(await examineStanding(catalogue, store)).toEqual([
        { severity: 'error', place: '正文第 1 段：“共办案【案件】件。”', message },
      ]);
      const replaces = catalogueHash(smallCatalogue);
      await adopt({ catalogue, conversions: [], replaces, at, by: '法制科', reason: '改名' }, store);
      const { publication } = await store.publish('2023-05-02T01:00:00.000Z');
      expect(publication.report).toEqual({
        template: null,
        refused: {
          template: sha256(bytes),
          because: 'does-not-fit',
          findings: [`正文第 1 段：“共办案【案件】件。” ${message}`],
        },
      });
      expect(linesOf(store.files.get('publications/2023/0003/report.docx')!)).toContain('办结案件46件。');
    },
  );

  it('to begin with is that of the publication’s own catalogue, whatever was adopted since', async () => {
    const store = await correctedStore('漏报');
    const indicators = renamed('案件', '办结案件');
    const catalogue = catalogueSchema.parse({ ...smallCatalogue, indicators });
    const replaces = catalogueHash(smallCatalogue);
    await adopt({ catalogue, conversions: [], replaces, at, by: '法制科', reason: '改名' }, store);
    const report = await makeReport({ publication: { year: 2023, number: 2 } }, store);
    expect(linesOf(report)).toContain('案件6件。');
  });

  it('that is gone fails no publication, and what is published says so', async () => {
    const store = await correctedStore('漏报');
    await adoptTemplate(adopting, store);
    store.files.delete(reportTemplateKey(2023, sha256(bytes)));
    expect(await examineStanding(smallCatalogue, store)).toMatchObject([
      { severity: 'error', message: expect.stringContaining('缺失或被改动') },
    ]);
    const { publication } = await store.publish('2023-05-02T01:00:00.000Z');
    expect(publication.report).toEqual({
      template: null,
      refused: { template: sha256(bytes), because: 'gone', findings: [] },
    });
    expect(linesOf(store.files.get('publications/2023/0003/report.docx')!)).toContain('案件46件。');
    await expect(makeReport({ publication: { year: 2023, number: 2 } }, store)).rejects.toThrow(
      '启用的报告模板文件缺失或被改动；请补回文件，或者启用另一份模板。',
    );
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
    expect((await checkReportFile(old, store)).checked.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});
