import { type Lookup, separators } from '../../core/catalogue/lookup.ts';
import { excerpt, halfWidth } from '../../core/values/text.ts';
import { type CellReading, type CellValue, monthIn } from './cell-values.ts';
import type { Names } from './names.ts';
import { typedText } from './typed.ts';

/** A department, by name or code. */
export const department: CellValue = {
  write: (id: string, { departments }) => departments.nameOf(id),
  read: (entry, { names: { departments } }) => {
    const typed = typedText(entry);
    const id = departments.idOf(typed);
    return id === undefined ? unknownDepartment(typed, departments) : { value: id };
  },
};

function unknownDepartment(typed: string, departments: Lookup): CellReading {
  return {
    expected: '“部门”表中的名称或代码',
    message: `“${excerpt(typed)}”不在“部门”表中${departments.guess(typed)}；请填写“部门”表中的名称或代码，或先在“部门”表中加上它。`,
  };
}

/** An indicator, by name or code, in 【】 or without. */
export const indicator: CellValue = {
  write: (id: string, { indicators }) => indicators.nameOf(id),
  read: (entry, { names: { indicators } }) => {
    const typed = typedText(entry);
    const id = indicators.idOf(typed) ?? indicators.idOf(typed.replace(/^【(.*)】$/s, '$1'));
    if (id !== undefined) return { value: id };
    return {
      expected: '“指标”表中的名称或代码',
      message: `“${excerpt(typed)}”不在“指标”表中${indicators.guess(typed)}；请填写“指标”表中的名称或代码。`,
    };
  },
};

/** A table, by name or code. */
export const table: CellValue = {
  write: (id: string, { tables }) => tables.nameOf(id),
  read: (entry, { names: { tables } }) => {
    const typed = typedText(entry);
    const id = tables.idOf(typed);
    if (id !== undefined) return { value: id };
    return {
      expected: '“表格”表中的名称或代码',
      message: `“${excerpt(typed)}”不在“表格”表中${tables.guess(typed)}；请填写“表格”表中的名称或代码，或先在“表格”表中加上它。`,
    };
  },
};

interface Reporter {
  department: string;
  from?: string;
  to?: string;
}
const everybody = '全部';

/** Who reports: 全部, or departments separated by 、, each with its months where it does not report in all of them. */
export const reporters: CellValue = {
  write: (value: 'all' | (string | Reporter)[], names) => {
    if (value === 'all') return everybody;
    return value
      .map((each) => reporterText(typeof each === 'string' ? { department: each } : each, names))
      .join('、');
  },
  read: (entry, { names: { departments } }) => {
    const typed = typedText(entry);
    const isEverybody = /^(?:全部|所有|各|全体)(?:部门|单位)?$|^all$/i.test(typed);
    if (isEverybody && departments.idOf(typed) === undefined) return { value: 'all' };
    return reportersIn(typed, departments);
  },
};

function reporterText({ department: id, from, to }: Reporter, { departments }: Names): string {
  const when = [from, to === undefined ? undefined : `至${to}`].filter((each) => each !== undefined).join('');
  const behind = when === '' ? '' : `（${to === undefined ? `${when}起` : when}）`;
  const name = `${departments.nameOf(id)}${behind}`;
  const again = reportersIn(name, departments);
  const isSame =
    'value' in again &&
    JSON.stringify(again.value) === JSON.stringify([asWritten({ department: id, from, to })]);
  return isSame && !(behind === '' && name === everybody) ? name : `${id}${behind}`;
}

function asWritten({
  department: id,
  from,
  to,
}: {
  department: string;
  from?: string | undefined;
  to?: string | undefined;
}) {
  if (from === undefined && to === undefined) return id;
  return { department: id, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function reportersIn(typed: string, departments: Lookup): CellReading {
  const pieces = typed.split(new RegExp(`(${separators.source})`));
  const value: (string | Reporter)[] = [];
  for (let at = 0; at < pieces.length; ) {
    if (pieces[at]!.trim() === '') {
      at += 2;
      continue;
    }
    const found = longestReporter(pieces, at, departments);
    if (found === undefined)
      return unknownDepartment(pieces[at]!.trim().replace(/[（(].*$/, ''), departments);
    if ('message' in found) return found;
    value.push(found.reporter);
    at = found.next;
  }
  if (value.length > 0) return { value };
  return { expected: '全部，或部门名称', message: '这里应填报送的部门；全部部门都报送的填“全部”。' };
}

/** How long a name and its months may be. */
const longestName = 120;

/** The department whose name begins at a piece: names may contain what separates them. */
function longestReporter(
  pieces: readonly string[],
  at: number,
  departments: Lookup,
): { reporter: string | Reporter; next: number } | { expected: string; message: string } | undefined {
  for (let end = Math.min(pieces.length - 1, at + 2 * (departments.mostParts - 1)); end >= at; end -= 2) {
    const name = pieces
      .slice(at, end + 1)
      .join('')
      .trim();
    if (name.length > longestName) continue;
    const id = departments.idOf(name);
    if (id !== undefined) return { reporter: id, next: end + 2 };
    const [, before = '', when = ''] = /^(.*?)\s*[（(]([^（()）]*)[)）]$/s.exec(name) ?? [];
    const timed = departments.idOf(before);
    if (timed === undefined) continue;
    const span = spanIn(when);
    if (span !== undefined) return { reporter: { department: timed, ...span }, next: end + 2 };
    return {
      expected: '起止的月份，例如（2024-01至2024-05）',
      message: `“${excerpt(name)}”括号里看不出是哪几个月；请写成（2024-01至2024-05）、（2024-06起）或（至2024-05）。`,
    };
  }
  return undefined;
}

function spanIn(typed: string): { from?: string; to?: string } | undefined {
  const pattern = /^(?:自|从)?(.*?)(?:起|开始|以来|以后)?(?:(?:至|到|~|—+|–)(.+?)止?)?$/;
  const [, first = '', last = ''] = pattern.exec(halfWidth(typed).replace(/\s+/g, '')) ?? [];
  const [from, to] = [monthIn(first), monthIn(last)];
  const isWrong = (first !== '' && from === undefined) || (last !== '' && to === undefined);
  if (isWrong || (from === undefined && to === undefined)) return undefined;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
