import { describe, expect, it } from 'vitest';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallStore } from '../fixtures/small-store.ts';

type Store = ReturnType<typeof smallStore>;

/** What the marked workbook of an upload shows in the row of 案件, by heading. */
async function shownIn(workbook: Uint8Array): Promise<Record<string, string>> {
  const { sheets } = await readWorkbook(workbook);
  const { cells } = sheets.find(({ name }) => name === '月报')!;
  const textAt = (row: number, column: number) => {
    const value = cells.find((cell) => cell.row === row && cell.column === column)?.value;
    return value?.kind === 'number' || value?.kind === 'text' ? String(value.text) : '';
  };
  const rowOf = (text: string) => cells.find((cell) => textAt(cell.row, cell.column) === text)!.row;
  const headings = cells.filter(({ row }) => row === rowOf('指标名称'));
  const row = rowOf('案件');
  return Object.fromEntries(headings.map(({ row: at, column }) => [textAt(at, column), textAt(row, column)]));
}

async function yearSoFar(): Promise<Store> {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '30', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await store.submit({ period: '2023-02', cases: '37', uploadedAt: '2023-03-03T01:00:00.000Z' });
  return store;
}

describe('the marked workbook', () => {
  it.each([
    ['that was refused', '-1'],
    ['that was accepted', '370000'],
  ])('of an upload %s shows the figures of the month before and of the year so far', async (_, cases) => {
    const store = await yearSoFar();
    const given = { period: '2023-03', cases, uploadedAt: '2023-04-03T01:00:00.000Z' };
    const { feedbackFolder } = await store.submit(given);
    const shown = await shownIn(store.files.get(`${feedbackFolder}校验结果.xlsx`)!);
    const said = Object.entries(shown).filter(([heading]) => /^上月|累计/.test(heading));
    expect(said.map(([, text]) => text)).toEqual(['37', '67']);
  });

  it('of an upload in which nothing is marked is made when somebody asks, and is the same whatever came meanwhile', async () => {
    const store = await yearSoFar();
    const march = { period: '2023-03', cases: '5', uploadedAt: '2023-04-03T01:00:00.000Z' };
    const { feedback, event, feedbackFolder } = await store.submit(march);
    expect([feedback.workbook, store.files.has(`${feedbackFolder}校验结果.xlsx`)]).toEqual([null, false]);
    const clerk = await openPortal(store, { now: '2023-04-04T00:00:00.000Z' }).as('department:sfj');
    const address = `/2023/departments/sfj/2023-03/uploads/${uploadId(event.happening.upload)}/marked.xlsx`;
    const asked = async () => new Uint8Array(await (await clerk.get(address)).arrayBuffer());
    const first = await asked();
    const shown = Object.entries(await shownIn(first)).filter(([heading]) => /^上月|累计|本月/.test(heading));
    expect(shown.map(([, text]) => text)).toEqual(expect.arrayContaining(['5', '37', '67']));
    await store.submit({ period: '2023-02', cases: '41', uploadedAt: '2023-04-05T01:00:00.000Z' });
    expect(sha256(await asked())).toBe(sha256(first));
  });

  it('is the same when it is made again later, whatever came meanwhile', async () => {
    const store = await yearSoFar();
    await store.submit({ period: '2023-03', cases: '-1', uploadedAt: '2023-04-03T01:00:00.000Z' });
    const mended = { period: '2023-02', cases: '41', uploadedAt: '2023-04-05T01:00:00.000Z' };
    await store.submit(mended);
    const raw = await rawYearIn(store.events, store.documents);
    const { faults, checked } = await deriveFeedbackAnew({
      raw,
      documents: store.documents,
      workbooks: true,
    });
    expect(faults).toEqual([]);
    expect(checked.join()).toContain('4 feedback files derived anew with their marked workbooks, 0 not');
  });

  it('is written as its feedback says where that was given before, and the workbook is gone', async () => {
    const store = await yearSoFar();
    const given = { period: '2023-03', cases: '-1', uploadedAt: '2023-04-03T01:00:00.000Z' };
    const { feedbackFolder } = await store.submit(given);
    const key = `${feedbackFolder}校验结果.xlsx`;
    const first = store.files.get(key);
    store.files.delete(key);
    await store.submit({ period: '2023-02', cases: '41', uploadedAt: '2023-04-05T01:00:00.000Z' });
    await store.submit(given);
    expect(store.files.get(key)).toEqual(first);
  });
});
