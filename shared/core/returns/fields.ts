import { type Content, retyped, shownText } from './content.ts';
import type { Signature } from './observation.ts';
import type { Entry, RemarkOn, Submission } from './submission.ts';

export type SignaturePart = keyof Signature;

/** Something of a return that is typed by itself: a cell of its form, or the items of a list, a line each. */
export type Field =
  | { kind: 'figure'; indicator: string }
  | { kind: 'items'; indicator: string }
  | { kind: 'narrative'; narrative: string }
  | { kind: 'remark'; on: RemarkOn }
  /** Whether the blank cells of a table are zeros. */
  | { kind: 'blanks'; table: string }
  | { kind: 'signature'; part: SignaturePart };

/** A field and what is typed into it. */
export type Typed = readonly [field: Field, text: string];

/** What is typed for `blanks` to say that they are. */
export const areZero = '是';

/** What a field is called among those of a return; different ones are called differently. */
export function fieldName(field: Field): string {
  switch (field.kind) {
    case 'figure':
    case 'items':
      return `${field.kind}.${field.indicator}`;
    case 'narrative':
      return `narrative.${field.narrative}`;
    case 'remark':
      return field.on.kind === 'figure'
        ? `remark.${field.on.indicator}`
        : `remark.${field.on.table}.${field.on.row}`;
    case 'blanks':
      return `blanks.${field.table}`;
    case 'signature':
      return `signature.${field.part}`;
  }
}

/** What stands in a field, as it may be typed again: a number with the unit beside it, items line by line. */
export function typedIn(submission: Submission, field: Field): string {
  switch (field.kind) {
    case 'figure':
      return written(submission.figures.get(field.indicator));
    case 'items': {
      const items = submission.lists.get(field.indicator) ?? [];
      return items.map((item) => written(item).replace(/\s+/g, ' ')).join('\n');
    }
    case 'narrative':
      return written(submission.narratives.get(field.narrative));
    case 'remark':
      return written(submission.remarks.find(({ on }) => isOnSame(on, field.on))?.entry);
    case 'blanks':
      return submission.tables.get(field.table)?.areBlanksZero === true ? areZero : '';
    case 'signature':
      return submission.signature[field.part];
  }
}

/**
 * The submission with these fields typed anew and nothing else changed. What is typed for a sum stands in its cell; blank,
 * the form computes it.
 */
export function withTyped(submission: Submission, typed: readonly Typed[]): Submission {
  const mended: Submission = {
    ...submission,
    figures: new Map(submission.figures),
    lists: new Map(submission.lists),
    narratives: new Map(submission.narratives),
    tables: new Map(submission.tables),
    remarks: [...submission.remarks],
    signature: { ...submission.signature },
  };
  for (const [field, text] of typed) put(mended, field, text.replace(/\r\n?/g, '\n'));
  return mended;
}

function put(mended: Submission, field: Field, text: string): void {
  switch (field.kind) {
    case 'figure':
      putFigure(mended, field.indicator, contentOf(text));
      break;
    case 'items': {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      mended.lists.set(
        field.indicator,
        lines.map((line) => entryOf({ kind: 'text', text: line.trim() })),
      );
      break;
    }
    case 'narrative':
      mended.narratives.set(field.narrative, entryOf(textIn(text), mended.narratives.get(field.narrative)));
      break;
    case 'remark':
      putRemark(mended, field.on, textIn(text));
      break;
    case 'blanks':
      mended.tables.set(field.table, { areBlanksZero: text === areZero });
      break;
    case 'signature':
      mended.signature[field.part] = text;
      break;
  }
}

/** What is left blank is left to the form: an empty cell, or that of a sum. */
function putFigure({ figures }: Submission, id: string, content: Content): void {
  if (content.kind === 'blank') figures.delete(id);
  else figures.set(id, entryOf(content, figures.get(id)));
}

function putRemark({ remarks }: Submission, on: RemarkOn, content: Content): void {
  const at = remarks.findIndex((each) => isOnSame(each.on, on));
  const before = remarks[at];
  const remark = { on, name: before?.name ?? '', entry: entryOf(content, before?.entry) };
  if (before !== undefined) remarks.splice(at, 1);
  if (content.kind !== 'blank') remarks.push(remark);
}

function isOnSame(a: RemarkOn, b: RemarkOn): boolean {
  return fieldName({ kind: 'remark', on: a }) === fieldName({ kind: 'remark', on: b });
}

/** It stands where it stood, of itself; what was said of its unit is part of what is typed. */
function entryOf(content: Content, before?: Entry): Entry {
  return { content, computed: false, place: before?.place ?? {} };
}

function textIn(text: string): Content {
  return text.trim() === '' ? { kind: 'blank' } : { kind: 'text', text };
}

/** Digits that a spreadsheet keeps all of. */
const plainNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const mostDigits = 15;

/** What a spreadsheet makes of what is typed into a cell: a number, or a text of which the reader of forms decides. */
function contentOf(text: string): Content {
  const typed = text.trim();
  const isNumber = plainNumber.test(typed) && typed.replace(/[-.]/g, '').length <= mostDigits;
  return isNumber ? { kind: 'number', text: typed } : textIn(typed);
}

function written(entry: Pick<Entry, 'content' | 'unit'> | undefined): string {
  if (entry === undefined) return '';
  const { content, unit } = entry;
  return content.kind === 'number' || content.kind === 'text' ? retyped(content, unit) : shownText(content);
}
