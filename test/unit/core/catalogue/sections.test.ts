import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { differences } from '../../../../shared/core/catalogue/difference.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { opensSection, sectionInWords } from '../../../../shared/core/catalogue/sections.ts';
import { catalogueFile, catalogueOf, indicator } from '../small-year.ts';
import { inOneLine } from './catalogue-parts.ts';

const sections = [
  { id: '一(一)', name: '坚持党的领导' },
  { id: '一(二)', name: '完善制度体系' },
];
const indicators = [indicator('a', 'flow', { section: '一(二)' }), indicator('b')];
const titled = catalogueOf({ indicators, sections });

describe('a section', () => {
  it.each([
    ['一(二)', '一(二) 完善制度体系'],
    ['一（二）', '一（二） 完善制度体系'],
    ['三', '三'],
    ['', ''],
  ])('%s is headed %s', (number, words) => {
    expect(sectionInWords(number, titled)).toBe(words);
  });

  it.each([
    ['一（二）', '一 (二)', false],
    ['一(二)', '一(一)', true],
    ['一(二)', undefined, true],
    ['', '一(二)', false],
  ])('of %s is headed anew below %s: %s', (section, above, isOpened) => {
    expect(opensSection({ section }, above === undefined ? undefined : { section: above })).toBe(isOpened);
  });

  it('needs no title, where others have one or not', () => {
    expect(readCatalogue(catalogueFile({ indicators })).kind).toBe('catalogue');
    expect(readCatalogue(catalogueFile({ indicators, sections: sections.slice(0, 1) })).kind).toBe(
      'catalogue',
    );
  });

  it('has one title', () => {
    const twice = [...sections, { id: '一（二）', name: '制度' }];
    const reading = readCatalogue(catalogueFile({ indicators, sections: twice }));
    expect(reading.kind === 'problems' && reading.problems.map(inOneLine)).toEqual([
      'section 2 id 章节“制度”：这个章节已经有标题“完善制度体系”；请删去其中一个。',
    ]);
  });

  it('goes on to the next year', () => {
    const next = nextYear(titled);
    expect(next.kind === 'catalogue' && next.catalogue.sections).toEqual(sections);
  });

  it('that is titled anew is a difference that touches no figure', () => {
    const renamed = { ...titled, sections: [sections[0]!, { id: '一(二)', name: '制度' }] };
    expect(differences(titled, renamed)).toEqual([
      {
        ...{ entry: 'section', id: '一(二)', name: '一(二) 制度', indicators: [] },
        ...{ change: 'renamed', before: '完善制度体系', after: '制度' },
      },
    ]);
  });
});
