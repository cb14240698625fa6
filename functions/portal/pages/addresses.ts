import { html } from 'hono/html';
import { type Catalogue, departmentOf, overWords } from '../../../shared/core/catalogue/catalogue.ts';
import { type Period, periodInWords, periodInYear, yearOf } from '../../../shared/core/catalogue/period.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import type { Html } from '../reply.ts';

/** Where a department's pages are. */
export interface DepartmentYear {
  year: number;
  department: string;
}

/** Where one return's pages are: what their routes name. */
export interface ReturnPlace extends DepartmentYear, ReturnKey {}

/** What the routes of a department's year, of a return, and of an upload of it begin with. */
export const departmentPath = '/:year/departments/:department';
export const returnPath = `${departmentPath}/:period`;
export const uploadPath = `${returnPath}/uploads/:upload`;

/** An address with a query: what was given, without what is empty. */
export function addressWith(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Where the legal office sees which catalogues are in force, and adopts others. */
/** The newest statement of the ledger's heads, which everybody may keep. */
export const newestWitnessAddress = '/witness/latest.json';

export const cataloguesAddress = '/catalogues';

/** A catalogue that is kept, whether in force or not, as it is looked at before it is adopted. */
export function catalogueAddress({ year, hash }: { year: number; hash: string }): string {
  return `${cataloguesAddress}/${year}/${hash}`;
}

/** Where last year's figures are entered for a year that has no publication of the year before. */
export function baselinesAddress(year: number): string {
  return `${cataloguesAddress}/${year}/baselines`;
}

/** A baseline that is kept, recorded or not. */
export function baselineAddress({ year, hash }: { year: number; hash: string }): string {
  return `${baselinesAddress(year)}/${hash}`;
}

export function departmentAddress({ year, department }: DepartmentYear): string {
  return `/${year}/departments/${department}`;
}

/** The addresses of departments' pages for others than this machine; undefined where the portal has none for them. */
export function departmentLinks(
  origin: string | undefined,
): ((department: string, year: number) => string) | undefined {
  return origin === undefined
    ? undefined
    : (department, year) => origin + departmentAddress({ year, department });
}

export function departmentFiguresAddress(place: DepartmentYear): string {
  return `${departmentAddress(place)}/figures`;
}

/** Who signed in, looked at or downloaded what. */
export const accessAddress = '/access';

/** The annual report in Word: its template, and where one that people edited is checked. */
export function reportAddress(year: number): string {
  return `/${year}/report`;
}

/** A template of the report that is kept, as it is looked at before it is adopted. */
export function reportTemplateAddress({ year, hash }: { year: number; hash: string }): string {
  return `${reportAddress(year)}/templates/${hash}`;
}

/** What was done and decided in a year, and about one department. */
export function actsAddress(year: number): string {
  return `/${year}/acts`;
}

export function departmentActsAddress(place: DepartmentYear): string {
  return `${departmentAddress(place)}/acts`;
}

/** The page of one return. */
export function returnAddress({ department, period }: ReturnKey): string {
  return `${departmentAddress({ year: yearOf(period), department })}/${period}`;
}

/** The page of one upload of a return, with what was found in it. */
export function uploadAddress(place: ReturnKey, upload: string): string {
  return `${returnAddress(place)}/uploads/${upload}`;
}

/** An upload as it came, byte for byte. */
export function originalAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/original`;
}

/** An upload with every finding marked in it. */
export function markedAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/marked.xlsx`;
}

/** A version as it was accepted, to be printed, signed and stamped. */
export function signOffAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/sign-off`;
}

/** Where an upload that was refused is mended on the page. */
export function mendAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/mend`;
}

/** Where the return that counts is corrected on the page. */
export function correctionAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/correction`;
}

/** Where a file is checked that is not submitted. */
export function checkAddress(place: ReturnKey): string {
  return `${returnAddress(place)}/check`;
}

/** Where a department reports that nothing happened. */
export function zeroReportAddress(place: ReturnKey): string {
  return `${returnAddress(place)}/zero-report`;
}

/** Where the department's reviewer agrees that a version counts, or does not. */
export function agreementAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/agreement`;
}

export function disagreementAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/disagreement`;
}

/** Where scans of that sheet are filed, and each is taken away. */
export function scansAddress(place: ReturnKey, upload: string): string {
  return `${uploadAddress(place, upload)}/scans`;
}

export function scanAddress(place: ReturnKey, upload: string, sha256: string): string {
  return `${scansAddress(place, upload)}/${sha256}`;
}

/** Where the browser goes with a scan that went straight to the store. */
export function receivedScanAddress(
  place: ReturnKey,
  { upload, token }: { upload: string; token: string },
): string {
  return addressWith(`${scansAddress(place, upload)}/received`, { token });
}

/** The form of a return, to fill in. */
export function templateAddress(place: ReturnKey): string {
  return `${returnAddress(place)}/template.xlsx`;
}

/** The page that waits for an upload which went straight to the store. */
export function receivedAddress(place: ReturnKey, query: { token: string; since?: string }): string {
  return addressWith(`${returnAddress(place)}/uploads/received`, query);
}

/** What waits for somebody, of all departments. */
export function findingsAddress(year: number): string {
  return `/${year}/findings`;
}

/** A figure with all that it comes from, by the ledger now or as a publication has it. */
export function figureAddress(year: number, indicator: string, publication?: number): string {
  return addressWith(`/${year}/figures/${indicator}`, { publication: publication?.toString() });
}

/** Where the legal office decides not to let an upload in. */
export function refusalToAdmitAddress(
  place: Pick<ReturnPlace, 'department' | 'period'>,
  upload: string,
): string {
  return `${uploadAddress(place, upload)}/refusal-to-admit`;
}

/** Where a department asks for more time. */
export function extensionRequestsAddress(place: ReturnPlace): string {
  return `${returnAddress(place)}/extension-requests`;
}

/** Where the legal office asks about a return. */
export function questionsAddress(place: ReturnPlace): string {
  return `${returnAddress(place)}/questions`;
}

/** Where the form is that asks about one thing in a return. */
export function askingAddress(place: Parameters<typeof returnAddress>[0], about: string): string {
  return `${addressWith(returnAddress(place), { about })}#ask`;
}

/** Where a return's questions stand. */
export function openQuestionsAddress(place: Parameters<typeof returnAddress>[0]): string {
  return `${returnAddress(place)}#questions`;
}

/** Where somebody acts on a question. */
export function questionAddress(
  place: ReturnPlace,
  question: string,
  step: 'answer' | 'insistence' | 'closing',
): string {
  return `${questionsAddress(place)}/${question}/${step}`;
}

/** Where warnings on a return are answered, several at once. */
export function answersAddress(place: ReturnKey): string {
  return `${returnAddress(place)}/answers`;
}

/** What a warning is about: the return, or the figure of all departments. */
export function warnedAddress({
  department,
  period,
  finding: { indicator = '' },
}: Pick<Warning, 'department' | 'period' | 'finding'>): string {
  return department === null
    ? `/${yearOf(period)}/figures/${indicator}`
    : returnAddress({ department, period });
}

/** Who lacks what, what was sent about it, and to whom. */
export function remindersAddress(year: number): string {
  return `/${year}/reminders`;
}

/** The page that records are looked for on, with a query if one is given. */
export function recordsAddress(year: number, query: Record<string, string | undefined> = {}): string {
  return addressWith(`/${year}/records`, query);
}

/** Where a version is found by the check code that stands on its printed sheet. */
export function checkCodeAddress(year: number): string {
  return `/${year}/check-code`;
}

/** The records that fit a query as a file. */
export function recordsFileAddress(
  year: number,
  ending: 'csv' | 'json' | 'xlsx',
  query: Record<string, string | undefined>,
): string {
  return addressWith(`/${year}/records.${ending}`, query);
}

/** The page that waits for such a file. */
export function recordsFilePage(year: number, query: Record<string, string | undefined>): string {
  return addressWith(`/${year}/records/file`, query);
}

/**
 * The department's name, or its id if the catalogue does not know it any more; null stands for all departments
 * together.
 */
export function departmentName(catalogue: Pick<Catalogue, 'departments'>, id: string | null): string {
  return id === null ? overWords['all-departments'] : (departmentOf(catalogue, id)?.name ?? id);
}

/** Periods as links to their returns; each says whose, for those who hear links without what is around them. */
export function periodLinks(name: string, periods: readonly ReturnKey[]): Html {
  return html`${periods.map(
    (one, index) =>
      html`${index > 0 ? '、' : ''}<a class="short" href="${returnAddress(one)}"><span class="unseen">${name}</span>${periodInYear(one.period)}</a>`,
  )}`;
}

/** What a return is called: `市司法局2023年3月`. */
export function returnTitle(name: string, period: Period): string {
  return `${name}${periodInWords(period)}`;
}
