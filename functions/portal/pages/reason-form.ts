import { html } from 'hono/html';
import { maxReasonLength } from '../../../shared/core/event.ts';
import type { Html } from '../reply.ts';

export interface ReasonForm {
  /** Where the form is posted. */
  address: string;
  formToken: string;
  /** What the reason is for, as the label of its field. */
  label: string;
  button: string;
  /** Fields beside the reason. */
  more?: Html;
}

/** A form that asks for a reason, which is kept with the name of whoever gives it. */
export function reasonForm({ address, formToken, label, button, more }: ReasonForm): Html {
  const id = `reason-${address.replace(/[^a-z0-9]+/gi, '-')}`;
  return html`<form class="reason" method="post" action="${address}">
<input type="hidden" name="_form" value="${formToken}">
${more ?? ''}
<label for="${id}">${label}</label>
<textarea id="${id}" name="reason" rows="2" maxlength="${maxReasonLength}" required></textarea>
<button type="submit">${button}</button>
</form>`;
}
