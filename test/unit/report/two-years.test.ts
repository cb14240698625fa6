import { describe, expect, it } from 'vitest';
import { checkReport, type Known } from '../../../shared/report/check.ts';
import { type Parts, readDocx, writeDocx } from '../../../shared/report/docx.ts';
import { linkedFigures } from '../../../shared/report/linked.ts';
import type { Source } from '../../../shared/report/said.ts';
import { updateReport } from '../../../shared/report/update.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { openParts } from '../../../shared/report/written-parts.ts';
import { finalPublication } from '../../fixtures/publication.ts';
import { publishedCatalogue } from '../../fixtures/published-catalogue.ts';
import { changed, documentOf, partsOf, templateOf } from '../../fixtures/word-documents.ts';

const { name, indicator } = finalPublication().totals.find(({ value }) => value !== null)!;

/** A publication of a year in which the figure is as given. */
function source(year: number, number: number, value: `${number}`): Source {
  const publication = { ...structuredClone(finalPublication()), year, number };
  publication.totals.find((total) => total.indicator === indicator)!.value = value;
  return { publication, catalogue: { ...publishedCatalogue, year } };
}

const published = [source(2022, 1, '5'), source(2022, 2, '6'), source(2023, 1, '70'), source(2023, 2, '80')];
const of = (year: number, number: number) =>
  published.find(({ publication }) => publication.year === year && publication.number === number)!;
const known: Known = {
  sourceOf: ({ year, number }) => of(year, number),
  newestOf: (year) => published.findLast(({ publication }) => publication.year === year),
  newest: of(2023, 2),
};

const control = (xml: string) => /<w:sdt>.*?<\/w:sdt>/s.exec(xml)![0];
const reportOf = (given: Source) =>
  partsOf(writeReport(partsOf(writeDocx(templateOf(`上年【${name}：准确数】，本年`))), given));

/** A report of 2023 into whose text the figure was copied from the report of 2022 too. */
function copiedFrom(number: number) {
  const last = control(documentOf(reportOf(of(2022, number))));
  return changed(reportOf(of(2023, 1)), (xml) => xml.replace(control(xml), (own) => `${last}${own}`));
}

const verdicts = (parts: Parts) =>
  checkReport(parts, known).map(({ verdict, written }) => `${verdict} ${written}`);

/** The document as Word saves it: parts with data of their own are numbered anew. */
function renumbered(parts: Parts): Parts {
  const rename = (name: string) => name.replace('item9501', 'item1');
  const renamed = new Map([...parts].map(([part, bytes]) => [rename(part), bytes] as const));
  return changed(renamed, rename, 'word/_rels/document.xml.rels');
}

describe('a report whose parts Word has numbered anew', () => {
  it('is brought up to date with the list of its figures where that is now, and nothing is missed', () => {
    const parts = renumbered(reportOf(of(2023, 1)));
    expect(verdicts(parts)).toEqual(['outdated 70']);
    const updated = partsOf(updateReport(parts, known).bytes);
    expect([...updated.keys()].filter((part) => part.startsWith('customXml/'))).toEqual([
      'customXml/item1.xml',
    ]);
    expect(documentOf(updated, 'word/_rels/document.xml.rels').match(/customXml\/item/g)).toHaveLength(1);
    expect(verdicts(updated)).toEqual(['equal 80']);
  });
});

describe('a figure of last year in a report of this year', () => {
  it.each([
    ['is equal to what last year’s newest publication says', 2, 'equal 6'],
    ['is outdated by a newer publication of last year', 1, 'outdated 5'],
  ])('%s, whatever this year says', (_, number, expected) => {
    expect(verdicts(copiedFrom(number))).toEqual([expected, 'outdated 70']);
  });

  it('is brought up to date as a figure of last year, and no source of this year’s annex', () => {
    const { bytes, updated } = updateReport(copiedFrom(1), known);
    expect(updated.map(({ before, after }) => [before, after])).toEqual([
      ['5', '6'],
      ['70', '80'],
    ]);
    const read = readDocx(bytes);
    if (read.kind !== 'docx') throw new Error(read.message);
    const figures = linkedFigures(openParts(read.parts));
    expect(figures.map(({ linked, text }) => [linked.year, linked.number, text])).toEqual([
      [2022, 2, '6'],
      [2023, 2, '80'],
    ]);
    expect(verdicts(read.parts)).toEqual(['equal 6', 'equal 80']);
  });

  it('alone is not listed with this year’s value', () => {
    const last = control(documentOf(reportOf(of(2022, 2))));
    const alone = changed(reportOf(of(2023, 1)), (xml) => xml.replace(control(xml), () => last));
    const read = readDocx(updateReport(alone, known).bytes);
    if (read.kind !== 'docx') throw new Error(read.message);
    expect(documentOf(read.parts)).not.toContain('>80<');
  });
});
