import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { fixtureLedger } from '../../../fixtures/publication.ts';
import { opened, recordsOf, sheetOf } from './opened-summary.ts';

describe('warnings', () => {
  it('stand open first, then acknowledged with who, when and why', async () => {
    const ledger = fixtureLedger({ as: { values: { 'on-time': '21', due: '20', losses: '0.5' } } });
    ledger.accept({
      department: 'sfj',
      period: '2023-06',
      values: { losses: '900000' },
      uploadedAt: '2023-06-27T01:00:00.000Z',
    });
    const [first] = ledger.publication().warnings;
    ledger.append('office', {
      kind: 'warning-acknowledged',
      as: 'legal-office',
      department: first!.department,
      period: first!.period,
      warning: first!.id,
      reason: '=已核实',
    });
    const records = recordsOf(sheetOf(await opened(ledger.publication()), '待处理校验结果'));
    const states = records.map((row) => row.get('处理情况')?.value);
    expect(states.at(0)).toBe('待处理');
    expect(states.at(-1)).toBe('已确认');
    expect(states).toEqual(states.toSorted().toReversed());
    expect(['确认人', '确认时间', '理由'].map((heading) => records.at(-1)?.get(heading)?.value)).toEqual([
      '王法制',
      '2024-01-12 10:00',
      "'=已核实",
    ]);
  });

  it('name all departments together where no one of them is meant', async () => {
    const publication = fixtureLedger({ as: { values: { losses: '1' } } }).publication();
    const id = sha256('warning');
    const finding = { rule: 'rule-city', severity: 'warning' as const, message: '全市汇总数不符合。' };
    const warnings = [
      {
        id,
        department: null,
        period: '2023-03' as const,
        finding,
        settledBy: 'legal-office' as const,
        acknowledged: null,
        explained: null,
      },
    ];
    const [record] = recordsOf(sheetOf(await opened({ ...publication, warnings }), '待处理校验结果'));
    expect(['部门', '报告期', '说明'].map((heading) => record?.get(heading)?.value)).toEqual([
      '全市汇总',
      '2023年3月',
      '全市汇总数不符合。',
    ]);
  });
});
