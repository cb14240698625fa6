import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { nextCatalogue, twoYears } from '../fixtures/two-years.ts';

const now = '2024-06-05T01:00:00.000Z';
const message = (text: string) => `${text}。`;

/** The rules of 2024, which look at 2023, at all departments, and at several units. */
const catalogue: Catalogue = catalogueSchema.parse({
  ...nextCatalogue({ buses: { alsoIn: [{ unit: '百辆', factor: '100' }] } }),
  rules: [
    {
      id: 'same',
      over: 'period',
      expression: 'cases >= last-year(cases)',
      message: message('案件不少于上年同期'),
    },
    {
      id: 'begun',
      over: 'period',
      expression: 'buses = last-year-end(buses) + 1',
      message: message('车辆比上年末多一辆'),
    },
    {
      id: 'so-far',
      over: 'year-to-date',
      expression: 'cases <= last-year(cases)',
      message: message('案件累计不多于上年'),
    },
    { id: 'city', over: 'all-departments', expression: 'cases <= buses', message: message('案件不多于车辆') },
  ],
});

/** Both years, with a return of the other department for January. */
async function published() {
  const years = await twoYears(catalogue);
  await years.last.publish('2024-01-20T01:00:00.000Z');
  const other = { department: 'sfj2', period: '2024-01', cases: '10' };
  const { feedback: others } = await years.present.submit({
    ...other,
    uploadedAt: '2024-01-28T02:00:00.000Z',
  });
  const { feedback } = await years.untilLast();
  return { ...years, feedback, others };
}

type Published = Awaited<ReturnType<typeof published>>;

describe('rules beside last year and over all departments', () => {
  it('say in a publication both sides, and by how much they differ', async () => {
    const { present } = await published();
    const { warnings } = (await present.publish(now)).publication;
    const said = warnings
      .filter(({ finding }) => finding.rule.startsWith('rule-'))
      .map(({ department, period, finding: { rule, found, message: text } }) => [
        `${department} ${period} ${rule}`,
        found,
        text.replace(/；.*/, ''),
      ]);
    expect(said).toEqual([
      ...['01', '02', '03', '04', '05'].flatMap((month) => [
        ...(month === '02' || month === '04'
          ? [
              [
                `sfj 2024-${month} rule-same`,
                month === '02' ? '案件 30，上年同期【案件】 31' : '案件 31，上年同期【案件】 33',
                `2024年${Number(month)}月的数与上年的数相比，不符合“案件不少于上年同期”：${month === '02' ? '左边 30，右边 31，相差 1' : '左边 31，右边 33，相差 2'}`,
              ],
            ]
          : []),
        ...(month === '05'
          ? [
              [
                'sfj 2024-05 rule-so-far',
                '案件 843，上年同期【案件】 150',
                '截至2024年5月的累计数不符合“案件累计不多于上年”：左边 843，右边 150，相差 693',
              ],
            ]
          : []),
        [
          `sfj 2024-${month} rule-begun`,
          '车辆 3，上年末【车辆】 3 + 1 = 4',
          `2024年${Number(month)}月的数与上年的数相比，不符合“车辆比上年末多一辆”：左边 3，右边 4，相差 1`,
        ],
      ]),
      [
        'null 2024-01 rule-city',
        '案件 39 件，车辆 6 辆',
        '截至2024年1月的全市汇总数不符合“案件不多于车辆”：左边 39 件，右边 6 辆，相差 33',
      ],
    ]);
  });

  it('never refuse a return, and tell a department nothing of another', async () => {
    const { feedback, others } = await published();
    expect([feedback.outcome, others.outcome]).toEqual(['accepted', 'accepted']);
    const rules = [...feedback.warnings, ...others.warnings].map(({ rule }) => rule);
    expect(rules).toContain('rule-so-far');
    expect(rules).not.toContain('rule-city');
  });

  it('come and go as last year is published, and as returns are corrected', async () => {
    const { present, last } = await published();
    const open = async () => {
      const { state } = await readYear(present, 2024);
      return warningsOf(state).map(({ period, finding }) => `${period} ${finding.rule}`);
    };
    expect(await open()).toContain('2024-02 rule-same');
    expect(await open()).toContain('2024-01 rule-city');
    await last.submit({
      period: '2023-02',
      cases: '30',
      uploadedAt: '2024-01-25T01:00:00.000Z',
      note: '多报',
    });
    await last.publish('2024-06-06T01:00:00.000Z');
    expect(await open()).not.toContain('2024-02 rule-same');
    for (const department of ['sfj', 'sfj2']) {
      const correction = { department, period: '2024-01', cases: '3', note: '更正' };
      await present.submit({ ...correction, uploadedAt: '2024-06-07T01:00:00.000Z' });
    }
    expect(await open()).not.toContain('2024-01 rule-city');
  });
});

describe('a warning on the totals of all departments', () => {
  const text = '截至2024年1月的全市汇总数不符合“案件不多于车辆”';

  it('is seen by the legal office and the auditor, and by no clerk', async () => {
    const { present } = await published();
    await present.publish(now);
    const portal = openPortal(present, { now });
    const [office, auditor, clerk] = await Promise.all([
      portal.as('legal-office'),
      portal.as('auditor'),
      portal.as('department:sfj'),
    ]);
    for (const user of [office, auditor]) {
      const page = textOf(await visit(user, '/2024/findings'));
      expect(page).toContain('全市汇总截至2024年1月');
      expect(page).toContain(text);
      expect(textOf(await visit(user, '/2024/publications/1'))).toContain(text);
      expect(await user.read('/api/2024/warnings?period=2024-01')).toContain('rule-city');
    }
    for (const path of [
      '/2024/departments/sfj',
      '/2024/departments/sfj/2024-01',
      '/api/2024/warnings',
      '/api/2024/returns/sfj/2024-01',
    ]) {
      const body = await clerk.read(path);
      expect(body).not.toContain('rule-city');
      expect(body).not.toContain('全市汇总');
    }
    expect(textOf(await visit(office, '/2024/findings?department=sfj'))).not.toContain(text);
  });

  it('is settled by the legal office alone, with a reason, on the page that shows it', async () => {
    const { present } = await published();
    const portal = openPortal(present, { now });
    const office = await portal.as('legal-office', '王五');
    const group = within(await visit(office, '/2024/findings'))
      .getByText(/全市汇总截至2024年1月/)
      .closest('section');
    const field = within(group!).getByRole('textbox').getAttribute('name')!;
    const address = '/2024/findings/answers';
    for (const who of ['department:sfj', 'auditor'] as const) {
      expect((await (await portal.as(who)).post(address, { [field]: '核实' })).status).toBe(403);
    }
    const done = await office.post(address, { [field]: '车辆另有借用' });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/2024/findings?done=acknowledged']);
    expect((await office.post(address, { [field]: '再说' })).status).toBe(409);
    expect((await office.post(address, { [`reason-${'0'.repeat(64)}`]: '无' })).status).toBe(409);
    const after = await visit(office, '/2024/findings?done=acknowledged');
    expect(textOf(after)).toContain('写明的原因已经记录。');
    expect(textOf(partUnder(after, '已确认（1）'))).toContain(
      '王五于 2024-06-05 09:00 法制机构确认无误：车辆另有借用',
    );
    const { warnings } = (await present.publish(now)).publication;
    expect(warnings.at(-1)).toMatchObject({ department: null, acknowledged: { reason: '车辆另有借用' } });
  });
});

describe('the verification', () => {
  const verified = async ({ events, documents }: Published) =>
    verifyStore(await rawYearIn(events, documents, 2024), documents);

  it('derives all of these warnings anew, and the feedback that had them', async () => {
    const years = await published();
    await years.present.publish(now);
    const { faults, checked } = await verified(years);
    expect(faults).toEqual([]);
    expect(checked).toContain('10 warnings derived anew');
    const raw = await rawYearIn(years.events, years.documents, 2024);
    const anew = await deriveFeedbackAnew({ raw, documents: years.documents, workbooks: false });
    expect(anew.faults).toEqual([]);
  });

  it.each(['rule-city', 'rule-begun', 'rule-so-far'])('finds that one of %s was left out', async (rule) => {
    const years = await published();
    await years.present.publish(now);
    const key = 'publications/2024/0001/summary.json';
    const summary = JSON.parse(new TextDecoder().decode(years.files.get(key)));
    const warnings = summary.warnings.filter(
      ({ finding }: { finding: { rule: string } }) => finding.rule !== rule,
    );
    years.files.set(key, jsonFile({ ...summary, warnings }));
    const { faults } = await verified(years);
    expect(
      faults.some(
        ({ where, explanation }) => where.endsWith('warnings') && explanation.startsWith('are not those'),
      ),
    ).toBe(true);
  });
});
