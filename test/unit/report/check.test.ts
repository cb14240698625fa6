import { describe, expect, it } from 'vitest';
import { checkReport, type Known } from '../../../shared/report/check.ts';
import type { Parts } from '../../../shared/report/docx.ts';
import { linkedFigures } from '../../../shared/report/linked.ts';
import type { Source } from '../../../shared/report/said.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { openParts } from '../../../shared/report/written-parts.ts';
import { serializeXml, wordElements } from '../../../shared/report/xml.ts';
import { finalPublication } from '../../fixtures/publication.ts';
import { publishedCatalogue as catalogue } from '../../fixtures/published-catalogue.ts';
import { changed, partsOf, templateOf } from '../../fixtures/word-documents.ts';

const values: Record<string, `${number}`> = { due: '2', 'on-time': '2345', losses: '2' };

/** A publication in which figures are as given. */
function published(): Source {
  const publication = structuredClone(finalPublication());
  for (const total of publication.totals) {
    const value = values[total.indicator];
    if (value !== undefined) Object.assign(total, { value, prose: value });
  }
  return { publication, catalogue };
}

const source = published();
const known: Known = { sourceOf: () => source, newestOf: () => source, newest: source };
const reportOf = (...paragraphs: string[]) => partsOf(writeReport(templateOf(...paragraphs), source));

/** The report with every control taken away, and what was in it left. */
function unlinked(parts: Parts): Parts {
  const opened = openParts(parts);
  for (const { element } of linkedFigures(opened)) {
    for (const run of wordElements(element, 'r')) element.parentNode!.insertBefore(run, element);
    element.parentNode!.removeChild(element);
  }
  return new Map([
    ...parts,
    ...[...opened].map(([name, document]) => [name, serializeXml(document)] as const),
  ]);
}

const found = (parts: Parts) =>
  checkReport(parts, known).map(({ verdict, written }) => `${verdict} ${written}`);

describe('a figure that lost its link', () => {
  it.each<[string, string, string[]]>([
    ['is told once, and not again as a number without one', '应办结【应办结：准确数】件', ['as-text 2']],
    [
      'hides no longer number that begins as it does',
      '应办结【应办结：准确数】件，办结2345件',
      ['as-text 2', 'loose 2345件'],
    ],
    [
      'hides no other number that is equal',
      '应办结【应办结：准确数】件，应办结2件',
      ['as-text 2', 'loose 2件'],
    ],
  ])('%s', (_, sentence, expected) => {
    expect(found(unlinked(reportOf(sentence)))).toEqual(expected);
  });

  it('is not found within a longer number', () => {
    const lost = unlinked(reportOf('全年2,345件，2.5件，12件，20余件，【应办结：准确数】'));
    expect(found(changed(lost, (xml) => xml.replace('>2<', '><')))).toEqual(['gone ']);
  });
});
