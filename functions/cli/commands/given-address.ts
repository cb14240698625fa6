import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { departmentCalled } from '../../../shared/core/returns/names.ts';
import { UsageError } from './exit-codes.ts';

/** Whose return options say that files are; throws a `UsageError` for a department that the catalogue has not. */
export function givenAddress(
  { department, period }: Partial<Address>,
  catalogue: Catalogue,
): Partial<Address> {
  if (department === undefined) return { period };
  const id = departmentCalled(department, catalogue)?.id;
  if (id !== undefined) return { department: id, period };
  const known = catalogue.departments.map((each) => `${each.id} ${each.name}`).join(', ');
  throw new UsageError(`no department is called "${department}"; departments: ${known}`);
}
