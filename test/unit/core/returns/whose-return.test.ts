import { describe, expect, it } from 'vitest';
import {
  type Address,
  otherReturnIn,
  resolveAddress,
  yearsSaid,
} from '../../../../shared/core/returns/address.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局', to: '2023-01', successor: 'jia' },
    { id: 'bing', name: '丙局' },
  ],
  indicators: [indicator('a')],
});

type Case = {
  place?: Partial<Address>;
  mark?: Partial<Address>;
  fileName?: string;
  what: string;
  is?: string;
  refused?: string;
  says?: string[];
};

const jia = { department: 'jia', period: '2023-02' };
const bing = { department: 'bing', period: '2023-02' };
const nothing: Address = { department: undefined, period: undefined };

describe('whose return a file is', () => {
  it.each<Case>([
    { what: 'the place alone says it', place: jia, is: 'jia 2023-02' },
    { what: 'the mark says all', mark: jia, fileName: '什么.xlsx', is: 'jia 2023-02' },
    { what: 'the mark says the month', place: { department: 'jia' }, mark: jia, is: 'jia 2023-02' },
    { what: 'the mark says the department', place: { period: '2023-02' }, mark: jia, is: 'jia 2023-02' },
    { what: 'the name says all', fileName: '甲局2023年2月.xls', is: 'jia 2023-02' },
    { what: 'the name says the month', place: { department: 'jia' }, fileName: '2月.xls', is: 'jia 2023-02' },
    {
      what: 'the name says the department',
      place: { period: '2023-02' },
      fileName: '甲局.xls',
      is: 'jia 2023-02',
    },
    {
      what: 'a place that says no month is as good as one that says nothing',
      place: { department: 'jia', period: '报表' },
      mark: jia,
      is: 'jia 2023-02',
    },
    { what: 'all say the same', place: jia, mark: jia, fileName: 'jia-2023-02.xlsx', is: 'jia 2023-02' },
    { what: 'the place says another than the mark', place: jia, mark: bing, is: 'jia 2023-02' },
    {
      what: 'the place says another month than the mark',
      place: jia,
      mark: { ...jia, period: '2023-01' },
      is: 'jia 2023-02',
    },
    {
      what: 'the place says the department, the mark another, and the month',
      place: { department: 'jia' },
      mark: bing,
      is: 'jia 2023-02',
    },
    {
      what: 'the name says another department than the mark',
      mark: jia,
      fileName: '丙局.xlsx',
      is: 'jia 2023-02',
      says: ['form-contradicts-address 甲局 丙局'],
    },
    {
      what: 'the name says another month than the mark',
      mark: jia,
      fileName: '1月.xlsx',
      is: 'jia 2023-02',
      says: ['form-contradicts-address 2023年2月 2023年1月'],
    },
    {
      what: 'the name says both otherwise',
      mark: jia,
      fileName: '丙局2022年2月.xlsx',
      is: 'jia 2023-02',
      says: ['form-contradicts-address 甲局2023年2月 丙局2022年2月'],
    },
    {
      what: 'the name says another month where the place says none',
      place: { department: 'jia' },
      mark: jia,
      fileName: '丙局1月.xlsx',
      is: 'jia 2023-02',
      says: ['form-contradicts-address 2023年2月 2023年1月'],
    },
    {
      what: 'place and mark agree against the name',
      place: jia,
      mark: jia,
      fileName: '丙局1月.xlsx',
      is: 'jia 2023-02',
      says: ['file-name-differs 丙局2023年1月 甲局2023年2月'],
    },
    {
      what: 'place and mark are of two departments, whatever the name says',
      place: jia,
      mark: bing,
      fileName: '乙局.xlsx',
      is: 'jia 2023-02',
    },
    {
      what: 'the place is of another year',
      place: { department: 'jia', period: '2022-02' },
      mark: jia,
      is: 'jia 2023-02',
      says: ['form-contradicts-address 2023年2月 2022年2月'],
    },
    {
      what: 'the mark is of another year, and the name of this',
      mark: { ...jia, period: '2022-02' },
      fileName: '2月.xlsx',
      is: 'jia 2023-02',
    },
    { what: 'nothing says it', fileName: '月报.xls', refused: 'address-unknown-department' },
    { what: 'only the month is said', place: { period: '2023-02' }, refused: 'address-unknown-department' },
    { what: 'only the department is said', place: { department: 'jia' }, refused: 'address-unknown-period' },
    {
      what: 'a place that nobody has must not record for another',
      place: { department: 'nobody', period: '2023-02' },
      mark: jia,
      fileName: 'jia-2023-02.xlsx',
      refused: 'address-unknown-department',
    },
    {
      what: 'nor one without a name',
      place: { department: '', period: undefined },
      mark: jia,
      refused: 'address-unknown-department',
    },
    {
      what: 'the name cannot mend a place of another year',
      place: { department: 'jia', period: '2022-02' },
      fileName: '2023年2月.xls',
      refused: 'address-unknown-period',
    },
    {
      what: 'the mark is of another city',
      mark: { department: 'other', period: '2023-02' },
      refused: 'address-unknown-department',
    },
    {
      what: 'the mark is of another year',
      mark: { ...jia, period: '2022-02' },
      refused: 'address-unknown-period',
    },
    {
      what: 'the mark is of a return that nobody asks for',
      mark: { department: 'yi', period: '2023-02' },
      refused: 'address-not-expected',
    },
  ])('is $is, or refused with $refused: $what', ({ place, mark, fileName = '', is, refused, says }) => {
    const hints = { mark: { ...nothing, ...mark }, fileName };
    const resolution = resolveAddress({ ...nothing, ...place }, catalogue, hints);
    if (resolution.kind === 'refused') {
      expect([resolution.finding.rule, undefined]).toEqual([refused, is]);
      expect(findingSchema.parse(resolution.finding).message).toMatch(/[；？]请.+。$/);
      return;
    }
    const { key, findings } = resolution;
    expect([`${key.department} ${key.period}`, undefined]).toEqual([is, refused]);
    expect(findings.map(({ rule, found, expected }) => `${rule} ${found} ${expected}`)).toEqual(says ?? []);
    for (const finding of findings) findingSchema.parse(finding);
  });

  it.each<[string, Partial<Address>, Partial<Address>, string]>([
    ['没有指明是哪个部门、哪一期的报表', {}, {}, 'jia/2023-01/'],
    ['没有指明是哪个部门的报表', { period: '2023-02' }, {}, 'jia/2023-02/'],
    ['不在指标目录中', { department: 'nobody', period: '2023-03' }, { department: 'bing' }, 'bing/2023-03/'],
    ['没有指明有效的报告期', { department: 'bing' }, {}, 'bing/2023-01/'],
    ['不是2023年的报告期', { department: 'bing', period: '2023-09' }, { department: 'jia' }, 'bing/2023-01/'],
  ])('says that it %s, with an example of its own', (says, place, mark, example) => {
    const hints = { mark: { ...nothing, ...mark }, fileName: '' };
    const resolution = resolveAddress({ ...nothing, ...place }, catalogue, hints);
    const message = resolution.kind === 'refused' ? resolution.finding.message : '';
    expect(message).toContain(says);
    expect(message).toContain(`（例如 ${example}）`);
  });

  it.each<[Partial<Address>, object | undefined, string]>([
    [jia, undefined, 'the very return'],
    [bing, bing, 'another department'],
    [{ ...jia, period: '2023-03' }, { ...jia, period: '2023-03' }, 'another month'],
    [
      { department: 'yi', period: '2022-01' },
      { department: 'yi', period: '2022-01' },
      'both, and another year',
    ],
    [{ department: 'jia' }, undefined, 'no return at all'],
    [{ ...jia, period: '三月' }, undefined, 'no period'],
  ])('is beside what the mark %j says %j: %s', (mark, other) => {
    expect(otherReturnIn({ ...nothing, ...mark }, { department: 'jia', period: '2023-02' })).toEqual(other);
  });

  it('puts a contradiction as a question, with both and how to mend either', () => {
    const hints = { mark: jia, fileName: '甲局1月.xlsx' };
    const resolution = resolveAddress(nothing, catalogue, hints);
    const [question] = resolution.kind === 'return' ? resolution.findings : [];
    expect(question?.message).toBe(
      '文件名写的是2023年1月，表内标识却是2023年2月：是文件名写错了，还是用错了模板？如果填的确是2023年2月的数字，请改正文件名（例如放入文件夹 jia/2023-02/）后重新提交；如果应当是2023年1月的报表，请下载2023年1月的模板，把数字填入后提交。',
    );
  });

  it('names the owner of the form that was put where nobody is', () => {
    const place = { department: 'nobody', period: undefined };
    const finding = resolveAddress(place, catalogue, { mark: jia, fileName: '' });
    expect(finding).toMatchObject({ finding: { found: 'nobody' } });
    expect(JSON.stringify(finding)).toContain('表内标识却是甲局：是放错了位置，还是写错了部门代码？');
  });

  it('is of the first year that place, mark or name says', () => {
    const mark = { ...nothing, period: '2023-02' };
    expect(yearsSaid({ ...nothing, period: '2022-01' }, { mark, fileName: '2024年1月' })).toEqual([
      2022, 2023, 2024,
    ]);
    expect(yearsSaid(nothing, { mark: nothing, fileName: '1月' })).toEqual([]);
  });
});
