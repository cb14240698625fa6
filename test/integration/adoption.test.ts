import { describe, expect, it } from 'vitest';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import type { Content } from '../../shared/core/returns/content.ts';
import { annualTotals } from '../../shared/core/totals/totals.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import { adoptingOffice } from '../fixtures/adopting-office.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';

const jia = (month: number) => ({ department: 'jia', period: `2023-0${month}` as Period });
const yi = (month: number) => ({ department: 'yi', period: `2023-0${month}` as Period });
const only = { reporters: ['jia'] };

describe('a catalogue that changes in the middle of a year', () => {
  const inWan = catalogueOf({ indicators: [indicator('x', 'flow', { ...only, unit: '万元' })] });
  const inYuan = catalogueOf({ indicators: [indicator('x', 'flow', { ...only, unit: '元', decimals: 2 })] });
  const factor = { indicator: 'x', from: '万元', to: '元', factor: '10000' as Decimal };

  it('adds up what was reported in 万元 and in 元 by the factor that the adoption states, on old forms too', async () => {
    const city = adoptingOffice(inWan);
    await city.send(inWan, jia(1), { x: '100' });
    await city.send(inWan, jia(2), { x: '50' });
    await city.adopt(inYuan, { conversions: [factor] });
    await city.send(inWan, jia(3), { x: '120' });
    expect(annualTotals(await city.state())).toMatchObject([
      { value: '2700000', unit: '元', status: 'final' },
    ]);
    await city.send(inYuan, jia(3), { x: '1800000.5' });
    const { publication, total } = await city.published();
    expect(total).toMatchObject({
      value: '3300000.5',
      byPeriod: [{ value: '1000000' }, { value: '500000' }, { value: '1800000.5' }],
    });
    expect(publication.observations.map(({ value, unit }) => `${value}${unit}`)).toEqual([
      '100万元',
      '50万元',
      '1800000.5元',
    ]);
    expect(publication.adoptions.map(({ conversions }) => conversions)).toEqual([[], [factor]]);
    expect(await city.verify()).toEqual([]);
  });

  it('refuses a unit without its factor, with the entry named, and nothing has changed', async () => {
    const city = adoptingOffice(inWan);
    await city.send(inWan, jia(1), { x: '100' });
    await expect(city.adopt(inYuan)).rejects.toThrow('“指标x”的单位由“万元”改为“元”，没有写明换算');
    expect((await city.published()).total).toMatchObject({ value: '100', unit: '万元' });
  });

  it('keeps what one department reported before the indicator moved to another', async () => {
    const before = catalogueOf({ indicators: [indicator('x', 'flow', only), indicator('y')] });
    const moved = (reporters: unknown[]) =>
      catalogueOf({ indicators: [indicator('x', 'flow', { reporters }), indicator('y')] });
    const city = adoptingOffice(before);
    await city.send(before, jia(1), { x: '300', y: '0' });
    await city.send(before, jia(2), { x: '400', y: '0' });
    await expect(city.adopt(moved(['yi']))).rejects.toThrow('甲局2023年1月已报的数会从全年中消失');
    const right = moved([
      { department: 'jia', to: '2023-02' },
      { department: 'yi', from: '2023-03' },
    ]);
    expect((await city.preview(right)).differences).toMatchObject([
      { change: 'moved', before: '甲局', after: '甲局（至2023年2月止）、乙局（2023年3月起）', returns: 2 },
    ]);
    await city.adopt(right);
    await city.send(right, yi(3), { x: '800', y: '0' });
    expect((await city.published()).total?.value).toBe('1500');
    expect(await city.verify()).toEqual([]);
  });

  it('counts a percentage as Excel shows it', async () => {
    const rate = catalogueOf({ indicators: [indicator('x', 'flow', { ...only, unit: '%', decimals: 2 })] });
    const city = adoptingOffice(rate);
    const shown: Content = { kind: 'number', text: '0.95', shown: { text: '95%', power: 2 } };
    expect((await city.send(rate, jia(1), { x: shown })).outcome).toBe('accepted');
    expect((await city.published()).total?.value).toBe('95');
  });

  it('counts one work once, however its marks and brackets are set', async () => {
    const works = catalogueOf({ indicators: [indicator('x', 'list')] });
    const city = adoptingOffice(works);
    await city.send(works, jia(1), { x: ['《市政府工作规则》', '行政处罚裁量办法(试行)'] });
    await city.send(works, yi(2), { x: ['市政府工作规则', '行政处罚裁量办法（试行）'] });
    expect((await city.published()).total?.value).toBe('2');
  });

  it('has nothing to publish where no catalogue was adopted, sample or not', async () => {
    const ports = inMemoryPorts();
    const request = {
      year: 2023,
      publishedAt: '2024-02-01T00:00:00.000Z',
      publishedBy: '法制科',
      software: 'test',
    } as const;
    await expect(publish(request, ports)).rejects.toThrow('no catalogue has been adopted for 2023');
  });
});

describe('a form that is out while a catalogue is adopted', () => {
  const before = catalogueOf({ indicators: [indicator('x'), indicator('old')] });
  const after = catalogueOf({ indicators: [indicator('x'), indicator('new', 'flow', { from: '2023-02' })] });

  it('is read by its own catalogue; what is no longer asked for is named and not counted, what is asked since is missing', async () => {
    const city = adoptingOffice(before);
    await city.adopt(after);
    expect(await city.send(before, jia(2), { x: '7', old: '5' })).toMatchObject({ outcome: 'accepted' });
    const state = await city.state();
    expect(warningsOf(state).map(({ finding }) => [finding.rule, finding.found])).toEqual([
      ['figures-not-counted', '指标old'],
      ['figures-asked-since', '指标new'],
    ]);
    const { publication, total } = await city.published('new');
    expect(publication.observations.map((row) => row.indicator)).toEqual(['x']);
    expect(total?.coverage.missing).toContainEqual({
      department: 'jia',
      period: '2023-02',
      because: 'not-on-form',
    });
    expect(total?.coverage.missing.filter(({ period }) => period === '2023-01')).toEqual([]);
    expect(await city.verify()).toEqual([]);
  });

  it('is refused if its catalogue was never adopted', async () => {
    const city = adoptingOffice(before);
    const feedback = await city.send(after, jia(1), { x: '7' });
    expect(feedback).toMatchObject({ outcome: 'refused', findings: [{ rule: 'form-of-another-catalogue' }] });
  });

  it('never counts as another kind, and the adoption is refused where it would', async () => {
    const stock = catalogueOf({ indicators: [indicator('x', 'stock'), indicator('old')] });
    const late = adoptingOffice(before);
    await late.adopt(stock);
    await late.send(before, jia(1), { x: '7', old: '5' });
    expect((await late.published()).total?.value).toBeNull();
    const early = adoptingOffice(before);
    await early.send(before, jia(1), { x: '7', old: '5' });
    await expect(early.adopt(stock)).rejects.toThrow('“指标x”的性质或汇总方法改了');
  });
});

describe('adopting', () => {
  const first = catalogueOf({ indicators: [indicator('x')] });
  const second = catalogueOf({ indicators: [indicator('x'), indicator('y')] });

  it('tells the second of two people at once', async () => {
    const city = adoptingOffice(first);
    const third = catalogueOf({ indicators: [indicator('x'), indicator('z')] });
    const outcomes = await Promise.allSettled([city.adopt(second), city.adopt(third)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const told = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(String(told?.reason.message)).toContain('已有人采用了另一份目录');
  });

  it('over a year that has publications leaves them as they are, and the next says what was adopted', async () => {
    const city = adoptingOffice(first);
    await city.send(first, jia(1), { x: '3' });
    const before = await city.published();
    await city.adopt(second);
    const { publication } = await city.published();
    expect(publication.number).toBe(before.publication.number + 1);
    expect(publication.changes.adoptions).toMatchObject([{ by: '法制科', reason: '调整' }]);
    expect(await city.verify()).toEqual([]);
  });

  it('the very catalogue that is in force is refused, and so is one of another year', async () => {
    const city = adoptingOffice(first);
    await expect(city.adopt(first)).rejects.toThrow('与现行目录完全相同');
  });
});
