import { html } from 'hono/html';
import { type Conversion, conversionSchema } from '../../../shared/core/catalogue/adoption.ts';
import { decimalOf } from '../../../shared/core/values/decimal.ts';
import { halfWidth } from '../../../shared/core/values/text.ts';
import type { Html } from '../reply.ts';

type Needed = Omit<Conversion, 'factor'>;

/** Before an indicator's id, the name of the field that says how its old unit is converted. */
export const factorFieldName = 'factor-';

/** The field of one unit that changed: `1 元 = ? 万元`. */
export function factorField(
  { indicator, from, to }: Needed,
  { name, typed }: { name: string; typed: ReadonlyMap<string, string> },
): Html {
  const id = `${factorFieldName}${indicator}`;
  return html`<p class="factor"><label for="${id}"><span class="typed">${name}</span>：1 ${from} 等于多少${to}？</label>
<span>1 ${from} = </span><input id="${id}" name="${id}" inputmode="decimal" required maxlength="40" value="${typed.get(indicator) ?? ''}"><span> ${to}</span></p>`;
}

/** The conversions as they were typed, in the order in which they are needed; undefined in place of what is no factor. */
export function statedConversions(
  needed: readonly Needed[],
  typed: ReadonlyMap<string, string>,
): (Conversion | undefined)[] {
  return needed.map((one) => {
    const text = halfWidth(typed.get(one.indicator) ?? '').replace(/[\s,]/g, '');
    return conversionSchema.safeParse({ ...one, factor: decimalOf(text) }).data;
  });
}
