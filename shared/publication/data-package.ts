import type { Publication } from '../core/publication/publication.ts';
import { jsonFile } from './json.ts';
import type { PublishedFile } from './manifest.ts';
import { mediaTypeOf } from './media-types.ts';
import { publishedTables } from './published-tables.ts';
import { fileOfTable, type PublishedTableFile } from './table.ts';

/** `datapackage.json`: a Data Package (version 2) that describes the other files of the publication. */
export function writeDataPackage(publication: Publication, files: readonly PublishedFile[]): Uint8Array {
  const { year, number, publishedAt, title, notice } = publication;
  return jsonFile({
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: `indicators-${year}-${String(number).padStart(4, '0')}`,
    title,
    description: notice,
    version: `${year}.${number}`,
    created: publishedAt,
    resources: files.map(described),
  });
}

function described({ name, bytes, sha256 }: PublishedFile) {
  const table = publishedTables.find((each) => fileOfTable(each) === name);
  return {
    name: table?.name ?? name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    path: name,
    ...(table === undefined ? {} : { type: 'table', title: table.purpose }),
    format: name.slice(name.lastIndexOf('.') + 1),
    mediatype: mediaTypeOf(name),
    bytes,
    hash: `sha256:${sha256}`,
    ...(table === undefined ? {} : { encoding: 'utf-8', schema: schemaOf(table) }),
  };
}

function schemaOf({ columns, primaryKey, foreignKeys }: PublishedTableFile) {
  return {
    fields: columns.map(({ name, type, title, concept }) => ({
      name,
      type,
      title,
      ...(concept === undefined ? {} : { 'sdmx:concept': concept }),
    })),
    missingValues: [''],
    ...(primaryKey.length === 0 ? {} : { primaryKey }),
    foreignKeys: Object.entries(foreignKeys).map(([resource, fields]) => ({
      fields,
      reference: { resource, fields },
    })),
  };
}
