import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOfProject, type Page, pageAt, root } from '../fixtures/pages.ts';

const files = filesOfProject().filter((path) => existsSync(join(root, path)));
const pages = files.filter((path) => path.endsWith('.md')).map(pageAt);
const byPath = new Map(pages.map((page) => [page.path, page]));

/** What a link of a page leads to within the project; undefined if it leads out of it. */
function targetOf(page: Page, link: string): { path: string; anchor: string | undefined } | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const [address = '', anchor] = link.split('#');
  const path = address === '' ? page.path : normalize(join(dirname(page.path), decodeURIComponent(address)));
  return { path: path.replace(/\/$/, ''), anchor };
}

/** The addresses that a page links to, pictures among them; code is no link. */
function linksOf({ prose }: Page): string[] {
  const text = prose.replace(/`[^`]*`/g, (code) => 'x'.repeat(code.length));
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const reference = [...text.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...reference].map(([, link]) => link!);
}

/** The anchors of a page's headings as GitHub makes them: a heading that comes again is numbered. */
function anchorsOf({ prose }: Page): string[] {
  const seen = new Map<string, number>();
  return [...prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading]) => {
    const anchor = anchorOf(heading!);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** Whether git has the file, or files in the folder, by exactly this name, which some systems do not ask for. */
function isThere(path: string): boolean {
  return files.includes(path) || files.some((file) => file.startsWith(`${path}/`));
}

function faultOf(page: Page, link: string): string | undefined {
  const target = targetOf(page, link);
  if (target === undefined) return undefined;
  if (!isThere(target.path)) return `${page.path}: ${link}: no such file`;
  if (target.anchor === undefined) return undefined;
  const linked = byPath.get(target.path);
  const leads = linked !== undefined && anchorsOf(linked).includes(decodeURIComponent(target.anchor));
  return leads ? undefined : `${page.path}: ${link}: no such heading`;
}

describe('links', () => {
  it('are seen wherever they stand, but not in code', () => {
    const prose = 'a [b](c.md#d), ![e](f.png "g")\n`[h](i.md)` [`j`](k.md) [l]\n\n[l]: m.md';
    expect(linksOf({ path: '', text: '', code: [], prose })).toEqual(['c.md#d', 'f.png', 'k.md', 'm.md']);
    expect(linksOf(byPath.get('README.md')!)).toContain('functions/README.md');
  });

  it('know the anchors that GitHub makes', () => {
    const prose = '# One machine: `npm start`\n## 快速上手（给部门）\n## A [link](b.md)_c\n# Again\n# Again';
    expect(anchorsOf({ path: '', text: '', code: [], prose })).toEqual([
      ...['one-machine-npm-start', '快速上手给部门', 'a-link_c', 'again', 'again-1'],
    ]);
  });

  it.each(['gone.md', '../test', 'README.md#gone', '#gone', 'readme.md'])(
    'that lead nowhere are found: %s',
    (link) => {
      expect(faultOf(byPath.get('README.md')!, link)).toContain(link);
    },
  );

  it('of every page lead to files and headings that are there', () => {
    expect(pages.length).toBeGreaterThan(20);
    const faults = pages.flatMap((page) => linksOf(page).map((link) => faultOf(page, link)));
    expect(faults.length).toBeGreaterThan(30);
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });
});

describe('pages', () => {
  it('are all reached from README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      const page = byPath.get(path);
      if (page === undefined) continue;
      for (const link of linksOf(page)) {
        const target = targetOf(page, link)?.path ?? '';
        reached.add(target);
        for (const { path: inFolder } of pages) if (dirname(inFolder) === target) reached.add(inFolder);
      }
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  it('name paths that are there', () => {
    const path = /^(?:shared|functions|infra|test)\/[\w./-]*[\w/]$/;
    const named = pages.flatMap(({ path: page, prose }) =>
      [...prose.matchAll(/`([^`\s]+)`/g)]
        .map(([, code]) => code!.replace(/\/$/, ''))
        .filter((code) => path.test(code))
        .map((code) => ({ page, code })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ code }) => !isThere(code))).toEqual([]);
  });

  it('are read a screen at a time: README has at most 120 lines', () => {
    expect(byPath.get('README.md')!.text.split('\n').length - 1).toBeLessThanOrEqual(120);
  });
});
