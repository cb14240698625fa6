import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { countedUpload, isEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
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
  const recorded = events
    .filter((event) => isEvent(event, 'return-accepted'))
    .filter(({ happening }) => countedUpload(published.happening, happening) === uploadId(happening.upload))
    .flatMap(({ chain, sequence, hash, happening }) =>
      (happening.narratives ?? [])
        .filter(({ narrative }) => isAsked(narrative, happening, catalogue))
        .map(({ narrative, text, place = {} }) =>
          said({ narrative, ...happening, text, cell: place, ledger: { chain, sequence, hash } }),
        ),
    );
  const texts = new Map(publication.texts.map((row) => [said(row), row]));
  const missing = recorded.filter((key) => !texts.has(key));
  const fault = (where: string, explanation: string): Fault => ({ where, explanation });
  return [
    ...[...texts]
      .filter(([key]) => !recorded.includes(key))
      .map(([, row]) => fault(describe(row), 'is not what the ledger recorded')),
    ...missing.map((key) => fault(describe(JSON.parse(key)), 'was recorded, and is not published')),
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
>;

function said({ narrative, department, period, text, cell, ledger }: Said): string {
  const { chain, sequence, hash } = ledger;
  const { sheet, cell: at } = cell;
  return JSON.stringify({ narrative, department, period, text, at: [sheet, at, chain, sequence, hash] });
}

function describe({
  narrative,
  department,
  period,
}: Pick<Said, 'narrative' | 'department' | 'period'>): string {
  return `text ${narrative} ${department} ${period}`;
}
