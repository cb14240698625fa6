import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { unpackTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { archivers, type PackedFile } from '../../../infra/package/archives.ts';
import {
  type PlatformName,
  packageContents,
  packageName,
  platforms,
} from '../../../infra/package/contents.ts';
import { licenceTexts } from '../../../infra/package/licence-texts.ts';
import { bundleProgram } from '../../../infra/package/program.ts';
import { lockedForProduction } from '../../fixtures/lock-file.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { isThorough } from '../../fixtures/thoroughness.ts';

const program = await bundleProgram();
const licences = await licenceTexts(program.packages);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The files of a package, by path, with something that is no Node in the place of Node. */
async function filesFor(name: PlatformName): Promise<Map<string, PackedFile>> {
  const folder = await temporaryFolder();
  const { node } = platforms[name];
  await mkdir(dirname(join(folder, node.from)), { recursive: true });
  await writeFile(join(folder, node.from), `Node for ${name}`);
  const nodeLicence = new TextEncoder().encode('licence of Node');
  const files = await packageContents(platforms[name], folder, { program, licences, nodeLicence });
  return new Map(files.map((file) => [file.path, file]));
}

const names = Object.keys(platforms) as PlatformName[];
const scripts = {
  'windows-x64': ['indicators.cmd', '启动.cmd', '查看样例.cmd'],
  'linux-x64': ['indicators', 'start.sh'],
  'linux-arm64': ['indicators', 'start.sh'],
};

describe('the bundled program', () => {
  const paths = program.files.map(({ path }) => path);

  it('has its entry points, and what they read beside the code', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        ...['indicators.mjs', 'submit-worker.mjs'],
        ...['functions/portal/assets/portal.js', 'functions/portal/assets/styles/base.css'],
        ...['shared/catalogue/wanyuan-2023-report.json', 'test/verifier/verify.py'],
      ]),
    );
    expect(paths.filter((path) => path.endsWith('.ts'))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('starts its workers from the bundle, and not from source that is not there', () => {
    const code = program.files.filter(({ path }) => path.endsWith('.mjs')).map(({ bytes }) => text(bytes));
    expect(code.some((each) => each.includes('"./submit-worker.mjs"'))).toBe(true);
    expect(code.filter((each) => /new URL\("[^"]*\.ts"/.test(each))).toEqual([]);
  });

  it('takes code from packages that run, and none for development', () => {
    const running = new Set(lockedForProduction.map(({ path }) => path));
    expect(program.packages).toEqual(expect.arrayContaining(['node_modules/zod', 'node_modules/exceljs']));
    expect(program.packages.filter((path) => !running.has(path))).toEqual([]);
  });

  it.runIf(isThorough)('is the same when it is bundled again', async () => {
    expect(await bundleProgram()).toEqual(program);
  });
});

describe('the licences', () => {
  it('are those of every package in the program, with a text each', () => {
    const parts = licences.split(/\n\n={80}\n\n(?=\S+@\d\S*: )/).slice(1);
    const locked = new Map(lockedForProduction.map((each) => [each.path, `${each.name}@${each.version}`]));
    const headed = parts.map((part) => part.split(': ')[0]);
    expect(headed).toEqual(program.packages.map((path) => locked.get(path)));
    const granting =
      /Permission is hereby granted|Permission to use|Apache License|Redistribution and use|free and unencumbered|Blue Oak Model/i;
    expect(parts.filter((part) => !granting.test(part)).map((part) => part.slice(0, 80))).toEqual([]);
  });

  it('of packages that come without a text are what their README quotes, or the usual one with the author', () => {
    expect(licences).toMatch(/isarray@1\.0\.0: MIT\s+\(MIT\)\s+Copyright \(c\) 2013 Julian Gruber/);
    expect(licences).toMatch(/chainsaw@0\.1\.0: MIT\s+Copyright \(c\) James Halliday/);
    expect(licences).toMatch(/saxes@\S+: ISC\s+Copyright \(c\) Louis-Dominique Dubeau/);
  });
});

describe.each(names)('the package for %s', (name) => {
  it('has Node, program, scripts, licences and instructions, and nothing else', async () => {
    const files = await filesFor(name);
    const others = [...files.keys()].filter((path) => !path.startsWith('program/'));
    const { node } = platforms[name];
    expect(others.sort()).toEqual(
      [...scripts[name], node.to, 'licences/node.txt', 'licences/packages.txt', '使用说明.html'].sort(),
    );
    expect(text(files.get(node.to)!.bytes)).toBe(`Node for ${name}`);
    expect(files.size).toBe(others.length + program.files.length);
  });

  it('has instructions that name its scripts, with the version', async () => {
    const page = text((await filesFor(name)).get('使用说明.html')!.bytes);
    for (const script of scripts[name]) expect(page).toContain(script);
    expect(page).toContain(packageName(name).split('-')[1]);
    expect(page).not.toContain('{版本}');
  });

  it('is the same archive when it is made again, of one folder, with every file in it', async () => {
    const files = [...(await filesFor(name)).values()];
    const pack = archivers[platforms[name].archive];
    const archive = await pack(packageName(name), files);
    expect(await pack(packageName(name), files.toReversed())).toEqual(archive);
    const unpacked = platforms[name].archive === 'zip' ? unzipped(archive) : await untarred(archive);
    expect([...unpacked.keys()]).toEqual([...unpacked.keys()].sort());
    expect(unpacked).toEqual(
      new Map(files.map(({ path, bytes }) => [`${packageName(name)}/${path}`, text(bytes)])),
    );
  });
});

function unzipped(archive: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(archive)).map(([path, bytes]) => [path, text(bytes)]));
}

async function untarred(archive: Uint8Array): Promise<Map<string, string>> {
  const entries = await unpackTar(gunzipSync(archive));
  return new Map(entries.map(({ header, data }) => [header.name, text(data ?? new Uint8Array())]));
}

describe('scripts', () => {
  it('for Windows mean the same under every code page, and end lines as its interpreter wants', async () => {
    const files = await filesFor('windows-x64');
    for (const name of scripts['windows-x64']) {
      const script = text(files.get(name)!.bytes);
      expect(script).toMatch(/^[\r\n -~]+$/);
      expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(script).toMatch(/^@echo off\r\n/);
    }
  });

  it('for Windows start the program and its sample alike', async () => {
    const files = await filesFor('windows-x64');
    const [usual, sample] = ['启动.cmd', '查看样例.cmd'].map((name) => text(files.get(name)!.bytes));
    expect(usual).toContain(' serve %*');
    expect(sample).toBe(usual!.replace(' serve ', ' serve --sample '));
  });

  it('for Linux may be run, and so may Node', async () => {
    const files = await filesFor('linux-arm64');
    const executable = [...files.values()].filter((file) => file.executable).map(({ path }) => path);
    expect(executable.sort()).toEqual(['indicators', 'node/node', 'start.sh']);
    for (const name of scripts['linux-arm64'])
      expect(text(files.get(name)!.bytes)).toMatch(/^#!\/bin\/sh\n[^\r]*$/);
  });
});

it('names in a zip that are not ASCII are flagged as UTF-8, without which Windows would misread them', async () => {
  const archive = Buffer.from(
    await archivers.zip('文件夹', [{ path: '启动.cmd', bytes: new Uint8Array(1) }]),
  );
  const central = archive.indexOf('PK\x01\x02', 'latin1');
  const [local, listed] = [archive.readUInt16LE(6), archive.readUInt16LE(central + 8)];
  expect([local & 0x800, listed & 0x800]).toEqual([0x800, 0x800]);
  expect(archive.includes(Buffer.from('文件夹/启动.cmd', 'utf8'))).toBe(true);
  const madeOn = archive.readUInt8(central + 5);
  expect(madeOn).toBe(3);
});
