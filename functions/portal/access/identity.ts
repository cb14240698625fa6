import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { personSchema } from '../../../shared/core/ledger/people.ts';

/** What people may be to the portal: a department's clerk (部门), the legal office (法制机构), an auditor (审计). */
export const roleSchema = z.enum(['department', 'legal-office', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/** Who somebody is, as the identity provider or the chooser says; never as a request says. */
export const identitySchema = z
  .strictObject({
    subject: z.string().min(1).max(255),
    name: personSchema,
    roles: z.array(roleSchema).min(1).max(roleSchema.options.length),
    department: departmentIdSchema.nullable(),
  })
  .refine(({ roles, department }) => !roles.includes('department') || department !== null, {
    message: 'a clerk without a department',
  });
export type Identity = z.infer<typeof identitySchema>;

/**
 * The one department whose records the person may see, or null for those who may see every department's. Whoever
 * has only the role of a department sees nothing of another.
 */
export function onlyDepartmentOf({ roles, department }: Identity): string | null {
  return roles.some((role) => role !== 'department') ? null : department;
}

/** Who may use a route: anyone at all, whoever is signed in, or who has one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** What a request for a route comes to. */
export type AccessDecision = 'allowed' | 'sign-in-first' | 'denied';

/**
 * Decides on a request. A department's clerk has no business with a route that names another department; in routes
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
  const others = identity.roles.filter((role) => role !== 'department');
  if (others.some((role) => access.includes(role))) return 'allowed';
  if (!access.includes('department') || !identity.roles.includes('department')) return 'denied';
  const own = departmentInPath === undefined || departmentInPath === identity.department;
  return own ? 'allowed' : 'denied';
}

/** Who reads what is about every department. */
export const readers: Role[] = ['legal-office', 'auditor'];

/** Those, and clerks, who read what is about their own. */
export const everybody: Role[] = ['department', ...readers];

/** Whether the person decides for the legal office; whoever does not gets no forms. */
export function actsForOffice({ roles }: Pick<Identity, 'roles'>): boolean {
  return roles.includes('legal-office');
}
