/**
 * `npm run mutate:stack`: plants one mistake after the other in the synthesized stack, and sees that the tests find each.
 * With words behind it, only those mistakes whose sentence has them all.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { planted } from './planted.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const words = process.argv.slice(2);
const wanted = planted.filter(({ says }) => words.every((word) => says.includes(word)));
const unseen: string[] = [];
for (const { says, foundBy } of wanted) {
  const args = ['run', '--config', 'test/vitest.config.ts', '--project=unit', `test/unit/infra/${foundBy}`];
  const { status, stdout } = spawnSync('vitest', args, {
    ...{ cwd: root, encoding: 'utf8', env: { ...process.env, PLANTED: says } },
  });
  const [, failed = '0'] = /Tests .*?(\d+) failed/.exec(stdout.replace(/\u001b\[[0-9;]*m/g, '')) ?? [];
  // A file that does not even load has found nothing.
  const found = status !== 0 && Number(failed) > 0;
  if (!found) unseen.push(says);
  console.log(`${found ? 'found' : 'NOT FOUND'} by ${foundBy} (${failed} tests): ${says}`);
}
console.log(`${wanted.length - unseen.length} of ${wanted.length} planted mistakes were found`);
process.exitCode = unseen.length === 0 ? 0 : 1;
