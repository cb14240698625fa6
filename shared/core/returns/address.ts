import { z } from 'zod';
import { type Catalogue, departmentOf, indicatorsOnForm } from '../catalogue/catalogue.ts';
import { departmentIdSchema } from '../catalogue/indicator.ts';
import { frequencyOf, type Period, periodInWords, periodSchema, yearOf } from '../catalogue/period.ts';
import { isValidIn } from '../catalogue/validity.ts';
import type { Finding } from './finding.ts';
import { say } from './findings/findings.ts';
import { departmentCalled, type Named, namedIn, periodIn } from './names.ts';

/** Whose return something is, as a place or a form says: either may be missing or unknown to the catalogue. */
export interface Address {
  department: string | undefined;
  period: string | undefined;
}

/** Which return is meant: a department's for a period. */
export const returnKeySchema = z.object({ department: departmentIdSchema, period: periodSchema });
export type ReturnKey = z.infer<typeof returnKeySchema>;

/** What says whose return a file is beside the place where it was put: the mark of the form in it, and its name. */
export interface Hints {
  mark: Address;
  fileName: string;
}

/**
 * The other return whose form a file is by its mark; undefined where it is the form of this one, or the mark names no
 * return at all.
 */
export function otherReturnIn(mark: Address, key: ReturnKey): ReturnKey | undefined {
  const said = returnKeySchema.safeParse(mark).data;
  return said?.department === key.department && said.period === key.period ? undefined : said;
}

/** Of whom nothing is known. */
export const nobody: Address = { department: undefined, period: undefined };

const noHints: Hints = { mark: nobody, fileName: '' };

/** The return that is meant, with what is to be said of how that was told; or the finding that refuses it. */
export type Resolution =
  | { kind: 'return'; key: ReturnKey; findings: Finding[] }
  | { kind: 'refused'; finding: Finding };

/**
 * Whose return a file is, and for which period. What the place says stands, and the form is checked against it
 * afterwards; what it leaves open the form's mark says, else the file's name. Where the mark fills in what the name
 * says otherwise, that is a question, since people copy the last file and change nothing but its name.
 */
export function resolveAddress(place: Address, catalogue: Catalogue, hints: Hints = noHints): Resolution {
  const claims = claimsOf(place, hints, catalogue);
  const { placed, marked, named } = claims;
  // Who may put files into one department's place only must not record for another by what stands in the file.
  const department =
    place.department === undefined ? (marked.department ?? named.department) : placed.department;
  const period =
    known(placed.period, catalogue) ??
    marked.period ??
    (placed.period === undefined ? known(named.period, catalogue) : undefined);
  if (department === undefined || period === undefined) {
    return refused(unknown({ department, period }, { place, mark: hints.mark, marked }, catalogue));
  }
  const key = { department: department.id, period };
  const isExpected =
    isValidIn(department, period) && indicatorsOnForm(catalogue, department.id, period).length > 0;
  return isExpected
    ? { kind: 'return', key, findings: contradictions(claims, key) }
    : refused(say('address-not-expected', department.name, period));
}

/** Why it cannot be told whose return it is, or for which period. */
function unknown(
  { department, period }: Named,
  { place, mark, marked }: { place: Address; mark: Address; marked: Named },
  catalogue: Catalogue,
): Finding {
  const [first] = catalogue.periods;
  const whose = department ?? marked.department ?? catalogue.departments[0];
  const example = `${whose?.id}/${period ?? first?.period}/`;
  if (department !== undefined) {
    const { year } = catalogue;
    return say('address-unknown-period', { place: place.period, mark: mark.period }, { year, example });
  }
  return say(
    'address-unknown-department',
    { place: place.department, mark: mark.department, owner: marked.department?.name },
    { isPeriodKnown: period !== undefined, example },
  );
}

/** The years that place, mark and name say, in the order in which they are believed. */
export function yearsSaid({ period }: Address, { mark, fileName }: Hints = noHints): number[] {
  return [period ?? '', mark.period ?? '', fileName]
    .map((text) => periodSaid(text))
    .filter((said) => said !== undefined)
    .map(yearOf);
}

/** The period that a text is, or names. */
function periodSaid(text: string, year?: number): Period | undefined {
  return periodSchema.safeParse(text).data ?? periodIn(text, year);
}

/** What place and name say, and what the mark says that the catalogue knows. */
type Claims = Record<'placed' | 'marked' | 'named', Named>;

function claimsOf({ department, period }: Address, { mark, fileName }: Hints, catalogue: Catalogue): Claims {
  const named = namedIn(fileName, catalogue);
  return {
    placed: {
      department: department === undefined ? undefined : departmentCalled(department, catalogue),
      period: unlessUnasked(periodSaid(period ?? '', catalogue.year), catalogue),
    },
    marked: {
      department: departmentOf(catalogue, mark.department ?? ''),
      period: known(mark.period, catalogue),
    },
    named: { ...named, period: unlessUnasked(named.period, catalogue) },
  };
}

const fields = ['department', 'period'] as const;

/** What is said otherwise than the mark says, where no check of the form will find it. */
function contradictions({ placed, marked, named }: Claims, key: ReturnKey): Finding[] {
  const example = `${key.department}/${key.period}/`;
  const ask = (source: '文件名' | '上传位置', said: Partial<Named>, mark: Partial<Named>) =>
    say('form-contradicts-address', source, { said: inWords(said), mark: inWords(mark), example });
  const otherwise = fields.filter(
    (field) => marked[field] !== undefined && named[field] !== undefined && named[field] !== marked[field],
  );
  const asked = otherwise.filter((field) => placed[field] === undefined);
  const outvoted = otherwise.filter((field) => placed[field] === marked[field]);
  const isOtherYear = placed.period !== undefined && placed.period !== key.period;
  return [
    ...(isOtherYear ? [ask('上传位置', { period: placed.period }, { period: marked.period })] : []),
    ...(asked.length > 0 ? [ask('文件名', only(named, asked), only(marked, asked))] : []),
    ...(asked.length === 0 && outvoted.length > 0
      ? [say('file-name-differs', inWords(only(named, outvoted)), inWords(only(marked, outvoted)))]
      : []),
  ];
}

function only(said: Named, wanted: readonly (typeof fields)[number][]): Partial<Named> {
  return Object.fromEntries(wanted.map((field) => [field, said[field]]));
}

function inWords({ department, period }: Partial<Named>): string {
  return `${department?.name ?? ''}${period === undefined ? '' : periodInWords(period)}`;
}

function known(period: string | undefined, { periods }: Catalogue): Period | undefined {
  return periods.find((each) => each.period === period)?.period;
}

/** The year in the name of a file or folder is its period only where something is reported by the year. */
function unlessUnasked(period: Period | undefined, catalogue: Catalogue): Period | undefined {
  const isYear = period !== undefined && frequencyOf(period) === 'year';
  return isYear ? known(period, catalogue) : period;
}

function refused(finding: Finding): Resolution {
  return { kind: 'refused', finding };
}
