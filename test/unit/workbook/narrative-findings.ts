import type { Content } from '../../../shared/core/returns/content.ts';
import { type ValidatedReturn, validateReturn } from '../../../shared/core/returns/validation.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout, narrativeSheetName } from '../../../shared/workbook/layout.ts';
import { readWorkbook, type SheetReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator, narrative } from '../core/small-year.ts';
import { numberIn, put, signature, withSheet } from './form-cases.ts';

/** One narrative that must be written, and one that need not be, of 20 characters at most. */
export const narrated = catalogueOf({
  indicators: [indicator('a')],
  narratives: [narrative('how'), narrative('best', { required: false })],
});
const january = { department: 'jia', period: '2023-01' } as const;

export const narratedForm = (texts: Record<string, string>) =>
  writeForm(formLayout(narrated, january), {
    figures: new Map([['a', numberIn('1')]]),
    narratives: new Map(
      Object.entries(texts).map(([id, text]) => [id, { content: { kind: 'text', text } }] as const),
    ),
    signature,
  });

/** What a form comes to on which this was written, once its sheet of narratives was changed. */
export async function onNarratives(
  texts: Record<string, string>,
  change: (sheet: SheetReading) => SheetReading | SheetReading[] = (sheet) => sheet,
): Promise<ValidatedReturn> {
  const reading = withSheet(await readWorkbook(await narratedForm(texts)), narrativeSheetName, change);
  return validateReturn(readForm(reading, narrated, january), narrated, january);
}

/** With something else in the cell of the first narrative, or another one. */
export const written =
  (content: Content, { row = 5, column = 5 } = {}) =>
  (sheet: SheetReading): SheetReading =>
    put(sheet, row, column, content);

const said = async (...submission: Parameters<typeof onNarratives>) =>
  (await onNarratives(...submission)).findings;

/** For each rule of narratives a form of which it is said. */
export const narrativeCases = {
  'narrative-blank': () => said({}),
  'text-too-long': () => said({ how: '长'.repeat(21) }),
  'text-not-text': () => said({}, written({ kind: 'error', code: '#REF!' })),
  'text-reversed': () => said({}, written({ kind: 'text', text: '甲\u202e乙' })),
  'narrative-stray': () => said({ how: '甲' }, written({ kind: 'text', text: '乙' }, { row: 9 })),
};
