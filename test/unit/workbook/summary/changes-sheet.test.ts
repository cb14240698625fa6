import { describe, expect, it } from 'vitest';
import { correctedPublication } from '../../../fixtures/publication.ts';
import { opened, recordOf, sheetOf } from './opened-summary.ts';

describe('changes since the publication before', () => {
  it('are listed with both figures, the return, the revision and the reason', async () => {
    const record = recordOf(sheetOf(await opened(correctedPublication()), '变动'), '法治专题学习次数');
    const said = ['上次年度数', '本次年度数', '部门', '报告期', '原数', '原版次', '现数', '现版次', '理由'];
    expect(said.map((heading) => record.get(heading)?.value)).toEqual([
      234,
      235,
      '市司法局',
      '2023年3月',
      3,
      1,
      4,
      2,
      '漏计一场学习，补报。',
    ]);
  });
});
