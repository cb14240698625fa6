import { describe, expect, it } from 'vitest';
import { feedbackFolder } from '../../../../shared/core/ledger/receipt.ts';
import { addressOfKey, safeFileName, uploadKey } from '../../../../shared/core/ledger/upload.ts';
import { type Address, resolveAddress } from '../../../../shared/core/returns/address.ts';
import { type Finding, findingSchema } from '../../../../shared/core/returns/finding.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局', to: '2023-01', successor: 'jia' },
    { id: 'bing', name: '丙局' },
  ],
  indicators: [
    indicator('a', 'flow', { reporters: ['jia', 'yi'] }),
    indicator('b', 'flow', { reporters: ['bing'], months: [2] }),
  ],
});

function refusalOf(address: Address): Finding {
  const resolution = resolveAddress(address, catalogue);
  if (resolution.kind !== 'refused') throw new Error('the address is a return');
  return findingSchema.parse(resolution.finding);
}

describe('an address', () => {
  it('names the return that the catalogue expects', () => {
    expect(resolveAddress({ department: 'jia', period: '2023-02' }, catalogue)).toEqual({
      kind: 'return',
      key: { department: 'jia', period: '2023-02' },
      findings: [],
    });
  });

  it.each([
    ['甲局', '2023-02', 'its full name'],
    ['jia', '2023-2', 'another notation'],
    ['jia', '2023年2月', 'in words'],
    ['jia', '2月', 'without its year'],
  ])('of %s for %s names it too: %s', (department, period) => {
    const resolution = resolveAddress({ department, period }, catalogue);
    expect(resolution).toMatchObject({ key: { department: 'jia', period: '2023-02' } });
  });

  it.each([
    [undefined, '2023-01', 'address-unknown-department', 'no department'],
    ['ding', '2023-01', 'address-unknown-department', 'an unknown department'],
    ['JIA', '2023-01', 'address-unknown-department', 'a department in capitals'],
    ['../jia', '2023-01', 'address-unknown-department', 'a path'],
    ['jia', undefined, 'address-unknown-period', 'no period'],
    ['jia', '2023-13', 'address-unknown-period', 'no month of the year'],
    ['jia', '2022-12', 'address-unknown-period', 'another year'],
    ['jia', '2023-04', 'address-unknown-period', 'a month that nobody reports on'],
    ['yi', '2023-02', 'address-not-expected', 'a department that has ended'],
    ['bing', '2023-01', 'address-not-expected', 'a month in which it has nothing to report'],
  ] as [string | undefined, string | undefined, string, string][])(
    'of %s for %s is refused with %s: %s',
    (department, period, rule) => {
      const finding = refusalOf({ department, period });
      expect(finding).toMatchObject({ rule, severity: 'error' });
      expect(finding.message).toMatch(/；请.+。$/);
    },
  );

  it.each([
    [undefined, '2023-01', undefined],
    ['ding', '2023-01', 'ding'],
    ['jia', undefined, undefined],
    ['jia', '2023-13', '2023-13'],
    ['yi', '2023-02', '乙局 2023-02'],
  ])('of %s for %s is refused, naming %s', (department, period, found) => {
    const finding = refusalOf({ department, period });
    expect(finding.found).toBe(found);
    expect('found' in finding).toBe(found !== undefined);
  });
});

const jia = { department: 'jia', period: '2023-02' };

const hash = sha256('content');

describe('the key of an upload', () => {
  it('tells whose it is and holds its content, so that nothing overwrites anything', () => {
    const address = { department: 'jia', period: '2023-01' };
    expect(uploadKey(address, hash, '一月 月报.xlsx')).toBe(
      `uploads/jia/2023-01/${hash.slice(0, 16)}/一月 月报.xlsx`,
    );
    expect(uploadKey(address, sha256('other'), '一月 月报.xlsx')).not.toBe(
      uploadKey(address, hash, '一月 月报.xlsx'),
    );
    expect(addressOfKey(uploadKey(address, hash, '一月 月报.xlsx'))).toEqual(address);
  });

  it.each(['../../..', 'a/b', 'A', '', undefined, '一', `a${'b'.repeat(24)}`])(
    'has no folder made of %j',
    (department) => {
      const key = uploadKey({ department, period: undefined }, hash, 'a.xlsx');
      expect(key).toBe(`uploads/unaddressed/unaddressed/${hash.slice(0, 16)}/a.xlsx`);
    },
  );
});

describe('the address in a key', () => {
  it.each<[key: string, department: string | undefined, period: string | undefined, what: string]>([
    ['uploads/jia/2023-01/0123/a.xlsx', 'jia', '2023-01', 'all of it'],
    ['uploads/jia/a.xlsx', 'jia', undefined, 'a department alone'],
    ['uploads/jia/2023-01.xlsx', 'jia', undefined, 'a name is no folder'],
    ['uploads/2023-01/a.xlsx', undefined, '2023-01', 'a month alone'],
    ['uploads/2023年1月/甲局/a.xlsx', '甲局', '2023年1月', 'the month first'],
    ['uploads/1月/a.xlsx', undefined, '1月', 'a month without its year'],
    ['uploads/unaddressed/2023-01/0123/a.xlsx', undefined, '2023-01', 'a department that was not told'],
    ['uploads/unaddressed/unaddressed/0123/a.xlsx', undefined, undefined, 'nothing that was told'],
    ['uploads//a.xlsx', '', undefined, 'a department without a name, which is one all the same'],
    ['uploads/a.xlsx', undefined, undefined, 'nothing'],
    ['a.xlsx', undefined, undefined, 'nothing either'],
    ['elsewhere/jia/2023-01/a.xlsx', undefined, undefined, 'another folder'],
  ])('of %s is %s and %s: %s', (key, department, period) => {
    expect(addressOfKey(key)).toEqual({ department, period });
  });
});

describe('the folder of feedback', () => {
  it('is the department’s for which an upload was recorded, wherever that was put', () => {
    const upload = { key: 'uploads/unaddressed/unaddressed/0123/a.xlsx', version: null };
    expect(feedbackFolder({ ...jia, upload })).toMatch(/^feedback\/jia\/2023-02\/[0-9a-f]{16}\/$/);
  });

  it('of an upload that was recorded for nobody is with whoever put it there', () => {
    const upload = { key: 'uploads/jia/a.xlsx', version: null };
    const folder = feedbackFolder({ department: null, period: null, upload });
    expect(folder).toMatch(/^feedback\/jia\/unaddressed\//);
  });

  const key = uploadKey(jia, hash, '一月.xlsx');

  it('tells whose it is, and is one for each upload of the same file', () => {
    const [one, other] = ['v1', 'v2'].map((version) => feedbackFolder({ ...jia, upload: { key, version } }));
    expect(one).toMatch(/^feedback\/jia\/2023-02\/[0-9a-f]{16}\/$/);
    expect(other).not.toBe(one);
  });

  it.each(['a.xlsx', 'uploads/a.xlsx', 'elsewhere/jia/2023-01/a.xlsx', 'uploads/../x/a.xlsx'])(
    'of %s is with those of nobody',
    (odd) => {
      const upload = { key: odd, version: null };
      expect(feedbackFolder({ department: null, period: null, upload })).toMatch(
        /^feedback\/unaddressed\/(unaddressed|x)\//,
      );
    },
  );
});

describe('a safe file name', () => {
  it.each([
    ['月报.xlsx', '月报.xlsx', 'an ordinary name stays'],
    ['a+b (1)%20#.xlsx', 'a+b (1)%20#.xlsx', 'plus signs, blanks and percent signs stay'],
    ['../../etc/passwd', '_.._etc_passwd', 'a path is none any more'],
    ['C:\\temp\\a.xlsx', 'C__temp_a.xlsx', 'nor a Windows path'],
    ['a<b>"c"|d?e*.xlsx', 'a_b__c__d_e_.xlsx', 'what Windows forbids is replaced'],
    ['a\u0000b\n.xlsx', 'a_b_.xlsx', 'control characters are replaced'],
    ['a\u202exslx.exe', 'a_xslx.exe', 'nothing turns the direction of reading'],
    ['Cafe\u0301.xlsx', 'Caf\u00e9.xlsx', 'letters are composed'],
    ['  .hidden. ', 'hidden', 'no dots or blanks at the ends'],
    ['...', 'unnamed', 'nothing left is still a name'],
    ['', 'unnamed', 'nothing is still a name'],
    ['a\ud800.xlsx', 'a_.xlsx', 'half a character is replaced'],
    ['CON', '_CON', 'a device of Windows is no file'],
    ['nul.xlsx', '_nul.xlsx', 'not with an ending either'],
    ['com1.月报.xlsx', '_com1.月报.xlsx', 'nor with two'],
    ['console.xlsx', 'console.xlsx', 'a word that begins like one is no device'],
  ])('for %j is %j: %s', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it.each(['长'.repeat(300), '\u{1f600}'.repeat(300)])(
    'fits any file system and keeps its ending',
    (name) => {
      const safe = safeFileName(`${name}.xlsx`);
      expect(safe.endsWith('.xlsx')).toBe(true);
      expect(safe.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
      expect(safeFileName(safe)).toBe(safe);
    },
  );
});
