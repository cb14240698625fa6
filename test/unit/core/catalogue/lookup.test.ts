import { describe, expect, it } from 'vitest';
import { lookupOf } from '../../../../shared/core/catalogue/lookup.ts';

const entry = (id: string, name: string, ...former: string[]) => ({
  ...{ id, name },
  formerNames: former.map((each) => ({ name: each })),
});
const bureaus = [
  entry('jia', '市司法局', '市法制办'),
  entry('yi', '市公安局'),
  entry('bing', '市教育局、体育局', '教育、科技和体育局'),
];
const of = (...entries: ReturnType<typeof entry>[]) => lookupOf(entries.length === 0 ? bureaus : entries);

describe('an entry', () => {
  it.each<[typed: string, id: string | undefined, what: string]>([
    ['市司法局', 'jia', 'its name'],
    [' 市 司法局 ', 'jia', 'its name, however it is written'],
    ['市法制办', 'jia', 'a name of before'],
    ['jia', 'jia', 'its code'],
    ['司法局', undefined, 'a part of its name'],
    ['', undefined, 'nothing'],
  ])('is meant by %s: %s, %s', (typed, id) => {
    expect(of().idOf(typed)).toBe(id);
  });

  it('that has a name goes before one that had it, and that before one that has it as its code', () => {
    const entries = [
      entry('one', '甲', '乙'),
      entry('two', '乙', 'four'),
      entry('four', '丁'),
      entry('five', '戊', '甲'),
    ];
    expect(['甲', '乙', 'four'].map(of(...entries).idOf)).toEqual(['one', 'two', 'two']);
    expect(of(entry('one', '甲'), entry('two', '甲')).idOf('甲')).toBe('one');
  });

  it('without a name is not what nothing means', () => {
    expect(of(entry('one', '')).idOf('')).toBeUndefined();
  });

  it('is called by its name, or by its code where its name would be read as another', () => {
    const { nameOf } = of(entry('one', '甲'), entry('two', '甲'), entry('three', '丙'));
    expect(['one', 'two', 'three', 'none'].map(nameOf)).toEqual(['甲', 'two', '丙', 'none']);
  });
});

describe('what may have been meant', () => {
  it.each([
    ['市司法', '（是不是“市司法局”？）', 'a name without its end'],
    ['市司发局', '', 'a name of which too little is alike'],
    ['万源市司法局', '（是不是“市司法局”？）', 'a name with more before it'],
    ['市 公安局 ', '（是不是“市公安局”？）', 'a name with blanks'],
    ['财政局', '', 'nothing that is here'],
    ['局', '', 'a character, of which no pair is alike'],
    ['', '', 'nothing'],
  ])('by %s is asked as %s: %s', (typed, question) => {
    expect(of().guess(typed)).toBe(question);
  });

  it('is the one that is most alike, the first of several that are equally so', () => {
    const entries = [entry('a', '行政处罚案件数'), entry('b', '行政处罚案件'), entry('c', '行政处罚案卷')];
    expect(of(...entries).guess('行政处罚案件')).toBe('（是不是“行政处罚案件”？）');
    expect(of(entry('a', '行政处罚甲'), entry('b', '行政处罚乙')).guess('行政处罚')).toBe(
      '（是不是“行政处罚甲”？）',
    );
  });
});

describe('how many parts of a cell may be one name', () => {
  it.each<[what: string, names: string[], parts: number]>([
    ['one where no name is divided', ['市司法局'], 1],
    ['as many as the name has that is divided most', ['甲、乙', '甲，乙；丙'], 3],
    ['no more than twelve', [Array.from({ length: 20 }, (_, index) => `${index}`).join('、')], 12],
    ['one where there are no names', [], 1],
  ])('is %s', (_, names, parts) => {
    expect(lookupOf(names.map((name, index) => entry(`e${index}`, name))).mostParts).toBe(parts);
  });

  it('counts names of before', () => {
    expect(of().mostParts).toBe(2);
    expect(of(entry('a', '甲', '甲、乙、丙')).mostParts).toBe(3);
  });
});
