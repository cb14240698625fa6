import type { Condition, NumberFormat, Section } from './format-code.ts';

/** The section of a format that a number is shown by, and whether its sign is left to that section. */
export function sectionFor(
  { numbers }: NumberFormat,
  value: number,
): { section: Section; isSigned: boolean } | undefined {
  const conditions = conditionsOf(numbers);
  const index = conditions.findIndex((condition) => condition === undefined || holds(condition, value));
  const section = numbers[index];
  if (section === undefined) return undefined;
  const condition = conditions[index];
  const isNegativeOnly = condition !== undefined && /^<=?$/.test(condition.operator) && condition.bound <= 0;
  const isSecond = index > 0 && numbers.every((each) => each.condition === undefined);
  return { section, isSigned: isNegativeOnly || isSecond };
}

/** The conditions of a format's sections: those that are written, and those that are meant where none is. */
function conditionsOf(numbers: readonly Section[]): (Condition | undefined)[] {
  const isWritten = numbers.some(({ condition }) => condition !== undefined);
  const first: Condition = { operator: numbers.length === 2 && !isWritten ? '>=' : '>', bound: 0 };
  return numbers.map(({ condition }, index) => {
    if (condition !== undefined || index === numbers.length - 1) return condition;
    return index === 0 ? first : { operator: '<', bound: 0 };
  });
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
