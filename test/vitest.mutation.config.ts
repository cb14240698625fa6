import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Unit tests before properties, which are slower: testing of a mutant ends with the first test that fails. */
class UnitFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isProperty = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/property/'));
    return files.toSorted((a, b) => isProperty(a) - isProperty(b));
  }
}

/**
 * What mutation testing runs: the tests of the core and the unit tests of the reader. The properties of the reader
 * would take ten seconds for every mutant that they do not notice.
 */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/unit/{core,reading}/**/*.test.ts', 'test/property/core*.test.ts'],
    // The modules are loaded once for each mutant, and not anew for every file of tests.
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: UnitFirst },
  },
});
