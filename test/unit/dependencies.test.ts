import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { type LockedPackage, lockedForProduction, resolved } from '../fixtures/lock-file.ts';
import { modulesUnder } from '../fixtures/modules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface PackageFile {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const packageFile = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageFile;
const own = packageFile('');
/** What is only raced is installed for that alone. */
const raced = packageFile('test/bench').dependencies;

/** A package that a module imports, without the path inside it. */
interface Use {
  name: string;
  by: string;
}

function usesOf(by: string, modules: readonly string[]): Use[] {
  return modules
    .filter((name) => !isBuiltin(name))
    .map((name) => ({ by, name: name.split('/', name.startsWith('@') ? 2 : 1).join('/') }));
}

/** What is there when the modules of a folder run, by any kind of import: types are gone, as the bundler sees it. */
async function loadedUnder(folder: string): Promise<Use[]> {
  const { metafile } = await build({
    entryPoints: modulesUnder(folder)
      .map(({ path }) => path)
      .filter((path) => !path.endsWith('.d.ts')),
    absWorkingDir: root,
    outdir: 'never-written',
    write: false,
    bundle: true,
    // Otherwise each of some hundred entry points would get all that it imports once more.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs)
    .filter(([path]) => path.startsWith(`${folder}/`))
    .flatMap(([path, { imports }]) =>
      usesOf(
        path,
        imports.filter(({ external }) => external).map((each) => each.path),
      ),
    );
}

/** What the modules of a folder take types alone from. */
function typesUnder(folder: string): Use[] {
  return modulesUnder(folder).flatMap(({ path, imports }) =>
    usesOf(
      path,
      imports
        .filter(({ form, from }) => form === 'type' && !/^\w+\/.*\.ts$/.test(from))
        .map(({ from }) => from),
    ),
  );
}

const typesOf = (name: string) => `@types/${name.replace(/^@(.*)\//, '$1__')}`;

/** The uses of packages that are in none of the lists. */
function missing(uses: readonly Use[], ...lists: Record<string, string>[]): string[] {
  const listed = new Set(lists.flatMap((list) => Object.keys(list)));
  return uses.filter(({ name }) => !listed.has(name)).map(({ by, name }) => `${by} imports ${name}`);
}

const [functions, shared, infra, test] = await Promise.all(
  ['functions', 'shared', 'infra', 'test'].map((folder) => loadedUnder(folder)),
);
const program = [...functions!, ...shared!];
const bench = test!.filter(({ by }) => by.startsWith('test/bench/'));
const tests = test!.filter((use) => !bench.includes(use));

describe('the dependencies of the program', () => {
  it('are what it imports: all of it is there after an installation without devDependencies', () => {
    expect(program.length).toBeGreaterThan(100);
    expect(missing(program, own.dependencies)).toEqual([]);
  });

  it('are nothing that it does not import', () => {
    const imported = new Set(program.map(({ name }) => name));
    expect(Object.keys(own.dependencies).filter((name) => !imported.has(name))).toEqual([]);
  });
});

describe('an installation without devDependencies', () => {
  /** What a package needs and would not find; it may do without what its peers are only if they are there. */
  const notFound = (each: LockedPackage) =>
    Object.keys({ ...each.dependencies, ...each.peerDependencies })
      .filter((name) => each.peerDependenciesMeta?.[name]?.optional !== true)
      .filter((name) => resolved(each, name)?.dev !== undefined || resolved(each, name) === undefined)
      .map((name) => `${each.path} needs ${name}`);

  it('has what its packages need in turn, their peers too', () => {
    expect(lockedForProduction.flatMap(notFound)).toEqual([]);
  });

  it('has the dependencies of the program, in the versions that it names', () => {
    const installed = new Map(lockedForProduction.map(({ path, version }) => [path, version]));
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.optionalDependencies })) {
      expect([name, installed.get(`node_modules/${name}`)]).toEqual([name, version]);
    }
  });

  it('lacks what is only tested and deployed with', () => {
    const installed = new Set(lockedForProduction.map(({ path }) => path));
    const surplus = Object.keys(own.devDependencies).filter((name) => installed.has(`node_modules/${name}`));
    expect(surplus).toEqual([]);
    expect(notFound({ ...lockedForProduction[0]!, dependencies: { vitest: '*' } })).toHaveLength(1);
  });
});

describe('packages', () => {
  it('are declared that the stack and the tests import', () => {
    expect(missing([...infra!, ...tests], own.dependencies, own.devDependencies)).toEqual([]);
  });

  it('that only the bench imports are declared there, and no others', () => {
    expect(missing(bench, own.dependencies, own.devDependencies, raced)).toEqual([]);
    const others = new Set([...program, ...infra!, ...tests].map(({ name }) => name));
    const imported = new Set(bench.map(({ name }) => name).filter((name) => !others.has(name)));
    expect(Object.keys(raced).filter((name) => !imported.has(name))).toEqual([]);
  });

  it('are declared whose types alone are taken, or their types are', () => {
    const declared = { ...own.dependencies, ...own.devDependencies };
    const types = ['functions', 'shared', 'infra', 'test'].flatMap(typesUnder);
    expect(types.length).toBeGreaterThan(10);
    expect(
      missing(
        types.filter(({ name }) => !(typesOf(name) in declared)),
        declared,
      ),
    ).toEqual([]);
  });
});

it('sees a package that is not declared, imported statically, when it is needed, or for its types', () => {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(own.dependencies).filter(([each]) => each !== name));
  expect(missing(program, without('zod'))).toContain('shared/core/values/decimal.ts imports zod');
  expect(missing(program, without('@e965/xlsx'))).toEqual([
    'functions/demo/sample-workbook.ts imports @e965/xlsx',
  ]);
  expect(missing(typesUnder('functions'), own.dependencies)).toContain(
    'functions/lambda/portal/handler.ts imports aws-lambda',
  );
});
