import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import type { RemarkSaid } from '../../../../shared/core/returns/remark.ts';
import {
  countingObservations,
  lineageOf,
  sourceOf,
  uploadedIn,
} from '../../../../shared/core/totals/observations-by-indicator.ts';
import { lineageSchema } from '../../../../shared/core/totals/total.ts';
import { foldYear, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, catalogueOf, indicator, recorded, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('works', 'list'),
    indicator('blank', 'flow', { required: false }),
    indicator('none', 'flow', { notApplicable: true }),
    indicator('later', 'flow', { months: [2] }),
  ],
});
const remark: RemarkSaid = { kind: 'figure', indicator: 'a', text: '专项行动' };
const january = {
  ...accepted('jia', '2023-01', { a: '5', works: ['甲'], blank: null, none: '不适用' }),
  remarks: [remark],
};
const stateOfJanuary = () => stateOf(catalogue, [january]);
const revisionOfJanuary = () =>
  returnOf(stateOfJanuary(), { department: 'jia', period: '2023-01' })!.revisions[0]!;

describe('where a figure comes from', () => {
  it('is told of each that counts, as it was recorded', () => {
    const lineages = countingObservations(stateOfJanuary());
    for (const each of lineages) expect(lineageSchema.parse(each)).toEqual(each);
    const { upload } = january;
    const { event } = revisionOfJanuary();
    const from = {
      ...{ department: 'jia', period: '2023-01', unit: '件' },
      file: { name: upload.fileName, key: upload.key, version: 'v1', sha256: upload.sha256 },
      ...{ uploadedAt: upload.uploadedAt, uploader: '经办人', revision: 1, upload: uploadId(upload) },
      ledger: { chain: event.chain, sequence: event.sequence, hash: event.hash },
    };
    const cell = (row: number) => ({ cell: { sheet: '月报', cell: `E${row}` } });
    expect(lineages).toEqual([
      { indicator: 'a', status: 'reported', value: '5', remark: '专项行动', ...from, ...cell(6) },
      { indicator: 'works', status: 'reported', value: '1', items: ['甲'], ...from, ...cell(7) },
      { indicator: 'blank', status: 'missing', value: null, ...from, ...cell(8) },
      { indicator: 'none', status: 'not-applicable', value: null, ...from, ...cell(9) },
    ]);
    expect(
      lineages.slice(1).some((each) => 'remark' in each || ('items' in each && each.indicator !== 'works')),
    ).toBe(false);
  });

  it('has no cell where the file names none', () => {
    const revision = revisionOfJanuary();
    const placeless = { ...revision.observations[0]!, place: undefined };
    expect(lineageOf(placeless, revision).cell).toEqual({});
    expect(sourceOf(undefined, revision)).toEqual({ cell: {}, ...uploadedIn(revision) });
    expect(sourceOf({ sheet: '表' }, revision).cell).toEqual({ sheet: '表' });
  });

  it('is made once for all that a version says, however often its year is read', () => {
    const revision = revisionOfJanuary();
    expect(uploadedIn(revision)).toBe(uploadedIn(revision));
    const events = recorded(catalogue, [adoption(catalogue), january]);
    const [one, other] = [1, 2].map(() => foldYear(adoptedAlone(catalogue), events));
    expect(countingObservations(one!)[0]).toBe(countingObservations(other!)[0]);
  });
});
