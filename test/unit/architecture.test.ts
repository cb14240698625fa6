import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, type Module, modulesUnder, withoutComments } from '../fixtures/modules.ts';
import { filesOfProject, root } from '../fixtures/pages.ts';

const modules = ['functions', 'shared', 'infra'].flatMap(modulesUnder);
const byPath = new Map(modules.map((module) => [module.path, module]));
const inFolder = (folder: string) => modules.filter(({ path }) => path.startsWith(`${folder}/`));

/**
 * The core's steps, lowest first: each imports itself and what is below it. `words` stands above them all but for
 * `reminders`, which are made of words.
 */
const stairs = ['values', 'catalogue', 'returns', 'ledger', 'year', 'totals', 'publication'];

/** The room that a module is in: a step of the core, a folder of `shared` or `functions`, or `infra`. */
function roomOf(path: string): string {
  const room = /^(?:shared\/core\/[^/.]+|shared\/[^/]+(?=\/)|functions\/[^/.]+|infra)/.exec(path)?.[0];
  return room ?? path.replace(/\.ts$/, '');
}

const core = [...stairs, 'words', 'reminders'].map((step) => `shared/core/${step}`);
const rest = ['charts', 'workbook', 'publication', 'catalogue', 'adapters'].map(
  (folder) => `shared/${folder}`,
);
const usual = [
  ...core,
  ...rest,
  'shared/report',
  'functions/memoize',
  'functions/software',
  'functions/use-cases',
];

/** What a room may import of the project beside itself. */
const allowed: Record<string, readonly string[]> = {
  ...Object.fromEntries(core.map((step, index) => [step, core.slice(0, index)])),
  ...Object.fromEntries(rest.map((folder) => [folder, core])),
  'shared/publication': [...core, 'shared/charts'],
  'shared/report': [...core, 'shared/workbook'],
  'functions/memoize': [],
  'functions/software': [],
  'functions/use-cases': [...core, ...rest, 'shared/report', 'functions/memoize', 'functions/software'],
  'functions/lambda': [...usual, 'functions/portal'],
  'functions/portal': usual,
  'functions/demo': [...usual, 'functions/cli'],
  'functions/local-server': [...usual, 'functions/portal', 'functions/cli', 'functions/demo'],
  'functions/cli': [...usual, 'functions/demo', 'functions/local-server'],
  infra: ['shared/catalogue'],
};

/** Files of fewer than 45 lines with at most one importer, and why each is a file of its own. */
const reasonsToStandAlone: Record<string, string> = {
  'functions/cli/main.ts': 'what every Node can read, to say which it takes',
  'functions/cli/commands/demo.ts':
    'a command, as each beside it; what it does is loaded when it is asked for',
  'functions/cli/commands/submit-worker.ts': 'what a worker thread runs',
  'functions/demo/sample-worker.ts': 'what a worker thread runs',
  'functions/demo/sample-workbook.ts': 'needs another program than exceljs to write a workbook',
  'functions/lambda/ingest/index.ts': 'what Lambda loads',
  'functions/lambda/portal/index.ts': 'what Lambda loads',
  'functions/lambda/publish/index.ts': 'what Lambda loads',
  'functions/lambda/remind/index.ts': 'what Lambda loads',
  'infra/app.ts': 'what CDK loads',
  'shared/adapters/kms-signer.ts': 'loads a client of its own',
  'shared/adapters/start-function.ts': 'loads a client of its own, when somebody publishes',
  'shared/core/catalogue/narrative-checks.ts': 'what is refused in each list has a file of its own',
  'shared/workbook/reading/quick-rows.ts': 'a quick path, beside that of cells, which fills its file',
  'shared/workbook/reading/spans.ts': 'a data structure, tested by itself',
};

/** Whether an import leaves nothing behind when types are stripped. */
function isOfTypes({ form, names }: Import): boolean {
  const listed = /^\{(.*)\}$/s.exec(names.trim())?.[1]?.split(',') ?? [names];
  return form === 'type' || listed.every((name) => /^\s*(type\s|$)/.test(name));
}

/** What a module reaches, itself included, through imports of any kind, or those that count. */
function reached(start: Module, counts: (each: Import) => boolean = () => true): Module[] {
  const seen = new Set([start]);
  for (const module of seen) {
    for (const { from } of module.imports.filter(counts)) {
      const next = byPath.get(from);
      if (next !== undefined) seen.add(next);
    }
  }
  return [...seen];
}

function packagesOf({ imports }: Module): string[] {
  return imports
    .map(({ from }) => from)
    .filter((from) => !/^(?:shared|functions)\//.test(from) && !byPath.has(from));
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
  it('go down the stairs: each room imports only what it may', () => {
    const wrong = modules.flatMap(({ path, imports }) => {
      const room = roomOf(path);
      expect(allowed, `${path} is in no room that the architecture knows`).toHaveProperty([room]);
      return imports
        .filter(({ from }) => byPath.has(from))
        .filter(({ from }) => roomOf(from) !== room && !allowed[room]?.includes(roomOf(from)))
        .map(({ from }) => `${path} imports ${from}`);
    });
    expect(wrong).toEqual([]);
  });

  it('let use cases know no AWS, no HTTP and no terminal', () => {
    const outside =
      /^(?:@aws-|aws-|@middy|hono|@hono|node:https?$|node:net$|commander|cli-|node:readline|node:tty)/;
    const cases = inFolder('functions/use-cases');
    expect(cases.length).toBeGreaterThan(10);
    const wrong = cases.flatMap((module) => [
      ...packagesOf(module)
        .filter((name) => outside.test(name))
        .map((name) => `${module.path} imports ${name}`),
      ...module.imports
        .filter(({ from }) => /^shared\/adapters\/|^functions\/(?!use-cases|memoize|software)/.test(from))
        .map(({ from }) => `${module.path} imports ${from}`),
      ...(/\bprocess\.(?:stdout|stderr|stdin|argv|exit)/.test(module.source)
        ? [`${module.path} uses the terminal`]
        : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it('make no circle', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const request = (module: Module, path: string[]): void => {
      if (path.includes(module.path))
        circles.push([...path.slice(path.indexOf(module.path)), module.path].join(' -> '));
      if (done.has(module.path) || path.includes(module.path)) return;
      for (const { from } of module.imports) {
        const next = byPath.get(from);
        if (next !== undefined) request(next, [...path, module.path]);
      }
      done.add(module.path);
    };
    for (const module of modules) request(module, []);
    expect(circles).toEqual([]);
  });

  it('let the reader load no package, since every function that takes uploads loads it', () => {
    const reader = byPath.get('shared/workbook/reading/read-workbook.ts')!;
    const isLoaded = (each: Import) => each.form === 'static' && !isOfTypes(each);
    const loaded = reached(reader, isLoaded).flatMap(({ path, imports }) =>
      imports
        .filter((each) => isLoaded(each) && !byPath.has(each.from) && !each.from.startsWith('node:'))
        .map(({ from }) => `${path} loads ${from}`),
    );
    expect(loaded).toEqual([]);
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
  const own = inFolder('shared/core');
  const pure = /^(?:zod|big\.js|canonicalize|node:crypto)$/;

  it('reaches nothing but itself and a few pure packages: no files, network, exceljs or AWS', () => {
    expect(own.length).toBeGreaterThan(20);
    const wrong = own.flatMap((module) =>
      reached(module).flatMap((other) =>
        packagesOf(other)
          .filter((name) => !pure.test(name))
          .map((name) => `${module.path} reaches ${name} by ${other.path}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('takes of node:crypto hashes and checks of signatures only, which are the same on every run', () => {
    const taken = own.flatMap(({ imports }) => imports.filter(({ from }) => from === 'node:crypto'));
    expect(taken.length).toBeGreaterThan(0);
    const same = ['{ createHash }', '{ createPublicKey, verify }'];
    for (const { names } of taken) expect(same).toContain(names.trim());
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
  ])('does not depend on %s, nor does the reader of workbooks', (_, forbidden) => {
    const reader = modules.filter(({ path }) => path.startsWith('shared/workbook/reading/'));
    const wrong = [...own, ...reader].flatMap(({ path, source }) => {
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

  const isFile = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
  const linesOf = ({ source }: Module) => source.split('\n').length - 1;

  it('are at most 300 lines long, tests and stylesheets too, but not data', () => {
    const written = filesOfProject().filter((path) => !/\.(?:json|svg|png)$/.test(path) && isFile(path));
    expect(written.filter((path) => path.startsWith('test/')).length).toBeGreaterThan(100);
    expect(written.some((path) => path.endsWith('.css'))).toBe(true);
    const long = written.filter(
      (path) => readFileSync(join(root, path), 'utf8').split('\n').length - 1 > 300,
    );
    expect(long).toEqual([]);
  });

  it('that are short and have one user have a reason to stand alone', () => {
    const users = new Map<string, number>();
    for (const { imports } of modules) {
      for (const from of new Set(imports.map((each) => each.from)))
        users.set(from, (users.get(from) ?? 0) + 1);
    }
    const short = modules
      .filter(({ path }) => !path.endsWith('.d.ts'))
      .filter((module) => linesOf(module) < 45 && (users.get(module.path) ?? 0) <= 1)
      .map(({ path }) => path);
    expect(short.toSorted()).toEqual(Object.keys(reasonsToStandAlone).toSorted());
    expect(short.length).toBeLessThanOrEqual(15);
  });
});
