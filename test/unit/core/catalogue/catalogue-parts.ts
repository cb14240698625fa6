import type { CatalogueProblem } from '../../../../shared/core/catalogue/checks.ts';
import { catalogueFile, indicator } from '../small-year.ts';

type File = Record<string, unknown> & { departments: object[]; periods: object[] };

/** A catalogue file in which all is well but for the changes. */
export function sound(
  changes: Partial<Parameters<typeof catalogueFile>[0]> & { file?: Partial<File> } = {},
): unknown {
  const { file, ...parts } = changes;
  return { ...catalogueFile({ indicators: [indicator('a'), indicator('b')], ...parts }), ...file };
}

/** Such a file with these indicators alone. */
export const only = (...indicators: object[]) => sound({ indicators });
/** An indicator whose items are listed. */
export const list = (more: object) =>
  indicator('works', 'list', { list: { itemName: '名称', maxItems: 5, ...more } });
/** A ratio of the two indicators of a sound file. */
export const ratio = (more: object) =>
  indicator('rate', 'ratio', { numerator: 'a', denominator: 'b', ...more });
/** A rule over them. */
export const rule = (expression: string, over = 'period') => ({
  id: 'r1',
  over,
  expression,
  message: '甲不大于乙。',
});
/** A period as a file has it. */
export const period = (name: string, due: string, cutOff: string) => ({ period: name, due, cutOff });

/** A department that ends, and the one that takes over its stocks. */
export const merged = { id: 'jia', name: '甲', to: '2023-01', successor: 'yi' };
export const successor = { id: 'yi', name: '乙' };
/** A stock, which such a successor must report. */
export const stock = (more: object = {}) => indicator('s', 'stock', { ...more });

/** A problem with where it is: `indicator 0 unit …`. */
export function inOneLine({ entry, index, field, message }: CatalogueProblem): string {
  return [entry, index, field, message].filter((each) => each !== undefined).join(' ');
}
