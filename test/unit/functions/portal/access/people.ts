import type { Identity } from '../../../../../functions/portal/access/identity.ts';

/** Somebody who signed in. */
export function person(roles: Identity['roles'], department: string | null = null): Identity {
  return { subject: 's', name: '某人', roles, department };
}

/** A clerk of one department. */
export const clerk = person(['department'], 'sfj');
