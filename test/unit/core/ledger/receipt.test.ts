import { describe, expect, it } from 'vitest';
import { headOf, isUploadEvent, type Payload } from '../../../../shared/core/ledger/event.ts';
import { type Aftermath, feedbackFolder, feedbackOn } from '../../../../shared/core/ledger/receipt.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import type { Finding } from '../../../../shared/core/returns/finding.ts';
import { sameFile } from '../../../../shared/core/words.ts';
import { accepted, catalogueOf, indicator, recorded, refused } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')] });
const unusual: Finding = { rule: 'outlier', severity: 'warning', message: '相差很大。' };
const info: Finding = { rule: 'figure-normalised', severity: 'info', message: '已按数字读取。' };

type Said = Partial<Aftermath>;

function feedback(happening: Payload, { accepted, warnings = [], answered = [] }: Said = {}) {
  const event = recorded(catalogue, [happening])[0]!;
  if (!isUploadEvent(event)) throw new Error('no upload');
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
      'of which a remark answered what is unusual',
      came(cutOff),
      { accepted: first, answered: [unusual] },
      `${received}另有 1 处与往常不同，已由表中的“说明”答复，不用再做什么。`,
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
    expect(told.answered).toEqual(said.answered ?? []);
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
    [
      'names a department that the catalogue knows no more by its id',
      refused('bing', '2023-01'),
      `bing2023年1月月报${rest}`,
    ],
    [
      'says whose form it is, where it was sent for another month',
      { ...refused('jia', '2023-01', { name: 'x' }), misdirected: formOf('yi') },
      '“x.xlsx”是乙局2023年2月月报的表，没有作为2023年1月月报收下，2023年1月月报的报送情况不变。',
    ],
    [
      'names whose form it is by the id, where the catalogue knows the department no more',
      { ...refused('jia', '2023-01', { name: 'x' }), misdirected: formOf('bing') },
      '“x.xlsx”是bing2023年2月月报的表，没有作为2023年1月月报收下，2023年1月月报的报送情况不变。',
    ],
  ])('%s', (_, happening, summary) => {
    expect(feedback(happening)).toMatchObject({ outcome: 'refused', summary });
  });
});

/** That the form of February was sent for January. */
function formOf(department: string) {
  return { sentFor: '2023-01', formOf: { department, period: '2023-02' } } as const;
}

describe('the folder of an upload’s feedback', () => {
  const of = (key: string, department: string | null, period: string | null) =>
    feedbackFolder({ department, period, upload: { key, version: null } });

  it.each<[key: string, department: string | null, period: string | null, folder: string, what: string]>([
    ['uploads/yi/2023-02/a.xlsx', 'jia', '2023-01', 'jia/2023-01', 'is that of its return, wherever it lies'],
    ['uploads/yi/2023-02/a.xlsx', null, null, 'yi/2023-02', 'of no return is with whoever put it there'],
    ['uploads/yi/2023-02/a.xlsx', 'jia', null, 'jia/2023-02', 'takes each from where it is known'],
    ['a.xlsx', null, null, 'unaddressed/unaddressed', 'is shared by what is known of nobody'],
  ])('%s for %s %s lies in %s: it %s', (key, department, period, folder) => {
    expect(of(key, department, period)).toBe(`feedback/${folder}/${uploadId({ key, version: null })}/`);
  });
});
