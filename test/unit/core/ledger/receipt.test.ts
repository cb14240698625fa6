import { describe, expect, it } from 'vitest';
import { headOf, isEvent, type Payload } from '../../../../shared/core/ledger/event.ts';
import { type Aftermath, feedbackOn } from '../../../../shared/core/ledger/receipt.ts';
import type { Finding } from '../../../../shared/core/returns/finding.ts';
import { sameFile } from '../../../../shared/core/words.ts';
import { accepted, catalogueOf, indicator, recorded, refused } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')] });
const unusual: Finding = { rule: 'outlier', severity: 'warning', message: '相差很大。' };
const info: Finding = { rule: 'figure-normalised', severity: 'info', message: '已按数字读取。' };

type Said = Partial<Aftermath>;

function feedback(happening: Payload, { accepted, warnings = [], answered = [] }: Said = {}) {
  const event = recorded(catalogue, [happening])[0]!;
  if (!isEvent(event, 'return-accepted') && !isEvent(event, 'return-refused')) throw new Error('no upload');
  const asOf = { catalogue: event.catalogue, software: 'test', chains: [headOf(event.chain, [event])] };
  return { event, ...feedbackOn(event, catalogue, { accepted, warnings, answered, asOf }) };
}

const cutOff = '2023-02-20T15:59:59.999Z';
const received = '甲局2023年1月月报已接收。';
const late = '在最迟报送日之后上传，等待法制机构同意';
const held = `${late}，在此之前暂存。`;
const check = '有 1 处请核对：有误的改正后重新上传，无误的请说明原因。';

const first = { repeats: undefined, held: undefined };

describe('the feedback on a return that was accepted', () => {
  const came = (at: string) => accepted('jia', '2023-01', { x: '1' }, { at });

  it.each<[what: string, happening: Payload, said: Said, summary: string]>([
    ['and counts', came(cutOff), { accepted: first }, received],
    ['and is held', came(cutOff), { accepted: { ...first, held: late } }, received + held],
    ['with a warning', came(cutOff), { accepted: first, warnings: [unusual] }, received + check],
    [
      'and is held, with a warning',
      came(cutOff),
      { accepted: { ...first, held: late }, warnings: [unusual] },
      received + held + check,
    ],
    [
      'and is the same file once more',
      came(cutOff),
      { accepted: { ...first, repeats: sameFile(3) } },
      `${received}这个文件与第3版完全相同，没有新的变化。`,
    ],
    [
      'of a month that the catalogue knows no more',
      accepted('jia', '2023-09', { x: '1' }, { at: '2024-02-20T16:00:00.000Z' }),
      {},
      '甲局2023年9月月报已接收。',
    ],
    [
      'of a department that the catalogue knows no more',
      accepted('bing', '2023-01', { x: '1' }, { at: cutOff }),
      {},
      'bing2023年1月月报已接收。',
    ],
  ])('%s', (_, happening, said, summary) => {
    const told = feedback(happening, said);
    expect(told).toMatchObject({ outcome: 'accepted', summary, warnings: said.warnings ?? [] });
  });

  it('is a receipt that names the event', () => {
    const { event, receipt, upload, department, period } = feedback(came(cutOff));
    expect(receipt).toEqual({
      ...{ chain: '2023/jia', sequence: 1, hash: event.hash },
      ...{ at: event.at, by: event.by },
    });
    expect({ upload, department, period }).toEqual({
      upload: event.happening.upload,
      department: 'jia',
      period: '2023-01',
    });
  });
});

describe('the feedback on an upload that was refused', () => {
  const rest =
    '没有被接收：有 1 处必须改正。请按下面逐条的说明改好后重新上传；改正之前，以前接收过的数不变。';

  it.each<[what: string, happening: Payload, summary: string]>([
    ['names the return', refused('jia', '2023-01'), `甲局2023年1月月报${rest}`],
    ['names the file where there is no address', refused(null, null, { name: 'x' }), `“x.xlsx”${rest}`],
    [
      'counts errors only',
      { ...refused('jia', '2023-01'), findings: [...refused('jia', '2023-01').findings, info] },
      `甲局2023年1月月报${rest}`,
    ],
  ])('%s', (_, happening, summary) => {
    expect(feedback(happening)).toMatchObject({ outcome: 'refused', summary });
  });
});
