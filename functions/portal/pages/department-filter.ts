import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { departmentIdSchema } from '../../../shared/core/event.ts';
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
