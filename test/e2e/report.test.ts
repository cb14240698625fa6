import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportedFigures } from '../../functions/demo/submit-sample-year.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { readPublicationFiles } from '../../shared/publication/summary-json.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { linkedFigures } from '../../shared/report/linked.ts';
import { paragraphsIn, readTemplate } from '../../shared/report/template.ts';
import { writeReport } from '../../shared/report/write-report.ts';
import { openParts } from '../../shared/report/written-parts.ts';
import { indicators, run } from '../fixtures/command-line.ts';
import { copySample } from '../fixtures/made-sample.ts';
import { hasLibreOffice } from '../fixtures/programs.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { changed, partsOf, templateOf } from '../fixtures/word-documents.ts';

const linesOf = (bytes: Uint8Array) => paragraphsIn(openParts(partsOf(bytes))).map(({ text }) => text);

describe('the report of the sample year', () => {
  let folder: string;
  let data: string;
  const at = (...args: string[]) => indicators('--data', data, '--year', '2023', 'report', ...args);
  const published = (name: string) => readFile(join(data, 'publications/2023/0001', name));

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    data = join(folder, 'data');
    await copySample(data);
    return made.remove;
  });

  it('says each figure as the published report does, sentence by sentence', async () => {
    const text = linesOf(await published('report.docx')).join('\n');
    const { figures, artWorks } = await reportedFigures();
    const sentences = [...new Set(figures.map(({ quote }) => quote))];
    const [titles, others] = [
      sentences.filter((each) => each.includes('《')),
      sentences.filter((each) => !each.includes('《')),
    ];
    expect(others.filter((sentence) => !text.includes(sentence))).toEqual([]);
    expect(titles).toHaveLength(1);
    for (const work of Object.values(artWorks).flat()) expect(text).toContain(work);
  });

  it('is made anew in a template of its own, adopted, checked, edited, found to differ, and brought up to date', async () => {
    const [template, report, edited] = ['模板.docx', '报告.docx', '改过.docx'].map((name) =>
      join(folder, name),
    );
    expect((await at('new-template', '-o', template!)).code).toBe(0);
    const checked = await at('check-template', template!);
    expect([checked.code, checked.output]).toEqual([0, expect.stringContaining('nothing is wrong with it')]);
    expect((await at('adopt', template!, '--reason', '启用')).output).toContain(
      'in force since 2023/office#',
    );
    expect((await at('adopt', template!, '--reason', '启用')).output).toContain('in force already');
    expect((await at('make', '-o', report!)).code).toBe(0);
    expect((await at('check', report!)).output).toMatch(/agree with the ledger, 0 are to be looked at/);
    const parts = changed(partsOf(await readFile(report!)), (xml) => xml.replace('>447<', '>474<'));
    await writeFile(edited!, writeDocx(parts));
    const found = await at('check', edited!);
    expect(found.code).toBe(1);
    expect(found.output).toMatch(
      /手工改动 {2}正文第 \d+ 段 法律援助案件办理：写的是“474”，第 1 次发布是“447”/,
    );
    expect((await at('update', edited!, '-o', edited!)).output).toContain(
      '0 figures were brought up to date',
    );
    expect((await at('check', edited!)).code).toBe(1);
    expect((await indicators('--data', data, 'verify', '--year', '2023')).code).toBe(0);
  });

  it('refuses a template with ten faults and names them all', async () => {
    const faults = join(folder, '十处.docx');
    const wrong = [
      '【没有】',
      '【法律援助案件】',
      '【',
      '】',
      '【】',
      '【法律援助案件办理：去年】',
      '【法律援助案件办理：清单】',
      '【法律援助案件办理：同比：市司法局】',
      '【年份：市司法局】',
      '【法治文艺作品：单位：单位】',
    ];
    await writeFile(faults, writeDocx(templateOf(...wrong)));
    const { code, output } = await at('adopt', faults, '--reason', '启用');
    expect(code).toBe(1);
    expect(output.match(/^必须改正 {2}正文第 \d+ 段/gm)).toHaveLength(10);
    expect(output).toContain('（是不是“法律援助案件办理”？）');
  });

  it.each([
    ['a picture', Buffer.from('\u0089PNG\r\n')],
    ['a workbook', 'summary.xlsx'],
    ['a report that lost its links', writeDocx(templateOf('法律援助案件办理447件。'))],
  ])('says of %s that it cannot be checked, in Chinese', async (_, given) => {
    const file = join(folder, '别的.docx');
    await writeFile(file, typeof given === 'string' ? await published(given) : given);
    const { code, output } = await at('check', file);
    expect(code).toBe(1);
    expect(output).toMatch(/^这(?:不是能读取的 Word 文档|个文件里没有与发布关联的数)/);
  });

  it.skipIf(!hasLibreOffice)('is filled into a template that LibreOffice saved', async () => {
    const bold =
      '<w:p><w:r><w:t xml:space="preserve">办理【法律援助</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>案件办理】</w:t></w:r><w:r><w:t>件。</w:t></w:r></w:p>';
    const table =
      '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="5000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="5000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>满意率【“民声直达”诉求人满意率】</w:t></w:r></w:p></w:tc></w:tr></w:tbl>';
    const footed = changed(
      templateOf(bold, table),
      (xml) => xml.replace('— ', '第【发布次数】次 — '),
      'word/footer1.xml',
    );
    const file = join(folder, '存过.docx');
    await writeFile(file, writeDocx(footed));
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const out = join(folder, 'saved');
    const { code } = await run('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'docx',
      '--outdir',
      out,
      file,
    ]);
    expect(code).toBe(0);
    const saved = await readFile(join(out, '存过.docx'));
    expect(saved).not.toEqual(await readFile(file));
    const catalogue = catalogueSchema.parse(JSON.parse(await published('catalogue.json').then(String)));
    const template = partsOf(saved);
    expect(readTemplate(template, catalogue).findings.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
    const publication = readPublicationFiles({
      summary: await published('summary.json'),
      observations: await published('observations.csv'),
    })!;
    const report = writeReport(template, { publication, catalogue });
    const text = linesOf(report).join('\n');
    expect(text).toContain('办理447件。');
    expect(text).toContain('满意率95%');
    expect(text).toContain('第1次 — ');
    expect(linkedFigures(openParts(partsOf(report))).map((figure) => figure.text)).toEqual(['447', '95%']);
  });
});
