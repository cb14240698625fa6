import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

const minute = 60_000;

function project(name: string, minutes: number, more: { fileParallelism?: boolean; isolate?: boolean } = {}) {
  const limits = { testTimeout: minutes * minute, hookTimeout: minutes * minute };
  const expect = { poll: { timeout: minute } };
  return { test: { name, root, include: [`test/${name}/**/*.test.ts`], expect, ...limits, ...more } };
}

/**
 * One project a kind of test, so that each can be run alone. Its limit in minutes is many times what any of its tests
 * takes: it ends what hangs, and judges nothing, so that a busy machine changes no verdict. Files of the quick kinds
 * share their process and its modules, which saves a third of their time; a test that changes something of the process
 * (a variable, a spy) puts it back.
 */
export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: fileURLToPath(new URL('./fixtures/run-folder.ts', import.meta.url)),
    // More would only contend: nearly all is processor time.
    maxWorkers: '100%',
    env: {
      // How many cases of a law are tried: test/fixtures/thoroughness.ts.
      THOROUGH: mode === 'thorough' ? 'yes' : 'no',
      // Programs that tests start, hundreds of times, need not be compiled anew each time.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
      // The key of whoever runs the tests signs no statement of theirs.
      XDG_STATE_HOME: fileURLToPath(new URL('../node_modules/.cache/state', import.meta.url)),
    },
    projects: [
      project('unit', 4, { isolate: false }),
      project('property', 10, { isolate: false }),
      project('integration', 10, { isolate: false }),
      project('e2e', 15, { isolate: false }),
      project('simulation', 15),
      project('bench', 30, { fileParallelism: false }),
    ],
  },
}));
