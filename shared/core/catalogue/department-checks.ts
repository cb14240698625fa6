import { nameKey } from '../values/text.ts';
import { type Catalogue, type Department, departmentOf, indicatorsOnForm } from './catalogue.ts';
import { isAskedIn, isEverReportedBy, isReportedBy, type ReportedIndicator } from './indicator.ts';
import { kinds } from './kinds.ts';
import { maxRemarkLength, narrativesOnForm } from './narratives.ts';
import { periodInWords } from './period.ts';
import { type Check, entryWords, type Fault } from './problem.ts';
import { tablesOnForm } from './sums.ts';
import { cellOf, indicatorsOf } from './tables.ts';
import { endsBeforeItBegins, isValidIn } from './validity.ts';

/** Department ids that name other chains and folders. */
export const reservedDepartmentIds: readonly string[] = ['office', 'unaddressed'];

/** The most bytes a return's observations may take in a ledger item, well under DynamoDB's 400 KB an item. */
export const maxObservationBytes = 200_000;

export const departmentFaults: Check<'departments'> = (department, catalogue, unread) => [
  ...(reservedDepartmentIds.includes(department.id)
    ? [{ field: 'id', text: `代码“${department.id}”是系统保留的；请换一个代码。` }]
    : []),
  ...validityFaults(department),
  ...(department.successor === undefined
    ? []
    : successorFaults(department, department.successor, catalogue, unread.departments)),
  ...formFaults(department, catalogue),
];

/** That an entry ends before it begins. */
export function validityFaults(entry: Parameters<typeof endsBeforeItBegins>[0]): Fault[] {
  if (!endsBeforeItBegins(entry)) return [];
  return [{ field: 'to', text: `结束期 ${entry.to} 早于起始期 ${entry.from}；请改正其中一个。` }];
}

function successorFaults(
  department: Department,
  id: string,
  catalogue: Catalogue,
  unread: ReadonlySet<string>,
): Fault[] {
  const successor = departmentOf(catalogue, id);
  const faults: Fault[] = [];
  if (department.to === undefined) {
    faults.push({
      field: 'to',
      text: '填了并入部门，却没有填结束期；请填写本部门报送的最后一个月，没有并入的请删去并入部门。',
    });
  }
  if (successor === department) {
    faults.push({ field: 'successor', text: '并入部门是本部门自己；请填写并入的另一个部门。' });
  } else if (successor === undefined && !unread.has(id)) {
    const text = `并入部门“${id}”不在目录的部门中；请填写目录中的另一个部门，或先把它列为部门。`;
    faults.push({ field: 'successor', text });
  }
  return [...faults, ...stocksLost(department, id, catalogue)];
}

/** A merged department's stocks live on in its successor's, which must therefore report them. */
function stocksLost({ id, to }: Department, successor: string, catalogue: Catalogue): Fault[] {
  const { periods } = catalogue;
  const later = periods.map(({ period }) => period).filter((period) => !isValidIn({ to }, period));
  const name = departmentOf(catalogue, successor)?.name ?? successor;
  return indicatorsOf(catalogue)
    .filter(({ kind }) => kinds[kind].taken === 'last-period')
    .filter((indicator) => isEverReportedBy(indicator, id))
    .filter((indicator) =>
      later.some((period) => isAskedIn(indicator, period) && !isReportedBy(indicator, successor, period)),
    )
    .map((indicator) => ({
      field: 'successor',
      text: `并入“${name}”以后，存量指标“${indicator.name}”就没有部门报送了；请在这个指标的报送部门中加上“${name}”。`,
    }));
}

/** The first period in which the department's form is too large. */
function formFaults(department: Department, catalogue: Catalogue): Fault[] {
  const sizes = catalogue.periods
    .filter(({ period }) => isValidIn(department, period))
    .map(({ period }) => ({
      period,
      bytes: [
        ...indicatorsOnForm(catalogue, department.id, period).map((indicator) =>
          largestObservationBytes(indicator, catalogue),
        ),
        ...narrativesOnForm(catalogue, { department: department.id, period }).map(
          ({ maxLength }) => otherFieldsBytes + maxLength * bytesPerCharacter,
        ),
        remarkedRows(catalogue, { department: department.id, period }) * remarkBytes,
      ].reduce((total, size) => total + size, 0),
    }));
  const large = sizes.find(({ bytes }) => bytes > maxObservationBytes);
  if (large === undefined) return [];
  return [
    {
      text: `${periodInWords(large.period)}的报表过大，最多可能占 ${large.bytes} 字节，台账一次只能记 ${maxObservationBytes} 字节；请减少它报送的指标，或减小清单的最多项数、清单和文字说明的最长字数。`,
    },
  ];
}

/** What an observation's other fields take at their longest, with the measure of a unit that nothing else has. */
const otherFieldsBytes = 570;

/** What a figure takes in the grid of a table at its longest, with its share of what names rows and columns. */
const cellBytes = 40;

/** Chinese takes three bytes a character in UTF-8. */
const bytesPerCharacter = 3;

/** What a remark takes at its longest, with what it is on and where it stands. */
const remarkBytes = 350 + maxRemarkLength * bytesPerCharacter;

/** How many rows of the tables on a form have figures that are typed, on which there may be a remark. */
function remarkedRows(catalogue: Catalogue, key: Parameters<typeof tablesOnForm>[1]): number {
  return tablesOnForm(catalogue, key).flatMap(({ rows }) => rows.filter(({ sum }) => sum === undefined))
    .length;
}

function largestObservationBytes(indicator: ReportedIndicator, catalogue: Catalogue): number {
  if (cellOf(catalogue, indicator.id) !== undefined) return cellBytes;
  if (indicator.kind !== 'list') return otherFieldsBytes + remarkBytes;
  const { maxItems, maxLength } = indicator.list;
  return otherFieldsBytes + remarkBytes + maxItems * (maxLength * bytesPerCharacter + 3);
}

type NamedList = Pick<Catalogue, 'departments' | 'indicators' | 'narratives'>;
type NamedEntry = NamedList[keyof NamedList][number];

/**
 * Names that two entries of a list share, said of the later. Former names count, as a row of a form is known by its
 * id and checked by its name; an entry that gets its old name back shares it with nobody.
 */
export function sharedNames(
  entries: readonly NamedEntry[],
  entry: 'department' | 'indicator' | 'narrative',
): Map<number, Fault[]> {
  const seen = new Map<string, NamedEntry>();
  const faults = new Map<number, Fault[]>();
  entries.forEach((each, index) => {
    const names = [
      { field: 'name', name: each.name },
      ...each.formerNames.map(({ name }, at) => ({ field: `formerNames.${at}.name`, name })),
    ];
    for (const { field, name } of names) {
      const other = seen.get(nameKey(name));
      seen.set(nameKey(name), other ?? each);
      if (other === undefined || other === each) continue;
      const text = `名称“${name}”与${entryWords[entry]}“${other.name}”（${other.id}）的名称或曾用名相同；请把其中一个的名称写得有所区别。`;
      faults.set(index, [...(faults.get(index) ?? []), { field, text }]);
    }
  });
  return faults;
}
