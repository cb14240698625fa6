/**
 * What the city asks for, and when: said a second time, for the model, which takes nothing from the program.
 */

/** How often each figure is asked for that is not asked for every month, as its periods are written. */
const often: Record<string, 'Q' | 'H' | ''> = { checks: 'Q', staff: 'H', budget: '' };

/** How often there is such a period: `Q` for a quarter, `H` for a half-year, nothing for a year, else a month. */
function kindOf(period: string): 'Q' | 'H' | '' | 'month' {
  const part = period.slice(5);
  return part === '' ? '' : part.startsWith('Q') ? 'Q' : part.startsWith('H') ? 'H' : 'month';
}

export function isMonth(period: string): boolean {
  return kindOf(period) === 'month';
}

/** The month with which a period ends. */
export function endOf(period: string): string {
  const months = { Q: 3, H: 6, '': 12, month: 1 }[kindOf(period)];
  const number = Number(period.slice(5).replace(/\D/g, '') || 1);
  return `${period.slice(0, 4)}-${String(number * months).padStart(2, '0')}`;
}

/** Whether a figure is asked for in periods of this length. */
export function isOfLength(id: string, period: string): boolean {
  return (often[id] ?? 'month') === kindOf(period);
}

/** Whether a department is asked for a figure in a period, by the city's catalogue of this number. */
export function isAsked(
  id: string,
  { department, period }: { department: string; period: string },
  version: number,
): boolean {
  if (!isOfLength(id, period)) return false;
  if (id === 'joint') return version < 1 || department !== 'sfj' || endOf(period) <= '2023-02';
  if (id === 'visits') return version >= 2 && endOf(period) >= '2023-02';
  return true;
}
