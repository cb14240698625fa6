import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { personSchema } from '../../../shared/core/ledger/people.ts';

/**
 * What people may be to the portal: a department's clerk (部门), its reviewer (审核人), the legal office (法制机构), an
 * auditor (审计).
 */
export const roleSchema = z.enum(['department', 'reviewer', 'legal-office', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/** Whether a role is one within a department, which has no business with another. */
export function isOfDepartment(role: Role): boolean {
  return role === 'department' || role === 'reviewer';
}

/** Who somebody is, as the identity provider or the chooser says; never as a request says. */
export const identitySchema = z
  .strictObject({
    subject: z.string().min(1).max(255),
    name: personSchema,
    roles: z.array(roleSchema).min(1).max(roleSchema.options.length),
    department: departmentIdSchema.nullable(),
  })
  .refine(({ roles, department }) => !roles.some(isOfDepartment) || department !== null, {
    message: 'a clerk or reviewer without a department',
  });
export type Identity = z.infer<typeof identitySchema>;

/**
 * The one department whose records the person may see, or null for those who may see every department's. Whoever
 * has only roles within a department sees nothing of another.
 */
export function onlyDepartmentOf({ roles, department }: Identity): string | null {
  return readsAll({ roles }) ? null : department;
}

/** Whether somebody reads what is of all departments. */
export function readsAll({ roles }: Pick<Identity, 'roles'>): boolean {
  return !roles.every(isOfDepartment);
}

/** Whether somebody has a role within a department. */
export function belongsTo({ roles, department }: Identity, own: string): boolean {
  return roles.some(isOfDepartment) && department === own;
}

/** Who may use a route: anyone at all, whoever is signed in, or who has one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** What a request for a route comes to. */
export type AccessDecision = 'allowed' | 'sign-in-first' | 'denied';

/**
 * Decides on a request. A department's clerk or reviewer has no business with a route that names another department; in routes
 * that name none, what is read is kept to the own department (see `onlyDepartmentOf`).
 */
export function decide(
  access: Access,
  identity: Identity | undefined,
  departmentInPath: string | undefined,
): AccessDecision {
  if (access === 'anyone') return 'allowed';
  if (identity === undefined) return 'sign-in-first';
  if (access === 'signed-in') return 'allowed';
  const others = identity.roles.filter((role) => !isOfDepartment(role));
  if (others.some((role) => access.includes(role))) return 'allowed';
  if (!identity.roles.some((role) => isOfDepartment(role) && access.includes(role))) return 'denied';
  const own = departmentInPath === undefined || departmentInPath === identity.department;
  return own ? 'allowed' : 'denied';
}

/** Who reads what is about every department. */
export const readers: Role[] = ['legal-office', 'auditor'];

/** Those, and clerks and reviewers, who read what is about their own department. */
export const everybody: Role[] = ['department', 'reviewer', ...readers];

/** Whether the person decides for the legal office; whoever does not gets no forms. */
export function actsForOffice({ roles }: Pick<Identity, 'roles'>): boolean {
  return roles.includes('legal-office');
}
