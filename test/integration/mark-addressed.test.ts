import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { restore } from '../../functions/use-cases/restore/restore.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { writeLedgerFile } from '../../functions/use-cases/transfer.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { headOf } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { nobody } from '../../shared/core/returns/address.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { run } from '../fixtures/command-line.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { ingestFunction } from '../fixtures/ingest-function.ts';
import { openPage, partUnder, textOf } from '../fixtures/opened-page.ts';
import { openPortal, type Who } from '../fixtures/portal.ts';
import { isHere } from '../fixtures/programs.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { lockedWorkbook, march, oldWorkbook, othersMarch } from '../fixtures/stray-files.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const uploadedAt: Instant = '2023-04-03T01:00:00.000Z';
const now: Instant = '2023-04-05T01:00:00.000Z';

/** A store with what was laid anywhere: two returns that their marks address, and two files of which one is nobody's. */
async function strayStore() {
  const ports = inMemoryPorts();
  adoptInMemory(ports, smallCatalogue);
  const lay = async (fileName: string, bytes: Uint8Array) => {
    const handedOver = { address: nobody, fileName, bytes, uploadedAt, uploader: '张三' };
    const upload = await keepUpload(handedOver, ports.documents);
    const recording = { recordedAt: uploadedAt, recordedBy: '张三' };
    return (await ingest({ upload, bytes, ...recording }, ports)).event;
  };
  const laid = {
    own: await lay('汇总.xlsx', await march()),
    others: await lay('数据.xlsx', await othersMarch()),
    named: await lay('市司法局2023年3月.xls', oldWorkbook()),
    nobodys: await lay('表.xlsx', lockedWorkbook()),
  };
  await publish({ year: 2023, publishedAt: now, publishedBy: '法制科', software: 'test' }, ports);
  return { ...ports, laid };
}

describe('a ledger with uploads that lie with nobody’s', () => {
  let store: Awaited<ReturnType<typeof strayStore>>;
  beforeAll(async () => {
    store = await strayStore();
  });

  it('has them in the chains of those whose forms they are', () => {
    const lengths = [...store.events].map(([chain, events]) => `${chain} ${events.length}`);
    expect(lengths.sort()).toEqual(['2023/office 2', '2023/sfj 2', '2023/sfj2 1', '2023/unaddressed 1']);
    const keys = [...store.files.keys()].filter((key) => key.startsWith('uploads/'));
    expect(keys.every((key) => key.startsWith('uploads/unaddressed/unaddressed/'))).toBe(true);
  });

  it('is sound to the program’s verification', async () => {
    const { faults } = await verifyStore(await rawYearIn(store.events, store.documents), store.documents);
    expect(faults).toEqual([]);
  });

  it.skipIf(!isHere('python3', '--version'))('is sound to the one in Python', async () => {
    const folder = await temporaryFolder();
    const chains = [...store.events].map(([chain, events]) => ({ chain, events }));
    const heads = chains.map(({ chain, events }) => headOf(chain, events));
    await writeFile(
      join(folder, 'ledger.jsonl'),
      writeLedgerFile(chains, heads, adoptedAlone(smallCatalogue)),
    );
    await mkdir(join(folder, 'publication'));
    for (const [key, bytes] of store.files) {
      const name = key.startsWith('publications/') ? key.split('/').at(-1) : undefined;
      if (name !== undefined) await writeFile(join(folder, 'publication', name), bytes);
    }
    const script = fileURLToPath(new URL('../verifier/verify.py', import.meta.url));
    const ran = await run('python3', [script, join(folder, 'ledger.jsonl'), join(folder, 'publication')]);
    expect(ran.output + ran.errors).toContain('sound');
    expect(ran.code).toBe(0);
  });

  it('is restored from the documents, event for event', async () => {
    const { ledger, events } = inMemoryPorts();
    const restored = await restore(2023, { ledger, documents: store.documents });
    expect(restored).toMatchObject({ uploads: 4, identical: 4 });
    const kept = [...store.events].map(([chain, all]) => [
      chain,
      chain === '2023/office' ? all.slice(0, 1) : all,
    ]);
    expect([...events].sort()).toEqual(kept.sort());
  });

  it('counts their figures', async () => {
    const { state } = await readYear(store, 2023);
    const counting = state.returns.filter((one) => one.counting !== undefined);
    expect(counting.map(({ department, period }) => `${department.id} ${period}`)).toEqual([
      'sfj 2023-03',
      'sfj2 2023-03',
    ]);
    expect(state.unaddressed).toHaveLength(1);
  });

  it.each<[who: Who, statuses: number[], what: string]>([
    ['department:sfj', [200, 200, 200], 'the department whose form it is'],
    ['legal-office', [200, 200, 200], 'the legal office'],
    ['auditor', [200, 200, 200], 'an auditor'],
    ['department:sfj2', [403, 403, 403], 'no other department'],
  ])('shows %s its result, file and marked workbook: %j, %s', async (who, statuses) => {
    const user = await openPortal(store, { now }).as(who);
    const id = uploadId(store.laid.own.happening.upload);
    const page = `/2023/departments/sfj/2023-03/uploads/${id}`;
    const answers = await Promise.all(['', '/original', '/marked.xlsx'].map((part) => user.get(page + part)));
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    if (statuses[0] === 200) expect(await answers[0]!.text()).toContain('已接收');
  });

  it('lays feedback only where those may read that it is for', () => {
    const folders = [...store.files.keys()]
      .filter((key) => key.endsWith('/feedback.json'))
      .map((key) => key.split('/').slice(1, 3).join('/'));
    expect(folders.sort()).toEqual(['sfj/2023-03', 'sfj/2023-03', 'sfj2/2023-03', 'unaddressed/unaddressed']);
  });

  it('shows the office what a file is that is nobody’s, and that nothing tells whose', async () => {
    const page = openPage(await (await openPortal(store, { now }).as('legal-office')).read('/2023'));
    const part = partUnder(page, '没有写明部门或报告期的上传');
    expect(within(part).getAllByRole('heading', { level: 3 }).map(textOf)).toEqual(['表.xlsx']);
    expect(textOf(part)).toMatch(/文件设有打开密码.*没有指明是哪个部门、哪一期的报表；请从本部门/s);
  });

  it('shows the department a file that its name addressed, with what it is', async () => {
    const user = await openPortal(store, { now }).as('department:sfj');
    const id = uploadId(store.laid.named.happening.upload);
    const page = await user.read(`/2023/departments/sfj/2023-03/uploads/${id}`);
    expect(page).toContain('旧版 Excel 97-2003');
  });
});

describe('who may put files into one department’s folder only', () => {
  it.each([
    ['uploads/sfj/a.xlsx', '2023/sfj', 'with no month'],
    ['uploads/sfj/2023-03/a.xlsx', '2023/sfj', 'with a month'],
    ['uploads/sfj/市司法局二/a.xlsx', '2023/sfj', 'with another department below'],
    ['uploads/sfj/2023-03/市司法局二2023年3月.xlsx', '2023/sfj', 'with another department in the name'],
    ['uploads/sfj3/2023-03/sfj2-2023-03.xlsx', '2023/unaddressed', 'of a department that nobody has'],
    ['uploads//a.xlsx', '2023/unaddressed', 'of a department without a name'],
  ])('records nothing for another by its form: %s is refused in %s, %s', async (key, chain) => {
    const city = ingestFunction();
    await city.put(key, await othersMarch());
    expect([...city.events.keys()]).toEqual(['2023/office', chain]);
    expect([...city.events.values()].flat().map(({ happening }) => happening.kind)).toEqual([
      'catalogue-adopted',
      'return-refused',
    ]);
    const folders = [...city.files.keys()].filter((file) => file.startsWith('feedback/'));
    expect(folders.filter((file) => file.startsWith('feedback/sfj2/'))).toEqual([]);
  });
});

describe('a store of several years', () => {
  const next = {
    ...smallCatalogue,
    year: 2024,
    periods: smallCatalogue.periods.map(({ period }) => ({
      period: period.replace('2023', '2024') as typeof period,
      due: '2025-01-10' as const,
      cutOff: '2025-01-31' as const,
    })),
  };

  it.each<{ by: string; key: string; file?: typeof oldWorkbook; of: string }>([
    { by: 'its mark', key: 'uploads/a.xlsx', of: '2023/sfj' },
    { by: 'its mark, not by the newest year', key: 'uploads/市司法局3月.xlsx', of: '2023/sfj' },
    { by: 'its mark, where the folder has no year', key: 'uploads/3月/a.xlsx', of: '2023/sfj' },
    { by: 'its place', key: 'uploads/2023-03/3月.xlsx', of: '2023/sfj' },
    { by: 'its name', key: 'uploads/市司法局2023年3月.xls', file: oldWorkbook, of: '2023/sfj' },
    {
      by: 'the newest, where none is said',
      key: 'uploads/市司法局3月.xls',
      file: oldWorkbook,
      of: '2024/sfj',
    },
  ])('takes $key in by the catalogue of its year: $by', async ({ key, file, of }) => {
    const city = ingestFunction([smallCatalogue, next]);
    await city.put(key, file?.() ?? (await march()));
    const adopted = [2023, 2024].map((year) => [`${year}/office`, 1]);
    expect([...city.events].map(([chain, { length }]) => [chain, length])).toEqual([...adopted, [of, 1]]);
    const kind = file === undefined ? 'return-accepted' : 'return-refused';
    expect(city.events.get(of)?.[0]?.happening.kind).toBe(kind);
  });
});
