import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { contactSchema, usualList } from '../../../../shared/core/reminders/contacts.ts';
import { lackingIn } from '../../../../shared/core/reminders/lacking.ts';
import { filledInLast, fittingMessages, reminderText } from '../../../../shared/core/reminders/text.ts';
import type { YearState } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, refused, stateOf } from '../small-year.ts';
import { idOf, issued, published } from '../year/january.ts';

const now: Instant = '2023-03-08T01:00:00.000Z';

function textOf(state: YearState, more: { askWhom?: string; link?: (department: string) => string } = {}) {
  const { askWhom = '', link } = more;
  const [reminder] = lackingIn(state, now, usualList);
  return reminderText(reminder!, { state, now, list: { askWhom }, link });
}

describe('a reminder', () => {
  const catalogue = catalogueOf({ indicators: [indicator('a')] });
  const extended = (period: '2023-01' | '2023-02', until: Instant): Payload => ({
    ...{ kind: 'deadline-extended', department: 'jia', period, until, reason: '假' },
  });

  it('says what is lacking, until when, where it is done, who filled in last, and whom to ask', () => {
    const state = stateOf(catalogue, [
      accepted('yi', '2023-01', { a: '1' }),
      refused('jia', '2023-01'),
      extended('2023-02', '2023-03-20T15:59:59.999Z'),
    ]);
    expect(
      textOf(state, { askWhom: '法规科 0818-1234', link: (id) => `https://a.cn/2023/departments/${id}` }),
    ).toEqual({
      subject: '【催报】甲局：2 份报表逾期催报',
      text: `【催报】甲局：
还有 2 份报表没有办完，请尽快办理；已经办完的请忽略。
1. 2023年1月月报：退回未重报，报送时限 2023-02-10，已逾期 26 天
2. 2023年2月月报：未报，报送时限 2023-03-20（已延期），还有 12 天
办理页面：https://a.cn/2023/departments/jia
有疑问请联系：法规科 0818-1234`,
    });
  });

  it('says what waits for the department in a return that came, without a day until when', () => {
    const first = accepted('jia', '2023-01', { a: '1' }, { name: 'first' });
    const second = accepted('jia', '2023-01', { a: '2' }, { name: 'second', at: '2023-02-01T01:00:00.000Z' });
    const about = { department: 'jia', period: '2023-01', upload: idOf(first), about: 'a' } as const;
    const asked = { kind: 'question-asked', ...about, effect: 'sent-back', reason: '请核实' } as const;
    const changed = stateOf(catalogue, [first, published(1, idOf(first)), issued(1), asked, second]);
    expect(textOf(changed).text).toContain(
      '1. 2023年1月月报：改动了正式发布的内容而没有说明理由，等待部门说明；法制机构退回核实，等待部门答复\n',
    );
  });

  it('leaves out what nobody knows', () => {
    const state = stateOf(catalogue, [extended('2023-01', '2023-03-08T15:59:59.999Z')]);
    expect(textOf(state).text).toBe(`【催报】甲局：
还有 2 份报表没有办完，请尽快办理；已经办完的请忽略。
1. 2023年1月月报：未报，报送时限 2023-03-08（已延期），今天截止
2. 2023年2月月报：未报，报送时限 2023-03-10，还有 2 天
有疑问请联系：测试市`);
  });

  it('says that it is overdue on the very day on which an extension ended', () => {
    const within = stateOf(catalogue, [extended('2023-01', '2023-03-08T00:59:59.999Z')]);
    expect(textOf(within).text).toContain('1. 2023年1月月报：未报，报送时限 2023-03-08（已延期），已逾期\n');
  });

  it('writes what somebody typed with single blanks, and none around', () => {
    const state = stateOf(catalogue, []);
    expect(textOf(state, { askWhom: ' 法规科 \t\n 李某 ' }).text).toMatch(/有疑问请联系：法规科 李某$/);
  });
});

describe('who filled in last', () => {
  const catalogue = catalogueOf({ indicators: [indicator('a')] });
  const of = (preparer: string, day: string, department = 'jia', period = '2023-01'): Payload => {
    const happening = accepted(department, period, { a: '1' }, { at: `2023-02-${day}T01:00:00.000Z` });
    return { ...happening, signature: { ...happening.signature, preparer } };
  };
  const last = (...happenings: Payload[]) => filledInLast(stateOf(catalogue, happenings), 'jia');

  it.each<[what: string, happenings: Payload[], expected: string | undefined]>([
    ['whoever filled in the newest return', [of('张三', '02'), of('李四', '03')], '李四（2023年1月）'],
    [
      'whichever period it is of',
      [of('李四', '03'), of('张三', '02', 'jia', '2023-02')],
      '李四（2023年1月）',
    ],
    ['nobody of another department', [of('张三', '02'), of('李四', '03', 'yi')], '张三（2023年1月）'],
    [
      'whoever gave a name, where the newest has none',
      [of('张三', '02'), of(' ', '03')],
      '张三（2023年1月）',
    ],
    ['nobody where no return came', [], undefined],
  ])('is %s', (_, happenings, expected) => {
    expect(last(...happenings)).toBe(expected);
  });

  it('is who did last year where nothing came this year, as far as that is known', () => {
    const [empty, lastYear] = [stateOf(catalogue, []), stateOf(catalogue, [of('张三', '02')])];
    const source = { kind: 'publication', year: 2022, number: 1 } as never;
    const known = { ...empty, lastYear: { ...{ source, state: lastYear } } } as unknown as YearState;
    expect(filledInLast(known, 'jia')).toBe('张三（2023年1月）');
    const baseline = { ...empty, lastYear: { source } } as unknown as YearState;
    expect(filledInLast(baseline, 'jia')).toBeUndefined();
  });
});

const hostile = {
  'line ends and a header': '甲局\r\nBcc: all@evil.example\r\n\r\n正文',
  'a call to all of 飞书': '<at user_id="all">所有人</at>',
  'a call to all': '@所有人 @all',
  'what turns the direction': '局\u202e甲\u2066',
  'a formula': '=HYPERLINK("http://evil.example")',
};

describe.each(Object.entries(hostile))('a name with %s', (_, name) => {
  it('stays on its line, calls nobody, and begins no line', () => {
    const catalogue = catalogueOf({ indicators: [indicator('a')] });
    const [first, ...others] = catalogue.departments;
    const named = { ...catalogue, departments: [{ ...first!, name }, ...others] };
    const happening = accepted('jia', '2023-01', { a: '1' });
    const preparer = name.slice(0, 60).toWellFormed();
    const state = stateOf(named, [{ ...happening, signature: { ...happening.signature, preparer } }]);
    const { subject, text } = textOf(state, { askWhom: name });
    expect(text.split('\n')).toHaveLength(5);
    for (const each of [subject, ...text.split('\n').slice(0, -1)])
      expect(each).not.toMatch(/[<>@\r\n\u202e\u2066]/);
    expect(text).not.toMatch(/[<>]|^[=+@-]/m);
    expect(text.isWellFormed() && subject.isWellFormed()).toBe(true);
  });
});

describe('an address of a contact', () => {
  it.each([
    ['line ends', 'a@b.cn\r\nBcc: c@d.cn'],
    ['two addresses', 'a@b.cn, c@d.cn'],
    ['a name', '甲 <a@b.cn>'],
    ['a quoted part', '"a b"@c.cn'],
    ['a comment', 'a@b.cn (x)'],
  ])('with %s is refused', (_, mail) => {
    expect(contactSchema.safeParse({ department: 'jia', name: '张三', mail }).success).toBe(false);
  });

  it('is taken without the blanks about it', () => {
    expect(contactSchema.parse({ department: 'jia', name: '张三', mail: ' a@b.cn ' }).mail).toBe('a@b.cn');
  });
});

describe('messages to a group', () => {
  const texts = ['甲'.repeat(10), '乙'.repeat(10), '丙'.repeat(10)].map((text) => ({ text }));

  it('hold as many reminders as fit, in order', () => {
    expect(fittingMessages(texts, 62).map(({ text, parts }) => [text.length, parts.length])).toEqual([
      [22, 2],
      [10, 1],
    ]);
    expect(fittingMessages(texts, 1_000)).toHaveLength(1);
    expect(fittingMessages([], 1_000)).toEqual([]);
  });

  it.each([
    [['甲甲', '乙乙', '丙丙'], 20, '甲甲\n乙乙\n丙丙', 'one that just fits is whole'],
    [['甲甲', '乙乙', '丙丙'], 19, '甲甲\n……', 'one that does not ends at the end of a line'],
    [['甲甲', '乙乙', '丙', '丁'], 20, '甲甲\n乙乙\n……', 'with as many lines as there is room for'],
    [['甲甲', '乙乙'], 3, '甲甲\n……', 'a first line stays, though there is no room for it'],
  ])('of %j in %i bytes are %j: %s', (lines, limit, expected) => {
    expect(fittingMessages([{ text: lines.join('\n') }], limit).map(({ text }) => text)).toEqual([expected]);
  });
});
