import { describe, expect, it } from 'vitest';
import { beginFrom } from '../../../../shared/core/catalogue/beginning.ts';
import { catalogueSchema, readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { differences } from '../../../../shared/core/catalogue/difference.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { formLines, signingInWords } from '../../../../shared/core/catalogue/signing.ts';
import { inOneLine, sound } from './catalogue-parts.ts';

const form = {
  number: '某统法1表',
  authority: '某市统计局',
  approval: '某统制〔2023〕1号',
  validUntil: '2026年6月',
};
const signing = { scan: true, agreement: true };
const plain = catalogueSchema.parse(sound());
const signed = catalogueSchema.parse(sound({ file: { form, signing } }));

describe('what a form says of itself, and how it is signed', () => {
  it('is nothing where a catalogue says nothing', () => {
    expect(plain).toMatchObject({ form: {}, signing: { scan: false, agreement: false } });
    expect(formLines(plain.form)).toEqual([]);
    expect(signingInWords(plain.signing)).toBe('');
  });

  it('is printed line by line, without what is not there', () => {
    expect(formLines(signed.form)).toEqual([
      '表号：某统法1表',
      '制定机关：某市统计局',
      '批准文号：某统制〔2023〕1号',
      '有效期至：2026年6月',
    ]);
    expect(formLines({ number: '某统法1表' })).toEqual(['表号：某统法1表']);
    expect(signingInWords(signed.signing)).toBe('要上传签字盖章的扫描件，部门审核人同意后才计入');
  });

  it('stays in the next year, and is not taken over by an office that begins from another one’s catalogue', () => {
    const next = nextYear(signed);
    expect(next).toMatchObject({ kind: 'catalogue', catalogue: { form, signing } });
    const begun = beginFrom(signed, {
      year: 2024,
      authority: '另一市',
      names: new Map(signed.departments.map(({ id, name }) => [id, name])),
      firstMonth: 1,
      dueDay: 10,
      cutOff: { kind: 'end-of-january' },
    });
    expect(begun).toMatchObject({ kind: 'catalogue', catalogue: { form: {} } });
  });

  it('is said as a difference', () => {
    expect(differences(plain, signed)).toMatchObject([
      {
        entry: 'catalogue',
        change: 'signing',
        before: '',
        after:
          '表号：某统法1表，制定机关：某市统计局，批准文号：某统制〔2023〕1号，有效期至：2026年6月，要上传签字盖章的扫描件，部门审核人同意后才计入',
      },
    ]);
  });

  it('is said without what is not there', () => {
    const numbered = catalogueSchema.parse(sound({ file: { form: { number: '某统法1表' } } }));
    expect(differences(plain, numbered).map(({ after }) => after)).toEqual(['表号：某统法1表']);
  });

  it.each([
    [{ form: { number: '' } }, 'catalogue form.number 目录：“表号”是空的；请填写。'],
    [
      { form: { approval: '长'.repeat(41) } },
      'catalogue form.approval 目录：“批准文号”有 41 个字，最多 40 个字；请改正。',
    ],
    [{ form: { stamp: '章' } }, 'catalogue form.stamp 目录：不认识“stamp”这一项；请删去它，或改正拼写。'],
    [
      { signing: { scan: 'yes' } },
      'catalogue signing.scan 目录：“盖章扫描件”应是是或否（true 或 false），现在是文字；请改正。',
    ],
  ])('with %j is a problem', (file, line) => {
    const reading = readCatalogue(sound({ file }));
    expect(reading.kind === 'problems' && reading.problems.map(inOneLine)).toEqual([line]);
  });
});
