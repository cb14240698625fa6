import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../shared/core/catalogue/checks.ts';
import { decodeCatalogue } from '../../shared/core/catalogue/decode.ts';
import { madeCatalogues } from '../fixtures/made-catalogues.ts';

type Json = Record<string, unknown> | unknown[];

/** Every place of a value that may hold another. */
function placesOf(value: unknown): [Json, string | number][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.keys(value).map((key): [Json, string] => [value as Json, key]);
  return own.flatMap(([holder, key]) => [
    [holder, key] as [Json, string],
    ...placesOf((holder as Record<string, unknown>)[key]),
  ]);
}

/** What anything else than a catalogue's own value may be, long texts among it. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.constantFrom('长'.repeat(5000), '\u202e', 'a'.repeat(500), -1, 1e9, 0.5, [], {}, [[]], null, {
    toString: null,
  }),
);
const wrong = fc
  .tuple(madeCatalogues, fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 4 }))
  .map(([catalogue, changes]) => {
    const file = JSON.parse(JSON.stringify(catalogue));
    for (const [at, value] of changes) {
      const places = placesOf(file);
      const [holder, key] = places[at % places.length]!;
      (holder as Record<string | number, unknown>)[key] = value;
    }
    return JSON.parse(JSON.stringify(file)) as unknown;
  });

describe('a catalogue in which anything is wrong', () => {
  it('is never thrown at: each problem is of an entry that is there, with a sentence that says how to mend it', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: wrong }, fc.jsonValue()), (json) => {
        const reading = readCatalogue(json);
        if (reading.kind === 'catalogue') return;
        expect(reading.problems.length).toBeGreaterThan(0);
        for (const { entry, index, message } of reading.problems) {
          expect(message).toMatch(/^(?:目录|.*(?:章节|部门|指标|表格|文字说明|规则|报送期)).*：.*。$/s);
          expect(message.length).toBeLessThanOrEqual(600);
          const list = (json as Record<string, unknown[]> | null)?.[`${entry}s`];
          if (index !== undefined) expect(index).toBeLessThan(list!.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is never thrown at as bytes, and reads as its JSON does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.jsonValue(), (bytes, json) => {
        expect(['catalogue', 'problems']).toContain(decodeCatalogue(bytes).kind);
        const written = new TextEncoder().encode(JSON.stringify(json, null, 1));
        expect(decodeCatalogue(written)).toEqual(readCatalogue(json));
      }),
      { numRuns: 500 },
    );
  });
});
