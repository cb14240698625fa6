import { z } from 'zod';
import { type Publication, type Summary, summarySchema } from '../core/publication/publication.ts';
import { parseJson } from '../core/values/json.ts';
import { jsonFile } from './json.ts';
import { readObservations } from './observations-table.ts';

/** `summary.json`: the publication without its observations, which are a table beside it. */
export function writeSummaryJson({ observations: _table, ...summary }: Publication): Uint8Array {
  return jsonFile(summarySchema.parse(summary));
}

/** What a `summary.json` says; undefined if it is none. */
export function readSummary(bytes: Uint8Array): Summary | undefined {
  return summarySchema.safeParse(parseJson(bytes)).data;
}

/** A publication from its `summary.json` and its `observations.csv`; undefined if they are none, or not of each other. */
export function readPublicationFiles(files: {
  summary: Uint8Array;
  observations: Uint8Array;
}): Publication | undefined {
  const summary = readSummary(files.summary);
  const observations = summary && readObservations(files.observations, summary);
  return observations && { ...summary, observations };
}

/** `summary.schema.json`: the JSON Schema (draft 2020-12) that every `summary.json` keeps. */
export function writeSummarySchema(): Uint8Array {
  return jsonFile({
    $id: 'urn:indicators:summary:1',
    title: 'Annual totals of departmental indicators',
    description:
      'Decimals are strings in the unit beside them. totals[].value is rounded once; null means that there is nothing to add up. A rate of 95% is "95"; the value of a list is how many different items it has.',
    ...z.toJSONSchema(summarySchema, { target: 'draft-2020-12' }),
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
