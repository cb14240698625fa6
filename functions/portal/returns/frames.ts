import type { Identity } from '../access/identity.ts';
import {
  type DepartmentYear,
  departmentAddress,
  type ReturnPlace,
  returnAddress,
} from '../pages/addresses.ts';
import type { PageParts } from '../pages/frame.ts';
import { reportsFor } from './found-return.ts';

/** Where a department's pages stand in the navigation of whoever looks at them. */
export function placeInNavigation(
  identity: Identity,
  { year, department }: DepartmentYear,
): Required<Pick<PageParts, 'year' | 'current' | 'trail'>> {
  return reportsFor(identity, department)
    ? { year, current: departmentAddress({ year, department }), trail: [] }
    : { year, current: `/${year}`, trail: [{ title: '报送总览', address: `/${year}` }] };
}

/** The same for a page below a department's year: one return, or one upload of it. */
export function placeBelow(
  identity: Identity,
  place: DepartmentYear,
  above: { departmentName: string; return?: { title: string; place: ReturnPlace } },
): Required<Pick<PageParts, 'year' | 'current' | 'trail'>> {
  const own = placeInNavigation(identity, place);
  const title = reportsFor(identity, place.department) ? '本部门月报' : above.departmentName;
  return {
    ...own,
    trail: [
      ...own.trail,
      { title, address: departmentAddress(place) },
      ...(above.return === undefined
        ? []
        : [{ title: above.return.title, address: returnAddress(above.return.place) }]),
    ],
  };
}
