import { type Catalogue, type Department, departmentOf } from '../catalogue/catalogue.ts';
import { type Period, periodOf } from '../catalogue/period.ts';
import { allNames } from '../catalogue/validity.ts';
import { invisibleCharacters, nameKey } from '../values/text.ts';

/**
 * What names of files and folders say of whose return something is, as people name them: `sfj-2023-03.xlsx`,
 * `市司法局2023年3月月报.xlsx`. A name that says two things says nothing.
 */
export interface Named {
  department: Department | undefined;
  period: Period | undefined;
}

/** Whom and when a file's name names; a month without its year is of the catalogue's. */
export function namedIn(fileName: string, catalogue: Catalogue): Named {
  const byId = outermost(spansOf(plain(fileName), catalogue, ({ id }) => [id]).filter(isWord));
  const department = onlyOne([...byId, ...fullNames(fileName, catalogue)]);
  return { department, period: periodIn(fileName, catalogue.year) };
}

/**
 * The department that a folder is of: one that is called by its id or has the full name in its own. An id among other
 * words does not count, since folders of programs and accounts have such names too.
 */
export function departmentOfFolder(name: string, catalogue: Catalogue): Department | undefined {
  return departmentOf(catalogue, name) ?? onlyOne(fullNames(name, catalogue));
}

/** The department of this id or full name, its present one or one that it had. */
export function departmentCalled(name: string, catalogue: Catalogue): Department | undefined {
  return (
    departmentOf(catalogue, name) ??
    catalogue.departments.find((each) => allNames(each).some((one) => nameKey(one) === nameKey(name)))
  );
}

interface Span {
  text: string;
  department: Department;
  from: number;
  to: number;
}

/** Everywhere in the text where departments are called what `namesOf` calls them. */
function spansOf(
  text: string,
  { departments }: Catalogue,
  namesOf: (department: Department) => readonly string[],
): Span[] {
  return departments.flatMap((department) =>
    namesOf(department).flatMap((name) => {
      const spans: Span[] = [];
      for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + 1)) {
        spans.push({ text, department, from, to: from + name.length });
      }
      return spans;
    }),
  );
}

function fullNames(text: string, catalogue: Catalogue): Span[] {
  return outermost(spansOf(nameKey(text), catalogue, (each) => allNames(each).map(nameKey)));
}

/** Names that are no part of a longer one: 市司法局 is not named by 市司法局二. */
function outermost(spans: Span[]): Span[] {
  const isWithin = (inner: Span, outer: Span) =>
    outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;
  return spans.filter((span) => !spans.some((other) => isWithin(span, other)));
}

/** Whether what stands there is a word of its own, and not a part of one. */
function isWord({ text, from, to }: Span): boolean {
  return !/[a-z0-9]$/.test(text.slice(0, from)) && !/^[a-z0-9]/.test(text.slice(to));
}

function onlyOne(spans: readonly Span[]): Department | undefined {
  const found = new Set(spans.map(({ department }) => department));
  return found.size === 1 ? [...found][0] : undefined;
}

/** Days, which say when something was sent or made, and ranges of months: neither is the month of a return. */
const daysAndRanges = [
  /(?<!\d)20\d\d([-_.])\d{1,2}\1\d{1,2}(?!\d)/g,
  /(?<!\d)20\d{6}(?!\d)/g,
  /(?:(?<!\d)(?:20)?\d\d年)?(?<!\d)\d{1,2}月\d{1,2}(?!\d)[日号]?/g,
  /(?:(?<!\d)(?:20)?\d\d年)?(?<!\d)\d{1,2}月?份?[-—–~至到](?:(?:20)?\d\d年)?\d{1,2}月/g,
];

const chineseMonths = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const month = '(1[0-2]|0?[1-9])';
const wholeMonths = [
  new RegExp(`(?<!\\d)(?:20)?(\\d\\d)年${month}月`, 'g'),
  new RegExp(`(?<!\\d)20(\\d\\d)[-_.]${month}(?!\\d)`, 'g'),
  /(?<!\d)20(\d\d)(0[1-9]|1[0-2])(?!\d)/g,
];
const bareMonth = new RegExp(`(?<![\\d年])${month}月`, 'g');
const yearAlone = /(?<!\d)(?:20)?(\d\d)年/g;

/** The month that a name names; one without its year is of the only year that is named, else of `year`, if given. */
export function periodIn(name: string, year?: number): Period | undefined {
  let text = inFigures(name);
  for (const pattern of daysAndRanges) text = text.replace(pattern, ' ');
  const periods = new Set<Period>();
  for (const pattern of wholeMonths) {
    text = text.replace(pattern, (_, ofCentury: string, number: string) => {
      periods.add(periodOf(2000 + Number(ofCentury), Number(number)));
      return ' ';
    });
  }
  const years = new Set([...text.matchAll(yearAlone)].map(([, ofCentury]) => 2000 + Number(ofCentury)));
  for (const [, number] of text.matchAll(bareMonth)) {
    const known = years.size > 0 ? [...years] : year === undefined ? [] : [year];
    for (const one of known) periods.add(periodOf(one, Number(number)));
  }
  return periods.size === 1 ? [...periods][0] : undefined;
}

/** A name with its months in figures, and no blanks but where they keep figures apart. */
function inFigures(name: string): string {
  return compact(plain(name).replace(/(?<=\d)\s+(?=\d)/g, '-')).replace(
    /(?:十[一二]?|[一二三四五六七八九])(?=月)/g,
    (word) => String(chineseMonths.indexOf(word) + 1),
  );
}

/** A name as it is compared: of one width and case, without what nobody sees. */
function plain(name: string): string {
  return name.normalize('NFKC').replace(invisibleCharacters, '').toLowerCase();
}

function compact(name: string): string {
  return plain(name).replace(/\s/g, '');
}
