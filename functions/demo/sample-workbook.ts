import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Content } from '../../shared/core/returns/content.ts';
import { decimalSchema } from '../../shared/core/values/decimal.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import type { SampleSubmission } from './sample-submission.ts';

/** The workbook that a department of the sample year sends in. It says in itself that it is made up. */
export async function writeSampleWorkbook(
  sample: SampleSubmission,
  catalogue: Catalogue,
): Promise<Uint8Array> {
  const { department, period, entries, items, texts, remarks, preparer, reviewer, phone, correctionNote } =
    sample;
  const text = (typed: string) => ({ content: { kind: 'text', text: typed } }) as const;
  const bytes = await writeForm(formLayout(catalogue, { department, period }), {
    figures: new Map(Object.entries(entries).map(([id, text]) => [id, { content: contentOf(text) }])),
    lists: new Map(Object.entries(items).map(([id, names]) => [id, names.map(text)])),
    narratives: new Map(Object.entries(texts).map(([id, typed]) => [id, text(typed)])),
    remarks: Object.entries(remarks).map(([indicator, typed]) => ({
      on: { kind: 'figure', indicator },
      entry: text(typed),
    })),
    signature: { preparer, reviewer, telephone: phone, correctionNote },
    banner: '【样例：表中数字和人名均为虚构】',
  });
  return sample.savedBy === 'other-program' ? savedByOtherProgram(bytes) : bytes;
}

function contentOf(text: string): Content {
  if (text === '') return { kind: 'blank' };
  return decimalSchema.safeParse(text).success ? { kind: 'number', text } : { kind: 'text', text };
}

/** Opened and saved by SheetJS: no looks, no validations, other parts under other names. */
async function savedByOtherProgram(bytes: Uint8Array): Promise<Uint8Array> {
  const { read, write } = await import('@e965/xlsx');
  return new Uint8Array(write(read(bytes), { bookType: 'xlsx', type: 'buffer', compression: true }));
}
