import { describe, expect, it } from 'vitest';
import {
  type Access,
  decide,
  type Identity,
  identitySchema,
  onlyDepartmentOf,
} from '../../../../../functions/portal/access/identity.ts';
import { clerk, person } from './people.ts';

const office = person(['legal-office']);
const auditor = person(['auditor']);
const reviewer = person(['reviewer'], 'sfj');
const both = person(['department', 'auditor'], 'sfj');

describe('who may use a route', () => {
  const own: Access = ['department'];
  const mixed: Access = ['department', 'legal-office'];
  it.each<[string, Access, Identity | undefined, string | undefined, ReturnType<typeof decide>]>([
    ['anyone: nobody', 'anyone', undefined, undefined, 'allowed'],
    ['anyone: a clerk, of another department', 'anyone', clerk, 'gaj', 'allowed'],
    ['whoever is signed in: nobody', 'signed-in', undefined, undefined, 'sign-in-first'],
    ['whoever is signed in: a clerk', 'signed-in', clerk, undefined, 'allowed'],
    ['clerks: nobody', own, undefined, 'sfj', 'sign-in-first'],
    ['clerks: the own department', own, clerk, 'sfj', 'allowed'],
    ['clerks: another department', own, clerk, 'gaj', 'denied'],
    ['clerks: no department named', own, clerk, undefined, 'allowed'],
    ['clerks: the legal office', own, office, 'sfj', 'denied'],
    ['clerks: an auditor who is also a clerk of it', own, both, 'sfj', 'allowed'],
    ['clerks: an auditor who is a clerk of another', own, both, 'gaj', 'denied'],
    ['clerks and office: another department', mixed, clerk, 'gaj', 'denied'],
    ['clerks and office: the office, any department', mixed, office, 'gaj', 'allowed'],
    ['clerks and office: an auditor', mixed, auditor, 'sfj', 'denied'],
    ['the office: a clerk', ['legal-office'], clerk, undefined, 'denied'],
    ['the office: the office', ['legal-office'], office, undefined, 'allowed'],
    ['auditors: one who is also a clerk, any department', ['auditor'], both, 'gaj', 'allowed'],
    ['clerks: their reviewer', own, reviewer, 'sfj', 'denied'],
    ['reviewers: the own department', ['reviewer'], reviewer, 'sfj', 'allowed'],
    ['reviewers: another department', ['reviewer'], reviewer, 'gaj', 'denied'],
    ['reviewers: a clerk', ['reviewer'], clerk, 'sfj', 'denied'],
    ['reviewers: the office', ['reviewer'], office, 'sfj', 'denied'],
    [
      'reviewers: a clerk who is one too',
      ['reviewer'],
      person(['department', 'reviewer'], 'sfj'),
      'sfj',
      'allowed',
    ],
    ['nobody at all: the office', [], office, undefined, 'denied'],
  ])('%s', (_, access, identity, department, decision) => {
    expect(decide(access, identity, department)).toBe(decision);
  });

  it.each([
    ['a clerk sees the own department alone', clerk, 'sfj'],
    ['a reviewer sees the own department alone', reviewer, 'sfj'],
    ['the office sees every one', office, null],
    ['who is more than a clerk sees every one', both, null],
  ])('%s', (_, identity, only) => {
    expect(onlyDepartmentOf(identity)).toBe(only);
  });

  it.each([['department'], ['reviewer']] as const)('a %s of no department is no identity', (role) => {
    expect(identitySchema.safeParse(person([role])).success).toBe(false);
  });
});
