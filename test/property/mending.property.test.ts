import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOf } from '../../shared/core/catalogue/tables.ts';
import {
  areZero,
  type Field,
  fieldName,
  type SignaturePart,
  type Typed,
  typedIn,
  withTyped,
} from '../../shared/core/returns/fields.ts';
import { signatureWords } from '../../shared/core/returns/observation.ts';
import { emptySubmission, type Submission } from '../../shared/core/returns/submission.ts';
import { validateReturn } from '../../shared/core/returns/validation.ts';
import { withoutFormulaGuard } from '../../shared/core/values/text.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../unit/core/small-year.ts';

/** One of each thing that a form may ask for. */
const catalogue = catalogueOf({
  indicators: [
    indicator('flow', 'flow', { decimals: 2, alsoIn: [{ unit: '百件', factor: '100' }] }),
    indicator('other', 'flow', { notApplicable: true }),
    indicator('stock', 'stock'),
    indicator('most', 'extreme', { required: false }),
    indicator('names', 'list'),
    indicator('both', 'sum', { parts: [{ indicator: 'flow' }, { indicator: 'other' }] }),
  ],
  ...smallTable(),
  narratives: [narrative('told', { maxLength: 200 }), narrative('more', { required: false })],
});
const key = { department: 'jia', period: '2023-01' } as const;
const layout = formLayout(catalogue, key);

const figures = [
  'flow',
  'other',
  'stock',
  'most',
  'names',
  'both',
  'grid-ra-ca',
  'grid-ra-cb',
  'grid-rb-ca',
  'grid-rb-cb',
];
const fields: Field[] = [
  ...figures.map((id): Field => ({ kind: 'figure', indicator: id })),
  { kind: 'items', indicator: 'names' },
  { kind: 'narrative', narrative: 'told' },
  { kind: 'narrative', narrative: 'more' },
  { kind: 'remark', on: { kind: 'figure', indicator: 'flow' } },
  { kind: 'remark', on: { kind: 'row', table: 'grid', row: 'rb' } },
  { kind: 'blanks', table: 'grid' },
  ...(Object.keys(signatureWords) as SignaturePart[]).map((part): Field => ({ kind: 'signature', part })),
];

const word = fc.string({
  minLength: 1,
  maxLength: 12,
  unit: fc.constantFrom(...'甲乙丙，。=+-@1９abc<>&"\''),
});
const number = fc.oneof(
  fc.integer({ min: -5, max: 2_000_000 }).map(String),
  fc.constantFrom(
    '0.25',
    '12.345',
    '1,234',
    '３',
    '10%',
    '12万元',
    '3百件',
    '约五十',
    '不适用',
    '1234567890123456789',
    '#DIV/0!',
  ),
);
const lines = fc.array(word, { maxLength: 4 }).map((all) => all.join('\n'));

/** What may be typed into a field, blanks included. */
function typedInto(field: Field): fc.Arbitrary<string> {
  switch (field.kind) {
    case 'figure':
      return fc.oneof(number, word, fc.constant(''));
    case 'items':
    case 'narrative':
      return lines;
    case 'blanks':
      return fc.constantFrom('', areZero);
    default:
      return fc.oneof(word, fc.constant(''));
  }
}

const everything = fc.tuple(...fields.map((field) => typedInto(field).map((text): Typed => [field, text])));

/** A form is written with it, as bytes, and read again. */
async function written(submission: Submission): Promise<Submission> {
  const { findings: _, ...contents } = submission;
  return readForm(await readWorkbook(await writeForm(layout, contents)), catalogue, key);
}

/** A text as its cell shows it, blanks at the ends aside; an apostrophe before the sign of a formula is a cell's own. */
function seen({ kind }: Field, text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return kind === 'items' ? lines.map(withoutFormulaGuard).join('\n') : withoutFormulaGuard(lines.join('\n'));
}

/** What stands in each field, blanks at the ends aside; a sum that nobody typed over is the form's own. */
const textsOf = (submission: Submission) =>
  Object.fromEntries(fields.map((field) => [fieldName(field), seen(field, typedIn(submission, field))]));

const saidIn = (submission: Submission) => {
  const { observations, narratives, remarks, signature } = validateReturn(submission, catalogue, key);
  const withoutPlaces = (each: object) => ({ ...each, place: undefined });
  return { observations: observations.map(withoutPlaces), narratives, remarks, signature };
};

test('a form that is written with what was typed says what was typed, and nothing wrong with the form itself', async () => {
  await fc.assert(
    fc.asyncProperty(everything, async (typed) => {
      const read = await written(withTyped(emptySubmission(), typed));
      expect(textsOf(read)).toEqual(
        Object.fromEntries(typed.map(([field, text]) => [fieldName(field), seen(field, text)])),
      );
      expect(read.findings).toEqual([]);
    }),
    { seed: 20_230_101, numRuns: 60 },
  );
});

test('and one that is written with some fields typed anew differs in these and in nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      everything,
      fc.subarray([...fields.keys()], { maxLength: 4 }),
      everything,
      async (first, some, other) => {
        const before = await written(withTyped(emptySubmission(), first));
        const anew = some.map((index) => other[index]!);
        const after = await written(withTyped(before, anew));
        const changed = Object.fromEntries(
          anew.map(([field, text]) => [fieldName(field), seen(field, text)]),
        );
        expect(textsOf(after)).toEqual({ ...textsOf(before), ...changed });
        if (anew.length === 0) expect(saidIn(after)).toEqual(saidIn(before));
      },
    ),
    { seed: 20_230_102, numRuns: 60 },
  );
});

test('the fields are all that a form has', () => {
  const asked = [
    ...layout.rows.map((row) => row.indicator.id),
    ...figures.filter((id) => cellOf(catalogue, id)),
  ];
  expect(figures.toSorted()).toEqual([...new Set(asked)].toSorted());
});
