import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { round } from '../../../shared/core/values/decimal.ts';
import { recomputeFigures } from './recomputation.ts';
import type { Fault } from './verify.ts';

/** Each subtotal is what the observations of the group's departments come to by themselves. */
export function recomputeGroups(publication: Publication, catalogue: Catalogue): Fault[] {
  const conversions = publication.adoptions.flatMap((adoption) => adoption.conversions);
  const groups = Map.groupBy(catalogue.departments, ({ group }) => group);
  return [...groups].flatMap(([group, departments]): Fault[] => {
    if (group === undefined) return [];
    const members = new Set(departments.map(({ id }) => id));
    const own = publication.observations.filter(({ department }) => members.has(department));
    const figures = recomputeFigures(own, catalogue, conversions);
    return publication.totals.flatMap(({ indicator, byGroup, decimals, rounding }): Fault[] => {
      const said = byGroup.find((each) => each.group === group);
      if (said === undefined) return [];
      const value = said.value === null ? null : round(said.value, decimals, rounding);
      const expected = figures.get(indicator) ?? null;
      const explanation = `says ${value} of ${group}, whose observations come to ${expected}`;
      return value === expected ? [] : [{ where: `total ${indicator}`, explanation }];
    });
  });
}
