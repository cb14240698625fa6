import { describe, expect, it } from 'vitest';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { checkReport } from '../../../shared/report/check.ts';
import type { Parts } from '../../../shared/report/docx.ts';
import { linkedFigures } from '../../../shared/report/linked.ts';
import { newTemplate } from '../../../shared/report/new-template.ts';
import { readTemplate } from '../../../shared/report/template.ts';
import { updateReport } from '../../../shared/report/update.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { openParts } from '../../../shared/report/written-parts.ts';
import { wordElements, wordNamespace } from '../../../shared/report/xml.ts';
import { comparedPublication, finalPublication, provisionalPublication } from '../../fixtures/publication.ts';
import { publishedCatalogue as catalogue } from '../../fixtures/published-catalogue.ts';
import { changed, documentOf, partsOf, templateOf } from '../../fixtures/word-documents.ts';

const final = finalPublication();
const reportOf = (template: Parameters<typeof writeReport>[0], publication: Publication = final) =>
  partsOf(writeReport(template, { publication, catalogue }));

/** The text of the paragraphs before those that are made. */
function linesOf(parts: ReturnType<typeof reportOf>, name?: string): string[] {
  const xml = documentOf(parts, name).replace(
    /<w:sdt[^>]*><w:sdtPr><w:tag w:val="report\..*?<\/w:sdtContent><\/w:sdt>(?=<w:(?:p|sectPr)\b)/gs,
    '',
  );
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t\b[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  );
}

/** A document with another part, of a paragraph. */
function withPart(
  parts: Parts,
  { name, type, root, text }: { name: string; type: string; root: string; text: string },
): Parts {
  const path = `word/${name}.xml`;
  const xml = `<w:${root} xmlns:w="${wordNamespace}"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:${root}>`;
  const declared = `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`;
  const added = new Map([...parts, [path, new TextEncoder().encode(xml)] as const]);
  return changed(added, (types) => types.replace('</Types>', `${declared}</Types>`), '[Content_Types].xml');
}

describe('a report', () => {
  it.each([
    ['学习【法治专题学习次数】次', '学习230余次'],
    ['学习【法治专题学习次数：准确数】【法治专题学习次数：单位】', '学习234次'],
    ['司法局学习【法治专题学习次数：市司法局：准确数】次', /^司法局学习[0-9]+次$/],
    ['按时办结率【按时办结率】', '按时办结率95%'],
    ['作品【法治文艺作品】部（【法治文艺作品：清单】）', /^作品12部（.+、.+）$/],
    ['【机关】【年份】年第【发布次数】次', '示范市2023年第1次'],
    ['上年没有的，【法治专题学习次数：同比】。', '上年没有的。'],
  ])('says %s', (template, said) => {
    const [line] = linesOf(reportOf(templateOf(template)));
    if (typeof said === 'string') expect(line).toBe(said);
    else expect(line).toMatch(said);
  });

  it.each([
    ['the city’s figure', '【挽回经济损失：准确数】', '189.6'],
    ['a department’s', '【挽回经济损失：市司法局：准确数】', '189.6'],
    ['a department’s in prose', '【挽回经济损失：市司法局】', '189余'],
    ['a group’s', '【挽回经济损失：政法：准确数】', '189.6'],
  ])('writes %s as it is rounded when it is published', (_, placeholder, said) => {
    const departments = catalogue.departments.map((each) => ({ ...each, group: '政法' }));
    const publication = structuredClone(final);
    const total = publication.totals.find(({ indicator }) => indicator === 'losses')!;
    Object.assign(total, { value: '189.6', decimals: 1, rounding: 'truncate' });
    total.byDepartment = [{ department: 'sfj', value: '189.65' }];
    total.byGroup = [{ group: '政法', value: '189.65' }];
    const indicators = catalogue.indicators.map((each) =>
      each.id === 'losses' ? { ...each, prose: { ...each.prose, step: '1' as const } } : each,
    );
    const source = { publication, catalogue: { ...catalogue, departments, indicators } };
    const parts = partsOf(writeReport(templateOf(`挽回${placeholder}`), source));
    expect(linesOf(parts)[0]).toBe(`挽回${said}`);
  });

  it('says how figures changed since last year', () => {
    const compared = comparedPublication();
    const lines = linesOf(
      reportOf(templateOf(...compared.totals.map(({ name }) => `【${name}：同比】`)), compared),
    );
    const of = (name: string) => lines[compared.totals.findIndex((total) => total.name === name)];
    const rows = compared.comparisons.filter(({ toDate }) => toDate.lastYear !== null);
    expect(rows.length).toBeGreaterThan(0);
    for (const { indicator } of rows) {
      const newest = compared.comparisons.findLast((each) => each.indicator === indicator)?.toDate.lastYear;
      const { name = '', unit = '' } = compared.totals.find((total) => total.indicator === indicator) ?? {};
      const { change = null, rate = null } = newest ?? {};
      if (change === '0') expect(of(name)).toBe('同比持平');
      else if (unit === '%') expect(of(name)).toMatch(/^同比(?:提高|降低)[0-9.]+个百分点$/);
      else if (rate !== null) {
        expect(of(name)).toBe(`同比${rate.startsWith('-') ? '下降' : '增长'}${rate.replace('-', '')}%`);
      }
    }
  });

  it('calls a change that is too small for a rate none to speak of', () => {
    const compared = comparedPublication();
    const { indicator } = compared.comparisons.find(({ toDate }) => toDate.lastYear?.rate != null)!;
    const { name } = compared.totals.find((total) => total.indicator === indicator)!;
    const comparisons = compared.comparisons.map((each) => {
      const { lastYear } = each.toDate;
      if (each.indicator !== indicator || lastYear === null) return each;
      const slight = { ...lastYear, change: '1' as Decimal, rate: '0' as Decimal };
      return { ...each, toDate: { ...each.toDate, lastYear: slight } };
    });
    const lines = linesOf(reportOf(templateOf(`【${name}：同比】`), { ...compared, comparisons }));
    expect(lines[0]).toBe('同比基本持平');
  });

  it('keeps the look of a placeholder that a writer split into runs, in tables and headers too', () => {
    const split =
      '<w:p><w:r><w:t xml:space="preserve">学习【法治专题</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>学习次</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>数】次</w:t></w:r></w:p>';
    const bold =
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:b/><w:u w:val="single"/></w:rPr><w:t>共【按时办结率】</w:t></w:r></w:p></w:tc></w:tr></w:tbl>';
    const header =
      '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>第【发布次数】次【按时办结率】</w:t></w:r></w:p></w:hdr>';
    const template = new Map(templateOf(split, bold));
    template.set('word/header1.xml', new TextEncoder().encode(header));
    const types = documentOf(template, '[Content_Types].xml').replace(
      '</Types>',
      '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>',
    );
    template.set('[Content_Types].xml', new TextEncoder().encode(types));
    const parts = reportOf(template);
    expect(linesOf(parts).slice(0, 2)).toEqual(['学习230余次', '共95%']);
    expect(documentOf(parts)).toMatch(/<w:rPr><w:b\/><w:u w:val="single"\/><\/w:rPr><w:t[^>]*>95%/);
    expect(linesOf(parts, 'word/header1.xml')).toEqual(['第1次95%']);
  });

  const run = (properties: string, text: string) => `<w:r>${properties}<w:t>${text}</w:t></w:r>`;
  const change =
    '<w:rPrChange w:id="1" w:author="甲"><w:rPr><w:i/><w:u w:val="single"/></w:rPr></w:rPrChange>';
  const box = `<w:r><w:rPr><w:b/></w:rPr><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:pPr><w:rPr><w:i/></w:rPr></w:pPr>${run('<w:rPr><w:i/></w:rPr>', '框【按时办结率】')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict><w:t>外【按时办结率】</w:t></w:r>`;
  it.each([
    [
      'whose look was changed with changes tracked',
      run(`<w:rPr><w:b/>${change}</w:rPr>`, '【按时办结率】'),
      [`<w:b/>HL${change}`],
    ],
    ['that says nothing of its look', run('', '【按时办结率】'), ['HL']],
    ['behind a box with text of its own', box, ['<w:i/>HL', '<w:b/>HL']],
  ])('looks as its place does in a run %s, and marks what is open', (_, placed, looks) => {
    const publication = structuredClone(final);
    const total = publication.totals.find(({ indicator }) => indicator === 'on-time-rate')!;
    Object.assign(total, { status: 'provisional', reasons: ['缺少 1 份月报（应报 12 份）'] });
    const parts = reportOf(templateOf(`<w:p>${placed}</w:p>`), publication);
    const xml = documentOf(parts);
    const marked = '<w:highlight w:val="yellow"/>';
    for (const look of looks) {
      expect(xml).toContain(
        `<w:sdtContent><w:r><w:rPr>${look.replace('HL', marked)}</w:rPr><w:t xml:space="preserve">95%`,
      );
    }
    expect(linkedFigures(openParts(parts))).toHaveLength(looks.length);
    const settled = { publication: { ...final, number: 2 }, catalogue };
    const sourceOf = ({ number }: { number: number }) =>
      number === 1 ? { publication, catalogue } : settled;
    const updated = updateReport(parts, { sourceOf, newestOf: () => settled, newest: settled });
    const after = documentOf(partsOf(updated.bytes));
    for (const look of looks) {
      const plain = look === 'HL' ? '<w:rPr/>' : `<w:rPr>${look.replace('HL', '')}</w:rPr>`;
      expect(after).toContain(`<w:sdtContent><w:r>${plain}<w:t xml:space="preserve">95%`);
    }
    const open = { publication: { ...publication, number: 2 }, catalogue };
    const reopened = updateReport(partsOf(updated.bytes), {
      sourceOf: () => settled,
      newestOf: () => open,
      newest: open,
    });
    for (const look of looks) {
      expect(documentOf(partsOf(reopened.bytes))).toContain(`<w:rPr>${look.replace('HL', marked)}</w:rPr>`);
    }
  });

  it.each([
    ['a header', 'header7', 'header', 'hdr', '页眉'],
    ['a header of another name', 'top', 'header', 'hdr', '页眉'],
    ['a footer', 'footer9', 'footer', 'ftr', '页脚'],
    ['footnotes', 'footnotes', 'footnotes', 'footnotes', '脚注'],
    ['endnotes', 'endnotes', 'endnotes', 'endnotes', '尾注'],
  ])('has what is placed in %s examined, filled in and brought up to date', (_, name, type, root, word) => {
    const placed = (text: string) => withPart(templateOf('正文'), { name, type, root, text });
    expect(readTemplate(placed('【没有】'), catalogue).findings[0]?.place).toBe(`${word}第 1 段：“【没有】”`);
    const parts = reportOf(placed('率【按时办结率】'));
    expect(linesOf(parts, `word/${name}.xml`)).toEqual(['率95%']);
    const newer = structuredClone(final);
    Object.assign(newer.totals.find(({ indicator }) => indicator === 'on-time-rate')!, { value: '97' });
    const newest = { publication: { ...newer, number: 2 }, catalogue };
    const sourceOf = ({ number }: { number: number }) =>
      number === 1 ? { publication: final, catalogue } : newest;
    const known = { sourceOf, newestOf: () => newest, newest };
    expect(checkReport(parts, known)).toMatchObject([{ verdict: 'outdated', place: `${word}第 1 段` }]);
    const updated = partsOf(updateReport(parts, known).bytes);
    expect(linesOf(updated, `word/${name}.xml`)).toEqual(['率97%']);
  });

  it('leaves comments as they are, which are talk about the text', () => {
    const about = { name: 'comments', type: 'comments', root: 'comments', text: '【按时办结率】【没有】' };
    const template = withPart(templateOf('正文'), about);
    const { findings } = readTemplate(template, catalogue);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const path = 'word/comments.xml';
    expect(documentOf(reportOf(template), path)).toBe(documentOf(template, path));
  });

  it('links every figure, and lists what it comes from', () => {
    const template = partsOf(newTemplate(catalogue));
    const parts = reportOf(template);
    const figures = linkedFigures(openParts(parts));
    const placed = readTemplate(template, catalogue).placeholders.filter(({ kind }) => kind === 'figure');
    const silent = placed.filter((each) => each.kind === 'figure' && ['change', 'unit'].includes(each.form));
    expect(figures.length).toBe(placed.length - silent.length);
    const text = documentOf(parts);
    expect(text).toContain('附：数据来源');
    for (const { name } of final.totals.filter(({ overDepartments }) => overDepartments !== 'none')) {
      expect(text.slice(text.indexOf('附：数据来源'))).toContain(name.replaceAll('"', '&#34;'));
    }
  });

  it('marks what may still change, and lists it first', () => {
    const template = templateOf('学习【法治专题学习次数】次');
    const [sure, open] = [reportOf(template), reportOf(template, provisionalPublication())].map((each) =>
      documentOf(each),
    );
    expect(sure).not.toContain('w:highlight');
    expect(open).toMatch(/<w:highlight w:val="yellow"\/><\/w:rPr><w:t[^>]*>[0-9]+余?<\/w:t>/);
    expect(open!.indexOf('还可能变动')).toBeGreaterThan(0);
    expect(open!.indexOf('还可能变动')).toBeLessThan(open!.indexOf('学习'));
  });

  it.each([
    ['of a complete last year is sure', 0, []],
    [
      'against a last year of which returns are missing is marked, and listed first with how many',
      2,
      ['以下 1 项数字还可能变动', '上年缺 2 份：法治专题学习次数的同比。'],
    ],
  ])('says 同比, which %s', (_, missing, said) => {
    const publication = structuredClone(final);
    const newest = publication.comparisons.findLast(({ indicator }) => indicator === 'sessions')!;
    newest.toDate.lastYear = { value: '200', missing, change: '34', rate: '17' };
    const parts = reportOf(
      templateOf('学习【法治专题学习次数】次，【法治专题学习次数：同比】。'),
      publication,
    );
    expect(linesOf(parts)).toContain('学习230余次，同比增长17%。');
    const marked = linkedFigures(openParts(parts)).filter(
      ({ element }) => wordElements(element, 'highlight').length > 0,
    );
    expect(marked.map(({ text }) => text)).toEqual(missing === 0 ? [] : ['同比增长17%']);
    for (const each of said) expect(documentOf(parts)).toContain(each);
    expect(documentOf(parts).includes('还可能变动')).toBe(missing > 0);
  });

  it('leaves hostile text of departments text', () => {
    const publication = structuredClone(final);
    const list = publication.totals.find(({ kind }) => kind === 'list')!;
    list.items = ['【法治专题学习次数】', '<w:fldSimple w:instr="DDE cmd"/>', '甲&乙\u0007'];
    const parts = reportOf(templateOf(`【${list.name}：清单】`), publication);
    expect(linesOf(parts)[0]).toContain('【法治专题学习次数】、&lt;w:fldSimple');
    expect(documentOf(parts)).not.toContain('<w:fldSimple w:instr="DDE');
  });

  it('is the same bytes again', () => {
    const template = partsOf(newTemplate(catalogue));
    const once = writeReport(template, { publication: final, catalogue });
    expect(writeReport(template, { publication: final, catalogue })).toEqual(once);
  });
});
