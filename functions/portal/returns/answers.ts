import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { localTime, type Period, periodInWords } from '../../../shared/core/catalogue/period.ts';
import type { Answerer } from '../../../shared/core/ledger/event.ts';
import { maxReasonLength, reasonSchema } from '../../../shared/core/ledger/people.ts';
import { isEnough } from '../../../shared/core/returns/findings/rule.ts';
import { excerpt, isVisible } from '../../../shared/core/values/text.ts';
import { answerWords } from '../../../shared/core/words.ts';
import type { Answer, Warning } from '../../../shared/core/year/warning.ts';
import { answerWarnings } from '../../use-cases/answer-warnings.ts';
import type { WarningAnswer } from '../../use-cases/office.ts';
import { actsForOffice, type Identity } from '../access/identity.ts';
import { departmentName } from '../pages/addresses.ts';
import { formTokenField, reasonArea } from '../pages/form-fields.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { fieldsNamed, type RequestContext } from '../route.ts';

/** The field for a reason of all warnings of the form that have none of their own. */
const forOthers = 'others';
/** What the fields of one warning are called, before its id: its reason, and what it is about. */
const reasonOf = 'reason-';
const aboutOf = 'about-';

/** The fields of a form in which several warnings are answered. */
export const answerFields = { form: { [forOthers]: z.string().default('') }, otherFields: z.unknown() };

/** As what somebody answers who may. */
export function answererOf(identity: Identity): Answerer {
  return actsForOffice(identity) ? 'legal-office' : 'department';
}

/** Warnings that are open, and how they are shown. */
export interface OpenWarnings {
  address: string;
  open: readonly Warning[];
  entries: Html;
  areOfOneReturn: boolean;
}

/**
 * One form around open warnings: a field for each is in its entry, a blank one leaves it open. Those of one return may have
 * one reason, which stands in a field of its own.
 */
export function answersForm(
  request: RequestContext,
  { address, open, entries, areOfOneReturn }: OpenWarnings,
): Html {
  const as = answererOf(request.identity);
  const others = areOfOneReturn ? open.filter(({ settledBy }) => isEnough(as, settledBy)).length : 0;
  return html`<form class="reason answers" method="post" action="${address}">
${formTokenField(request)}
${entries}
${
  others < 2
    ? ''
    : html`<div class="card">${reasonArea({
        name: forOthers,
        label: `同一个原因的，写在这里：上面没有单独写原因的${as === 'department' && others < open.length ? '（由法制机构结案的除外）' : ''}，都用这个原因（选填）`,
      })}</div>`
}
<button type="submit">${open.length === 1 ? '提交说明' : '一并提交'}</button>
<p class="hint">没有写原因的，不会记录，可以以后再答。</p>
</form>`;
}

/** The field in which somebody answers a warning. */
export function answerField(warning: Warning, { as, title }: { as: Answerer; title: string }): Html {
  const { id, settledBy, department, period, finding } = warning;
  const label = isEnough(as, settledBy) ? `${title}核对无误的原因` : `${title}的情况`;
  const about = JSON.stringify([department, period, finding.indicator ?? null]);
  return html`${isEnough(as, settledBy) ? '' : html`<p>请改正后重新上传，或写明情况由法制机构核实后结案。</p>`}
<input type="hidden" name="${aboutOf}${id}" value="${about}">
${reasonArea({ name: `${reasonOf}${id}`, label: `${label}（选填）` })}`;
}

/** What was said of a warning that did not settle it. */
export function explanation({ explained }: Warning, catalogue: Catalogue): Html {
  return explained === null ? html`` : html`<p class="hint">${answerInWords(explained, catalogue)}</p>`;
}

/** Who answered, when, as what, and the reason. */
export function answerInWords({ as, by, at, reason }: Answer, { utcOffset }: Catalogue): Html {
  return html`${by}于 ${localTime(at, utcOffset)} ${answerWords[as]}：<span class="typed">${reason}</span>`;
}

/**
 * Records what was answered to warnings of a form, each with its own reason or that of the others. What the form did not
 * show is not answered, though it came up since. Throws a `PortalError` that names those that could not be.
 */
export async function recordAnswers(
  request: RequestContext<unknown, unknown, Record<typeof forOthers, string>>,
  warnings: readonly Warning[],
  catalogue: Catalogue,
): Promise<void> {
  const as = answererOf(request.identity);
  const known = new Map(warnings.map((warning) => [warning.id as string, warning]));
  const left: string[] = [];
  const answers: WarningAnswer[] = [];
  const titleOf = (id: string) => titleOfField(fieldsNamed(aboutOf, request.form).get(id), catalogue);
  for (const [id, typed] of fieldsNamed(reasonOf, request.form)) {
    const warning = known.get(id);
    const isOther = warning?.acknowledged === null && isEnough(as, warning.settledBy);
    const text = isVisible(typed) ? typed : isOther ? request.form[forOthers] : '';
    if (!isVisible(text)) continue;
    const reason = reasonSchema.safeParse(text);
    if (!reason.success)
      throw new PortalError('malformed', `${titleOf(id)}的原因应为1至${maxReasonLength}字。`);
    if (warning === undefined) left.push(`${titleOf(id)}的数字已经更正，不用再说明`);
    else if (warning.acknowledged !== null) left.push(`${titleOf(id)}已经由${warning.acknowledged.by}说明过`);
    else {
      const { department, period } = warning;
      const about = { as, department, period, warning: warning.id, reason: reason.data };
      answers.push({ kind: 'warning-acknowledged', ...about });
    }
  }
  const [first, ...more] = answers;
  if (first === undefined && left.length === 0) throw new PortalError('malformed', '没有填写任何原因。');
  const { identity, now, services } = request;
  const made = { at: now, by: identity.name };
  const given = first === undefined ? undefined : await answerWarnings([first, ...more], made, services);
  left.push(...(given?.gone ?? []).map(({ warning }) => `${titleOf(warning)}的数字已经更正，不用再说明`));
  if (left.length === 0) return;
  const recorded = given?.recorded.length ?? 0;
  const others = recorded === 0 ? '' : `其余 ${recorded} 处已经记录。`;
  throw new PortalError('conflict', `${left.join('；')}。${others}`);
}

/** What a field says that it is about, which may have gone since. */
function titleOfField(about: string | undefined, catalogue: Catalogue): string {
  const parsed = z
    .tuple([z.string().nullable(), z.string(), z.string().nullable()])
    .safeParse(parsedJson(about ?? ''));
  if (!parsed.success) return '有一处';
  const [department, period, indicator] = parsed.data;
  const name = indicator === null ? '整份报表' : nameOfAsked(indicator, catalogue);
  const when = catalogue.periods.find((each) => each.period === period);
  const whose = departmentName(catalogue, department);
  return excerpt(`${whose}${when === undefined ? '' : periodInWords(period as Period)}“${name}”`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
