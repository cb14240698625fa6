import { describe, expect, it } from 'vitest';
import { allowedLicences, recordedLicences } from '../../infra/licences.ts';
import { type LockedPackage, lockedForProduction } from '../fixtures/lock-file.ts';

/** Whether an SPDX expression of one level leaves a choice that is allowed. */
function isAllowed(expression: string): boolean {
  const inside = expression.replace(/^\((.*)\)$/, '$1');
  if (inside.includes(' OR ')) return inside.split(' OR ').some((one) => allowedLicences.has(one));
  return inside.split(' AND ').every((one) => allowedLicences.has(one));
}

function nameOf({ name, version }: LockedPackage): string {
  return `${name}@${version}`;
}

function licenceOf(each: LockedPackage): string | undefined {
  return recordedLicences.get(nameOf(each))?.licence ?? each.license;
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
    expect([...recordedLicences.keys()].sort()).toEqual(unstated.map(nameOf).sort());
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
