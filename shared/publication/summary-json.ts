import { z } from 'zod';
import { type Publication, publicationSchema } from '../core/publication/publication.ts';
import { jsonFile } from './json.ts';

/** `summary.json`: the publication itself. */
export function writeSummaryJson(publication: Publication): Uint8Array {
  return jsonFile(publicationSchema.parse(publication));
}

/** Reads a `summary.json`; throws if it is none. */
export function readSummaryJson(bytes: Uint8Array): Publication {
  return publicationSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

/** `summary.schema.json`: the JSON Schema (draft 2020-12) that every `summary.json` keeps. */
export function writeSummarySchema(): Uint8Array {
  return jsonFile({
    $id: 'urn:indicators:summary:1',
    title: 'Annual totals of departmental indicators',
    description:
      'Decimals are strings in the unit beside them. totals[].value is rounded once; null means that there is nothing to add up. A rate of 95% is "95"; the value of a list is how many different items it has.',
    ...z.toJSONSchema(publicationSchema, { target: 'draft-2020-12' }),
  });
}

/** `changes.json`: what differs from the publication before, and by which revisions. */
export function writeChangesJson({ year, number, changes }: Publication): Uint8Array {
  return jsonFile({
    format: 'indicators-changes/1',
    year,
    number,
    since: changes.since,
    figures: changes.figures,
    texts: changes.texts,
  });
}
