import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { heavyForm } from '../fixtures/heavy-form.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const program = fileURLToPath(new URL('../fixtures/verdict-process.ts', import.meta.url));

/** A process that decides on a file: when it begins to read, and what it decided. */
function deciding(file: string, command: readonly string[] = []) {
  const [first, ...given] = [...command, process.execPath, program, file];
  const child = spawn(first!, given, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('reading')) resolve();
    });
  });
  const verdict = once(child, 'close').then(() => output.split('\n')[1] ?? '');
  return { child, begun, verdict };
}

/** Processes that take all that a processor has. */
function busy(count: number): ChildProcess[] {
  return Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  });
}

describe('what is decided on an honest file of 240,000 cells', () => {
  let file = '';
  let alone = '';

  beforeAll(async () => {
    const { folder, remove } = await newFolder();
    file = join(folder, '三月.xlsx');
    await writeFile(file, heavyForm());
    return remove;
  });

  it('is that it is accepted', async () => {
    alone = await deciding(file).verdict;
    expect(JSON.parse(alone)).toMatchObject({ kind: 'return-accepted' });
    expect(canonicalJson(JSON.parse(alone))).toBe(alone);
  });

  it('is the same of twelve at once', async () => {
    const verdicts = await Promise.all(Array.from({ length: 12 }, () => deciding(file).verdict));
    expect(new Set(verdicts)).toEqual(new Set([alone]));
  });

  it('is the same where the process was stopped while it read, for as long as another one takes', async () => {
    const stopped = deciding(file);
    await stopped.begun;
    stopped.child.kill('SIGSTOP');
    await deciding(file).verdict;
    stopped.child.kill('SIGCONT');
    expect(await stopped.verdict).toBe(alone);
  });

  it.runIf(process.platform === 'linux')('is the same on one processor that two others want', async () => {
    busy(2);
    expect(await deciding(file, ['taskset', '-c', '0']).verdict).toBe(alone);
  });
});
