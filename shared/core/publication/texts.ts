import { sourceOf } from '../totals/observations-by-indicator.ts';
import { returnOf, type YearState } from '../year/year-state.ts';
import type { PublishedText, TextChange } from './publication.ts';

/** Whatever returns that count say in words, by narrative in the order of the catalogue. */
export function countingTexts({ catalogue, returns }: YearState): PublishedText[] {
  return catalogue.narratives.flatMap(({ id }) =>
    returns.flatMap(({ department, period, counting }): PublishedText[] => {
      if (counting === undefined) return [];
      const said = counting.texts.find(({ narrative }) => narrative === id);
      if (said === undefined) return [];
      const { text, place } = said;
      return [{ narrative: id, department: department.id, period, text, ...sourceOf(place, counting) }];
    }),
  );
}

/** The texts that differ from those of a publication before, with the revision that made the difference. */
export function textChanges(
  before: readonly PublishedText[],
  after: readonly PublishedText[],
  state: YearState,
): TextChange[] {
  const key = ({ narrative, department, period }: PublishedText) => `${narrative} ${department} ${period}`;
  const old = new Map(before.map((row) => [key(row), row]));
  const now = new Map(after.map((row) => [key(row), row]));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((at): TextChange[] => {
    const [was, is] = [old.get(at), now.get(at)];
    const row = is ?? was;
    if (row === undefined || was?.text === is?.text) return [];
    const { narrative, department, period } = row;
    const counting = returnOf(state, row)?.counting;
    return [
      {
        ...{ narrative, department, period, before: wordingOf(was), after: wordingOf(is) },
        uploader: counting?.upload.uploader ?? null,
        uploadedAt: counting?.upload.uploadedAt ?? null,
        reason: counting?.reason ?? '',
      },
    ];
  });
}

function wordingOf(row: PublishedText | undefined): TextChange['before'] {
  return row === undefined ? null : { text: row.text, revision: row.revision };
}
