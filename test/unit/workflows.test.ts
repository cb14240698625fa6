import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/stages.ts';
import { root } from '../fixtures/pages.ts';

const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), 'utf8')] as const,
);

describe.each(workflows)('the workflow %s', (_, text) => {
  it('names the actions that it uses by commit, whose version it tells', () => {
    const used = [...text.matchAll(/^\s*(?:- )?uses:\s*(.*)$/gm)].map(([, action]) => action!);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual(
      [],
    );
  });

  it('may read the code, and nothing else', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(text.match(/actions\/checkout@/g)!.length);
  });
});

it('deploys each stage that there is', () => {
  const [, deploy = ''] = workflows.find(([name]) => name === 'deploy.yml')!;
  const [, options = ''] = /options: \[(.*)\]/.exec(deploy) ?? [];
  expect(options.split(', ')).toEqual(stages.map(({ name }) => name));
});

it('audits what runs, apart from the check', () => {
  const audit = 'npm audit --package-lock-only --omit dev';
  expect(workflows.filter(([, text]) => text.includes(audit)).map(([name]) => name)).toEqual(['audit.yml']);
  expect(readFileSync(join(root, '.ci', 'run'), 'utf8')).not.toContain('npm audit');
});
