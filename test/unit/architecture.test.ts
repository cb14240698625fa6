import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  from: string;
  form: 'static' | 'type' | 'dynamic';
  names: string;
}

/** Source without its comments; texts are kept, since module names are texts. */
function withoutComments(source: string): string {
  return source.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, text: string | undefined) => text ?? ' ',
  );
}

function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  const statements = [
    ...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?([\w*$,{}\s]+?)\s+from\s*['"]([^'"]+)['"]/gm),
  ].map(([, type, names = '', from = '']): Import => ({ from, names, form: type ? 'type' : 'static' }));
  const bare = [...code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)].map(
    ([, from = '']): Import => ({ from, names: '', form: 'static' }),
  );
  const dynamic = [...code.matchAll(/\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/g)].map(
    ([, from = '']): Import => ({ from, names: '', form: 'dynamic' }),
  );
  return [...statements, ...bare, ...dynamic];
}

/** The modules of the project: path from the root, source, and imports with local ones as such paths. */
interface Module {
  path: string;
  source: string;
  imports: Import[];
}

function modulesUnder(folder: string): Module[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .filter((entry) => !entry.parentPath.includes('node_modules') && !entry.parentPath.includes('cdk.out'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const source = readFileSync(file, 'utf8');
      const imports = importsOf(source).map((each) =>
        each.from.startsWith('.')
          ? { ...each, from: relative(root, join(dirname(file), each.from)).replaceAll('\\', '/') }
          : each,
      );
      return { path: relative(root, file).replaceAll('\\', '/'), source, imports };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const modules = ['functions', 'shared', 'infra'].flatMap(modulesUnder);
const byPath = new Map(modules.map((module) => [module.path, module]));
const inFolder = (folder: string) => modules.filter(({ path }) => path.startsWith(`${folder}/`));
const layerOf = (path: string) => /^(?:functions|infra|shared\/[^/]+)(?=\/)/.exec(path)?.[0] ?? 'a package';

/** What a layer may import of the project; itself always. */
const allowed: Record<string, RegExp> = {
  'shared/core': /^$/,
  'shared/workbook': /^shared\/core$/,
  'shared/publication': /^shared\/core$/,
  'shared/catalogue': /^shared\/core$/,
  'shared/adapters': /^shared\/core$/,
  functions: /^shared\/(?:core|workbook|publication|catalogue|adapters)$/,
  infra: /^functions$|^shared\/(?:core|workbook|publication|catalogue|adapters)$/,
};

/** What a module reaches, itself included, through imports of any kind. */
function reached(start: Module): Module[] {
  const seen = new Set([start]);
  for (const module of seen) {
    for (const { from } of module.imports) {
      const next = byPath.get(from);
      if (next !== undefined) seen.add(next);
    }
  }
  return [...seen];
}

function packagesOf({ imports }: Module): string[] {
  return imports.map(({ from }) => from).filter((from) => !from.startsWith('shared/') && !byPath.has(from));
}

describe('the scanner of this test', () => {
  it('sees every kind of import, and none in comments', () => {
    const source = `
      import a, { b } from './a.ts';
      import type { C } from './c.ts';
      export { d } from './d.ts';
      export * from './e.ts';
      import {
        f,
        type G,
      } from "./f.ts";
      import 'side-effect';
      // import x from 'comment';
      /* import y from 'block'; */
      const lazy = await import('lazy');
      const url = 'https://example.org'; import z from 'behind';`;
    expect(importsOf(source).map(({ from, form }) => `${form} ${from}`)).toEqual([
      'static ./a.ts',
      'type ./c.ts',
      'static ./d.ts',
      'static ./e.ts',
      'static ./f.ts',
      'static side-effect',
      'dynamic lazy',
    ]);
  });

  it('finds the project, and every local import leads to a file of it', () => {
    expect(modules.length).toBeGreaterThan(50);
    const local = modules.flatMap(({ imports, path }) =>
      imports
        .filter(({ from }) => /^(?:functions|shared|infra)\/.*\.ts$/.test(from))
        .map(({ from }) => [path, from]),
    );
    expect(local.length).toBeGreaterThan(100);
    expect(local.filter(([, from]) => !byPath.has(from!))).toEqual([]);
  });
});

describe('imports', () => {
  it('run one way: functions, then workbook, publication, catalogue and adapters, then core', () => {
    const wrong = modules.flatMap(({ path, imports }) => {
      const layer = layerOf(path);
      expect(allowed, `${path} is in no layer that the architecture knows`).toHaveProperty([layer]);
      return imports
        .filter(({ from }) => byPath.has(from))
        .filter(({ from }) => layerOf(from) !== layer && !allowed[layer]!.test(layerOf(from)))
        .map(({ from }) => `${path} imports ${from}`);
    });
    expect(wrong).toEqual([]);
  });

  it('never lead from the layout of the cloud into code that runs there', () => {
    const wrong = inFolder('infra/constructs').flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /^(?:functions|shared)$/.test(layerOf(from).split('/')[0]!))
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('make no circle', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (module: Module, path: string[]): void => {
      if (path.includes(module.path))
        circles.push([...path.slice(path.indexOf(module.path)), module.path].join(' -> '));
      if (done.has(module.path) || path.includes(module.path)) return;
      for (const { from } of module.imports) {
        const next = byPath.get(from);
        if (next !== undefined) visit(next, [...path, module.path]);
      }
      done.add(module.path);
    };
    for (const module of modules) visit(module, []);
    expect(circles).toEqual([]);
  });

  it('take exceljs only lazily or for its types, since it costs 0.1 s to load', () => {
    const users = modules.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => from === 'exceljs' || from.startsWith('exceljs/'))
        .map((each) => ({ path, ...each })),
    );
    expect(users.some(({ form }) => form === 'dynamic')).toBe(true);
    expect(users.filter(({ form }) => form === 'static').map(({ path }) => path)).toEqual([]);
  });
});

describe('the core', () => {
  const core = inFolder('shared/core');
  const pure = /^(?:zod|big\.js|canonicalize|node:crypto)$/;

  it('reaches nothing but itself and a few pure packages: no files, network, exceljs or AWS', () => {
    expect(core.length).toBeGreaterThan(20);
    const wrong = core.flatMap((module) =>
      reached(module).flatMap((other) =>
        packagesOf(other)
          .filter((name) => !pure.test(name))
          .map((name) => `${module.path} reaches ${name} by ${other.path}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('takes of node:crypto hashes only, which are the same on every run', () => {
    const taken = core.flatMap(({ imports }) => imports.filter(({ from }) => from === 'node:crypto'));
    expect(taken.length).toBeGreaterThan(0);
    for (const { names } of taken) expect(names.trim()).toBe('{ createHash }');
  });

  it.each([
    [
      'the clock',
      /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\b|\bprocess\.hrtime\b|\bTemporal\.Now\b/,
    ],
    ['chance', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/],
    [
      'its surroundings',
      /\bprocess\s*\.|\bglobalThis\b|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\b|\bconsole\./,
    ],
    ['the language of the machine', /\.toLocale\w+\(|\blocaleCompare\b|\bIntl\./],
  ])('does not depend on %s', (_, forbidden) => {
    const wrong = core.flatMap(({ path, source }) => {
      const found = forbidden.exec(withoutComments(source))?.[0];
      return found === undefined ? [] : [`${path}: ${found}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('have names that say what is in them', () => {
    const vague = modules.filter(({ path }) =>
      /(?:^|[/.-])(?:utils?|helpers?|common|managers?|misc)(?=[/.-])/i.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it('are at most 400 lines long', () => {
    const long = modules.map(({ path, source }) => ({ path, lines: source.split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > 400)).toEqual([]);
  });
});
