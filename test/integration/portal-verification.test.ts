import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultInWords } from '../../functions/portal/verification/fault-words.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { hashOfEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { withPublication } from '../fixtures/downloaded.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { openPage, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { livedInStore, smallStore } from '../fixtures/small-store.ts';

type Store = ReturnType<typeof smallStore>;
const now = '2023-05-05T02:00:00.000Z';
const path = '/2023/verification';

/** A store that was lived in, then tampered with in one way. */
interface Tampering {
  what: string;
  tamper: (store: Store) => void;
  /** What the page says of it. */
  said: RegExp;
}

let base: Awaited<ReturnType<typeof livedInStore>>;
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  base = await livedInStore();
  const keys = (
    await Promise.all(['uploads/', 'feedback/', 'publications/'].map((folder) => base.documents.list(folder)))
  ).flat();
  files = new Map(
    await Promise.all(keys.map(async ({ key }) => [key, (await base.documents.get(key))!] as const)),
  );
});

/** The common store again, for one test to tamper with. */
function freshStore(): Store {
  const store = smallStore();
  for (const [chain, events] of base.chains) store.events.set(chain, structuredClone(events));
  for (const [key, bytes] of files) store.files.set(key, bytes);
  return store;
}

const changeChain =
  (change: (events: LedgerEvent[]) => unknown[], chain = '2023/sfj') =>
  ({ events }: Store) => {
    events.set(chain, change(events.get(chain) ?? []) as LedgerEvent[]);
  };
const newest = 'publications/2023/0002/';
const changeFile =
  (key: string, bytes: Uint8Array | undefined) =>
  ({ files: kept }: Store) => {
    if (bytes === undefined) kept.delete(key);
    else kept.set(key, bytes);
  };
const changePublication =
  (change: (publication: Publication) => void) =>
  ({ files: kept }: Store) => {
    const folder = new Map(
      [...kept]
        .filter(([key]) => key.startsWith(newest))
        .map(([key, bytes]) => [key.slice(newest.length), bytes]),
    );
    for (const [name, bytes] of withPublication(folder, change)) kept.set(newest + name, bytes);
  };
const edited = (event: LedgerEvent): LedgerEvent => ({ ...event, by: '别人' });
const someBytes = new TextEncoder().encode('x');

const tamperings: Tampering[] = [
  {
    what: 'an edited event',
    tamper: changeChain(([first, ...rest]) => [edited(first!), ...rest]),
    said: /第 1 条的内容与它自己的指纹不符/,
  },
  {
    what: 'an edited event whose hash was made to fit',
    tamper: changeChain(([first, ...rest]) => [
      { ...edited(first!), hash: hashOfEvent(edited(first!)) },
      ...rest,
    ]),
    said: /第 2 条与前一条接不上/,
  },
  {
    what: 'a removed event',
    tamper: changeChain(([first, , ...rest]) => [first, ...rest]),
    said: /有记录被删除、插入或调换/,
  },
  { what: 'a tail cut off', tamper: changeChain((events) => events.slice(0, -1)), said: /链尾被截断/ },
  {
    what: 'what is no event',
    tamper: changeChain(([, ...rest]) => ['x', ...rest]),
    said: /第 1 条不是台账记录/,
  },
  {
    what: 'a last event replaced by a sound one',
    tamper: changeChain((events) => [...events.slice(0, -1), acceptedEvent(events.slice(0, -1), '80')]),
    said: /已被替换/,
  },
  {
    what: 'a publication struck from the ledger',
    tamper: changeChain((events) => events.slice(0, -1), '2023/office'),
    said: /台账里没有第 2 次发布/,
  },
  {
    what: 'an edited file of a publication',
    tamper: changeFile(`${newest}summary.xlsx`, someBytes),
    said: /与清单所记的指纹不符/,
  },
  {
    what: 'a file of a publication gone',
    tamper: changeFile(`${newest}summary.xlsx`, undefined),
    said: /清单里有这个文件，但是文件不在/,
  },
  {
    what: 'a file put beside a publication',
    tamper: changeFile(`${newest}more.txt`, someBytes),
    said: /清单里没有这个文件/,
  },
  {
    what: 'a manifest that is none',
    tamper: changeFile(`${newest}manifest.json`, someBytes),
    said: /不是清单/,
  },
  { what: 'a manifest gone', tamper: changeFile(`${newest}manifest.json`, undefined), said: /它的清单不在/ },
  {
    what: 'a manifest written anew',
    tamper: ({ files: kept }) => {
      const key = `${newest}manifest.json`;
      kept.set(key, new TextEncoder().encode(` ${new TextDecoder().decode(kept.get(key))}`));
    },
    said: /与台账所记的指纹不符/,
  },
  {
    what: 'a summary that cannot be read',
    tamper: changeFile(`${newest}summary.json`, someBytes),
    said: /汇总数据、观测值表或指标目录不在/,
  },
  {
    what: 'another catalogue',
    tamper: ({ files: kept }) => {
      const key = `${newest}catalogue.json`;
      kept.set(
        key,
        new TextEncoder().encode(new TextDecoder().decode(kept.get(key)).replace('测试市2023', '别的2023')),
      );
    },
    said: /不是这次发布所用的指标目录/,
  },
  {
    what: 'a total that is another',
    tamper: changePublication(({ totals }) => Object.assign(totals[0]!, { value: '1' })),
    said: /写的是1，由各观测值重新计算应为22/,
  },
  {
    what: 'a total left out',
    tamper: changePublication(({ totals }) => totals.shift()),
    said: /这项指标的年度数不在发布里/,
  },
  {
    what: 'an observation that is another',
    tamper: changePublication(({ observations }) => Object.assign(observations[0]!, { value: '1' })),
    said: /写的是1，原始文件“6\.xlsx”的单元格里是6/,
  },
  {
    what: 'an observation that cites another event',
    tamper: changePublication(({ observations }) =>
      Object.assign(observations[0]!.ledger, { hash: sha256('x') }),
    ),
    said: /不是原来那一条/,
  },
  {
    what: 'an observation that cites what accepts no return',
    tamper: ({ files: kept, events }) => {
      const { chain, sequence, hash } = events.get('2023/office')![0]!;
      changePublication(({ observations }) =>
        Object.assign(observations[0]!.ledger, { chain, sequence, hash }),
      )({ files: kept } as Store);
    },
    said: /不是接收报表的记录/,
  },
  {
    what: 'an original replaced',
    tamper: ({ files: kept }) => {
      for (const key of kept.keys()) if (key.startsWith('uploads/')) kept.set(key, someBytes);
    },
    said: /不是台账所记的那个原始文件/,
  },
  {
    what: 'an original gone',
    tamper: ({ files: kept }) => {
      for (const key of [...kept.keys()]) if (key.startsWith('uploads/')) kept.delete(key);
    },
    said: /有这个文件，但是文件不在/,
  },
  {
    what: 'a file that nobody recorded',
    tamper: changeFile('uploads/sfj/2023-05/0000/x.xlsx', someBytes),
    said: /有这个文件，但是台账里没有记录/,
  },
];

async function auditorOf(store: Store): Promise<PortalUser> {
  return openPortal(store, { now }).as('auditor');
}

/** What a verification that is run from the page comes to. */
async function outcomeFor(user: PortalUser): Promise<HTMLElement> {
  const answer = await user.post(path);
  expect(answer.status).toBe(200);
  return within(openPage(await answer.text())).getByRole('region', { name: /^核验结果/ });
}

describe('the page of the verification', () => {
  it('shows every chain with its length and head, what was published, and how to verify elsewhere', async () => {
    const page = await visit(await auditorOf(freshStore()), path);
    const chains = rowsOf(within(page).getByRole('table', { name: '各台账链的长度和链尾' }));
    const owners = ['市司法局', '市司法局二', '法制机构（办理、发布）', '未能识别部门和报告期的文件'];
    expect(chains.map((row) => row.谁的台账链)).toEqual(owners);
    for (const { 链名: chain = '', 条数: length, '链尾指纹（SHA-256）': head } of chains) {
      const events = base.chains.get(chain) ?? [];
      expect([length, head]).toEqual([String(events.length), events.at(-1)?.hash ?? '还没有记录']);
    }
    const published = rowsOf(within(page).getByRole('table', { name: '台账里的各次发布' }));
    expect(published.map((row) => row.发布)).toEqual(['第 1 次发布', '第 2 次发布']);
    const elsewhere = textOf(within(page).getByRole('region', { name: '在别的电脑上核验' }));
    expect(elsewhere).toMatch(/indicators export -o.*verify\.py ledger\.jsonl/);
    expect(within(page).queryByRole('heading', { name: /核验结果/ })).toBeNull();
  });

  it('verifies when it is asked to, and says what was looked at', async () => {
    const outcome = await outcomeFor(await auditorOf(freshStore()));
    expect(textOf(within(outcome).getByRole('status'))).toMatch(/^完好：/);
    expect(textOf(outcome)).toMatch(/4 条台账链、共 9 条记录.*3 个原始文件重新打开/);
    expect(textOf(outcome)).not.toMatch(/observations|chains, |catalogues/);
  });

  it.each(tamperings)('says in Chinese what is wrong: $what', async ({ tamper, said }) => {
    const store = freshStore();
    tamper(store);
    const user = await auditorOf(store);
    expect((await user.get(path)).status).toBe(200);
    const outcome = await outcomeFor(user);
    expect(textOf(within(outcome).getByRole('alert'))).toMatch(/^发现 \d+ 处问题。/);
    expect(textOf(outcome)).toMatch(said);
    const { faults } = JSON.parse(await user.read(`/api${path}`));
    expect(faults.length).toBeGreaterThan(0);
    expect(
      faults.filter(({ explanation }: { explanation: string }) => faultInWords(explanation) === undefined),
    ).toEqual([]);
  });

  it('shows what is typed by others as text', async () => {
    const store = freshStore();
    changeFile('uploads/sfj/2023-05/0000/<b>&.xlsx', someBytes)(store);
    const outcome = await outcomeFor(await auditorOf(store));
    expect(textOf(outcome)).toContain('uploads/sfj/2023-05/0000/<b>&.xlsx');
    expect(outcome.querySelector('b')).toBeNull();
  });

  it('is for the office and auditors, and runs only from its own form', async () => {
    const { as } = openPortal(freshStore(), { now });
    const [clerk, office] = [await as('department:sfj'), await as('legal-office')];
    expect((await clerk.get(path)).status).toBe(403);
    expect((await clerk.post(path)).status).toBe(403);
    expect((await office.post(path)).status).toBe(200);
    expect((await office.send('POST', path, new FormData())).status).toBe(403);
  });
});

describe('verification of a store far away', () => {
  it('fetches many documents at once, and finds the same in the same order', async () => {
    const { documents, chains } = base;
    const broken = new Map(chains).set('2023/sfj', []);
    let [at, most] = [0, 0];
    const farAway = {
      ...documents,
      get: async (...asked: Parameters<typeof documents.get>) => {
        most = Math.max(most, ++at);
        await new Promise((done) => setTimeout(done, asked[0].length % 3));
        at--;
        return documents.get(...asked);
      },
    };
    const near = await verifyStore(await rawYearIn(broken, documents), documents);
    expect(near.faults.length).toBeGreaterThan(3);
    expect(await verifyStore(await rawYearIn(broken, farAway), farAway)).toEqual(near);
    expect(most > 2 && most <= 16, `${most} at once`).toBe(true);
  });
});
