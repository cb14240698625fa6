import { html } from 'hono/html';
import type { Catalogue, Indicator } from '../../../shared/core/catalogue.ts';
import { periodInWords } from '../../../shared/core/period.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import type { Html } from '../reply.ts';
import { recordsAddress } from './addresses.ts';
import type { TypedQuery } from './record-query.ts';
import { revisionInWords, revisionStandingWords } from './record-words.ts';

/** The form that records are looked for with; it keeps what was typed. */
export function searchForm(typed: TypedQuery, { catalogue, returns }: YearState): Html {
  return html`<form class="filter card records" method="get" action="${recordsAddress(catalogue.year)}">
${choice('department', '部门', typed, [['', '全部部门'], ...catalogue.departments.map(({ id, name }) => [id, name] as const)])}
${indicatorChoice(catalogue, typed.indicator ?? '')}
${choice('period', '报告期', typed, [['', '全部月份'], ...catalogue.periods.map(({ period }) => [period, periodInWords(period)] as const)])}
${choice('revision', '修订', typed, revisionOptions(returns, typed))}
${choice('standing', '状态', typed, [['', '全部状态'], ...Object.entries(revisionStandingWords)])}
<div><label for="uploader">上传人</label><input type="text" id="uploader" name="uploader" maxlength="80" value="${typed.uploader ?? ''}" placeholder="姓名或其中几个字"></div>
${day('from', '上传日期（起）', typed)}
${day('to', '上传日期（止）', typed)}
<p class="actions"><button type="submit">查询</button> <a class="button quiet" href="${recordsAddress(catalogue.year)}">清除条件</a></p>
</form>`;
}

type Options = readonly (readonly [value: string, words: string])[];

function choice(name: keyof TypedQuery, label: string, typed: TypedQuery, options: Options): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">
${options.map((option) => optionOf(option, typed[name] ?? ''))}</select></div>`;
}

function optionOf([value, words]: Options[number], chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;
}

/** Indicators that departments report, under the headings of the report. */
function indicatorChoice({ indicators }: Catalogue, chosen: string): Html {
  const reported = indicators.filter(({ kind }) => kind !== 'ratio');
  const sections = Map.groupBy(reported, ({ section }) => section);
  const options = (own: readonly Indicator[]) => own.map(({ id, name }) => optionOf([id, name], chosen));
  return html`<div><label for="indicator">指标</label><select id="indicator" name="indicator">
${optionOf(['', '全部指标'], chosen)}
${[...sections].map(([section, own]) => (section === '' ? options(own) : html`<optgroup label="${section}">${options(own)}</optgroup>`))}</select></div>`;
}

/** As many revisions as any return has; which of them counts may also be asked for by address. */
function revisionOptions(returns: YearState['returns'], { revision }: TypedQuery): Options {
  const most = Math.max(1, ...returns.map(({ revisions }) => revisions.length));
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  return [
    ['', '全部修订'],
    ...(revision === 'counting' ? [['counting', '计入汇总的一次'] as const] : []),
    ...numbers.map((number) => [String(number), revisionInWords(number)] as const),
  ];
}

/** Browsers that know no dates take it as text. */
function day(name: 'from' | 'to', label: string, typed: TypedQuery): Html {
  return html`<div><label for="${name}">${label}</label><input type="date" id="${name}" name="${name}" value="${typed[name] ?? ''}" placeholder="2023-04-03"></div>`;
}
