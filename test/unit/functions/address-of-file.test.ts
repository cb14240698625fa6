import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../functions/cli/commands/exit-codes.ts';
import { givenAddress } from '../../../functions/cli/commands/given-address.ts';
import { addressOfFile } from '../../../functions/use-cases/returned-files.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';

const next = {
  ...smallCatalogue,
  year: 2024,
  departments: [{ id: 'gaj', name: '市公安局', formerNames: [] }],
};

describe('the place where a file lies', () => {
  it.each<[path: string, department: string | undefined, period: string | undefined, what: string]>([
    ['/in/sfj/2023-03/a.xlsx', 'sfj', '2023-03', 'folders of department and month'],
    ['/in/2023-03/sfj/a.xlsx', 'sfj', '2023-03', 'the month first'],
    ['/in/市司法局/2023年3月/a.xlsx', 'sfj', '2023-03', 'as people call them'],
    ['/in/市司法局2023年3月/a.xlsx', 'sfj', '2023-03', 'both in one'],
    ['/in/3月/a.xlsx', undefined, '2023-03', 'a month of the only year'],
    ['/in/2023-03/a.xlsx', undefined, '2023-03', 'a month alone'],
    ['/in/cases/2023-03/a.xlsx', undefined, '2023-03', 'a month below a folder that is nobody’s'],
    ['/in/2022/3月/a.xlsx', undefined, '2022-03', 'a month below its year'],
    ['/in/sfj/a.xlsx', 'sfj', undefined, 'a department alone'],
    ['/home/sfj/downloads/a.xlsx', undefined, undefined, 'an account that is called like a department'],
    ['/in/2023-03/downloads/a.xlsx', undefined, undefined, 'a month above another folder'],
    ['/in/sfj-2023-03.xlsx', 'sfj', '2023-03', 'a name that is an address'],
    ['/in/2023-02/sfj-2023-03.xlsx', 'sfj', '2023-02', 'a folder before a name'],
    ['/in/sfj-2023-03-05.xlsx', undefined, undefined, 'a name with a day, which is for the form to say'],
    ['/in/report-2023-03.xlsx', undefined, undefined, 'a name with a word that is nobody’s'],
    ['/in/市司法局2023年3月.xlsx', undefined, undefined, 'any other name, which is for the form to say'],
    ['a.xlsx', undefined, undefined, 'nothing'],
  ])('of %s says %s and %s: %s', (path, department, period) => {
    expect(addressOfFile(path, [smallCatalogue])).toEqual({ department, period });
  });

  it('says what options say, whatever its folders are', () => {
    const given = { department: 'sfj2' };
    expect(addressOfFile('/in/sfj/2023-03/a.xlsx', [smallCatalogue], given)).toEqual({
      department: 'sfj2',
      period: '2023-03',
    });
  });

  it.each<[path: string, department: string, period: string | undefined, what: string]>([
    ['/in/市公安局/2024-03/a.xlsx', 'gaj', '2024-03', 'a department of one year'],
    ['/in/2023年/3月/sfj/a.xlsx', 'sfj', '2023-03', 'a month below its year'],
    ['/in/sfj/3月/a.xlsx', 'sfj', undefined, 'a month that may be of either'],
  ])('among several years %s says %s and %s: %s', (path, department, period) => {
    expect(addressOfFile(path, [smallCatalogue, next])).toEqual({ department, period });
  });
});

describe('whose return options say that a file is', () => {
  it.each<[options: Partial<Address>, address: Partial<Address>, what: string]>([
    [{}, { period: undefined }, 'nothing'],
    [{ period: '2023-03' }, { period: '2023-03' }, 'a month'],
    [{ department: 'sfj' }, { department: 'sfj', period: undefined }, 'an id'],
    [{ department: '市司法局' }, { department: 'sfj', period: undefined }, 'a full name'],
  ])('from %j is %j: %s', (options, address) => {
    expect(givenAddress(options, smallCatalogue)).toEqual(address);
  });

  it.each(['SFJ', 'xyz', ''])(
    'is nobody’s if the department is %j: the known ones are named',
    (department) => {
      const given = () => givenAddress({ department }, smallCatalogue);
      expect(given).toThrow(UsageError);
      expect(given).toThrow('sfj 市司法局, sfj2 市司法局二');
    },
  );
});
