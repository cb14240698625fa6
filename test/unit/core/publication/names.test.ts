import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../../shared/core/publication/names.ts';
import { cellsOfTables } from '../../../../shared/core/publication/publication.ts';
import { accepted, catalogueOf, indicator, narrative, smallTable } from '../small-year.ts';
import { compose } from './composed.ts';

const published = () =>
  compose(
    [accepted('jia', '2023-01', { a: '1' })],
    undefined,
    catalogueOf({
      ...smallTable(),
      indicators: [indicator('a')],
      narratives: [narrative('how')],
      sections: [{ id: '一', name: '依法行政' }],
      months: [1],
    }),
  );

describe('the names in a publication', () => {
  it('are those that it has, and ids stand for themselves where it has none', () => {
    const names = namesOf(published());
    expect(['jia', 'bing', null].map((id) => names.department(id))).toEqual(['甲局', 'bing', '全市汇总']);
    expect(['a', 'how', 'none'].map((id) => names.indicator(id))).toEqual(['指标a', '说明how', 'none']);
    expect(['how', 'none'].map((id) => names.narrative(id))).toEqual(['说明how', 'none']);
    expect(['一', '二'].map((number) => names.section(number))).toEqual(['一 依法行政', '二']);
    expect(names.total('a')).toMatchObject({ indicator: 'a', value: '1' });
    expect(names.total('none')).toBeUndefined();
  });
});

describe('the tables in a publication', () => {
  it('have their rows and columns in order, and say which are sums', () => {
    const line = (id: string, name: string, isSum = false) => ({ id, name, isSum });
    expect(published().tables).toEqual([
      {
        ...{ id: 'grid', name: '表', section: '', unit: '件', definition: '口径。' },
        rows: [line('ra', '收到'), line('rb', '办结'), line('rc', '未办结', true)],
        columns: [line('ca', '个人'), line('cb', '单位'), line('cc', '合计', true)],
      },
    ]);
  });

  it('have cells, which are indicators', () => {
    expect([...cellsOfTables(published())]).toEqual([
      ...['grid-ra-ca', 'grid-ra-cb', 'grid-ra-cc'],
      ...['grid-rb-ca', 'grid-rb-cb', 'grid-rb-cc'],
      ...['grid-rc-ca', 'grid-rc-cb', 'grid-rc-cc'],
    ]);
  });
});
