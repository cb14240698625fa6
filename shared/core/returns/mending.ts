import { type Catalogue, indicatorsOnForm } from '../catalogue/catalogue.ts';
import { narrativesOnForm } from '../catalogue/narratives.ts';
import { rulesFor } from '../catalogue/rules.ts';
import { addendsOf, tablesOnForm } from '../catalogue/sums.ts';
import { cellOf, cellsOf, gridsOf, indicatorOf } from '../catalogue/tables.ts';
import type { ReturnKey } from './address.ts';
import { type Field, fieldName, type SignaturePart } from './fields.ts';
import { type Finding, hasErrors } from './finding.ts';
import { addressRules, formRules } from './findings/forms.ts';
import { signatureWords } from './observation.ts';
import type { Submission } from './submission.ts';

/** A form that was read, by its catalogue. */
export interface ReadForm {
  catalogue: Catalogue;
  key: ReturnKey;
  submission: Submission;
}

/** A field that has to be typed anew, or looked at, with what was found wrong with it. */
export interface FieldToMend {
  field: Field;
  findings: Finding[];
  /** Whether nobody can tell what stands there now, so that it is typed from nothing. */
  isBlank: boolean;
}

/** What is about the file itself, or would be lost in silence if the form were made anew from what was read of it. */
const ofTheFile: ReadonlySet<string> = new Set([
  ...Object.keys({ ...addressRules, ...formRules }),
  ...['row-unknown', 'list-stray', 'narrative-stray'],
]);

/** What says that a cell cannot be told from others, or has two answers. */
const undecided: ReadonlySet<string> = new Set([
  ...['row-repeated', 'row-name-differs', 'input-cell-merged', 'input-cell-merged-left'],
]);

/** Whether typing a cell anew mends it, rather than the file has to be changed. */
function isMendedByTyping({ rule, indicator, place }: Finding): boolean {
  if (ofTheFile.has(rule)) return false;
  if (indicator !== undefined || rule === 'correction-note-too-long') return true;
  // What is too long, or no text, in a remark at the end of a row.
  return rule.startsWith('text-') && place?.cell !== undefined;
}

/** The errors of a refused return that no cell can mend: as long as there are any, the file has to be changed. */
export function errorsOfTheFile(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === 'error' && !isMendedByTyping(finding));
}

/** Whether a return that was refused for this can be mended by typing cells of it anew. */
export function canBeTyped(findings: readonly Finding[]): boolean {
  return hasErrors(findings) && errorsOfTheFile(findings).length === 0;
}

/** What has to be typed anew so that none of the errors is left, each field once, in the order of the errors. */
export function fieldsToMend(findings: readonly Finding[], form: ReadForm): FieldToMend[] {
  const fields = new Map<string, FieldToMend>();
  for (const finding of findings.filter(({ severity }) => severity === 'error')) {
    for (const field of fieldsOf(finding, form)) {
      const known = fields.get(fieldName(field)) ?? { field, findings: [], isBlank: false };
      known.findings.push(finding);
      known.isBlank ||= isUndecided(finding);
      fields.set(fieldName(field), known);
    }
  }
  return [...fields.values()];
}

function isUndecided({ rule }: Finding): boolean {
  return undecided.has(rule) || rule.startsWith('file-');
}

function fieldsOf(finding: Finding, form: ReadForm): Field[] {
  const { rule, indicator: id = '' } = finding;
  const { catalogue, key, submission } = form;
  if (rule === 'correction-note-too-long') return [{ kind: 'signature', part: 'correctionNote' }];
  const remark = submission.remarks.find(({ entry }) => isSamePlace(entry.place, finding.place));
  if (remark !== undefined) return [{ kind: 'remark', on: remark.on }];
  if (catalogue.narratives.some((each) => each.id === id)) return [{ kind: 'narrative', narrative: id }];
  if (rule === 'table-empty' || rule === 'table-blanks') return fieldsOfTable(id, form);
  const broken = rulesFor(catalogue, key.department, 'refusal').find(
    (each) => `rule-${each.rule.id}` === rule,
  );
  const named = broken?.indicators.map((each) => each.id) ?? [id];
  return named.flatMap((each) => fieldsOfFigure(each, { rule, catalogue }));
}

function isSamePlace(a: Finding['place'], b: Finding['place']): boolean {
  return a?.cell !== undefined && a.cell === b?.cell && a.sheet === b.sheet;
}

/** Its cell and its items; of a sum the cells that it adds up, and its own where a number was typed over it. */
function fieldsOfFigure(id: string, { rule, catalogue }: { rule: string; catalogue: Catalogue }): Field[] {
  const indicator = indicatorOf(catalogue, id);
  if (indicator?.kind === 'list') {
    return [
      { kind: 'items', indicator: id },
      { kind: 'figure', indicator: id },
    ];
  }
  const own: Field = { kind: 'figure', indicator: id };
  if (indicator?.kind !== 'sum') return [own];
  const addends = addendsOf(indicator, catalogue).flatMap((each) =>
    fieldsOfFigure(each.indicator.id, { rule, catalogue }),
  );
  return rule === 'sum-differs' ? [own, ...addends] : addends;
}

/** Its blank cells, and what is said of them as a whole. */
function fieldsOfTable(id: string, { catalogue, submission }: ReadForm): Field[] {
  const grids = gridsOf(catalogue).filter(({ table }) => table.id === cellOf(catalogue, id)?.table.id);
  const blank = grids
    .flatMap(cellsOf)
    .map(({ indicator }) => indicator)
    .filter((each) => submission.figures.get(each.id)?.content.kind === 'blank' && each.kind !== 'sum');
  return [
    ...grids.map(({ table }): Field => ({ kind: 'blanks', table: table.id })),
    ...blank.map(({ id: indicator }): Field => ({ kind: 'figure', indicator })),
  ];
}

/**
 * All that is typed on a form, as it runs, but for what is computed; of what may stand beside figures and rows all that does,
 * since it is no longer true of every figure that is typed anew.
 */
export function fieldsOfForm({ catalogue, key, submission }: ReadForm): Field[] {
  const remarks = submission.remarks.map(
    ({ on }): Extract<Field, { kind: 'remark' }> => ({ kind: 'remark', on }),
  );
  const figures = indicatorsOnForm(catalogue, key.department, key.period).flatMap(({ id }) => [
    ...fieldsOfFigure(id, { rule: '', catalogue }),
    ...remarks.filter(({ on }) => on.kind === 'figure' && on.indicator === id),
  ]);
  return [
    ...figures,
    ...remarks.filter(({ on }) => on.kind !== 'figure'),
    ...tablesOnForm(catalogue, key).map(({ table }): Field => ({ kind: 'blanks', table: table.id })),
    ...narrativesOnForm(catalogue, key).map(({ id }): Field => ({ kind: 'narrative', narrative: id })),
    ...(Object.keys(signatureWords) as SignaturePart[]).map((part): Field => ({ kind: 'signature', part })),
  ];
}
