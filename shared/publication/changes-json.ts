import type { Publication } from '../core/publication.ts';
import { jsonFile } from './json.ts';

/** `changes.json`: what differs from the publication before, and by which revisions. */
export function writeChangesJson({ year, number, changes }: Publication): Uint8Array {
  return jsonFile({
    format: 'indicators-changes/1',
    year,
    number,
    since: changes.since,
    figures: changes.figures,
  });
}
