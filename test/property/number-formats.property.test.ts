import { SSF } from '@e965/xlsx';
import fc from 'fast-check';
import { format as numfmt } from 'numfmt';
import { expect, test } from 'vitest';
import type { Content } from '../../shared/core/returns/content.ts';
import { readFigure } from '../../shared/core/returns/figure.ts';
import { entryOf } from '../../shared/workbook/entries.ts';
import { cellValue } from '../../shared/workbook/form-cells.ts';
import { parseFormat } from '../../shared/workbook/number-format/format-code.ts';
import { showsDate } from '../../shared/workbook/number-format/sections.ts';
import type { CellReading, SheetReading } from '../../shared/workbook/reading/model.ts';
import { reported } from '../unit/core/small-year.ts';

const runs = 10_000;
const indicator = reported('flow', {
  unit: '件',
  decimals: 6,
  range: { min: '-1000000000000' },
  alsoIn: [{ unit: '万件', factor: '10000' }],
});

/** Format codes that say the same in every language, from the parts that people put together. */
const digits = fc.constantFrom(
  '0',
  '#',
  '0.00',
  '#,##0',
  '#,##0.0#',
  '0.?',
  '000',
  '.00',
  '??0',
  '#,##0.000',
);
const literal = fc.constantFrom(
  '"件"',
  '"人"',
  '"约"',
  '\\-',
  '"1"',
  '_)',
  '" "',
  '"%"',
  '"万件"',
  '-',
  '(',
  ')',
);
const scale = fc.constantFrom('', '', '', '', '', '%', ',', ',,', 'E+00', '%"件"');
const number = fc
  .tuple(fc.option(literal, { nil: '', freq: 1 }), digits, scale, fc.option(literal, { nil: '', freq: 1 }))
  .map((parts) => parts.join(''));
const section = fc.oneof(
  { weight: 8, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom('General', 'General"件"', '# ?/?', '# ??/??', '0/0') },
  { weight: 1, arbitrary: fc.constantFrom('', '"无"', '"-"', '"不适用"', 'h:mm', 'yyyy-mm-dd') },
);
const colour = fc.constantFrom('', '', '', '[Red]', '[Color10]');
const bound = fc.constantFrom('[>=10000]', '[<0]', '[=0]', '[>100]', '[<=1]', '[<>0]');
const code = fc
  .tuple(
    fc.array(
      fc.tuple(colour, section).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    ),
    fc.option(bound, { nil: '', freq: 1 }),
    fc.option(fc.constantFrom('@', '"备注："@'), { nil: undefined }),
  )
  .map(([sections, condition, text]) => [condition + sections.join(';'), ...(text ? [text] : [])].join(';'));

const stored = fc.oneof(
  fc.integer({ min: -100_000, max: 2_000_000 }).map(String),
  fc.constantFrom('0', '1', '-1', '0.5', '1.5', '99.995', '1E+5', '0.30000000000000004', '1E-7'),
  fc
    .tuple(fc.integer({ min: -99_999, max: 999_999 }), fc.integer({ min: 1, max: 5 }))
    .map(([whole, places]) => String(whole / 10 ** places)),
);

const sheet: SheetReading = {
  name: '月报',
  visibility: 'visible',
  showsZeros: true,
  cells: [],
  merges: [],
  conditionalNumberFormats: [],
  hiddenRows: [],
  hiddenColumns: [],
};

/** What another formatter shows, as a number and to what it is rounded; undefined for anything else. */
function numberOf(text: string): { value: number; unit: number } | undefined {
  const bare = text
    .replace(/件$/, '')
    .trim()
    .replace(/^\((.*)\)$/, '-$1');
  const fraction = /^(-?)\s*(?:([0-9]+)\s+)?([0-9]+)\s*\/\s*([0-9]+)$/.exec(bare);
  if (fraction !== null) {
    const [, sign, whole = '0', numerator, denominator] = fraction;
    const value = Number(whole) + Number(numerator) / Number(denominator);
    return { value: sign === '-' ? -value : value, unit: 1 / Number(denominator) };
  }
  const plain = bare.replace(/[,\s]/g, '');
  const parts = /^-?[0-9]*(?:\.([0-9]*))?(?:E([+-][0-9]+))?$/.exec(plain);
  if (parts === null || !/[0-9]/.test(plain)) return undefined;
  return { value: Number(plain), unit: 10 ** (Number(parts[2] ?? 0) - (parts[1]?.length ?? 0)) };
}

/** Whether a formatter shows the recorded figure, rounded as it rounds. */
function shows(text: string, recorded: number): boolean {
  const shown = numberOf(text);
  return (
    shown !== undefined && Math.abs(shown.value - recorded) <= shown.unit / 2 + Math.abs(recorded) * 1e-12
  );
}

function shownBy(formatter: () => string): string {
  try {
    return formatter();
  } catch {
    return 'no format';
  }
}

test('whatever the format, a figure is recorded in silence only if the cell shows it', () => {
  let silent = 0;
  fc.assert(
    fc.property(stored, code, (text, formatCode) => {
      const format = parseFormat(formatCode);
      if (showsDate(format, text)) return;
      const cell: CellReading = { row: 6, column: 5, value: { kind: 'number', text }, format };
      const { reading, findings } = readFigure(indicator, entryOf(sheet, cell));
      if (findings.length > 0) return;
      if (reading?.status !== 'reported') throw new Error('nothing was recorded, and nothing was said');
      silent++;
      const recorded = Number(reading.value);
      const texts = [
        shownBy(() => SSF.format(formatCode, Number(text))),
        shownBy(() => numfmt(formatCode, Number(text))),
      ];
      if (texts.some((shown) => shows(shown, recorded))) return;
      throw new Error(
        `${text} in ${formatCode} is recorded as ${reading.value}, and shown as ${texts.join(' or ')}`,
      );
    }),
    { numRuns: runs },
  );
  expect(silent).toBeGreaterThan(runs / 4);
});

/** What a form's cell says in which the marked copy has put a value. */
function reread(value: string | number | null): Content {
  if (value === null) return { kind: 'blank' };
  return typeof value === 'number' ? { kind: 'number', text: String(value) } : { kind: 'text', text: value };
}

test('the marked copy of a form says what the form says, or is as much in doubt', () => {
  let same = 0;
  fc.assert(
    fc.property(stored, code, fc.constantFrom(undefined, '件', '万件', '人'), (text, formatCode, unit) => {
      const format = parseFormat(formatCode);
      if (showsDate(format, text)) return;
      const cell: CellReading = { row: 6, column: 5, value: { kind: 'number', text }, format };
      const entry = { ...entryOf(sheet, cell), ...(unit === undefined ? {} : { unit }) };
      const { unit: _, ...copied } = { ...entry, content: reread(cellValue(entry)) };
      const [before, after] = [readFigure(indicator, entry), readFigure(indicator, copied)];
      if (after.reading === undefined) return;
      same++;
      expect(after.reading).toEqual(before.reading);
    }),
    { numRuns: runs },
  );
  expect(same).toBeGreaterThan(runs / 4);
});
