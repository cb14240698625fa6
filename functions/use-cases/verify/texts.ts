import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { isEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { countedReturns } from '../../../shared/core/year/last-year.ts';
import { asks } from './recomputation.ts';
import type { Fault } from './verify.ts';

/**
 * Checks that the texts of a publication are, word for word, those of the returns that it counted, no fewer and no
 * more. Which it counted is what its event says; without that event nothing can be said.
 */
export function verifyTexts(
  publication: Publication,
  catalogue: Catalogue,
  events: readonly LedgerEvent[],
): Fault[] {
  const published = events
    .filter((event) => isEvent(event, 'published'))
    .find(({ happening: { year, number } }) => year === publication.year && number === publication.number);
  if (published === undefined) return [];
  const recorded = countedReturns(published.happening.number, events).flatMap(
    ({ chain, sequence, hash, happening }) =>
      (happening.narratives ?? [])
        .filter(({ narrative }) => isAsked(narrative, happening, catalogue))
        .map(({ narrative, text, place = {} }) =>
          said({
            ...{ narrative, ...happening, text, cell: place },
            ...{ file: happening.upload, ledger: { chain, sequence, hash } },
          }),
        ),
  );
  const left = new Set(recorded);
  const fault = (where: string, explanation: string): Fault => ({ where, explanation });
  // What is published twice is there no more the second time.
  const others = publication.texts.filter((row) => !left.delete(said(row)));
  return [
    ...others.map((row) => fault(describe(row), 'is not what the ledger recorded')),
    ...[...left].map((key) => fault(describe(JSON.parse(key)), 'was recorded, and is not published')),
  ];
}

function isAsked(
  id: string,
  { department, period }: { department: string; period: string },
  { narratives }: Catalogue,
): boolean {
  return narratives.some((narrative) => narrative.id === id && asks(narrative, department, period));
}

type Said = Pick<
  Publication['texts'][number],
  'narrative' | 'department' | 'period' | 'text' | 'cell' | 'ledger'
> & { file: { sha256: string } };

function said({ narrative, department, period, text, cell, file, ledger }: Said): string {
  const { chain, sequence, hash } = ledger;
  const { sheet, cell: at } = cell;
  const position = [sheet, at, file.sha256, chain, sequence, hash];
  return JSON.stringify({ narrative, department, period, text, at: position });
}

function describe({
  narrative,
  department,
  period,
}: Pick<Said, 'narrative' | 'department' | 'period'>): string {
  return `text ${narrative} ${department} ${period}`;
}
