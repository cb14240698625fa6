import { describe, expect, it } from 'vitest';
import { identityFromClaims } from '../../../../../functions/portal/access/claims.ts';
import type { Identity } from '../../../../../functions/portal/access/identity.ts';
import { SignInError } from '../../../../../functions/portal/access/identity-provider.ts';

describe('claims', () => {
  const names = { roleClaim: 'role', departmentClaim: 'department' };
  it.each<[string, object, Partial<Identity>]>([
    ['one role as text', { role: 'auditor' }, { roles: ['auditor'], department: null }],
    ['roles among others', { role: ['x', 3, 'legal-office'] }, { roles: ['legal-office'] }],
    ['a role that is named twice', { role: ['auditor', 'auditor'] }, { roles: ['auditor'] }],
    ['the name of the account', { role: 'auditor', preferred_username: 'zhang' }, { name: 'zhang' }],
    ['no name at all', { role: 'auditor', name: ' ' }, { name: 'id' }],
    [
      'a name, with the account that it is of',
      { role: 'auditor', name: '张三', preferred_username: 'zs' },
      { name: '张三（zs）' },
    ],
    ['a name that is the account', { role: 'auditor', name: 'zs', preferred_username: 'zs' }, { name: 'zs' }],
    [
      'a name that is too long',
      { role: 'auditor', name: '长'.repeat(100) },
      { name: `${'长'.repeat(76)}（id）` },
    ],
    [
      'an account that is too long',
      { role: 'auditor', name: '张三', preferred_username: 'z'.repeat(60) },
      { name: `张三（${'z'.repeat(39)}…）` },
    ],
    ['a department in a list', { role: 'department', department: ['sfj'] }, { department: 'sfj' }],
    ['a reviewer', { role: ['reviewer'], department: 'sfj' }, { roles: ['reviewer'], department: 'sfj' }],
    ['an office that is no department', { role: 'auditor', department: '审计局' }, { department: null }],
  ])('%s', (_, claims, expected) => {
    expect(identityFromClaims({ sub: 'id', ...claims }, names)).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    ['no role', {}, '没有身份'],
    ['a role of another system', { role: 'Auditor' }, '没有身份'],
    ['roles in a thing', { role: { auditor: true } }, '没有身份'],
    ['a clerk of nowhere', { role: 'department' }, '所属的部门'],
    ['a reviewer of nowhere', { role: 'reviewer' }, '所属的部门'],
    ['a clerk of a name, not an id', { role: 'department', department: '司法局' }, '所属的部门'],
    ['nobody', { sub: '', role: 'auditor' }, '哪个账号'],
  ])('of %s are refused', (_, claims, sentence) => {
    const given = () => identityFromClaims({ sub: 'id', ...claims }, names);
    expect(given).toThrow(SignInError);
    expect(given).toThrow(sentence);
  });
});
