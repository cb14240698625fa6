import { expect, it } from 'vitest';
import { recomputeTotals } from '../../../functions/use-cases/verify/recomputation.ts';
import { compose } from '../core/publication/composed.ts';
import { accepted, catalogueOf, indicator } from '../core/small-year.ts';

const parts = [{ indicator: 'a' }, { indicator: 'b', sign: '-' }];
const catalogue = catalogueOf({
  indicators: [indicator('a'), indicator('b'), indicator('net', 'sum', { parts })],
  months: [1],
});
const publication = compose([accepted('jia', '2023-01', { a: '5', b: '2' })], undefined, catalogue);

it.each<[string, (said: NonNullable<(typeof publication.totals)[number]['parts']>) => void]>([
  ['leaves one out', (said) => void said.pop()],
  ['adds what is taken away', (said) => void Object.assign(said[1]!, { sign: '+' })],
  ['names another indicator', (said) => void Object.assign(said[0]!, { indicator: 'b' })],
])('a sum whose list of parts %s is found', (_, edit) => {
  expect(recomputeTotals(publication, catalogue)).toEqual([]);
  const edited = structuredClone(publication);
  edit(edited.totals.find(({ indicator: id }) => id === 'net')!.parts!);
  const faults = recomputeTotals(edited, catalogue);
  expect(faults).toEqual([{ where: 'total net', explanation: 'cites other parts than the catalogue has' }]);
});
