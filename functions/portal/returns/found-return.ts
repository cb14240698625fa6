import { type Catalogue, type Department, departmentOf } from '../../../shared/core/catalogue.ts';
import { byUploadOrder } from '../../../shared/core/event.ts';
import type { Warning } from '../../../shared/core/publication.ts';
import { warningsOn } from '../../../shared/core/warnings.ts';
import {
  type Refusal,
  type ReturnState,
  type Revision,
  returnOf,
  type YearState,
} from '../../../shared/core/year-state.ts';
import type { Identity } from '../access/identity.ts';
import { Failure } from '../failure.ts';
import type { DepartmentYear, ReturnPlace } from '../pages/addresses.ts';
import type { Visit } from '../route.ts';

/** The return that an address names, as it stands in the ledger. */
export interface FoundReturn {
  place: ReturnPlace;
  catalogue: Catalogue;
  state: YearState;
  one: ReturnState;
  /** The warnings on it, settled ones too. */
  warnings: Warning[];
}

/** An upload of a return, accepted or refused. */
export type FoundUpload =
  | ({ outcome: 'accepted' } & Revision)
  | ({ outcome: 'refused' } & Pick<Refusal, 'id' | 'upload' | 'findings'>);

/** The department that an address names; throws a `Failure` if the catalogue has none. */
export function findDepartment(visit: Visit<DepartmentYear>): Department {
  const department = departmentOf(visit.catalogue(visit.params.year), visit.params.department);
  if (department === undefined) throw new Failure('not-found', '指标目录里没有这个部门。');
  return department;
}

/** The return that an address names; throws a `Failure` if the catalogue expects none. */
export async function findReturn(visit: Visit<ReturnPlace>): Promise<FoundReturn> {
  const { year, department, period } = visit.params;
  const { catalogue, state } = await visit.readYear(year);
  const one = returnOf(state, department, period);
  if (one === undefined) throw new Failure('not-found', '这个部门在这个月没有需要报送的月报。');
  const place = { year, department, period };
  return { place, catalogue, state, one, warnings: warningsOn(state, department, period) };
}

/** Every upload of a return in the order in which they came. */
export function uploadsOf({ revisions, refusals }: ReturnState): FoundUpload[] {
  const uploads: FoundUpload[] = [
    ...revisions.map((revision) => ({ outcome: 'accepted' as const, ...revision })),
    ...refusals.map((refusal) => ({ outcome: 'refused' as const, ...refusal })),
  ];
  return uploads.sort((a, b) => byUploadOrder(a.upload, b.upload));
}

/** The upload of this very return that an address names; throws a `Failure` if there is none. */
export function findUpload({ one }: Pick<FoundReturn, 'one'>, id: string): FoundUpload {
  const found = uploadsOf(one).find((upload) => upload.id === id);
  if (found === undefined) throw new Failure('not-found', '这份月报没有这次上传。');
  return found;
}

/** Whether somebody reports for the department, rather than only reads. */
export function reportsFor({ roles, department }: Identity, own: string): boolean {
  return roles.includes('department') && department === own;
}

export function isLegalOffice({ roles }: Identity): boolean {
  return roles.includes('legal-office');
}
