import { describe, expect, it } from 'vitest';
import { readExactCsv } from '../../../shared/publication/csv.ts';
import { writeDataPackage } from '../../../shared/publication/data-package.ts';
import { publishedFile } from '../../../shared/publication/manifest.ts';
import { observationsTable, readObservations } from '../../../shared/publication/observations-table.ts';
import { publishedTables } from '../../../shared/publication/published-tables.ts';
import { fileOfTable, writeTable } from '../../../shared/publication/table.ts';
import {
  comparedPublication,
  correctedPublication,
  finalPublication,
  provisionalPublication,
} from '../../fixtures/publication.ts';

const publications = {
  final: finalPublication(),
  provisional: provisionalPublication(),
  compared: comparedPublication(),
  corrected: correctedPublication('=漏计\n“一场”，\u202e补报。'),
};
const named = Object.entries(publications);
const { final } = publications;

/** The rows of each table by column, of those that have something there. */
function rowsOf(publication: typeof final) {
  return new Map(
    publishedTables.map((table) => {
      const named = (row: (string | string[])[]) =>
        new Map(table.columns.map(({ name }, index) => [name, row[index]!]));
      return [table.name, readExactCsv(writeTable(table, publication), table.columns, named)!];
    }),
  );
}

const patterns: Record<string, RegExp> = {
  number: /^-?[0-9]+(\.[0-9]+)?$/,
  integer: /^[0-9]+$/,
  boolean: /^(true|false)$/,
  datetime: /^[0-9-]{10}T[0-9:.]+Z$/,
};

describe.each(named)('the tables of a %s publication', (_, publication) => {
  const tables = rowsOf(publication);

  it('have what their columns say, and nothing else', () => {
    for (const { name, columns } of publishedTables) {
      for (const row of tables.get(name)!) {
        for (const { name: column, type } of columns) {
          const said = row.get(column);
          if (said !== '') expect(String(said), `${name} ${column}`).toMatch(patterns[type] ?? /^/);
        }
      }
    }
  });

  it('tell their rows apart by their keys, and name rows that are there', () => {
    const keys = (name: string, columns: readonly string[]) =>
      tables.get(name)!.map((row) => columns.map((column) => row.get(column)).join());
    for (const { name, primaryKey, foreignKeys } of publishedTables) {
      if (primaryKey.length > 0) {
        expect(new Set(keys(name, primaryKey)).size, name).toBe(tables.get(name)!.length);
      }
      for (const [other, columns] of Object.entries(foreignKeys)) {
        const there = new Set(keys(other, columns));
        expect(keys(name, columns).filter((key) => !there.has(key))).toEqual([]);
      }
    }
  });

  it('give every observation back as it was', () => {
    const bytes = writeTable(observationsTable, publication);
    expect(readObservations(bytes, publication)).toEqual(publication.observations);
  });

  it('say of a return otherwise what was changed of any of its rows', () => {
    const written = writeTable(observationsTable, publication);
    const last = publication.observations.at(-1)!;
    const observations = [...publication.observations.slice(0, -1), { ...last, remark: '另有说明' }];
    expect(writeTable(observationsTable, { ...publication, observations })).not.toEqual(written);
  });
});

describe('a table of observations that is not of its summary', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(writeTable(observationsTable, final));
  it.each([
    ['has other columns', text.replace('"unit"', '"measure"')],
    ['has a row of a return that is not there', text.replace('"sfj"', '"nobody"')],
    ['has a row of another upload', text.replace(/"[0-9a-f]{16}"/, '"0123456789abcdef"')],
    ['has a figure that is none', text.replace(/"reported",[0-9.]+/, '"reported",1e3')],
    ['has a row that is cut off', text.slice(0, -20)],
    ['has an escape that is none', text.replace(/"E6"/, '"\\x"')],
    ['is empty', ''],
  ])('is none: it %s', (_, other) => {
    expect(other).not.toBe(text);
    expect(readObservations(new TextEncoder().encode(other), final)).toBeUndefined();
  });
});

it('keeps each row on a line of its own, whatever was typed, and no text that runs in a spreadsheet', () => {
  const changes = publishedTables.find(({ name }) => name === 'changes')!;
  const text = new TextDecoder().decode(writeTable(changes, publications.corrected));
  expect(text.split('\r\n')).toHaveLength(3);
  expect(text).toContain('"\'=漏计\\n“一场”，\\u202e补报。"');
});

it('describes each table for programs, with its keys', () => {
  const files = publishedTables.map((table) => publishedFile(fileOfTable(table), writeTable(table, final)));
  const { resources } = JSON.parse(new TextDecoder().decode(writeDataPackage(final, files)));
  expect(resources.map(({ path }: { path: string }) => path)).toEqual(files.map(({ name }) => name));
  const observations = resources.find(({ name }: { name: string }) => name === 'observations');
  expect(observations).toMatchObject({
    type: 'table',
    encoding: 'utf-8',
    mediatype: 'text/csv; charset=utf-8',
  });
  expect(observations.schema.primaryKey).toEqual(['indicator', 'department', 'period']);
  expect(observations.schema.foreignKeys).toContainEqual({
    fields: ['department', 'period'],
    reference: { resource: 'returns', fields: ['department', 'period'] },
  });
});
