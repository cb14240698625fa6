import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { gridWorkbook } from '../fixtures/spreadsheetml.ts';
import { median } from './figures.ts';
import { times, writeReached } from './reach.ts';
import { readers } from './reading/readers.ts';

/** a: a typical return; b: a hundred times as much and more; c: beyond what is taken in, which has at most 250,000 cells. */
const sizes = { a: [60, 15], b: [10_000, 20], c: [100_000, 20] } as const;
const rounds = 9;
/** How often each has read before it is timed, until its code has settled, and how often it is timed then. */
const warm = { a: [200, 100], b: [3, rounds] } as const;
const libraries = ['exceljs', '@e965/xlsx', 'read-excel-file/node', 'hucre', 'saxen'];

interface Run {
  import: number;
  cold: number;
  cells: number;
  peak: number;
}

const withOpenpyxl = fileURLToPath(new URL('./reading/read_with_openpyxl.py', import.meta.url));
const names = Object.keys(readers);
// Below the packages of the bench, so that the bundle finds them and those of the project.
const folder = mkdtempSync(fileURLToPath(new URL('./node_modules/.reading-bench-', import.meta.url)));
const files = mkdtempSync(join(tmpdir(), 'reading-bench-'));

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** What the fastest of the libraries takes: neither our own reader, nor the limit, nor a parser alone. */
function fastest(of: (name: string) => number): number {
  return Math.min(...names.filter((name) => !/^(ours|L\b|inflate)/.test(name)).map(of));
}

/** As it would be deployed: JavaScript in few files, no types to strip. */
async function bundle(entry: string, name: string, minify = false): Promise<string> {
  const input = fileURLToPath(new URL(entry, import.meta.url));
  await build({
    entryPoints: { [name]: input },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: libraries,
    minify,
  });
  return join(folder, `${name}.mjs`);
}

beforeAll(() => {
  for (const [name, [rows, columns]] of Object.entries(sizes)) {
    writeFileSync(join(files, `${name}.xlsx`), gridWorkbook(rows, columns));
  }
});

afterAll(() => {
  for (const each of [folder, files]) rmSync(each, { recursive: true, force: true });
});

/** A program that reads a file once and says how it did. */
function ran(program: string, ...given: string[]): Run {
  return JSON.parse(execFileSync(program, given, { encoding: 'utf8' }));
}

test('cold, each in a process of its own', async () => {
  const child = await bundle('./reading/child.ts', 'child');
  const runs = new Map<string, Run[]>();
  for (let round = 0; round < rounds; round++) {
    for (const size of ['a', 'b']) {
      for (const name of names) {
        const key = `${size} ${name}`;
        const run = ran(process.execPath, child, name, join(files, `${size}.xlsx`));
        runs.set(key, [...(runs.get(key) ?? []), run]);
      }
    }
  }
  const of = (size: string, name: string, what: keyof Run) =>
    median((runs.get(`${size} ${name}`) ?? []).map((run) => run[what]));
  console.table(
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          'a ms': rounded(of('a', name, 'cold')),
          'a x L': rounded(of('a', name, 'cold') / of('a', 'L', 'cold')),
          'b ms': rounded(of('b', name, 'cold')),
          'b x L': rounded(of('b', name, 'cold') / of('b', 'L', 'cold')),
          'b x ours': rounded(of('b', name, 'cold') / of('b', 'ours', 'cold')),
          'b peak MB': rounded(of('b', name, 'peak')),
          'import ms': rounded(of('a', name, 'import')),
        },
      ]),
    ),
  );
  for (const name of names) expect([name, of('b', name, 'cells')]).toEqual([name, 200_000]);
  const ours = of('b', 'ours', 'cold');
  await writeReached({
    work: '10,000 x 20 read, cold',
    against: 'the limit L; the fastest library',
    reach: 'at most 1.6 L; 3 x',
    seen: `${(ours / of('b', 'L', 'cold')).toFixed(2)} L; ${times(
      ours,
      fastest((name) => of('b', name, 'cold')),
    )}`,
  });
});

test('one workbook of 100,000 rows, cold', async () => {
  const child = await bundle('./reading/child.ts', 'child');
  const file = join(files, 'c.xlsx');
  const raced = new Map<string, () => Run>(
    ['ours', 'exceljs load', '@e965/xlsx'].map((name) => [
      name,
      () => ran(process.execPath, child, name, file),
    ]),
  );
  if (pythonWithOpenpyxl !== undefined) {
    raced.set('openpyxl', () => ran(pythonWithOpenpyxl!, withOpenpyxl, file));
  }
  const runs = Array.from({ length: 3 }, () => new Map([...raced].map(([name, run]) => [name, run()])));
  const of = (name: string, what: keyof Run) => median(runs.map((run) => run.get(name)![what]));
  const seen = [...raced.keys()].map((name) => {
    return { name, seconds: of(name, 'cold') / 1000, 'peak MB': rounded(of(name, 'peak')) };
  });
  console.table(seen);
  for (const name of raced.keys()) expect([name, of(name, 'cells')]).toEqual([name, 2_000_000]);
  const others = seen.filter(({ name }) => name !== 'ours');
  await writeReached({
    work: 'one workbook of 100,000 rows, 20 columns, read',
    against: others.map(({ name }) => name).join('; '),
    reach: '3 x every one; under 300 MB',
    seen: `${others.map(({ name }) => times(of('ours', 'cold'), of(name, 'cold'))).join('; ')}; ${of('ours', 'peak').toFixed(0)} MB`,
  });
});

test('warm, in one process', async () => {
  const table: Record<string, Record<string, number>> = {};
  const loaded = await Promise.all(names.map(async (name) => [name, await readers[name]?.()] as const));
  for (const size of ['a', 'b'] as const) {
    const [before, timed] = warm[size];
    const file = readFileSync(join(files, `${size}.xlsx`));
    const took = new Map<string, number[]>();
    for (let round = 0; round < before + timed; round++) {
      for (const [name, read] of loaded) {
        const start = performance.now();
        await read?.(file);
        if (round < before) continue;
        took.set(name, [...(took.get(name) ?? []), performance.now() - start]);
      }
    }
    for (const name of names)
      table[name] = { ...table[name], [`${size} ms`]: rounded(median(took.get(name) ?? [])) };
  }
  console.table(table);
  const of = (name: string) => table[name]?.['a ms'] ?? Number.NaN;
  await writeReached({
    work: 'one return of 60 x 15 read, warm',
    against: 'exceljs; the fastest library; the limit L',
    reach: '6 x; 3 x; at most 3 L',
    seen: `${times(of('ours'), of('exceljs load'))}; ${times(of('ours'), fastest(of))}; ${(of('ours') / of('L')).toFixed(1)} L`,
  });
});

test('the size of the bundle', async () => {
  const file = await bundle('../../shared/workbook/reading/read-workbook.ts', 'reader', true);
  console.log(`reader, minified: ${rounded(statSync(file).size / 1024)} KB`);
});
