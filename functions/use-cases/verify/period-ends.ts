const sizes: Record<string, readonly [frequency: string, months: number]> = {
  Q: ['quarter', 3],
  H: ['half-year', 6],
};

/** With which month a period ends, how long it is, and how often such a period is. */
export function endOf(period: string): { year: number; month: number; months: number; frequency: string } {
  const [year, part] = period.split('-');
  if (part === undefined) return { year: Number(year), month: 12, months: 12, frequency: 'year' };
  const size = sizes[part[0] ?? ''];
  if (size === undefined) return { year: Number(year), month: Number(part), months: 1, frequency: 'month' };
  const [frequency, months] = size;
  return { year: Number(year), month: Number(part.slice(1)) * months, months, frequency };
}

/** What ends first comes first; of two that end together the shorter. */
export function byEnd(a: string, b: string): number {
  const [one, other] = [endOf(a), endOf(b)];
  return one.year - other.year || one.month - other.month || one.months - other.months;
}

/** Whether a period is over with another. */
export function endsBy(period: string, other: string): boolean {
  const [one, two] = [endOf(period), endOf(other)];
  return one.year * 12 + one.month <= two.year * 12 + two.month;
}
