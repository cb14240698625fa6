import { overWords } from '../catalogue/catalogue.ts';
import { sectionInWords } from '../catalogue/sections.ts';
import type { Total } from '../totals/total.ts';
import type { Summary } from './publication.ts';

/** The names that a publication gives to ids; an id that it does not name stands for itself. */
export interface Names {
  /** Null stands for all departments together. */
  department(id: string | null): string;
  indicator(id: string): string;
  narrative(id: string): string;
  section(number: string): string;
  total(id: string): Total | undefined;
}

export function namesOf(publication: Summary): Names {
  const departments = new Map(publication.departments.map(({ id, name }) => [id, name]));
  const narratives = new Map(publication.narratives.map(({ id, name }) => [id, name]));
  const totals = new Map(publication.totals.map((total) => [total.indicator, total]));
  return {
    department: (id) => (id === null ? overWords['all-departments'] : (departments.get(id) ?? id)),
    indicator: (id) => totals.get(id)?.name ?? narratives.get(id) ?? id,
    section: (number) => sectionInWords(number, publication),
    narrative: (id) => narratives.get(id) ?? id,
    total: (id) => totals.get(id),
  };
}
