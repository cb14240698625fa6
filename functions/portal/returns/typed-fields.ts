import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { maxRemarkLength, nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { cellName, gridsOf, indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { areZero, type Field, fieldName, type Typed } from '../../../shared/core/returns/fields.ts';
import {
  maxNoteLength,
  maxSignatureLength,
  signatureWords,
} from '../../../shared/core/returns/observation.ts';
import type { RemarkOn } from '../../../shared/core/returns/submission.ts';
import { remarkWord } from '../../../shared/core/words.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';

/** What a cell may hold that is typed on a page (characters): a number, with more around it than anybody needs. */
const longestFigure = 100;

/** A field as it stands on a page: what is typed in it so far, and what is said of it by the elements with those ids. */
export interface AskedField {
  field: Field;
  typed: string;
  describedBy?: string;
  /** Whether it stands without a label, in a table whose rows and columns say what it is to those who see them. */
  isUnlabelled?: boolean;
}

/** What people call a field, with its unit. */
function nameOf(field: Field, catalogue: Catalogue): string {
  switch (field.kind) {
    case 'figure': {
      const indicator = indicatorOf(catalogue, field.indicator);
      return `${indicator?.name ?? field.indicator}${indicator === undefined ? '' : `（${indicator.unit}）`}`;
    }
    case 'items':
      return `${nameOfAsked(field.indicator, catalogue)}：${itemsOf(field.indicator, catalogue)?.itemName ?? ''}，每行一项`;
    case 'narrative':
      return nameOfAsked(field.narrative, catalogue);
    case 'remark':
      return `${nameOfRemarked(field.on, catalogue)}的${remarkWord}`;
    case 'blanks':
      return `“${catalogue.tables.find(({ id }) => id === field.table)?.name ?? field.table}”的空白格`;
    case 'signature':
      return signatureWords[field.part];
  }
}

function itemsOf(id: string, catalogue: Catalogue) {
  const indicator = indicatorOf(catalogue, id);
  return indicator?.kind === 'list' ? indicator.list : undefined;
}

function nameOfRemarked(on: RemarkOn, catalogue: Catalogue): string {
  if (on.kind === 'figure') return nameOfAsked(on.indicator, catalogue);
  const grid = gridsOf(catalogue).find(({ table }) => table.id === on.table);
  const row = grid?.rows.find(({ id }) => id === on.row);
  return grid === undefined || row === undefined ? on.row : cellName(grid.table, row);
}

/** A field with its label above it. */
export function fieldInput(asked: AskedField, catalogue: Catalogue): Html {
  return html`${label(asked.field, catalogue)}${control(asked, catalogue)}`;
}

export function label(field: Field, catalogue: Catalogue): Html {
  return html`<label for="${fieldName(field)}">${nameOf(field, catalogue)}</label>`;
}

/** What is typed into; what is said of a table's blank cells is chosen. */
export function control(
  { field, typed, describedBy, isUnlabelled = false }: AskedField,
  catalogue: Catalogue,
): Html {
  const name = fieldName(field);
  const description = describedBy === undefined ? '' : html` aria-describedby="${describedBy}"`;
  const about = html`${description}${isUnlabelled ? html` aria-label="${nameOf(field, catalogue)}"` : ''}`;
  switch (field.kind) {
    case 'figure':
      return html`<input type="text" id="${name}" name="${name}" value="${typed}" maxlength="${longestFigure}" autocomplete="off"${about}>`;
    case 'blanks':
      return html`<select id="${name}" name="${name}"${about}><option value="">不都是 0，逐格填写</option>
<option value="${areZero}"${typed === areZero ? html` selected` : ''}>没有填的都是 0</option></select>`;
    case 'signature':
      if (field.part === 'correctionNote') return area(name, { typed, rows: 2, most: maxNoteLength, about });
      return html`<input type="text" id="${name}" name="${name}" value="${typed}" maxlength="${maxSignatureLength}" autocomplete="off"${about}>`;
    case 'remark':
      return area(name, { typed, rows: 2, most: maxRemarkLength, about });
    case 'items':
      return area(name, { typed, rows: 6, most: mostOfItems(field.indicator, catalogue), about });
    case 'narrative': {
      const most = catalogue.narratives.find(({ id }) => id === field.narrative)?.maxLength ?? 0;
      return area(name, { typed, rows: 5, most, about });
    }
  }
}

interface Area {
  typed: string;
  rows: number;
  most: number;
  about: Html;
}

/** The blank line is what browsers leave out at the beginning of one. */
function area(name: string, { typed, rows, most, about }: Area): Html {
  return html`<textarea id="${name}" name="${name}" rows="${rows}" maxlength="${Math.max(most, typed.length)}"${about}>
${typed}</textarea>`;
}

function mostOfItems(id: string, catalogue: Catalogue): number {
  const { maxItems = 0, maxLength = 0 } = itemsOf(id, catalogue) ?? {};
  return maxItems * (maxLength + 1);
}

/** Text of a field that is longer than any cell holds is not taken. */
const longestField = 32_767;
/** As many lines as the items of a list may be before it is no list any more. */
const mostLines = 1000;

/** What was typed into these fields; throws a `PortalError` for what was posted besides, or is missing. */
export function typedFields(form: object, fields: readonly Field[]): Typed[] {
  const known = new Map(fields.map((field) => [fieldName(field), field]));
  const posted = Object.entries(form).filter(([name]) => name.includes('.'));
  const typed = posted.map(([name, text]): Typed => {
    const field = known.get(name);
    if (field === undefined || typeof text !== 'string') throw changedMeanwhile();
    if (text.length > longestField || text.split('\n').length > mostLines) {
      throw new PortalError('malformed', '有一格填写的内容太长，请返回上一页缩短后重新提交。');
    }
    return [field, text];
  });
  if (typed.length < known.size) throw changedMeanwhile();
  return typed;
}

function changedMeanwhile(): PortalError {
  return new PortalError('malformed', '提交的内容与这份报表要填的各项不符，请回到报表页面，重新打开后再填。');
}
