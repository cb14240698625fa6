import { isDeepStrictEqual } from 'node:util';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { ModelYear } from './model.ts';

/** A publication has what the returns that count say in words, and nothing else. */
export function textProblems(where: string, { texts }: Publication, { returns }: ModelYear): string[] {
  const said = texts.map(
    ({ department, period, text, upload }) => `${department} ${period} ${upload} ${text}`,
  );
  const expected = [...returns].flatMap(([key, { counting }]) => {
    const { story } = counting?.figures ?? {};
    return typeof story === 'string' ? [`${key} ${counting?.id} ${story}`] : [];
  });
  if (isDeepStrictEqual(said.toSorted(), expected.toSorted())) return [];
  return [`${where}: its texts are ${JSON.stringify(said)}, must be ${JSON.stringify(expected)}`];
}
