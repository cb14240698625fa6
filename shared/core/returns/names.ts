import { type Catalogue, type Department, departmentOf } from '../catalogue/catalogue.ts';
import { allFrequencies, type Frequency, type Period, periodAt } from '../catalogue/period.ts';
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

/** Whom and when a file's name names; a period without its year is of the catalogue's. */
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

/** Days, which say when something was sent or made, and ranges of months: neither is the period of a return. */
const daysAndRanges = [
  /(?<!\d)20\d\d([-_.])\d{1,2}\1\d{1,2}(?!\d)/g,
  /(?<!\d)20\d{6}(?!\d)/g,
  /(?:(?<!\d)(?:20)?\d\d年)?(?<!\d)\d{1,2}月\d{1,2}(?!\d)[日号]?/g,
  /(?:(?<!\d)(?:20)?\d\d年)?(?<!\d)\d{1,2}月?份?[-—–~至到](?:(?:20)?\d\d年)?\d{1,2}月/g,
  /(?:(?<!\d)(?:20)?\d\d年)?第?[1-4](?:季度?)?[-—–~至到]第?[1-4]季度?/g,
];

const chineseMonths = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const month = '(1[0-2]|0?[1-9])';

/** Ways to name a period, with its year in two figures where the name says it. */
const waysOf: Record<Frequency, { whole: readonly RegExp[]; bare: readonly RegExp[] }> = {
  month: {
    whole: [
      new RegExp(`(?<!\\d)(?:20)?(\\d\\d)年${month}月`, 'g'),
      new RegExp(`(?<!\\d)20(\\d\\d)[-_.]${month}(?!\\d)`, 'g'),
      /(?<!\d)20(\d\d)(0[1-9]|1[0-2])(?!\d)/g,
    ],
    bare: [new RegExp(`(?<![\\d年])${month}月`, 'g')],
  },
  quarter: {
    whole: [
      /(?<!\d)(?:20)?(\d\d)年第?([1-4])季/g,
      /(?<!\d)20(\d\d)[-_.]?q([1-4])(?![a-z0-9])/g,
      /(?<!\d)20(\d\d)(?:[-_.]第?|第)([1-4])季/g,
    ],
    bare: [/(?<![\d年])第?([1-4])季度/g],
  },
  'half-year': {
    whole: [
      /(?<!\d)(?:20)?(\d\d)年([上下])半年/g,
      /(?<!\d)20(\d\d)[-_.]?([上下])半年/g,
      /(?<!\d)20(\d\d)[-_.]?h([12])(?![a-z0-9])/g,
    ],
    bare: [/(?<!年)([上下])半年/g],
  },
  year: { whole: [/(?<!\d)(?:20)?(\d\d)(?:年度|年?全年|年年报|年报)()/g], bare: [] },
};
const yearAlone = /(?<!\d)(?:20)?(\d\d)年/g;

/**
 * The period that a name names; one without its year is of the only year that is named, else of `year`, if given. A
 * year is meant only where nothing shorter is said, not even by the name of its form (`2023年度月报`).
 */
export function periodIn(name: string, year?: number): Period | undefined {
  let text = inFigures(name);
  for (const pattern of daysAndRanges) text = text.replace(pattern, ' ');
  const [yearly, shorter] = [new Set<Period>(), new Set<Period>()];
  for (const frequency of allFrequencies) {
    for (const pattern of waysOf[frequency].whole) {
      const isYear = frequency === 'year';
      text = text.replace(pattern, (matched: string, ofCentury: string, number: string) => {
        (isYear ? yearly : shorter).add(periodAt(2000 + Number(ofCentury), frequency, numberOf(number)));
        return isYear ? matched : ' ';
      });
    }
  }
  const years = new Set([...text.matchAll(yearAlone)].map(([, ofCentury]) => 2000 + Number(ofCentury)));
  const known = years.size > 0 ? [...years] : year === undefined ? [] : [year];
  for (const frequency of allFrequencies) {
    const said = waysOf[frequency].bare.flatMap((pattern) => [...text.matchAll(pattern)]);
    for (const [, number = ''] of said) {
      for (const one of known) shorter.add(periodAt(one, frequency, numberOf(number)));
    }
  }
  const isOfShorter = /[月季]报|半年报/.test(text);
  const periods = shorter.size > 0 || isOfShorter ? shorter : yearly;
  return periods.size === 1 ? [...periods][0] : undefined;
}

function numberOf(said: string): number {
  return said === '上' ? 1 : said === '下' ? 2 : Number(said);
}

/** A name with its months and quarters in figures, and no blanks but where they keep figures apart. */
function inFigures(name: string): string {
  return compact(plain(name).replace(/(?<=\d)\s+(?=\d)/g, '-')).replace(
    /(?:十[一二]?|[一二三四五六七八九])(?=月)|[一二三四](?=季)/g,
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
