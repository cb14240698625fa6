import { type Catalogue, groupsOf } from '../core/catalogue/catalogue.ts';
import { type Lookup, lookupOf } from '../core/catalogue/lookup.ts';
import { indicatorsOf } from '../core/catalogue/tables.ts';
import { excerpt, nameKey } from '../core/values/text.ts';

/**
 * How a figure is written: as the report writes it (270余), exactly (276), its unit alone (件), how it changed since last
 * year (同比增长12.3%), the titles of a list.
 */
export const figureForms = {
  prose: '报告写法',
  exact: '准确数',
  unit: '单位',
  change: '同比',
  items: '清单',
} as const;
export type FigureForm = keyof typeof figureForms;

/** Whose figure: the city's, a department's own, or the subtotal of a group. */
export type Share =
  | { kind: 'city' }
  | { kind: 'department'; department: string }
  | { kind: 'group'; group: string };

export interface FigurePlaceholder {
  kind: 'figure';
  indicator: string;
  share: Share;
  form: FigureForm;
}

/** What stands in 【】 in a template. */
export type Placeholder =
  | FigurePlaceholder
  | { kind: 'text'; narrative: string; department: string | undefined }
  | { kind: 'table'; table: string }
  | { kind: 'fact'; fact: keyof typeof facts };

/** What a report says of itself. */
export const facts = { year: '年份', authority: '机关', number: '发布次数' } as const;

export type PlaceholderReading =
  | { kind: 'read'; placeholder: Placeholder }
  | { kind: 'fault'; message: string };

/** Reads what stands between 【 and 】 by the names of a catalogue: 【法律援助案件办理：市司法局：准确数】. */
export type ReadPlaceholder = (inside: string) => PlaceholderReading;

/** What a name in a template may mean. */
type Meaning =
  | { kind: 'figure'; indicator: string; isList: boolean }
  | { kind: 'text'; narrative: string }
  | { kind: 'table'; table: string }
  | { kind: 'fact'; fact: keyof typeof facts };

export function placeholdersOf(catalogue: Catalogue): ReadPlaceholder {
  const indicators = indicatorsOf(catalogue);
  const lists = new Set(indicators.filter(({ kind }) => kind === 'list').map(({ id }) => id));
  const plain = (entries: readonly { id: string; name: string }[]) =>
    lookupOf(entries.map(({ id, name }) => ({ id, name, formerNames: [] })));
  const of = {
    indicators: lookupOf(indicators),
    tables: plain(catalogue.tables),
    narratives: lookupOf(catalogue.narratives),
    departments: lookupOf(catalogue.departments),
    groups: plain([...groupsOf(catalogue).keys()].map((group) => ({ id: group, name: group }))),
    facts: plain(Object.entries(facts).map(([id, name]) => ({ id, name }))),
  };
  const meanings = (name: string): Meaning[] => {
    const [indicator, table, narrative, fact] = [
      of.indicators.idOf(name),
      of.tables.idOf(name),
      of.narratives.idOf(name),
      of.facts.idOf(name) as keyof typeof facts | undefined,
    ];
    return [
      ...(indicator === undefined
        ? []
        : [{ kind: 'figure' as const, indicator, isList: lists.has(indicator) }]),
      ...(table === undefined ? [] : [{ kind: 'table' as const, table }]),
      ...(narrative === undefined ? [] : [{ kind: 'text' as const, narrative }]),
      ...(fact === undefined ? [] : [{ kind: 'fact' as const, fact }]),
    ];
  };
  return (inside) => {
    const typed = inside.split(/[：:]/).map((each) => each.trim());
    if (nameKey(typed.join('')) === '') return fault('方头括号里没有写指标；请写上指标的名称，或删去括号。');
    // A name may have a colon in it.
    const lengths = typed.map((_, index) => typed.length - index);
    const length = lengths.find((each) => meanings(typed.slice(0, each).join('：')).length > 0) ?? 1;
    const [name, qualifiers] = [typed.slice(0, length).join('：'), typed.slice(length)];
    const [meaning, other] = meanings(name);
    if (meaning === undefined) {
      const guess = of.indicators.guess(name) || of.narratives.guess(name) || of.tables.guess(name);
      return fault(`“${excerpt(name)}”不是目录中的指标、表格或文字说明${guess}；请改正名称。`);
    }
    if (other !== undefined) {
      return fault(
        `“${excerpt(name)}”既是${words[meaning.kind]}又是${words[other.kind]}的名称；请改写成代码。`,
      );
    }
    return qualified(meaning, { name, qualifiers, departments: of.departments, groups: of.groups });
  };
}

const words = { figure: '指标', table: '表格', text: '文字说明', fact: '报告自身的内容' } as const;

interface Qualified {
  name: string;
  qualifiers: readonly string[];
  departments: Lookup;
  groups: Lookup;
}

function qualified(
  meaning: Meaning,
  { name, qualifiers, departments, groups }: Qualified,
): PlaceholderReading {
  if (meaning.kind === 'table' || meaning.kind === 'fact') {
    if (qualifiers.length === 0) return { kind: 'read', placeholder: meaning };
    return fault(`“${excerpt(name)}”后面不能再写“${excerpt(qualifiers[0]!)}”；请删去冒号和它后面的字。`);
  }
  let share: Share = { kind: 'city' };
  let form: FigureForm | undefined;
  for (const each of qualifiers) {
    const [asForm, department, group] = [formOf(each), departments.idOf(each), groups.idOf(each)];
    if (asForm !== undefined && form === undefined && meaning.kind === 'figure') form = asForm;
    else if (department !== undefined && share.kind === 'city') share = { kind: 'department', department };
    else if (group !== undefined && share.kind === 'city' && meaning.kind === 'figure')
      share = { kind: 'group', group };
    else return fault(unclear(name, each, meaning.kind));
  }
  if (meaning.kind === 'text') {
    const department = share.kind === 'department' ? share.department : undefined;
    return { kind: 'read', placeholder: { ...meaning, department } };
  }
  return figure(meaning, { share, form: form ?? 'prose', name });
}

function figure(
  { indicator, isList }: { indicator: string; isList: boolean },
  { share, form, name }: { share: Share; form: FigureForm; name: string },
): PlaceholderReading {
  if (form === 'items' && !isList) return fault(`“${excerpt(name)}”不是清单，没有名目可写；请删去“：清单”。`);
  if (share.kind !== 'city' && (form === 'items' || form === 'change')) {
    return fault(`“${excerpt(name)}”的${figureForms[form]}只有全市的；请删去部门或分组。`);
  }
  return { kind: 'read', placeholder: { kind: 'figure', indicator, share, form } };
}

function formOf(typed: string): FigureForm | undefined {
  const found = Object.entries(figureForms).find(([, word]) => nameKey(word) === nameKey(typed));
  return found?.[0] as FigureForm | undefined;
}

function unclear(name: string, qualifier: string, kind: 'figure' | 'text'): string {
  const may =
    kind === 'text' ? '一个部门的名称' : `${Object.values(figureForms).join('、')}，以及一个部门或分组的名称`;
  return `“${excerpt(name)}”后面的“${excerpt(qualifier)}”看不懂；冒号后面只能写${may}。`;
}

function fault(message: string): PlaceholderReading {
  return { kind: 'fault', message };
}
