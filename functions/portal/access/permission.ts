import type { Identity, Role } from './identity.ts';

/** Who may use a route: anyone at all, whoever is signed in, or who has one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** What a request for a route comes to. */
export type Decision = 'allowed' | 'sign-in-first' | 'denied';

/**
 * Decides on a request. A department's clerk has no business with a route that names another department; in routes
 * that name none, what is read is kept to the own department (see `onlyDepartmentOf`).
 */
export function decide(
  access: Access,
  identity: Identity | undefined,
  departmentInPath: string | undefined,
): Decision {
  if (access === 'anyone') return 'allowed';
  if (identity === undefined) return 'sign-in-first';
  if (access === 'signed-in') return 'allowed';
  const others = identity.roles.filter((role) => role !== 'department');
  if (others.some((role) => access.includes(role))) return 'allowed';
  if (!access.includes('department') || !identity.roles.includes('department')) return 'denied';
  const own = departmentInPath === undefined || departmentInPath === identity.department;
  return own ? 'allowed' : 'denied';
}
