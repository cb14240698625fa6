import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../fixtures/command-line.ts';

const program = fileURLToPath(new URL('../../functions/cli/main.ts', import.meta.url));

/** A Node of this machine that is older than the program needs; undefined if there is none. */
function oldNode(): string | undefined {
  try {
    const found = execFileSync('which', ['-a', 'node'], { encoding: 'utf8' }).trim().split('\n');
    return found.find((path) => {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
      return Number(/^v([0-9]+)/.exec(version)?.[1]) < 24;
    });
  } catch {
    return undefined;
  }
}

const old = oldNode();

describe.skipIf(old === undefined)('an old Node (skipped where there is none)', () => {
  it.each([[[]], [['serve']], [['status', '--json']]])(
    'is told in one sentence what to run: %j',
    async (args) => {
      const { code, output, errors } = await run(old ?? '', [program, ...args]);
      expect({ code, output }).toEqual({ code: 2, output: '' });
      expect(errors.trimEnd().split('\n')).toHaveLength(1);
      expect(errors).toMatch(/needs Node 24: run it as "npx indicators", "npm start"/);
      expect(errors).not.toMatch(/\bat\b.*:\d+/);
    },
  );
});
