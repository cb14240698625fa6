import type { Condition, NumberFormat, Section } from './format-code.ts';

/**
 * The section of a format that a number is shown by, and whether its sign is left to that section; undefined if none
 * is, or if programs differ about which.
 */
export function sectionFor(
  { numbers }: NumberFormat,
  value: number,
): { section: Section; isSigned: boolean } | undefined {
  const written = numbers.filter(({ condition }) => condition !== undefined);
  if (written.length === 0) {
    const index =
      numbers.length === 1 || value > 0 || (value === 0 && numbers.length === 2) ? 0 : value < 0 ? 1 : 2;
    const section = numbers[index];
    return section && { section, isSigned: index > 0 };
  }
  const holding = written.find(({ condition }) => condition !== undefined && holds(condition, value));
  if (holding?.condition !== undefined) {
    const { operator, bound } = holding.condition;
    return { section: holding, isSigned: /^<=?$/.test(operator) && bound <= 0 };
  }
  const [section, other] = numbers.filter(({ condition }) => condition === undefined);
  return section === undefined || other !== undefined ? undefined : { section, isSigned: false };
}

function holds({ operator, bound }: Condition, value: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
    case '<>':
      return value !== bound;
  }
}

/** Whether the format shows this number as a date or a time of day. */
export function showsDate(format: NumberFormat, stored: string): boolean {
  if (format.dates !== 'some') return format.dates === 'all';
  return sectionFor(format, Number(stored))?.section.isDate === true;
}
