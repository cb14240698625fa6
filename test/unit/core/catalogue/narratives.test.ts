import { describe, expect, it } from 'vitest';
import { type Catalogue, expectedReturns } from '../../../../shared/core/catalogue/catalogue.ts';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { differences } from '../../../../shared/core/catalogue/difference.ts';
import { nameOfAsked, narrativesOnForm } from '../../../../shared/core/catalogue/narratives.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { catalogueFile, catalogueOf, indicator, narrative } from '../small-year.ts';
import { inOneLine } from './catalogue-parts.ts';

const indicators = [indicator('a', 'flow', { reporters: ['jia'] })];
const of = (...narratives: object[]): Catalogue => catalogueOf({ indicators, narratives });

describe('a narrative', () => {
  it('is asked of those who are to write it, in the periods in which it is, by the name that it has then', () => {
    const catalogue = of(
      narrative('all', { formerNames: [{ name: '旧名', to: '2023-01' }] }),
      narrative('of-yi', { reporters: [{ department: 'yi', from: '2023-02' }] }),
      narrative('in-march', { months: [3] }),
    );
    const asked = (department: string, period: '2023-01' | '2023-03') =>
      narrativesOnForm(catalogue, { department, period }).map(({ name }) => name);
    expect(asked('jia', '2023-01')).toEqual(['旧名']);
    expect(asked('jia', '2023-03')).toEqual(['说明all', '说明in-march']);
    expect(asked('yi', '2023-03')).toEqual(['说明all', '说明of-yi', '说明in-march']);
  });

  it('is called by its name, as indicators are, and what is neither by its id', () => {
    const catalogue = of(narrative('how'), narrative('best'));
    expect(['a', 'how', 'best', 'none'].map((id) => nameOfAsked(id, catalogue))).toEqual([
      ...['指标a', '说明how', '说明best', 'none'],
    ]);
  });

  it('makes a return expected of a department that has nothing else to report', () => {
    const expected = expectedReturns(of(narrative('of-yi', { reporters: ['yi'], months: [2] })));
    const ofYi = expected.filter(({ department }) => department.id === 'yi');
    expect(ofYi.map(({ period }) => period)).toEqual(['2023-02']);
  });

  it.each<[string, object[]]>([
    ['narrative 0 id 文字说明“说明a”：代码“a”已经用于指标“指标a”；请换一个代码。', [narrative('a')]],
    [
      'narrative 1 id 文字说明“另一项”：代码“how”已经用于文字说明“说明how”；请换一个代码。',
      [narrative('how'), narrative('how', { name: '另一项' })],
    ],
    [
      'narrative 1 name 文字说明“说明how”：名称“说明how”与文字说明“说明how”（how）的名称或曾用名相同；请把其中一个的名称写得有所区别。',
      [narrative('how'), narrative('other', { name: '说明how' })],
    ],
    [
      'narrative 0 reporters.0 文字说明“说明how”：报送部门“bing”不在目录的部门中；请先把它列为部门，或改正这里。',
      [narrative('how', { reporters: ['bing'] })],
    ],
    [
      'narrative 0 frequency 文字说明“说明how”：报送频率是按季，而报送期中没有季报的报告期；请在报送期中加上，或改报送频率。',
      [narrative('how', { frequency: 'quarter' })],
    ],
    [
      'narrative 0 to 文字说明“说明how”：结束期 2023-01 早于起始期 2023-02；请改正其中一个。',
      [narrative('how', { from: '2023-02', to: '2023-01' })],
    ],
    [
      'department 0 部门“甲局”：2023年1月的报表过大，最多可能占 205190 字节，台账一次只能记 200000 字节；请减少它报送的指标，或减小清单的最多项数、清单和文字说明的最长字数。',
      Array.from({ length: 31 }, (_, index) => narrative(`n${index}`, { maxLength: 2000 })),
    ],
  ])('is refused with: %s', (message, narratives) => {
    const reading = readCatalogue(catalogueFile({ indicators, narratives }));
    const problems = reading.kind === 'problems' ? reading.problems : [];
    expect(problems.map(inOneLine)).toContain(message);
  });

  it('is kept in the next year, unless it ended or nobody is left to write it', () => {
    const next = nextYear(
      of(
        narrative('kept', { from: '2023-02', formerNames: [{ name: '旧名', to: '2023-03' }] }),
        narrative('ended', { to: '2023-02' }),
        narrative('of-nobody', { reporters: [{ department: 'yi', to: '2023-02' }] }),
      ),
    );
    expect(next.kind === 'catalogue' && next.catalogue.narratives).toEqual(of(narrative('kept')).narratives);
  });

  it('differs in what people would ask about', () => {
    const before = of(narrative('how'), narrative('gone'));
    const after = of(narrative('how', { name: '新名', required: false, months: [3], definition: '另写。' }));
    expect(
      differences(before, after).map(({ name, change, before: was, after: is }) => [name, change, was, is]),
    ).toEqual([
      ['新名', 'renamed', '说明how', '新名'],
      ['新名', 'entry', '必填，最长 20 字', '选填，最长 20 字，3月报送'],
      ['新名', 'definition', '写明情况。', '另写。'],
      ['说明gone', 'removed', '说明gone', ''],
    ]);
  });
});
