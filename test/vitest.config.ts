import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

function project(name: string, limits: { testTimeout: number; fileParallelism?: boolean }) {
  return {
    test: { name, root, include: [`test/${name}/**/*.test.ts`], hookTimeout: limits.testTimeout, ...limits },
  };
}

/** One project a kind of test, so that each can be run alone and has time limits of its own. */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      project('unit', { testTimeout: 10_000 }),
      project('property', { testTimeout: 60_000 }),
      project('integration', { testTimeout: 90_000 }),
      project('e2e', { testTimeout: 180_000 }),
      project('simulation', { testTimeout: 180_000 }),
      project('bench', { testTimeout: 1_800_000, fileParallelism: false }),
    ],
  },
});
