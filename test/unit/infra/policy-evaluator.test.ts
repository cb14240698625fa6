import { describe, expect, it } from 'vitest';
import { matches } from '../../fixtures/policies/conditions.ts';
import { isAllowed, type Statement } from '../../fixtures/policies/evaluate.ts';

const me = { role: 'arn:aws:iam::1:role/me' };
const allow = (statement: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...statement,
});
const may = (
  identity: Statement[],
  { resource = [] as Statement[], context = {}, action = 's3:GetObject' } = {},
) => isAllowed({ principal: me, action, resource: 'arn:aws:s3:::b/k', context }, { identity, resource });

describe('the evaluator of these tests', () => {
  it('denies what nobody allows, and what anybody denies', () => {
    expect(may([])).toBe(false);
    expect(may([allow({})])).toBe(true);
    expect(may([], { resource: [allow({ Principal: { AWS: me.role } })] })).toBe(true);
    expect(may([], { resource: [allow({ Principal: { AWS: 'arn:aws:iam::1:role/other' } })] })).toBe(false);
    expect(may([allow({})], { resource: [allow({ Effect: 'Deny', Principal: '*' })] })).toBe(false);
    expect(may([allow({}), allow({ Effect: 'Deny', Action: 's3:*' })])).toBe(false);
  });

  it('knows wildcards in actions and resources, and the case of each', () => {
    expect(may([allow({ Action: 'S3:getobject' })])).toBe(true);
    expect(may([allow({ Action: 's3:Get*' })])).toBe(true);
    expect(may([allow({ Action: 's3:GetObject?' })])).toBe(false);
    expect(may([allow({ Resource: 'arn:aws:s3:::b' })])).toBe(false);
    expect(may([allow({ Resource: 'arn:aws:s3:::B/*' })])).toBe(false);
    expect(may([allow({})], { action: 's3:GetObjectVersion' })).toBe(false);
  });

  it('takes a variable letter by letter, and one that is not known as fitting nothing', () => {
    const pattern = `a/\${aws:PrincipalTag/d}/*`;
    expect(matches('a/x/k', pattern, { 'aws:PrincipalTag/d': 'x' })).toBe(true);
    expect(matches('a/x2/k', pattern, { 'aws:PrincipalTag/d': 'x' })).toBe(false);
    expect(matches('a/x/k', pattern, { 'aws:PrincipalTag/d': '*' })).toBe(false);
    expect(matches('a//k', pattern, {})).toBe(false);
  });

  it.each<[string, string, Record<string, string | string[]>, boolean]>([
    ['StringEquals', 'x', { k: 'x' }, true],
    ['StringEquals', 'x*', { k: 'xy' }, false],
    ['StringEquals', 'x', {}, false],
    ['StringEqualsIfExists', 'x', {}, true],
    ['StringEqualsIfExists', 'x', { k: 'y' }, false],
    ['StringLike', 'x*', { K: 'xy' }, true],
    ['ForAllValues:StringEquals', 'x', { k: ['x', 'y'] }, false],
    ['ForAllValues:StringEquals', 'x', { k: ['x'] }, true],
    ['ForAllValues:StringEquals', 'x', {}, true],
    ['Bool', 'false', { k: 'FALSE' }, true],
    ['NumericLessThan', '1.2', { k: '1.1' }, true],
    ['NumericLessThan', '1.2', { k: '1.2' }, false],
  ])('%s %s, where it is %o: %s', (operator, wanted, context, expected) => {
    expect(may([allow({ Condition: { [operator]: { k: wanted } } })], { context })).toBe(expected);
  });

  it('refuses to guess', () => {
    expect(() =>
      may([allow({ Condition: { DateLessThan: { k: '2023' } } })], { context: { k: '1' } }),
    ).toThrow();
    expect(() => may([{ ...allow({}), NotAction: 's3:*' } as Statement])).toThrow('NotAction');
  });
});
