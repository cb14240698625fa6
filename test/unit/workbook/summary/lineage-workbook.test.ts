import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { readWorkbook } from '../../../../shared/workbook/reading/read-workbook.ts';
import { finalPublication, fixtureLedger } from '../../../fixtures/publication.ts';
import { frozenIn, lineageBytes, openedLineage, recordsOf, sheetOf, textsOf } from './opened-summary.ts';

describe('where the figures of a publication come from', () => {
  const publication = finalPublication();

  it('is told of every observation: its cell, file, person and ledger entry', async () => {
    const records = recordsOf(sheetOf(await openedLineage(publication), '溯源'));
    const first = publication.observations[0]!;
    expect(records).toHaveLength(publication.observations.length);
    expect([...(records[0]?.values() ?? [])].map(({ value }) => value)).toEqual([
      '法治专题学习次数',
      '市司法局',
      '2023-01',
      '已填报',
      1,
      '次',
      null,
      null,
      '月报',
      'E6',
      'sfj-2023-01.xlsx',
      '2023-01-26 09:15',
      '张三',
      1,
      '2023/sfj',
      1,
      first.file.sha256,
    ]);
  });

  it('is the same bytes for the same publication, of which it says which it is, and our own reader reads them', async () => {
    const bytes = await lineageBytes(publication);
    expect(sha256(await lineageBytes(finalPublication()))).toBe(sha256(bytes));
    expect((await readWorkbook(bytes)).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const sheet = sheetOf(await openedLineage(publication), '溯源');
    expect(textsOf(sheet)[0]).toBe('2023年第 1 次发布的观测值溯源');
    expect(frozenIn(sheet).columns).toBe(3);
  });

  it('is nothing where nothing counts yet', async () => {
    const sheet = sheetOf(
      await openedLineage(fixtureLedger({ isMissing: () => true }).publication()),
      '溯源',
    );
    expect(textsOf(sheet).join()).toContain('还没有计入的报表。');
  });
});
