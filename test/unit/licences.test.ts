import { describe, expect, it } from 'vitest';
import { type LockedPackage, lockedForProduction } from '../fixtures/lock-file.ts';

/** Licences under which the program may be passed on with no more than their text and names. */
const allowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'],
  ...['BlueOak-1.0.0', 'Unlicense', 'Zlib'],
]);

/** Packages that state their licence not at all, or not as SPDX names it, and where it stands. */
const recorded = new Map([
  [
    'buffers@0.1.1',
    {
      licence: 'MIT',
      where:
        'states none; package.json of the same code in github.com/substack/node-buffers, as of 0.1.2: MIT/X11',
    },
  ],
  ['chainsaw@0.1.0', { licence: 'MIT', where: 'its own package.json: MIT/X11' }],
]);

/** Whether an SPDX expression of one level leaves a choice that is allowed. */
function isAllowed(expression: string): boolean {
  const inside = expression.replace(/^\((.*)\)$/, '$1');
  if (inside.includes(' OR ')) return inside.split(' OR ').some((one) => allowed.has(one));
  return inside.split(' AND ').every((one) => allowed.has(one));
}

function nameOf({ name, version }: LockedPackage): string {
  return `${name}@${version}`;
}

function licenceOf(each: LockedPackage): string | undefined {
  return recorded.get(nameOf(each))?.licence ?? each.license;
}

describe('the packages that run', () => {
  it('state a licence that is allowed, or it is recorded where theirs stands', () => {
    expect(lockedForProduction.length).toBeGreaterThan(200);
    const others = lockedForProduction.filter((each) => !isAllowed(licenceOf(each) ?? 'none'));
    expect(others.map((each) => `${nameOf(each)}: ${licenceOf(each) ?? 'none'}`)).toEqual([]);
  });

  it('are all that a licence is recorded of', () => {
    const unstated = lockedForProduction.filter(
      ({ license }) => license === undefined || !isAllowed(license),
    );
    expect([...recorded.keys()].sort()).toEqual(unstated.map(nameOf).sort());
  });

  it('are named in the lock file by what they contain', () => {
    expect(lockedForProduction.filter(({ integrity = '' }) => !integrity.startsWith('sha512-'))).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Zlib)', true],
    ['(MIT AND GPL-3.0-or-later)', false],
    ['GPL-3.0-or-later', false],
    ['SEE LICENSE IN LICENSE', false],
    ['none', false],
  ])('may be under %s: %s', (expression, expected) => {
    expect(isAllowed(expression)).toBe(expected);
  });
});
