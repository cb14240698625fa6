import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOfKey, uploadKey } from '../../shared/core/ledger/upload.ts';
import { type Address, resolveAddress } from '../../shared/core/returns/address.ts';
import { hasErrors } from '../../shared/core/returns/finding.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局' },
  ],
  indicators: [indicator('a')],
});

const departments = ['jia', 'yi', 'nobody', '', undefined];
const periods = ['2023-01', '2023-02', '2022-01', '2023-13', undefined];
const address = fc.record<Address>({
  department: fc.constantFrom(...departments),
  period: fc.constantFrom(...periods),
});
const words = fc.constantFrom('甲局', '乙局', 'jia', 'yi', '1月', '2023年2月', '2022-01', '月报', '-', ' ');
const fileName = fc.array(words, { maxLength: 4 }).map((parts) => `${parts.join('')}.xlsx`);
const evidence = fc.record({ place: address, mark: address, fileName });

it('a place that says whose it is records for nobody else, whatever form and name say', () => {
  fc.assert(
    fc.property(evidence, ({ place, ...hints }) => {
      const resolution = resolveAddress(place, catalogue, hints);
      if (resolution.kind === 'refused' || place.department === undefined) return;
      expect(resolution.key.department).toBe(place.department);
    }),
  );
});

it('a form is recorded for another than its mark says only where the place says so, or with a question', () => {
  fc.assert(
    fc.property(evidence, ({ place, ...hints }) => {
      const resolution = resolveAddress(place, catalogue, hints);
      if (resolution.kind === 'refused') return;
      const { key, findings } = resolution;
      for (const part of ['department', 'period'] as const) {
        const isKnown = [...catalogue.departments.map(({ id }) => id), '2023-01', '2023-02'].includes(
          hints.mark[part] ?? '',
        );
        if (isKnown && key[part] !== hints.mark[part]) {
          expect(place[part] === key[part] || hasErrors(findings)).toBe(true);
        }
      }
    }),
  );
});

it('what a key keeps of an address gives the same answer', () => {
  fc.assert(
    fc.property(evidence, ({ place, ...hints }) => {
      const key = uploadKey(place, sha256('bytes'), hints.fileName);
      const kept = addressOfKey(key);
      const again = addressOfKey(uploadKey(kept, sha256('bytes'), hints.fileName));
      expect(resolveAddress(again, catalogue, hints)).toEqual(resolveAddress(kept, catalogue, hints));
      if (place.department === '') return;
      expect(resolveAddress(kept, catalogue, hints)).toEqual(resolveAddress(place, catalogue, hints));
    }),
  );
});
