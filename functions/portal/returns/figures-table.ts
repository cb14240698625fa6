import { html } from 'hono/html';
import { adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Indicator } from '../../../shared/core/catalogue/indicator.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { yearOf } from '../../../shared/core/catalogue/period.ts';
import { knownOf, sumsOnForm } from '../../../shared/core/catalogue/sums.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { type Observation, signatureWords } from '../../../shared/core/returns/observation.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { remarkWord, revisionInWords, takenOverInWords } from '../../../shared/core/words.ts';
import { type ReferenceFigures, referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import { takenOverSince } from '../../../shared/core/year/taken-over.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { figureText, paragraphs } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** The figures of a revision as it says them, by the catalogue of its form, each with the cell that it was read from. */
export function figuresTable(revision: Revision, state: YearState): Html {
  const { number, observations, signature, event } = revision;
  const catalogue = adoptedWith(event.catalogue, state.adopted)?.catalogue ?? state.catalogue;
  const reference = referenceFigures(state, revision);
  const year = yearOf(revision.period);
  const note = takenOverInWords(takenOverSince({ department: revision.department, year }, state));
  const beside = (id: string) => besideCells(reference.get(id), indicatorOf(state.catalogue, id)?.unit ?? '');
  return html`<div class="narrow">${scrollingTable(`${revisionInWords(number)}的数字`, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">数</th><th scope="col" class="number">上月数</th><th scope="col" class="number">上年同期</th><th scope="col">${remarkWord}</th><th scope="col">单元格</th></tr>`,
    rows: [
      ...observations.map((observation) =>
        figureRow(observation, catalogue, {
          beside: beside(observation.indicator),
          remark: revision.remarks.get(observation.indicator)?.text,
        }),
      ),
      ...sumsOf(revision, catalogue).map((one) => sumRow(one, beside(one.sum.id))),
    ],
  })}</div>
${note === '' ? '' : html`<p class="hint">${note}</p>`}
${narrativesOf(revision, catalogue)}
<p class="hint">${(['head', 'preparer', 'reviewer', 'telephone'] as const).map((part) => `${signatureWords[part]}：${orNone(signature[part])}`).join('；')}</p>`;
}

/** What the sums of the form come to, which are computed and not recorded. */
export function sumsOf(
  { department, period, observations }: Pick<Revision, 'department' | 'period' | 'observations'>,
  catalogue: Catalogue,
) {
  const said = new Map(observations.map((each) => [each.indicator, each]));
  const numberOf = (id: string) => {
    const observation = said.get(id);
    return observation?.status === 'reported' ? observation.value : 'blank';
  };
  return sumsOnForm(catalogue, department, period).map((sum) => ({
    sum,
    value: knownOf(sum, catalogue, numberOf),
  }));
}

/** The month before and the same month of last year, in the unit of the catalogue in force. */
function besideCells(reference: ReferenceFigures | undefined, unit: string): Html {
  const cell = (value: Decimal | undefined) =>
    html`<td class="number">${figureText(value ?? null, unit)}</td>`;
  return html`${cell(reference?.lastPeriod)}${cell(reference?.lastYear)}`;
}

function sumRow({ sum, value }: ReturnType<typeof sumsOf>[number], beside: Html): Html {
  const figure = value === 'blank' || value === undefined ? '—' : `${value} ${sum.unit}`;
  return html`<tr><th scope="row" class="roomy">${sum.name}</th><td class="number">${figure}</td>${beside}<td></td><td class="short">合计</td></tr>`;
}

/** What it says in words, as it was written. */
function narrativesOf({ narratives }: Revision, catalogue: Catalogue): Html {
  if (narratives.length === 0) return html``;
  return html`<dl class="facts">${narratives.map(
    ({ narrative, text }) =>
      html`<div><dt>${nameOfAsked(narrative, catalogue)}</dt><dd>${paragraphs(text)}</dd></div>`,
  )}</dl>`;
}

function orNone(text: string): string {
  return text.trim() === '' ? '未填' : text;
}

function figureRow(
  observation: Observation,
  catalogue: Catalogue,
  { beside, remark }: { beside: Html; remark: string | undefined },
): Html {
  const indicator = indicatorOf(catalogue, observation.indicator);
  const { place } = observation;
  return html`<tr><th scope="row" class="roomy">${indicator?.name ?? observation.indicator}${itemsOf(observation)}</th>
<td class="number">${observationWords(observation, indicator)}</td>${beside}
<td class="wordy">${remark === undefined ? '' : paragraphs(remark)}</td>
<td class="short">${[place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ')}</td></tr>`;
}

/** The names of a list, which its number counts. */
export function itemsOf(observation: Observation): Html {
  const items = observation.status === 'reported' ? (observation.items ?? []) : [];
  if (items.length === 0) return html``;
  return html`<ul class="typed">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** A figure as a person reads it: `12 件`, 不适用, 空白; a dash where a return says nothing of it. */
export function observationWords(
  observation: Observation | undefined,
  indicator: Pick<Indicator, 'unit'> | undefined,
): string {
  switch (observation?.status) {
    case 'reported':
      return `${observation.value} ${indicator?.unit ?? ''}`.trimEnd();
    case 'not-applicable':
      return '不适用';
    case 'missing':
      return '空白';
    case undefined:
      return '—';
  }
}
