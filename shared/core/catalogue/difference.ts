import type { Catalogue } from './catalogue.ts';
import {
  type Change,
  type Described,
  ofCatalogue,
  ofDepartment,
  ofIndicator,
  ofLine,
  ofNarrative,
  ofPeriod,
  ofRule,
  ofSection,
  ofTable,
} from './described-entries.ts';
import type { CatalogueEntry } from './problem.ts';

/** One thing in which a catalogue differs from the one before, as people read it; empty where there was, or is, nothing. */
export interface Difference {
  entry: CatalogueEntry;
  id: string;
  name: string;
  change: Change;
  before: string;
  after: string;
  /** The indicators that it is about, if it is about some. */
  indicators: readonly string[];
}

/** All in which a catalogue differs from the one before, in the order of its entries. */
export function differences(before: Catalogue, after: Catalogue): Difference[] {
  return [
    ...entryDifferences('catalogue', [before].map(ofCatalogue), [after].map(ofCatalogue)),
    ...entryDifferences('section', before.sections.map(ofSection), after.sections.map(ofSection)),
    ...entryDifferences(
      'department',
      before.departments.map(ofDepartment(before)),
      after.departments.map(ofDepartment(after)),
    ),
    ...entryDifferences(
      'indicator',
      before.indicators.map(ofIndicator(before)),
      after.indicators.map(ofIndicator(after)),
    ),
    ...entryDifferences('table', before.tables.map(ofTable(before)), after.tables.map(ofTable(after))),
    ...entryDifferences('line', before.lines.map(ofLine(before)), after.lines.map(ofLine(after))),
    ...entryDifferences(
      'narrative',
      before.narratives.map(ofNarrative(before)),
      after.narratives.map(ofNarrative(after)),
    ),
    ...entryDifferences('rule', before.rules.map(ofRule), after.rules.map(ofRule)),
    ...entryDifferences('period', before.periods.map(ofPeriod), after.periods.map(ofPeriod)),
  ];
}

function entryDifferences(
  entry: CatalogueEntry,
  before: readonly Described[],
  after: readonly Described[],
): Difference[] {
  const old = new Map(before.map((each) => [each.id, each]));
  const now = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !now.has(id));
  return [
    ...after.flatMap((is) => {
      const was = old.get(is.id);
      const { id, name, indicators } = is;
      const about = { entry, id, name, indicators };
      return was === undefined
        ? [{ ...about, change: 'added' as const, before: '', after: name }]
        : aspectDifferences(was, is, about);
    }),
    ...gone.map(({ id, name, indicators }) => ({
      ...{ entry, id, name, indicators },
      ...{ change: 'removed' as const, before: name, after: '' },
    })),
  ];
}

function aspectDifferences(
  was: Described,
  is: Described,
  about: Pick<Difference, 'entry' | 'id' | 'name' | 'indicators'>,
): Difference[] {
  return (Object.keys(is.aspects) as Change[]).flatMap((change) => {
    const [before = '', after = ''] = [was.aspects[change], is.aspects[change]];
    return before === after ? [] : [{ ...about, change, before, after }];
  });
}
