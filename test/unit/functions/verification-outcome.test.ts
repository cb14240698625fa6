import { describe, expect, it } from 'vitest';
import { faultList } from '../../../functions/portal/verification/outcome.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';

describe('where a fault is, on the page of verification', () => {
  const { id, name } = smallCatalogue.departments[0]!;
  const indicator = smallCatalogue.indicators[0]!;
  const folder = 'publications/2023/0001/';

  it.each([
    [`${folder}summary.json, digest`, '内容摘要：publications/2023/0001/summary.json'],
    [`${folder}summary.json, returns`, '各份报表的报送情况：'],
    [`${folder}summary.json, total ${indicator.id}`, `${indicator.name}的年度数：`],
    [
      `${folder}observations.csv, observation ${indicator.id} ${id} 2023-01`,
      `${indicator.name}的观测值（${name}，2023-01）：`,
    ],
    [`${folder}summary.json, ${id} 2023-01`, `${name}2023-01的报表：`],
    [`${folder}totals.csv`, 'publications/2023/0001/totals.csv'],
  ])('%s is called by what people call it', async (where, said) => {
    const list = String(await faultList([{ where, explanation: 'is missing' }], smallCatalogue));
    expect(list.replace(/<[^>]*>/g, '')).toContain(said);
  });
});
