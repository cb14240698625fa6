import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

function project(
  name: string,
  limits: { testTimeout: number; fileParallelism?: boolean; isolate?: boolean },
) {
  return {
    test: { name, root, include: [`test/${name}/**/*.test.ts`], hookTimeout: limits.testTimeout, ...limits },
  };
}

/**
 * One project a kind of test, so that each can be run alone and has time limits of its own. Files of the quick kinds
 * share their process and its modules, which saves a third of their time; a test that changes something of the process
 * (a variable, a spy) puts it back.
 */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    // Programs that tests start, hundreds of times, need not be compiled anew each time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)) },
    projects: [
      project('unit', { isolate: false, testTimeout: 10_000 }),
      project('property', { isolate: false, testTimeout: 60_000 }),
      project('integration', { isolate: false, testTimeout: 90_000 }),
      project('e2e', { isolate: false, testTimeout: 180_000 }),
      project('simulation', { testTimeout: 180_000 }),
      project('bench', { testTimeout: 1_800_000, fileParallelism: false }),
    ],
  },
});
