import type { Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checked, checkReport, type Known } from '../../shared/report/check.ts';
import { readDocx } from '../../shared/report/docx.ts';
import { linkedFigures, textIn } from '../../shared/report/linked.ts';
import { newTemplate } from '../../shared/report/new-template.ts';
import { updateReport } from '../../shared/report/update.ts';
import type { Verdict } from '../../shared/report/verdicts.ts';
import { writeReport } from '../../shared/report/write-report.ts';
import { openParts } from '../../shared/report/written-parts.ts';
import { serializeXml, wordElements } from '../../shared/report/xml.ts';
import { finalPublication } from '../fixtures/publication.ts';
import { publishedCatalogue as catalogue } from '../fixtures/published-catalogue.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { partsOf } from '../fixtures/word-documents.ts';

const publication = finalPublication();
const source = { publication, catalogue };
const known: Known = {
  sourceOf: ({ number }) => (number === 1 ? source : undefined),
  newestOf: () => source,
  newest: source,
};
const report = partsOf(writeReport(partsOf(newTemplate(catalogue)), source));
const count = linkedFigures(openParts(report)).length;

/** What people do to a report; each gives what must be found of which figure, undefined for what nobody must find. */
type Edit = (controls: Element[], at: number, other: number) => [Verdict, number][];

const edits: Record<string, Edit> = {
  'writes another number over a figure': (controls, at) => {
    const [text] = wordElements(controls[at]!, 't');
    text!.textContent = `${text!.textContent}7`;
    return [['altered', at]];
  },
  'exchanges what stands in two controls': (controls, at, other) => {
    const [one, two] = [controls[at]!, controls[other]!].map((each) => wordElements(each, 't')[0]!);
    const [first, second] = [one!.textContent, two!.textContent];
    if (first === second) return [];
    one!.textContent = second;
    two!.textContent = first;
    return [
      ['altered', at],
      ['altered', other],
    ];
  },
  'deletes a figure': (controls, at) => {
    controls[at]!.parentNode!.removeChild(controls[at]!);
    return [['gone', at]];
  },
  'takes the control away and leaves the number': (controls, at) => {
    const control = controls[at]!;
    for (const run of wordElements(control, 'r')) control.parentNode!.insertBefore(run, control);
    control.parentNode!.removeChild(control);
    return [['as-text', at]];
  },
  'pastes the number as text somewhere else': (controls, at, other) => {
    const control = controls[at]!;
    const run = wordElements(control, 'r')[0]!;
    control.parentNode!.removeChild(control);
    if (at === other) return [['gone', at]];
    controls[other]!.parentNode!.appendChild(run);
    return [['as-text', at]];
  },
  'writes other words around figures': (controls, at) => {
    const sentence = controls[at]!.parentElement!;
    for (const text of wordElements(sentence, 't')) {
      if (!controls.some((control) => wordElements(control, 't').includes(text)))
        text.textContent = '另外的话，';
    }
    return [];
  },
  'turns a paragraph into several runs': (controls, at) => {
    const [text] = wordElements(controls[at]!, 't');
    const run = text!.parentElement!;
    const rest = run.cloneNode(true);
    const written = text!.textContent ?? '';
    text!.textContent = written.slice(0, 1);
    wordElements(rest as Element, 't')[0]!.textContent = written.slice(1);
    run.parentNode!.insertBefore(rest, run.nextSibling);
    return [];
  },
};

describe('a report that people edited', () => {
  it('is found to differ where its figures were touched, and nowhere else (1,000 copies)', () => {
    const edit = fc.constantFrom(...Object.keys(edits));
    const at = fc.integer({ min: 0, max: count - 1 });
    fc.assert(
      fc.property(edit, at, at, (name, one, two) => {
        const opened = openParts(report);
        const controls = linkedFigures(opened).map(({ element }) => element);
        const before = linkedFigures(opened).map(({ linked, text }) => ({ linked, text }));
        const other = one === two ? (two + 1) % count : two;
        const expected = edits[name]!(controls, one, other);
        const edited = new Map(report);
        for (const [part, document] of opened) edited.set(part, serializeXml(document));
        const found = checkReport(edited, known).filter(({ verdict }) => verdict !== 'equal');
        expect(found.map(({ verdict }) => verdict).sort()).toEqual(
          expected.map(([verdict]) => verdict).sort(),
        );
        for (const [, index] of expected) expect(found.map(namedBy)).toContain(nameOf(before[index]!.linked));
      }),
      { numRuns: casesTried(1000), seed: 15 },
    );
  });

  it('is brought up to date without its words, and then agrees', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: publication.totals.length - 1 }), { maxLength: 4 }),
        (which) => {
          const newer = structuredClone(publication);
          newer.number = 2;
          for (const index of which) {
            const total = newer.totals[index]!;
            if (total.value !== null) total.value = `${Number(total.value) + 1000}`;
          }
          const newest = { publication: newer, catalogue };
          const all: Known = {
            sourceOf: ({ number }) => (number === 1 ? source : newest),
            newestOf: () => newest,
            newest,
          };
          const stale = checkReport(report, all).filter(({ verdict }) => verdict === 'outdated');
          const { bytes, updated } = updateReport(report, all);
          const parts = readDocx(bytes);
          if (parts.kind !== 'docx') throw new Error(parts.message);
          expect(updated.map(({ name, after }) => `${name} ${after}`)).toEqual(
            stale.map(({ name }, index) => `${name} ${updated[index]?.after}`),
          );
          expect(checkReport(parts.parts, all).filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
          expect(wordsOf(parts.parts)).toEqual(wordsOf(report));
        },
      ),
      { numRuns: casesTried(50) },
    );
  });
});

const byLink = new Map(
  linkedFigures(openParts(report)).map(({ linked, element }) => {
    const alias = wordElements(element, 'alias')[0]?.getAttributeNS(element.namespaceURI, 'val') ?? '';
    return [linked.indicator, alias];
  }),
);
const nameOf = ({ indicator }: { indicator: string }) => byLink.get(indicator);
const namedBy = ({ name }: Checked) => name;

/** The text outside of the controls of figures, without the sections that are made. */
function wordsOf(parts: Parameters<typeof openParts>[0]): string[] {
  const opened = openParts(parts);
  for (const { element } of linkedFigures(opened)) element.parentNode?.removeChild(element);
  return [...opened.values()].flatMap((document) =>
    wordElements(document, 'body').flatMap((body) =>
      [...body.childNodes].filter((each) => each.nodeName === 'w:p').map((each) => textIn(each as Element)),
    ),
  );
}
