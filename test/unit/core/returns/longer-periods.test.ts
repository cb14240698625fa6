import { describe, expect, it } from 'vitest';
import { addressOfFile } from '../../../../functions/use-cases/returned-files.ts';
import { addressOfKey, uploadKey } from '../../../../shared/core/ledger/upload.ts';
import { resolveAddress, yearsSaid } from '../../../../shared/core/returns/address.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { identityMark, parseIdentityMark } from '../../../../shared/workbook/layout.ts';
import { mixedCatalogue } from '../../../fixtures/mixed-periods.ts';
import { smallCatalogue } from '../../../fixtures/small-catalogue.ts';

const hash = sha256('a');
const nobody = { department: undefined, period: undefined };

describe('a return of a quarter, half-year or year', () => {
  it.each(['2023-03', '2023-Q1', '2023-H2', '2023'])(
    'of %s keeps its address in keys and marks',
    (period) => {
      const address = { department: 'sfj', period };
      expect(addressOfKey(uploadKey(address, hash, 'a.xlsx'))).toEqual(address);
      const identity = { ...address, catalogue: hash, list: undefined, table: undefined, narratives: false };
      expect(parseIdentityMark(identityMark(identity))).toEqual(identity);
    },
  );

  it.each([
    ['uploads/2023-Q1/gaj/a.xlsx', '2023-Q1', 'as it is written'],
    ['uploads/2023年一季度/gaj/a.xlsx', '2023年一季度', 'in words'],
    ['uploads/2023年第1季度/gaj/a.xlsx', '2023年第1季度', 'in figures'],
    ['uploads/上半年/gaj/a.xlsx', '上半年', 'a half-year without its year'],
    ['uploads/2023/gaj/a.xlsx', '2023', 'a year'],
    ['uploads/2023年度/gaj/a.xlsx', '2023年度', 'a year in words'],
  ])('may have the folder of its period first: %s', (key, period) => {
    expect(addressOfKey(key)).toEqual({ department: 'gaj', period });
  });

  it.each([
    ['2023-Q1', '2023-Q1'],
    ['2023年一季度', '2023-Q1'],
    ['2023年第1季度', '2023-Q1'],
    ['第二季度', '2023-Q2'],
    ['2023上半年', '2023-H1'],
    ['2023年下半年', '2023-H2'],
  ])('is told by a place that says %s', (period, expected) => {
    const resolution = resolveAddress({ department: 'gaj', period }, mixedCatalogue);
    expect(resolution).toMatchObject({ kind: 'return', key: { department: 'gaj', period: expected } });
  });

  it.each([
    ['市公安局2023年第一季度季报.xlsx', 'gaj', '2023-Q1'],
    ['市司法局2023年度年报.xlsx', 'sfj', '2023'],
    ['sfj-2023-H1.xlsx', 'sfj', '2023-H1'],
  ])('is told by the name %s', (fileName, department, period) => {
    const resolution = resolveAddress(nobody, mixedCatalogue, { mark: nobody, fileName });
    expect(resolution).toMatchObject({ kind: 'return', key: { department, period } });
  });

  it('is not meant by the year in a name where nothing is reported by the year', () => {
    const mark = { department: 'sfj', period: '2023-03' };
    for (const fileName of ['2023年度.xlsx', '市司法局2023年全年数据.xlsx']) {
      const resolution = resolveAddress(nobody, smallCatalogue, { mark, fileName });
      expect(resolution).toEqual({ kind: 'return', key: mark, findings: [] });
    }
    const place = { department: 'sfj', period: '2023' };
    expect(resolveAddress(place, smallCatalogue, { mark, fileName: 'a.xlsx' })).toMatchObject({
      kind: 'return',
      key: mark,
    });
  });

  it('says its year, whatever it is', () => {
    const said = yearsSaid(
      { department: undefined, period: '2025' },
      { mark: { department: undefined, period: '2024-H1' }, fileName: '2023年一季度.xlsx' },
    );
    expect(said).toEqual([2025, 2024, 2023]);
  });

  it.each([
    ['/inbox/sfj/2023-H1/a.xlsx', 'sfj', '2023-H1', 'folders'],
    ['/inbox/2023年一季度/市公安局/a.xlsx', 'gaj', '2023-Q1', 'folders in words'],
    ['/inbox/gaj-2023-Q2.xlsx', 'gaj', '2023-Q2', 'a name that is an address'],
    ['/inbox/sfj-2023.xlsx', 'sfj', '2023', 'the address of a year'],
    ['/inbox/2023年年报/市司法局/a.xlsx', 'sfj', '2023', 'a folder of yearly reports'],
    ['/inbox/2023年度/市司法局/a.xlsx', 'sfj', undefined, 'a folder of what came in a year'],
    ['/inbox/2023/市司法局/a.xlsx', 'sfj', undefined, 'a folder that is called by a number'],
  ])('lies in %s: %s, %s, by %s', (path, department, period, _) => {
    expect(addressOfFile(path, [mixedCatalogue])).toEqual({ department, period });
  });
});
