import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeStatement } from '../../functions/use-cases/witness.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { keyFingerprint, type WitnessStatement } from '../../shared/core/ledger/witness.ts';
import { openPage, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { copyOfStore, smallStore } from '../fixtures/small-store.ts';
import { witnessSigner } from '../fixtures/witness-signer.ts';

const path = '/2023/verification';
const signer = witnessSigner();
let store: ReturnType<typeof smallStore>;
let statements: WitnessStatement[];

const signed = async (at: string) => (await makeStatement(instantSchema.parse(at), { ...store, signer }))!;

beforeAll(async () => {
  store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  const first = await signed('2023-02-03T18:30:00.000Z');
  await store.publish('2023-02-10T01:00:00.000Z');
  statements = [first, await signed('2023-02-10T01:00:00.000Z')];
});

const open = (over = store) => openPortal(over, { now: '2023-05-05T02:00:00.000Z' });
const fileOf = (value: unknown, name = 'witness.json') => new File([JSON.stringify(value)], name);
const hold = async (user: PortalUser, file: File) => user.post(`${path}/witness`, { file });

describe('the page of the verification', () => {
  it('lists the statements with their key, and offers the newest as a file', async () => {
    const user = await open().as('auditor');
    const page = await visit(user, path);
    expect(rowsOf(within(page).getByRole('table', { name: '签名的见证，新的在前' }))).toEqual([
      { 见证: '第 2 份', 签名时间: '2023-02-10 09:00', 台账链: '2', 记录: '3' },
      { 见证: '第 1 份', 签名时间: '2023-02-04 02:30', 台账链: '2', 记录: '2' },
    ]);
    const part = textOf(partUnder(page, '签名的见证'));
    expect(part).toContain(keyFingerprint(signer.publicKey));
    expect(await (await user.get('/witness/latest.json')).json()).toEqual(statements[1]);
    expect(await (await user.get('/witness/000001.json')).json()).toEqual(statements[0]);
    expect((await user.get('/witness/000009.json')).status).toBe(404);
  });

  it('gives every clerk the newest, from the page of their months', async () => {
    const clerk = await open().as('department:sfj2');
    expect(textOf(await visit(clerk, '/2023/departments/sfj2'))).toContain('下载台账见证');
    const answer = await clerk.get('/witness/latest.json');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(await answer.json()).toEqual(statements[1]);
    expect((await clerk.get('/witness/000001.json')).status).toBe(403);
  });

  it('says that there is none yet', async () => {
    const empty = copyOfStore(store);
    for (const key of empty.files.keys()) if (key.startsWith('witness/')) empty.files.delete(key);
    const user = await open(empty).as('auditor');
    expect(textOf(await visit(user, path))).toContain('还没有签名的见证');
    expect((await user.get('/witness/latest.json')).status).toBe(404);
  });

  it.each<{ what: string; file: () => File; said: RegExp }>([
    {
      what: 'a statement',
      file: () => fileOf(statements[0]),
      said: /第 1 份见证（.*）所记的 2 个链尾.*指纹/s,
    },
    {
      what: 'a file that is not signed',
      file: () => fileOf({ chains: statements[1]!.heads }, 'manifest.json'),
      said: /manifest\.json 所记的 2 个链尾（没有签名）.*取决于它一直保存在哪里/s,
    },
  ])('holds $what against the ledger: sound', async ({ file, said }) => {
    const user = await open().as('legal-office');
    const page = openPage(await (await hold(user, file())).text());
    expect(textOf(page)).toContain('见证所记的每条台账链都在');
    expect(textOf(page)).toMatch(said);
  });

  it('names the chain and the event where the ledger was shortened or written anew', async () => {
    const shorter = copyOfStore(store);
    shorter.events.set('2023/sfj', []);
    const user = await open(shorter).as('auditor');
    const page = openPage(await (await hold(user, fileOf(statements[0]))).text());
    expect(textOf(page)).toContain('发现 1 处不一致');
    expect(textOf(page)).toMatch(/台账链只有 0 条，而.*曾有 1 条.*市司法局：2023\/sfj/s);
  });

  it('believes no statement that was edited, and takes no file that tells of nothing', async () => {
    const user = await open().as('auditor');
    const edited = await hold(user, fileOf({ ...statements[0], number: 7 }));
    expect(await edited.text()).toContain('签名与内容不符');
    const other = await hold(user, fileOf({ a: 1 }, '别的.json'));
    expect([other.status, await other.text()]).toEqual([400, expect.stringContaining('里没有链尾')]);
  });
});
