import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import type { Html } from '../reply.ts';

/** What a select posts for "all": nothing. */
export const anyDepartment = departmentIdSchema
  .or(z.literal(''))
  .default('')
  .transform((id) => (id === '' ? undefined : id));

/** The departments to choose from, or all of them. */
export function departmentChoice(
  { departments }: Pick<Catalogue, 'departments'>,
  { chosen, all }: { chosen: string | undefined; all: string },
): Html {
  return html`<div><label for="department">部门</label><select id="department" name="department">
<option value="">${all}</option>
${departments.map(({ id, name }) => html`<option value="${id}"${id === chosen ? html` selected` : ''}>${name}</option>`)}
</select></div>`;
}

export interface ReasonForm {
  /** Where the form is posted. */
  address: string;
  formToken: string;
  /** What the reason is for, as the label of its field. */
  label: string;
  button: string;
  /** What was typed before. */
  typed?: string;
  /** Fields beside the reason. */
  more?: Html;
  /** What may be decided otherwise, for the same reason. */
  other?: { address: string; button: string };
}

/** Proves that a form was sent from a page of the portal. */
export function formTokenField({ formToken }: { formToken: string }): Html {
  return html`<input type="hidden" name="_form" value="${formToken}">`;
}

/** A field for a reason that may be left blank. */
export function reasonArea({ name, label }: { name: string; label: string }): Html {
  return html`<label for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="2" maxlength="${maxReasonLength}"></textarea>`;
}

/** The field for a reason, with what was typed before or is usual. */
export function reasonField({ id, label, typed = '' }: { id: string; label: string; typed?: string }): Html {
  return html`<label for="${id}">${label}</label>
<textarea id="${id}" name="reason" rows="2" maxlength="${maxReasonLength}" required>${typed}</textarea>`;
}

/** A form that asks for a reason, which is kept with the name of whoever gives it. */
export function reasonForm({ address, formToken, label, button, typed = '', more, other }: ReasonForm): Html {
  const id = `reason-${address.replace(/[^a-z0-9]+/gi, '-')}`;
  return html`<form class="reason" method="post" action="${address}">
${formTokenField({ formToken })}
${more ?? ''}
${reasonField({ id, label, typed })}
<button type="submit">${button}</button>
${other === undefined ? '' : html`<button type="submit" class="other" formaction="${other.address}">${other.button}</button>`}
</form>`;
}
