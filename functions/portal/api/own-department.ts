import type { Role } from '../access/identity.ts';
import { onlyDepartmentOf } from '../access/identity.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import type { Visit } from '../route.ts';

/** Those who may ask about every department, and clerks, who may about their own. */
export const everybody: Role[] = ['department', ...readers];

/** Throws a `Failure` if a clerk asks for another department, which is said rather than answered with nothing. */
export function refuseOtherDepartment({
  identity,
  query,
}: Visit<unknown, { department?: string | undefined }>): void {
  const only = onlyDepartmentOf(identity);
  if (only !== null && query.department !== undefined && query.department !== only) {
    throw new Failure('denied', '您的身份只能查询本部门的内容。');
  }
}
