import type { Identity, Role } from './identity.ts';

/** Who reads the pages that are about every department. */
export const readers: Role[] = ['legal-office', 'auditor'];

/** Whether the person decides for the legal office; whoever does not gets no forms. */
export function actsForOffice({ roles }: Pick<Identity, 'roles'>): boolean {
  return roles.includes('legal-office');
}
