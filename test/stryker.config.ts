import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

/**
 * Mutation testing: how many small changes of the core and of the reader's bounds are noticed by their own quick tests.
 * Left out are texts, most of which are Chinese sentences for people, and whatever runs only once as a module is
 * loaded, such as schemas: each such mutant would need all tests in a process of its own.
 */
export default {
  mutate: ['shared/core/**/*.ts', 'shared/workbook/reading/{archive,inflating,limits,spans}.ts'],
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  // Stryker would rewrite it with the programming interface that TypeScript 7 does not have; vitest needs none.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'html', 'json', 'progress'],
  clearTextReporter: { logTests: false },
  htmlReporter: { fileName: 'reports/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation.json' },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out', 'indicators-*', 'reports'],
} satisfies PartialStrykerOptions & { vitest: object };
