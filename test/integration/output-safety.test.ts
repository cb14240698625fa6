import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { exitCodes } from '../../functions/cli/commands/exit-codes.ts';
import { print, printFindings, printJson, printTable } from '../../functions/cli/commands/output.ts';
import { listRecords, type QueryOptions } from '../../functions/cli/commands/query.ts';
import { showStatus } from '../../functions/cli/commands/status.ts';
import { trace } from '../../functions/cli/commands/trace.ts';
import type { KeptWorkplace } from '../../functions/cli/commands/workplace.ts';
import { adoptSample } from '../../functions/demo/submit-sample-year.ts';
import { createIngestHandler } from '../../functions/lambda/ingest/handler.ts';
import { readPublication } from '../../functions/use-cases/stores/publication-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { assertDocumentKey } from '../../shared/core/ledger/ports.ts';
import { safeFileName, uploadKey } from '../../shared/core/ledger/upload.ts';
import { sha256Schema } from '../../shared/core/values/digest.ts';
import { excerpt } from '../../shared/core/values/text.ts';
import { csvOf, exactCsvHead, exactCsvLine, readExactCsv } from '../../shared/publication/csv.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { safeText } from '../../shared/workbook/save.ts';
import { indicators } from '../fixtures/command-line.ts';
import { fieldsOf, livingParts } from '../fixtures/hostile/dead-text.ts';
import { hostileStore, longLists } from '../fixtures/hostile/hostile-store.ts';
import { alive, formulaLike, hostileTexts } from '../fixtures/hostile/texts.ts';
import { instruments } from '../fixtures/lambda.ts';
import { batch, lambdaContext, message, s3Record } from '../fixtures/s3-events.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const texts = hostileTexts(casesTried(10_000, 1_200));
let store: Awaited<ReturnType<typeof hostileStore>>;

beforeAll(async () => {
  store = await hostileStore(texts);
});

/** What a command or a printer writes to the terminal. */
async function written(work: () => unknown): Promise<string> {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}

const terminal = (text: string) => text.replaceAll('\n', '').toWellFormed();

const plainNumber = /^-?[0-9]+(\.[0-9]+)?$/;

describe('whatever is typed', () => {
  it('fills a store: every return is accepted, thousands of texts are used', () => {
    expect(new Set(store.outcomes)).toEqual(new Set(['accepted']));
    expect(store.used).toBeGreaterThan(0.9 * texts.length);
  });

  it('stays inside its folder', () => {
    const hash = sha256Schema.parse('f'.repeat(64));
    for (const text of texts) {
      const key = uploadKey({ department: text, period: text }, hash, text);
      assertDocumentKey(key);
      expect(key).toMatch(/^uploads(\/(?!con\/|nul\/)[a-z0-9-]+){2}\/f{16}\/[^/]+$/);
      expect(alive.test(key) || /[<>:"|?*\\]/.test(key)).toBe(false);
      expect(Buffer.byteLength(safeFileName(text))).toBeLessThanOrEqual(255);
    }
    const catalogues = [...store.files.keys()].filter((key) => key.startsWith('catalogues/'));
    const names = [`${catalogueHash(longLists)}.json`, 'adopted/0001.json'];
    const template = expect.stringMatching(/^catalogues\/2023\/templates\/[0-9a-f]{64}\.docx$/);
    expect(catalogues).toEqual([...names.map((name) => `catalogues/2023/${name}`), template]);
    for (const key of new Set(store.files.keys()).difference(new Set(catalogues))) {
      assertDocumentKey(key);
      expect(key).toMatch(
        /^(uploads|feedback|publications|scans)\/[a-z0-9-]+\/[a-z0-9-]+\/[^/\u0000-\u001f]+/,
      );
    }
  });

  it('comes back from JSON and from tables as it was, and every JSON document parses', async () => {
    const columns = [
      { name: 'text', type: 'string' },
      { name: 'list', type: 'array' },
    ];
    const table = new TextEncoder().encode(
      [exactCsvHead(columns), ...texts.map((text) => exactCsvLine([text, [text]]))].join(''),
    );
    const rows = readExactCsv(table, columns, (row) => row);
    expect(rows).toEqual(texts.map((text) => [text, [text]]));
    expect(
      JSON.parse(new TextDecoder().decode(jsonFile({ texts: texts.map((text) => ({ text })) }))).texts,
    ).toEqual(texts.map((text) => ({ text })));
    const documents = [...store.files].filter(([key]) => key.endsWith('.json'));
    expect(documents.length).toBeGreaterThan(30);
    for (const [, bytes] of documents) JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const publication = await readPublication({ year: 2023, number: 2 }, store.documents);
    const published = publication!.observations.flatMap(({ items = [] }) => items);
    const accepted = [...store.events.values()]
      .flat()
      .flatMap(({ happening }) =>
        happening.kind === 'return-accepted'
          ? happening.observations.flatMap((each) => ('items' in each ? (each.items ?? []) : []))
          : [],
      );
    expect(published.length).toBeGreaterThan(0.7 * texts.length);
    const known = new Set(accepted);
    expect(published.filter((item) => !known.has(item))).toEqual([]);
  });

  it('is dead text in every workbook, for our reader and for exceljs', async () => {
    const workbooks = [...store.files].filter(([key]) => /feedback.*xlsx$|summary\.xlsx$/.test(key));
    expect(workbooks.length).toBe(28);
    const { default: ExcelJS } = await import('exceljs');
    for (const [key, bytes] of workbooks) {
      expect(await livingParts(key, bytes)).toEqual([]);
      if (!/summary|2023-0[15]/.test(key)) continue;
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(Buffer.from(bytes) as never);
      workbook.eachSheet((sheet) =>
        sheet.eachRow((row) =>
          row.eachCell((cell) => {
            if (cell.formula !== undefined) throw new Error(`${key} ${cell.address} computes`);
            if (cell.hyperlink !== undefined && !/^#?'/.test(cell.hyperlink))
              throw new Error(`${key}: ${cell.hyperlink}`);
          }),
        ),
      );
    }
  }, 90_000);

  it('is dead text wherever it is quoted', () => {
    for (const text of texts) {
      expect(alive.test(excerpt(text))).toBe(false);
      expect(excerpt(text).length).toBeLessThanOrEqual(80);
      const safe = safeText(text);
      expect(formulaLike.test(safe) || alive.test(safe)).toBe(false);
      expect(safe.length).toBeLessThanOrEqual(32_767);
    }
  });
});

describe('the command line', () => {
  const workplace = () =>
    ({
      ...store,
      year: 2023,
      catalogue: longLists,
      now: '2024-03-01T00:00:00.000Z' as Instant,
    }) as unknown as KeptWorkplace;
  const query = (format: QueryOptions['format']) => written(() => listRecords({ format }, workplace()));

  it('writes CSV that is one, without formulas', async () => {
    const tables = [...store.files].filter(([key]) => key.endsWith('.csv'));
    expect(tables.length).toBeGreaterThan(20);
    for (const csv of [
      await query('csv'),
      ...tables.map(([, bytes]) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
      [
        ...csvOf(
          ['a', 'b'],
          texts.map((text) => [text, text]),
        ),
      ].join(''),
    ]) {
      const rows = fieldsOf(csv);
      expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
      const bad = rows
        .flat()
        .filter((each) => !plainNumber.test(each) && (formulaLike.test(each) || alive.test(each)));
      expect(bad).toEqual([]);
    }
    expect(
      fieldsOf(
        [
          ...csvOf(
            ['a'],
            texts.map((text) => [text]),
          ),
        ].join(''),
      ),
    ).toHaveLength(texts.length + 1);
  });

  it('writes JSON that says the same and commands no terminal', async () => {
    const json = await written(() => printJson(texts));
    expect(JSON.parse(json)).toEqual(texts);
    expect(alive.test(terminal(json))).toBe(false);
    const records = await query('json');
    expect(JSON.parse(records).length).toBeGreaterThan(90);
    expect(alive.test(terminal(records))).toBe(false);
  });

  it('prints tables, findings, lines, statuses and traces that command no terminal', async () => {
    const finding = (text: string) =>
      ({ rule: 'x', severity: 'error', message: text, found: text, place: { sheet: text } }) as const;
    for (const output of [
      await query('table'),
      await written(() => trace('works', {}, workplace())),
      await written(() => showStatus({}, workplace())),
      await written(() => showStatus({ json: true }, workplace())),
      await written(() => printFindings(texts.map(finding), longLists)),
      await written(() =>
        printTable(
          ['a'],
          texts.slice(0, 1000).map((text) => [text.slice(0, 300)]),
        ),
      ),
    ]) {
      expect(output.length).toBeGreaterThan(100);
      expect(alive.exec(terminal(output))?.[0]).toBeUndefined();
    }
    const lines = await written(() => texts.forEach(print));
    expect(lines.split('\n')).toHaveLength(texts.length + 1);
    expect(alive.test(terminal(lines))).toBe(false);
    expect(exitCodes.done).toBe(0);
  });
});

describe('names of files', () => {
  it('command no terminal and stay in their folder when they are submitted', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'in'));
    const names = [
      'a\x1b[2J.xlsx',
      'accepted sfj\n2023-03.xlsx',
      '=1+1.xlsx',
      '\u202exslx.exe',
      '\x9b31m',
      'x\\..\\..\\a',
    ];
    for (const name of names) await writeFile(join(folder, 'in', name), 'x');
    const data = join(folder, 'data');
    await adoptSample(data);
    for (const command of [
      ['submit', join(folder, 'in')],
      ['status'],
      ['submit', join(folder, 'in', '\x1b[1mnone')],
    ]) {
      const { output, errors } = await indicators('--data', data, ...command);
      expect(output + errors).not.toBe('');
      expect(alive.exec(terminal(output + errors))?.[0]).toBeUndefined();
      expect(output).not.toMatch(/^2023-03/m);
    }
    const kept = await readdir(join(data, 'uploads'), { recursive: true, withFileTypes: true });
    const files = kept.filter((entry) => entry.isFile()).map((entry) => entry.name);
    expect(files).toHaveLength(names.length);
    for (const name of files) expect(alive.test(name) || /[\\\n]/.test(name)).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['data', 'in']);
  });
});

describe('the ingest function', () => {
  it('logs and announces none of it, a line each, and records every upload', async () => {
    const tools = instruments();
    const ports = store;
    const some = texts
      .filter((text) => text.isWellFormed() && text.length < 300)
      .slice(0, casesTried(200, 60));
    const handler = createIngestHandler({
      bucket: 'uploads',
      ledger: ports.ledger,
      documents: ports.documents,
      fetchUpload: async ({ key }) => ({ kind: 'bytes', bytes: Buffer.from('x'), uploader: key.slice(-70) }),
      now: () => '2024-03-01T00:00:00.000Z',
      ...tools,
    });
    const before = [...ports.events.values()].flat().length;
    for (const [index, text] of some.entries()) {
      const key = index % 2 === 0 ? `uploads/sfj/2023-03/机密${text}` : `uploads/机密${text}/${text}/a`;
      const upload = {
        key,
        version: `v${index}`,
        size: 1,
        uploadedAt: '2024-03-01T00:00:00.000Z',
        principal: `机密${text}`,
      };
      const result = await handler(
        batch(message(`m${index}`, { Records: [s3Record(upload)] })),
        lambdaContext(),
      );
      expect(result).toEqual({ batchItemFailures: [] });
    }
    const lines = tools.log().split('\n');
    for (const line of lines) JSON.parse(line);
    expect(tools.log()).not.toMatch(/机密|alert\(|cmd\|/);
    expect(JSON.stringify(tools.announced)).not.toMatch(/机密|alert\(|cmd\|/);
    expect(alive.test(terminal(tools.log()))).toBe(false);
    const after = [...ports.events.values()].flat();
    expect(after.length - before).toBe(some.length);
    expect(after.filter((event) => isEvent(event, 'return-refused'))).toHaveLength(some.length);
  }, 90_000);
});
