import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { submitToWorkplace } from '../../functions/cli/commands/submit.ts';
import { withWorkplace } from '../../functions/cli/commands/workplace.ts';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { adoptSample } from '../../functions/demo/submit-sample-year.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { returnedFiles } from '../../functions/use-cases/returned-files.ts';
import { publicationIn } from '../../functions/use-cases/stores/publication-store.ts';
import { periodOf } from '../../shared/core/catalogue/period.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { comparisonsTo } from '../../shared/core/totals/period-comparison.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { indicators } from '../fixtures/command-line.ts';
import { copySample } from '../fixtures/made-sample.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import { isThorough } from '../fixtures/thoroughness.ts';

/** What a store comes to: its chain heads, and its one publication without the ledger positions that it cites. */
async function outcomeOf(data: string) {
  const folder = join(data, 'publications/2023');
  const summary = JSON.parse(await readFile(join(folder, '0001/summary.json'), 'utf8'));
  const hashes = await Promise.all(
    (await readdir(join(folder, '0001'))).map(async (name) =>
      sha256(await readFile(join(folder, '0001', name))),
    ),
  );
  return { publications: await readdir(folder), digest: summary.digest, summary, hashes };
}

/** What a summary says, but for where in the ledger, when, and in which template its report is. */
function withoutPositions(summary: unknown): string {
  return JSON.stringify(summary, (key, value) =>
    ['ledger', 'chains', 'publishedAt', 'report'].includes(key) ? undefined : value,
  );
}

describe('the sample year on one machine', () => {
  let folder: string;
  let sample: string;

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    sample = join(folder, 'sample');
    await copySample(sample);
    return made.remove;
  });

  it.skipIf(!isThorough)('agrees with the published report, and shows the second beside it', async () => {
    const { code, output } = await indicators('demo', '--folder', join(folder, 'demo'));
    expect(output).toContain('50 of 50 figures agree with the report');
    expect(output).toContain('1 refused');
    expect(output).toContain('2024-10 and before, all made up');
    expect(code).toBe(0);
  });

  it.skipIf(!isThorough)(
    'changes nothing when submitted again: same chain heads, no new publication',
    async () => {
      const before = await outcomeOf(sample);
      const exported = async () => {
        await indicators('--data', sample, 'export', '-o', join(folder, 'ledger.jsonl'));
        return readFile(join(folder, 'ledger.jsonl'), 'utf8');
      };
      const ledger = await exported();
      await indicators('--data', sample, 'submit', join(sample, 'returns-2023'));
      const again = await indicators('--data', sample, 'publish', '--year', '2023');
      expect(again.output).toContain('nothing has changed');
      expect(await exported()).toBe(ledger);
      expect(await outcomeOf(sample)).toEqual(before);
    },
  );

  it.skipIf(!isThorough)(
    'comes to the same publication when first submitted in any other order',
    async () => {
      const data = join(await temporaryFolder(), 'shuffled');
      await adoptSample(data);
      await withWorkplace({ data }, async (workplace) => {
        const random = seededRandom(7, 'order');
        const files = await returnedFiles([join(sample, 'returns-2023')]);
        const shuffled = files
          .map(({ path, handedInAt, uploader }) => ({
            ...{ path, uploadedAt: handedInAt!, claimedAt: null, uploader: uploader! },
            at: random.between(0, 1e9),
          }))
          .sort((a, b) => a.at - b.at)
          .map(({ at: _at, ...file }) => file);
        await submitToWorkplace(shuffled, {}, workplace);
        const { year, now, software } = workplace;
        const { publishedBy } = (await outcomeOf(sample)).summary;
        await publish({ year, publishedAt: now, publishedBy, software }, workplace);
        const { heads } = await readYear(workplace, year);
        expect(heads).not.toEqual((await outcomeOf(sample)).summary.chains);
      });
      const [shuffled, inOrder] = [await outcomeOf(data), await outcomeOf(sample)];
      expect(shuffled.digest).toBe(inOrder.digest);
      expect(withoutPositions(shuffled.summary)).toBe(withoutPositions(inOrder.summary));
    },
  );

  it('publishes a summary that keeps its own published JSON Schema, with decimals as strings', async () => {
    const published = join(sample, 'publications/2023/0001');
    const [summary, schema, dataPackage] = await Promise.all(
      ['summary.json', 'summary.schema.json', 'datapackage.json'].map(async (name) =>
        JSON.parse(await readFile(join(published, name), 'utf8')),
      ),
    );
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    expect(validate(summary), JSON.stringify(validate.errors)).toBe(true);
    summary.totals[0].value = 237;
    expect(validate(summary)).toBe(false);
    for (const { path, hash } of dataPackage.resources) {
      expect(hash).toBe(`sha256:${sha256(await readFile(join(published, path)))}`);
    }
  });

  it('publishes the second year to October beside the first, all of it said to be made up', async () => {
    const read = async (year: number) =>
      (await publicationIn({
        get: (name) => readFile(join(sample, `publications/${year}/0001`, name)),
      }))!;
    const [first, second] = [await read(2023), await read(2024)];
    expect([first.status, second.status]).toEqual(['final', 'provisional']);
    expect(second.notice).toContain('样例数据，均为虚构');
    expect(second.comparedWith).toEqual({
      kind: 'publication',
      year: 2023,
      number: 1,
      digest: first.digest,
    });
    const october = comparisonsTo(second.comparisons, periodOf(2024, 10));
    const calls = october.find(({ indicator }) => indicator === 'hotline-received')!;
    const sumOf = ({ observations }: Publication) =>
      observations
        .filter(({ indicator, period }) => indicator === 'hotline-received' && period.slice(5) <= '10')
        .reduce((sum, { value }) => sum + Number(value), 0);
    expect(calls.period).toBe('2024-10');
    expect(calls.toDate.missing).toBe(0);
    expect(Number(calls.toDate.value)).toBe(sumOf(second));
    expect(Number(calls.toDate.lastYear?.value)).toBe(sumOf(first));
    expect(Number(calls.toDate.lastYear?.change)).toBe(sumOf(second) - sumOf(first));
    expect([calls.before?.value, calls.lastYear?.rate]).not.toContain(undefined);
    const without = october.filter(({ toDate }) => toDate.lastYear === null);
    expect(without.map(({ indicator }) => indicator)).toEqual([]);
  });

  it('publishes a correction as a second edition that says what changed, from what, by whom and why', async () => {
    const data = join(await temporaryFolder(), 'data');
    await copySample(data);
    const form = join(folder, 'correction.xlsx');
    const { writeCorrectedReturn } = await import('../fixtures/corrected-return.ts');
    await writeCorrectedReturn(form, { cases: '30', note: '漏统计一批案件' });
    const submitted = await indicators(
      '--data',
      data,
      'submit',
      form,
      '--department',
      'sfj',
      '--period',
      '2023-03',
      '--handed-in-at',
      '2024-01-20T10:00:00+08:00',
      '--uploader',
      '更正人',
    );
    expect(submitted.output).toContain('revision 2: counting');
    const published = await indicators('--data', data, 'publish', '--year', '2023');
    expect(published.output).toContain('publication 2 of 2023');
    const changes = JSON.parse(await readFile(join(data, 'publications/2023/0002/changes.json'), 'utf8'));
    const legalAid = changes.figures.find(
      ({ indicator }: { indicator: string }) => indicator === 'legal-aid-cases',
    );
    expect(legalAid.before.value).toBe('447');
    expect(legalAid.because[0]).toMatchObject({
      period: '2023-03',
      reason: '漏统计一批案件',
      uploader: '更正人',
    });
    for (const year of ['2023', '2024']) {
      expect((await indicators('--data', data, 'verify', '--year', year)).code).toBe(0);
    }
  });
});
