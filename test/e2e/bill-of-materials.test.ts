import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { lockedForProduction } from '../fixtures/lock-file.ts';
import { root } from '../fixtures/pages.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

interface Bill {
  bomFormat: string;
  metadata: { component: { name: string } };
  components: { name: string; version: string; hashes?: { alg: string }[]; licenses?: object[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const nameOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;

/** The bill as the script writes it where there is nothing but the lock file: nothing is installed there. */
async function writtenBill(): Promise<Bill> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'infra'));
  for (const name of ['package.json', 'package-lock.json', 'infra/bill-of-materials.ts', 'infra/licences.ts'])
    await copyFile(join(root, name), join(folder, name));
  await promisify(execFile)('npm', ['run', 'sbom'], { cwd: folder, shell: process.platform === 'win32' });
  return JSON.parse(await readFile(join(folder, 'sbom.cdx.json'), 'utf8')) as Bill;
}

it('the bill of materials has every package that runs, with hash and licence, from the lock file alone', async () => {
  const bill = await writtenBill();
  expect([bill.bomFormat, bill.metadata.component.name]).toEqual(['CycloneDX', 'indicators']);
  const named = bill.components.map(nameOf).sort();
  expect(named).toEqual([...new Set(lockedForProduction.map(nameOf))].sort());
  expect(bill.components.filter(({ hashes }) => hashes?.[0]?.alg !== 'SHA-512')).toEqual([]);
  expect(bill.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  const refs = new Set(bill.dependencies.map(({ ref }) => ref));
  expect(refs.size).toBe(named.length + 1);
  expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
});
