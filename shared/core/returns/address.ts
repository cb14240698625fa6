import { type Catalogue, departmentOf, indicatorsOnForm, inForce } from '../catalogue/catalogue.ts';
import type { Period } from '../catalogue/period.ts';
import type { Finding } from './finding.ts';
import { say } from './findings/findings.ts';

/** Whose return an upload is, as its address says: either may be missing or unknown to the catalogue. */
export interface Address {
  department: string | undefined;
  period: string | undefined;
}

/** Which return is meant: a department's for a period. */
export interface ReturnKey {
  department: string;
  period: Period;
}

/** The return that an address means, or the finding that refuses it. */
export type Resolution = { kind: 'return'; key: ReturnKey } | { kind: 'refused'; finding: Finding };

/** Checks an address against the catalogue. */
export function resolveAddress(address: Address, catalogue: Catalogue): Resolution {
  const department = departmentOf(catalogue, address.department ?? '');
  if (department === undefined) {
    return refused(say('address-unknown-department', address.department ?? ''));
  }
  const period = catalogue.periods.find((each) => each.period === address.period)?.period;
  if (period === undefined) {
    const { year, periods } = catalogue;
    const example = `${department.id}/${periods[0]?.period}/`;
    return refused(say('address-unknown-period', address.period ?? '', { year, example }));
  }
  const isExpected =
    inForce(department, period) && indicatorsOnForm(catalogue, department.id, period).length > 0;
  return isExpected
    ? { kind: 'return', key: { department: department.id, period } }
    : refused(say('address-not-expected', department.name, period));
}

function refused(finding: Finding): Resolution {
  return { kind: 'refused', finding };
}
