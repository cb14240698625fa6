import { z } from 'zod';
import type { Narrative } from '../catalogue/narratives.ts';
import { isReversed, isVisible, withoutUnseen } from '../values/text.ts';
import { type Content, quoted, shownText } from './content.ts';
import { type Finding, placeSchema } from './finding.ts';
import { type FindingWords, say } from './findings/findings.ts';
import type { Entry, Submission } from './submission.ts';

/**
 * What a return says in words, with the cell it came from, as it was typed: a paragraph a line. What was
 * left blank is not kept.
 */
export const narrativeSaidSchema = z.strictObject({
  narrative: z.string(),
  text: z.string().min(1).max(2000),
  place: placeSchema.optional(),
});
export type NarrativeSaid = z.infer<typeof narrativeSaidSchema>;

/** Whether two returns say the same in words, wherever in the file it stands. */
export function sameNarratives(a: readonly NarrativeSaid[], b: readonly NarrativeSaid[]): boolean {
  const said = new Map(b.map(({ narrative, text }) => [narrative, text]));
  return a.length === b.length && a.every(({ narrative, text }) => said.get(narrative) === text);
}

/** Reads what was written for each narrative that the form asks for. */
export function readNarratives(
  asked: readonly Narrative[],
  { narratives }: Pick<Submission, 'narratives'>,
): { said: NarrativeSaid[]; findings: Finding[] } {
  const said: NarrativeSaid[] = [];
  const findings: Finding[] = [];
  for (const narrative of asked) {
    const entry = narratives.get(narrative.id);
    // Where a sheet or row is not there, the reader has said so.
    if (entry === undefined) continue;
    const { place } = entry;
    const written = readText(narrative, entry);
    const add = (words: FindingWords) => findings.push({ ...words, place, indicator: narrative.id });
    if (written.kind === 'fault') add(written.fault);
    else if (written.text !== '') said.push({ narrative: narrative.id, text: written.text, place });
    else if (narrative.required) add(say('narrative-blank', narrative));
  }
  return { said, findings };
}

/** What somebody wrote in a cell, empty where it is nothing that can be seen; or what is wrong with it. */
export type WrittenText = { kind: 'text'; text: string } | { kind: 'fault'; fault: FindingWords };

/** Reads a cell for words, which are called so and may have so many characters. */
export function readText(
  asked: Pick<Narrative, 'name' | 'maxLength'>,
  { content, computed, look }: Pick<Entry, 'content' | 'computed' | 'look'>,
): WrittenText {
  const text = writtenIn(content);
  if (content.kind === 'error') return fault(say('text-not-text', quoted(content)));
  if (content.kind === 'blank' && computed) return fault(say('text-not-text', '没有计算结果的公式'));
  if (look === 'struck' && text !== '') return fault(say('text-struck', quoted(content)));
  if (isReversed(shownText(content))) return fault(say('text-reversed', shownText(content)));
  if (text.length > asked.maxLength) return fault(say('text-too-long', asked, text.length));
  return { kind: 'text', text };
}

function fault(words: FindingWords): WrittenText {
  return { kind: 'fault', fault: words };
}

/** What a cell shows, paragraph by paragraph, without what nobody sees; how a form indents them is not kept. */
function writtenIn(content: Content): string {
  const shown = shownText(content).toWellFormed();
  const paragraphs = withoutUnseen(shown.replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n'))
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const text = paragraphs.join('\n');
  return isVisible(text) ? text : '';
}
