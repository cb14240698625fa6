import { type Catalogue, type Department, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { byUploadOrder } from '../../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import { warningsOn } from '../../../shared/core/year/warnings.ts';
import {
  type MisdirectedUpload,
  type Refusal,
  type ReturnState,
  returnOf,
  type YearState,
} from '../../../shared/core/year/year-state.ts';
import { belongsTo, type Identity } from '../access/identity.ts';
import {
  type DepartmentYear,
  departmentAddress,
  type ReturnPlace,
  returnAddress,
} from '../pages/addresses.ts';
import type { PageContent } from '../pages/layout.ts';
import { PortalError } from '../portal-error.ts';
import type { RequestContext } from '../route.ts';

/** The return that an address names, as it stands in the ledger. */
export interface FoundReturn {
  place: ReturnPlace;
  catalogue: Catalogue;
  state: YearState;
  one: ReturnState;
  /** The warnings on it, settled ones too. */
  warnings: Warning[];
}

/**
 * An upload of a return, accepted, refused, or the form of another return. An accepted one comes with the revision that it made; one that only
 * repeated a revision has its own id and file.
 */
export type FoundUpload =
  | ({ outcome: 'accepted'; isRepeat: boolean } & Revision)
  | ({ outcome: 'refused' } & Pick<Refusal, 'id' | 'upload' | 'findings'>)
  | ({ outcome: 'misdirected' } & MisdirectedUpload);

/** The department that an address names; throws a `PortalError` if the catalogue has none. */
export function findDepartment(request: RequestContext<DepartmentYear>): Department {
  const department = departmentOf(request.catalogue(request.params.year), request.params.department);
  if (department === undefined) throw new PortalError('not-found', '指标目录里没有这个部门。');
  return department;
}

/** The return that an address names; throws a `PortalError` if the catalogue expects none. */
export async function findReturn(request: RequestContext<ReturnPlace>): Promise<FoundReturn> {
  const { year, department, period } = request.params;
  const { catalogue, state } = await request.readYear(year);
  const one = returnOf(state, { department, period });
  if (one === undefined) throw new PortalError('not-found', whyNone(state, { department, period }));
  const place = { year, department, period };
  return { place, catalogue, state, one, warnings: warningsOn(state, { department, period }) };
}

function whyNone({ unexpected }: YearState, { department, period }: ReturnKey): string {
  const hasCome = unexpected.some(
    ({ happening }) => happening.department === department && happening.period === period,
  );
  return hasCome
    ? '这份报表是按以前的目录接收的，现行目录不要求报送，没有计入汇总；请联系法制机构。'
    : '这个部门在这一期没有需要报送的报表。';
}

/** Every upload of a return in the order in which they came. */
export function uploadsOf({ revisions, refusals, misdirected }: ReturnState): FoundUpload[] {
  const uploads: FoundUpload[] = [
    ...revisions.flatMap(acceptedUploads),
    ...refusals.map((refusal) => ({ outcome: 'refused' as const, ...refusal })),
    ...misdirected.map((sent) => ({ outcome: 'misdirected' as const, ...sent })),
  ];
  return uploads.sort((a, b) => byUploadOrder(a.upload, b.upload));
}

function acceptedUploads(revision: Revision): FoundUpload[] {
  const first = { ...revision, outcome: 'accepted' as const, isRepeat: false };
  return [first, ...revision.repeats.map((repeat) => ({ ...first, ...repeat, isRepeat: true }))];
}

/** The upload of this very return that an address names; throws a `PortalError` if there is none. */
export function findUpload({ one }: Pick<FoundReturn, 'one'>, id: string): FoundUpload {
  const found = uploadsOf(one).find((upload) => upload.id === id);
  if (found === undefined) throw new PortalError('not-found', '这份报表没有这次上传。');
  return found;
}

/** Whether somebody reports for the department, rather than only reads. */
export function reportsFor({ roles, department }: Identity, own: string): boolean {
  return roles.includes('department') && department === own;
}

/** Whether somebody reviews what the department reports, before it counts. */
export function reviewsFor({ roles, department }: Identity, own: string): boolean {
  return roles.includes('reviewer') && department === own;
}

export function isLegalOffice({ roles }: Identity): boolean {
  return roles.includes('legal-office');
}

/** Where a department's pages stand in the navigation of whoever looks at them. */
export function placeInNavigation(
  identity: Identity,
  { year, department }: DepartmentYear,
): Required<Pick<PageContent, 'year' | 'current' | 'trail'>> {
  return belongsTo(identity, department)
    ? { year, current: departmentAddress({ year, department }), trail: [] }
    : { year, current: `/${year}`, trail: [{ title: '报送总览', address: `/${year}` }] };
}

/** The same for a page below a department's year: one return, or one upload of it. */
export function placeBelow(
  identity: Identity,
  place: DepartmentYear,
  above: { departmentName: string; return?: { title: string; place: ReturnPlace } },
): Required<Pick<PageContent, 'year' | 'current' | 'trail'>> {
  const own = placeInNavigation(identity, place);
  const title = belongsTo(identity, place.department) ? '本部门报表' : above.departmentName;
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
