import { describe, expect, it } from 'vitest';
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
});
