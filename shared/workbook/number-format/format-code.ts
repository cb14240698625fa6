/** A piece of a number format's section (ECMA-376-1, 18.8.31), from left to right. */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  /** `0`, `#` or `?`: a digit, and what stands where there is none. */
  | { readonly kind: 'digit'; readonly pad: '0' | '#' | '?' }
  | { readonly kind: 'point' }
  /** Between a numerator and a denominator. */
  | { readonly kind: 'slash' }
  | { readonly kind: 'exponent'; readonly plus: boolean }
  | { readonly kind: 'general' }
  /** `@`, where the cell's text stands. */
  | { readonly kind: 'text' }
  /** Any letter of a date or time. */
  | { readonly kind: 'date' };

export interface Condition {
  readonly operator: '<' | '<=' | '>' | '>=' | '=' | '<>';
  readonly bound: number;
}

/** What the numbers of one range, or texts, are shown as. */
export interface Section {
  readonly condition: Condition | undefined;
  readonly pieces: readonly Piece[];
  readonly isDate: boolean;
  /** Whether digits are grouped by thousands. */
  readonly isGrouped: boolean;
  /** What is written is the number times ten to this power: 2 for each `%`, -3 for each comma behind the digits. */
  readonly power: number;
}

/** A number format: one to three sections for numbers, and one for texts. */
export interface NumberFormat {
  readonly numbers: readonly Section[];
  readonly texts: Section | undefined;
  /** Whether numbers are shown as dates or times of day: all, none, or those of some sections. */
  readonly dates: 'all' | 'none' | 'some';
  /** How many places behind the point are shown, where numbers are shown as they are but for rounding. */
  readonly places: number | undefined;
}

/** The format of cells that have none; also what `@` does to numbers. */
export const general: NumberFormat = {
  numbers: [sectionOf({ condition: undefined, raw: [{ kind: 'general' }] })],
  texts: undefined,
  dates: 'none',
  places: undefined,
};

/** Reads a format code. Any text is one: what means nothing in it stands for itself. */
export function parseFormat(code: string): NumberFormat {
  if (code.trim() === '') return general;
  const sections = splitSections(tokensOf(code)).slice(0, 4).map(sectionOf);
  const isForText = ({ pieces }: Section) => pieces.some(({ kind }) => kind === 'text');
  const last = sections.at(-1);
  const texts = sections.length === 4 || (last !== undefined && isForText(last)) ? last : undefined;
  const numbers = texts === undefined ? sections : sections.slice(0, -1);
  if (numbers.length === 0 || (numbers.length === 1 && isGeneral(numbers[0]))) {
    return isPlainText(texts) ? general : { ...general, texts };
  }
  const dated = numbers.filter(({ isDate }) => isDate).length;
  const dates = dated === 0 ? 'none' : dated === numbers.length ? 'all' : 'some';
  return { numbers, texts: isPlainText(texts) ? undefined : texts, dates, places: plainPlaces(numbers) };
}

/** Of a format with one section, of digits alone. */
function plainPlaces([section, ...others]: readonly Section[]): number | undefined {
  if (section === undefined || others.length > 0 || section.condition !== undefined || section.power !== 0) {
    return undefined;
  }
  const point = section.pieces.findIndex(({ kind }) => kind === 'point');
  const whole = point < 0 ? section.pieces : section.pieces.slice(0, point);
  const isPlain = section.pieces.every(({ kind }) => kind === 'digit' || kind === 'point');
  // With `0` before the point, even nothing is shown.
  const showsZero = whole.some((piece) => piece.kind === 'digit' && piece.pad === '0');
  return isPlain && showsZero ? section.pieces.length - whole.length - (point < 0 ? 0 : 1) : undefined;
}

function isGeneral(section: Section | undefined): boolean {
  return section?.condition === undefined && section?.pieces.map(({ kind }) => kind).join() === 'general';
}

function isPlainText(section: Section | undefined): boolean {
  return section === undefined || section.pieces.map(({ kind }) => kind).join() === 'text';
}

/** What stands in a code: pieces, commas whose meaning depends on where they stand, conditions, ends of sections. */
type Token = RawPiece | { kind: 'condition'; condition: Condition } | { kind: 'end' };

/**
 * Sticky patterns, of which the first that fits says what comes next. `!` escapes as `\` does, in Chinese Excel;
 * what `_` and `*` are followed by gives a width, no text.
 */
const patterns: readonly (readonly [RegExp, (found: string) => Token[]])[] = [
  [/"([^"]*)(?:"|$)/y, (found) => literal(found.replaceAll('"', ''))],
  [/[\\!](?:[\ud800-\udbff][\udc00-\udfff]|[\s\S]|$)/y, (found) => literal(found.slice(1))],
  [/_(?:[\ud800-\udbff][\udc00-\udfff]|[\s\S]|$)/y, () => literal(' ')],
  [/\*(?:[\ud800-\udbff][\udc00-\udfff]|[\s\S]|$)/y, () => []],
  [/\[(?:h+|m+|s+)\]/iy, () => [{ kind: 'date' }]],
  [/\[(?:<=|>=|<>|<|>|=) *-?[0-9.]+(?:E[+-]?[0-9]+)? *\]/iy, (found) => conditionOf(found.slice(1, -1))],
  [/\[\$[^\]]*\]/y, (found) => literal(/^\[\$([^\]-]*)/.exec(found)?.[1] ?? '')],
  [/\[[^\][]*\]/y, () => []],
  [/general|G\/[^\u0000-\u007f]+/iy, () => [{ kind: 'general' }]],
  [/;/y, () => [{ kind: 'end' }]],
  [/[0#?]/y, (found) => [{ kind: 'digit', pad: found as '0' | '#' | '?' }]],
  [/\./y, () => [{ kind: 'point' }]],
  [/,/y, () => [{ kind: 'comma' }]],
  [/\//y, () => [{ kind: 'slash' }]],
  [/e[+-]/iy, (found) => [{ kind: 'exponent', plus: found.endsWith('+') }]],
  [/@/y, () => [{ kind: 'text' }]],
  [/%/y, () => [{ kind: 'percent' }]],
  [/[ymdhsebg]|a{3}/iy, () => [{ kind: 'date' }]],
  [/[\ud800-\udbff][\udc00-\udfff]|[\s\S]/y, (found) => literal(found)],
];

function literal(text: string): Token[] {
  return text === '' ? [] : [{ kind: 'literal', text }];
}

function conditionOf(text: string): Token[] {
  const [, operator = '=', bound = ''] = /^([<>=]+) *(.*?) *$/.exec(text) ?? [];
  return [
    { kind: 'condition', condition: { operator: operator as Condition['operator'], bound: Number(bound) } },
  ];
}

function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < code.length; ) {
    for (const [pattern, tokensFor] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(code)?.[0];
      if (found === undefined) continue;
      tokens.push(...tokensFor(found));
      at += found.length;
      break;
    }
  }
  return tokens;
}

type RawPiece = Piece | { kind: 'comma' | 'percent' };

interface RawSection {
  condition: Condition | undefined;
  raw: RawPiece[];
}

function splitSections(tokens: readonly Token[]): RawSection[] {
  let current: RawSection = { condition: undefined, raw: [] };
  const sections = [current];
  for (const token of tokens) {
    if (token.kind === 'end') {
      current = { condition: undefined, raw: [] };
      sections.push(current);
    } else if (token.kind === 'condition') current.condition = token.condition;
    else current.raw.push(token);
  }
  return sections;
}

/** Says what commas, points and slashes mean where they stand. */
function sectionOf({ condition, raw }: RawSection): Section {
  const isDate = raw.some(({ kind }) => kind === 'date');
  const digits = raw.flatMap(({ kind }, index) => (kind === 'digit' ? [index] : []));
  const [first = raw.length, last = -1] = [digits[0], digits.at(-1)];
  const point = raw.findIndex(({ kind }) => kind === 'point');
  let [power, isGrouped] = [0, false];
  const pieces = raw.flatMap((piece, index): Piece[] => {
    switch (piece.kind) {
      case 'comma':
        if (index < first) return [{ kind: 'literal', text: ',' }];
        if (isBehindDigits(raw, index, last, point)) power -= 3;
        else isGrouped = true;
        return [];
      case 'point':
        return index === point ? [piece] : [{ kind: 'literal', text: '.' }];
      case 'slash':
        return index > first && index < raw.length - 1 && !isDate
          ? [piece]
          : [{ kind: 'literal', text: '/' }];
      case 'percent':
        power += 2;
        return [{ kind: 'literal', text: '%' }];
      default:
        return [piece];
    }
  });
  return { condition, pieces, isDate, isGrouped, power };
}

/** Whether a comma stands where no digit of the part it ends, before or behind the point, follows. */
function isBehindDigits(raw: readonly RawPiece[], index: number, last: number, point: number): boolean {
  if (index > last) return true;
  return index < point && raw.slice(index, point).every(({ kind }) => kind !== 'digit');
}

/** What a piece shows by itself. */
export function literalOf(piece: Piece): string {
  if (piece.kind === 'literal') return piece.text;
  return piece.kind === 'point' ? '.' : '';
}

/**
 * The formats that stand in no file, by their index (ECMA-376-1, 18.8.30), as Chinese Excel shows them. 27 to 36 and
 * 50 to 58 are dates in Chinese, Japanese and Korean.
 */
const codes: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0;"¥"\\-#,##0',
  6: '"¥"#,##0;[Red]"¥"\\-#,##0',
  7: '"¥"#,##0.00;"¥"\\-#,##0.00',
  8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  37: '#,##0;\\-#,##0',
  38: '#,##0;[Red]\\-#,##0',
  39: '#,##0.00;\\-#,##0.00',
  40: '#,##0.00;[Red]\\-#,##0.00',
  41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
  42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
  43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
  44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
  48: '##0.0E+0',
  49: '@',
};

/** The code of a built-in format; of an index that has none, `General`, as spreadsheet programs take it. */
export function builtInFormat(id: number): string {
  return isBuiltInDateFormat(id) ? 'yyyy"年"m"月"d"日"' : (codes[id] ?? 'General');
}

/** 27-36 and 50-58 are dates in Chinese, Japanese and Korean Excel, and stand in no file as text. */
export function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}
