import { z } from 'zod';
import { personSchema } from '../../../shared/core/event.ts';

/** What people may be to the portal: a department's clerk (部门), the legal office (法制机构), an auditor (审计). */
export const roleSchema = z.enum(['department', 'legal-office', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/** Who somebody is, as the identity provider or the chooser says; never as a request says. */
export const identitySchema = z
  .strictObject({
    subject: z.string().min(1).max(255),
    name: personSchema,
    roles: z.array(roleSchema).min(1).max(3),
    department: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,23}$/)
      .nullable(),
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
