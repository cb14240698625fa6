import {
  type AdoptedCatalogues,
  type Adoption,
  conversionsNeeded,
  factorToUnit,
  knownConversions,
  withAdoption,
} from '../catalogue/adoption.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Difference, differences } from '../catalogue/difference.ts';
import { type Indicator, outputOf } from '../catalogue/indicator.ts';
import { nameOfAsked } from '../catalogue/narratives.ts';
import { periodInWords, returnInWords } from '../catalogue/period.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { decimalPlaces } from '../values/decimal.ts';
import type { NotCountedBecause } from './interpretation.ts';
import { heldBecause } from './revision.ts';
import { foldYear, type ReturnState, returnOf, type YearState } from './year-state.ts';

/** Why a catalogue cannot be adopted over the one in force, by the entry that it is about. */
export interface Irreconcilable {
  entry: 'catalogue' | 'indicator' | 'narrative' | 'department';
  id: string;
  /** In Chinese, for the legal office: what would go wrong, and what to write instead. */
  message: string;
}

/** A difference, and how many returns that count it touches. */
export interface Touched extends Difference {
  returns: number;
}

/** What adopting a catalogue would do to a year: everything that it changes, and what forbids it. */
export interface Reconciliation {
  differences: Touched[];
  problems: Irreconcilable[];
}

/**
 * What adopting a catalogue would do to a year as it stands. It is forbidden where a figure that counts would drop out
 * of the year or become one of another kind, where a return would be gone on which the office has yet to decide, and where
 * nobody states how a unit is converted.
 */
export function reconcile(state: YearState, next: Adoption, events: readonly LedgerEvent[]): Reconciliation {
  const { catalogue } = state;
  const after = foldYear(withAdoption(state.adopted, next), events, state.lastYear);
  const ofUnits = [...conversionProblems(next, state.adopted), ...contradicted(next, state.adopted)];
  const told = new Set(ofUnits.map(({ id }) => id));
  return {
    differences: differences(catalogue, next.catalogue).map((each) => ({
      ...each,
      returns: state.returns.filter((one) => isTouched(one, each)).length,
    })),
    problems: [
      ...yearProblems(catalogue, next.catalogue),
      ...ofUnits,
      ...operatorProblems(state, next.catalogue),
      ...state.returns
        .flatMap((one) => lossesOf(one, { after, before: catalogue, told }))
        .filter(onlyFirstOfEntry()),
    ],
  };
}

/** What is wrong with the conversions that an adoption states: too few, too many, or not to be kept exactly. */
export function conversionProblems(
  { catalogue, hash, conversions }: Adoption,
  adopted: AdoptedCatalogues | undefined,
): Irreconcilable[] {
  const needed = conversionsNeeded(catalogue, adopted);
  const isSame = (a: (typeof needed)[number], b: (typeof needed)[number]) =>
    a.indicator === b.indicator && a.from === b.from && a.to === b.to;
  const about = (id: string, message: string): Irreconcilable => ({ entry: 'indicator', id, message });
  return [
    ...needed
      .filter((one) => !conversions.some((stated) => isSame(stated, one)))
      .map(({ indicator, from, to }) =>
        about(
          indicator,
          `“${nameOfAsked(indicator, catalogue)}”的单位由“${from}”改为“${to}”，没有写明换算：1 ${from}等于多少${to}；请写明，不能换算的请保留原单位，另设新指标。`,
        ),
      ),
    ...conversions
      .filter((stated, index) => {
        const isFirst = conversions.findIndex((one) => isSame(one, stated)) === index;
        return !isFirst || !needed.some((one) => isSame(stated, one));
      })
      .map(({ indicator, from, to }) =>
        about(
          indicator,
          `由“${from}”到“${to}”的换算多余：这项指标的单位没有这样改动，或者已经写过；请删去。`,
        ),
      ),
    ...inexact(catalogue, withAdoption(adopted, { catalogue, hash, conversions })).map((id) =>
      about(
        id,
        `“${nameOfAsked(id, catalogue)}”按写明的换算不能准确地换成新单位；请改用更大的单位，或另设新指标。`,
      ),
    ),
  ];
}

/** The conversions by another factor than the catalogues know, by which figures would become others without a trace. */
function contradicted(
  { catalogue, conversions }: Adoption,
  adopted: AdoptedCatalogues | undefined,
): Irreconcilable[] {
  const known = knownConversions(catalogue, adopted);
  return conversions.flatMap(({ indicator: id, from, to, factor }): Irreconcilable[] => {
    const own = known.find((one) => one.indicator === id && one.from === from && one.to === to);
    if (own === undefined || own.factor === factor) return [];
    const message = `“${nameOfAsked(id, catalogue)}”写明的换算是 1 ${from} = ${factor} ${to}，而目录写明的是 1 ${from} = ${own.factor} ${to}（可用单位或发布单位）；请改写换算；目录写错的，请在新目录的“可用单位”里写对。`;
    return [{ entry: 'indicator', id, message }];
  });
}

/** A total may have so many places before it is rounded. */
const maxPlaces = 12;

/** The indicators whose earlier figures could have too many places; and lists, which are counted and not measured. */
function inexact(next: Catalogue, adopted: AdoptedCatalogues): string[] {
  const ids = indicatorsOf(next).filter((indicator) =>
    adopted.adoptions.some(({ catalogue: before }) => {
      const was = indicatorOf(before, indicator.id);
      const factor =
        was && factorToUnit({ indicator: indicator.id, from: was.unit, to: indicator.unit }, adopted);
      if (was === undefined || factor === undefined) return false;
      const places = [factor, outputOf(indicator).factor].map(decimalPlaces);
      const isMeasured = indicator.kind !== 'list' || factor === '1';
      return !isMeasured || places.reduce((sum, each) => sum + each, was.decimals) > maxPlaces;
    }),
  );
  return ids.map(({ id }) => id);
}

function yearProblems(before: Catalogue, after: Catalogue): Irreconcilable[] {
  if (before.year === after.year) return [];
  const message = `这是${after.year}年的目录，不能用于${before.year}年。`;
  return [{ entry: 'catalogue', id: '', message }];
}

/** An operator that changed makes other totals of the figures that are there. */
function operatorProblems({ catalogue, returns }: YearState, after: Catalogue): Irreconcilable[] {
  return indicatorsOf(catalogue).flatMap((before): Irreconcilable[] => {
    const now = indicatorOf(after, before.id);
    const isSame =
      now === undefined ||
      (['overTime', 'overDepartments'] as const).every((over) => before[over] === now[over]);
    const counted = returns.filter((one) => carries(one, before.id)).length;
    if (isSame || counted === 0 || before.kind !== now.kind) return [];
    const message = `“${before.name}”的汇总方法改了，而已有 ${counted} 份报表按原来的方法计入；请保留原来的汇总方法，另设新指标。`;
    return [{ entry: 'indicator', id: before.id, message }];
  });
}

const reasons: Record<NotCountedBecause, (name: string) => string> = {
  'not-asked': (name) =>
    `新目录在这一期不再要求这个部门报送“${name}”；停用的指标请保留，写明结束期；换了报送部门的，请保留原部门，写明起止期；换了报送频率的，请保留原指标，另设新指标。`,
  'another-kind': (name) => `“${name}”的性质或汇总方法改了；请保留原来的，另设新指标。`,
  'no-factor': (name) => `“${name}”的单位改了，没有写明换算；请写明。`,
};

interface Change {
  after: YearState;
  before: Catalogue;
  /** The indicators of whose conversion something is told already. */
  told: ReadonlySet<string>;
}

/** What counts of a return now, and would not under the new catalogue; or that nobody could let it in any more. */
function lossesOf(one: ReturnState, { after, before, told }: Change): Irreconcilable[] {
  const { department, period, counting } = one;
  if (counting === undefined) return undecided(one, after);
  const where = `${department.name}${periodInWords(period)}`;
  const then = returnOf(after, { department: department.id, period });
  if (then?.counting?.id !== counting.id) {
    const why = then === undefined ? '新目录不再要求报送这份报表' : '按新目录的期限，这份报表不再计入';
    const message = `${department.name}${returnInWords(period)}已经计入，${why}；请核对部门的起止期和报送期限。`;
    return [{ entry: 'department', id: department.id, message }];
  }
  const { figures, texts } = then.counting;
  const kept = new Set([
    ...figures.map(({ indicator }) => indicator),
    ...texts.map(({ narrative }) => narrative),
  ]);
  const because = new Map(then.counting.uncounted.map((each) => [each.indicator, each.because]));
  const lostTexts = counting.texts
    .filter(({ narrative }) => !kept.has(narrative))
    .map(({ narrative: id }): Irreconcilable => {
      const reason = reasons['not-asked'](nameOfAsked(id, before));
      return { entry: 'narrative', id, message: `${where}已报的文字会消失：${reason}` };
    });
  return counting.figures
    .filter(({ indicator, status }) => status === 'reported' && !kept.has(indicator))
    .filter(({ indicator }) => because.get(indicator) !== 'no-factor' || !told.has(indicator))
    .map(({ indicator }): Irreconcilable => {
      const reason = reasons[because.get(indicator) ?? 'not-asked'];
      return {
        entry: 'indicator',
        id: indicator,
        message: `${where}已报的数会从全年中消失：${reason(nameOfAsked(indicator, before))}`,
      };
    })
    .concat(lostTexts);
}

/** That the return waits for the office to let it in, and would not be expected: the office declines it first. */
function undecided({ department, period, revisions }: ReturnState, after: YearState): Irreconcilable[] {
  const waits = revisions.some((one) => heldBecause(one).includes('after-cut-off'));
  if (!waits || returnOf(after, { department: department.id, period }) !== undefined) return [];
  const message = `${department.name}${returnInWords(period)}在最迟报送日之后上传，还没有决定是否计入，新目录不再要求报送这份报表；不予计入的，请先答复不同意，再采用；应当计入的，请核对部门的起止期。`;
  return [{ entry: 'department', id: department.id, message }];
}

/** One loss an entry is enough to mend them all. */
function onlyFirstOfEntry(): (problem: Irreconcilable) => boolean {
  const seen = new Set<string>();
  return ({ entry, id }) => {
    const key = `${entry} ${id}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  };
}

function carries({ counting }: ReturnState, indicator: Indicator['id']): boolean {
  return (
    counting?.figures.some((figure) => figure.indicator === indicator && figure.status === 'reported') ??
    false
  );
}

function isTouched(one: ReturnState, { entry, id, indicators }: Difference): boolean {
  if (one.counting === undefined) return false;
  switch (entry) {
    case 'catalogue':
      return true;
    case 'section':
      return false;
    case 'department':
      return one.department.id === id;
    case 'period':
      return one.period === id;
    case 'narrative':
      return one.counting.texts.some(({ narrative }) => narrative === id);
    case 'indicator':
    case 'table':
    case 'line':
    case 'rule':
      return indicators.every((indicator) => carries(one, indicator));
  }
}
