import { describe, expect, it } from 'vitest';
import { newTemplate } from '../../../shared/report/new-template.ts';
import { paragraphsIn, readTemplate } from '../../../shared/report/template.ts';
import { openParts } from '../../../shared/report/written-parts.ts';
import { partsOf, templateOf } from '../../fixtures/word-documents.ts';
import { catalogueOf, indicator, narrative } from '../core/small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局', group: '县政府部门' },
    { id: 'yi', name: '乙局' },
  ],
  indicators: [
    indicator('a', 'flow', { name: '受理' }),
    indicator('b', 'flow', { name: '受理：行政', formerNames: [{ name: '行政受理', to: '2023-01' }] }),
    indicator('c', 'list', { name: '作品', list: { itemName: '名称', maxItems: 5 } }),
    indicator('d', 'flow', { name: '典型' }),
    indicator('e', 'flow', { name: '法律援助案件办理' }),
  ],
  narratives: [narrative('how', { name: '典型' }), narrative('best', { name: '做法' })],
});
const errorsOf = (...paragraphs: string[]) =>
  readTemplate(templateOf(...paragraphs), catalogue)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ place, message }) => `${place} ${message}`);

describe('a placeholder', () => {
  const figure = (id: string, form = 'prose', share: object = { kind: 'city' }) => ({
    kind: 'figure',
    indicator: id,
    form,
    share,
  });
  it.each<[string, object]>([
    ['【受理】', figure('a')],
    ['【 受 理 】', figure('a')],
    ['【a】', figure('a')],
    ['【受理：行政】', figure('b')],
    ['【受理：行政：准确数】', figure('b', 'exact')],
    ['【行政受理】', figure('b')],
    ['【受理:单位】', figure('a', 'unit')],
    ['【受理：同比】', figure('a', 'change')],
    ['【受理：甲局】', figure('a', 'prose', { kind: 'department', department: 'jia' })],
    ['【受理：准确数：甲局】', figure('a', 'exact', { kind: 'department', department: 'jia' })],
    ['【受理：县政府部门】', figure('a', 'prose', { kind: 'group', group: '县政府部门' })],
    ['【作品：清单】', figure('c', 'items')],
    ['【做法：乙局】', { kind: 'text', narrative: 'best', department: 'yi' }],
    ['【年份】', { kind: 'fact', fact: 'year' }],
  ])('%s is read by the names of the catalogue', (text, placeholder) => {
    const { placeholders, findings } = readTemplate(templateOf(`前${text}后`), catalogue);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(placeholders).toEqual([placeholder]);
  });

  it.each([
    ['受理【受里】件', '“受里”不是目录中的指标、表格或文字说明；请改正名称。'],
    [
      '办【法律援助案件】件',
      '“法律援助案件”不是目录中的指标、表格或文字说明（是不是“法律援助案件办理”？）；请改正名称。',
    ],
    ['受理【】件', '方头括号里没有写指标；请写上指标的名称，或删去括号。'],
    ['受理【受理件', '“【”没有在同一段里与“】”成对；请补上或删去。'],
    ['受理受理】件', '多了一个“】”，前面没有与它成对的“【”；请补上或删去。'],
    ['【典型】', '“典型”既是指标又是文字说明的名称；请改写成代码。'],
    [
      '【受理：去年】',
      '“受理”后面的“去年”看不懂；冒号后面只能写报告写法、准确数、单位、同比、清单，以及一个部门或分组的名称。',
    ],
    ['【受理：清单】', '“受理”不是清单，没有名目可写；请删去“：清单”。'],
    ['【受理：同比：甲局】', '“受理”的同比只有全市的；请删去部门或分组。'],
    ['【年份：甲局】', '“年份”后面不能再写“甲局”；请删去冒号和它后面的字。'],
    ['做法有【做法】', '“【做法】”写出来不止一行；请让它单独成为一段。'],
  ])('%s is found with the paragraph that it stands in', (text, message) => {
    expect(errorsOf('先一段', text)).toEqual([`正文第 2 段：“${text}” ${message}`]);
  });

  it('is found wrong wherever it stands, all at once', () => {
    const errors = errorsOf(
      '【甲】',
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>【乙】</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    );
    expect(errors.map((each) => each.split('：')[0])).toEqual(['正文第 1 段', '正文第 2 段']);
  });

  it('that people forgot is told', () => {
    const { findings } = readTemplate(templateOf('【受理】【b】'), catalogue);
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'info 目录中的“作品”没有写进报告模板。',
      'info 目录中的“典型”没有写进报告模板。',
      'info 目录中的“法律援助案件办理”没有写进报告模板。',
      'info 目录中的“典型”没有写进报告模板。',
      'info 目录中的“做法”没有写进报告模板。',
    ]);
  });
});

describe('a template to begin with', () => {
  it('places all that its catalogue has under the sections of the report', () => {
    const titled = catalogueOf({
      sections: [
        { id: '一(二)', name: '完善制度体系' },
        { id: '五', name: '其他' },
      ],
      indicators: [
        indicator('a', 'flow', { section: '一（二）' }),
        indicator('b', 'flow', { section: '五', unit: '%' }),
      ],
      narratives: [narrative('how')],
    });
    const { findings, placeholders } = readTemplate(partsOf(newTemplate(titled)), titled);
    expect(findings).toEqual([]);
    expect(placeholders).toContainEqual(figureOf('a'));
    const text = new TextDecoder().decode(partsOf(newTemplate(titled)).get('word/document.xml'));
    const headings = [...text.matchAll(/<w:pStyle w:val="Heading[12]"\/>.*?<w:t [^>]*>([^<]*)/g)].map(
      ([, each]) => each,
    );
    expect(headings).toEqual([
      '一、推进法治政府建设的主要举措和成效',
      '（二）完善制度体系',
      '二、党政主要负责人履行推进法治政府建设第一责任人职责的有关情况',
      '三、存在的问题和原因',
      '四、下一年度推进法治政府建设的主要安排',
      '五、其他',
    ]);
    expect(text).toContain('指标a【指标a】【指标a：单位】，【指标a：同比】。');
    expect(text).toContain('指标b【指标b】，【指标b：同比】。');
  });

  it.each([
    [
      'is also that of a text',
      {
        indicators: [indicator('a', 'flow', { name: '做法' })],
        narratives: [narrative('best', { name: '做法' })],
      },
    ],
    [
      'is what a report says of itself',
      { indicators: ['年份', '机关'].map((name, at) => indicator(`a${at}`, 'flow', { name })) },
    ],
    [
      'has brackets in it',
      {
        indicators: [indicator('a', 'list', { name: '【新】作品', list: { itemName: '名称', maxItems: 5 } })],
        narratives: [narrative('best', { name: '做法【新】' })],
      },
    ],
    [
      'with a form behind it is another',
      {
        indicators: [
          indicator('a', 'flow', { name: '受理' }),
          indicator('b', 'flow', { name: '受理：单位' }),
        ],
      },
    ],
    [
      'of a section has brackets in it',
      {
        sections: [{ id: '一', name: '举措【一】' }],
        indicators: [indicator('a', 'flow', { section: '一' })],
      },
    ],
  ])('places by its code what has a name that %s', (_, entries) => {
    const odd = catalogueOf(entries);
    const { findings, placeholders } = readTemplate(partsOf(newTemplate(odd)), odd);
    expect(findings).toEqual([]);
    expect(placeholders).toContainEqual(figureOf(odd.indicators[0]!.id));
    expect(placeholders.slice(0, 2)).toEqual([
      { kind: 'fact', fact: 'authority' },
      { kind: 'fact', fact: 'year' },
    ]);
  });

  it('puts an entry under its section, however either writes the number', () => {
    const titled = catalogueOf({
      sections: [{ id: '一 (二)', name: '完善制度体系' }],
      indicators: [
        indicator('a', 'flow', { section: '一（二）' }),
        indicator('b', 'flow', { section: '一(二) ' }),
      ],
    });
    const lines = paragraphsIn(openParts(partsOf(newTemplate(titled)))).map(({ text }) => text);
    const at = lines.indexOf('（二）完善制度体系');
    expect(lines.slice(at + 2, at + 4)).toEqual([
      '指标a【指标a】【指标a：单位】，【指标a：同比】。',
      '指标b【指标b】【指标b：单位】，【指标b：同比】。',
    ]);
    expect(lines.filter((line) => line.startsWith('（二）'))).toHaveLength(1);
  });

  it('gives the same bytes again', () => {
    expect(newTemplate(catalogue)).toEqual(newTemplate(catalogue));
  });
});

const figureOf = (id: string) => ({ kind: 'figure', indicator: id, form: 'prose', share: { kind: 'city' } });
