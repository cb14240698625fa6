import pMap from 'p-map';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type WitnessStatement, witnessStatementSchema } from '../../../shared/core/ledger/witness.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { jsonFile } from '../../../shared/publication/json.ts';

export const witnessFolder = 'witness/';
const nameOfStatement = /^[0-9]{6}\.json$/;
const nameOfStamp = /^[0-9]{6}\.tsr$/;

/** The name of a statement's file, among the documents and wherever it is handed to. */
export function statementName(number: number): string {
  return `${String(number).padStart(6, '0')}.json`;
}

/** Where a statement is kept. */
export function statementKey(number: number): string {
  return witnessFolder + statementName(number);
}

/** A statement as a file. */
export function statementFile(statement: WitnessStatement): Uint8Array {
  return jsonFile(witnessStatementSchema.parse(statement));
}

/** The statement in a file; undefined if it is none. */
export function readStatement(bytes: Uint8Array | string): WitnessStatement | undefined {
  return witnessStatementSchema.safeParse(parseJson(bytes)).data;
}

/** What lies under a statement's key, and the statement if it is one. */
export interface KeptStatement {
  key: string;
  statement: WitnessStatement | undefined;
}

/** The newest statements that are kept, the newest first. */
export async function newestStatements(documents: DocumentsReader, most: number): Promise<KeptStatement[]> {
  const keys = (await statementKeys(documents)).slice(-most).reverse();
  return pMap(keys, (key) => statementUnder(key, documents), { concurrency: 16 });
}

/** The keys of the statements that are kept, in order of their numbers. */
export function statementKeys(documents: Pick<DocumentsReader, 'list'>): Promise<string[]> {
  return keysNamed(nameOfStatement, documents);
}

/** The keys of the time stamps of statements that are kept, in order of the statements' numbers. */
export function stampKeys(documents: Pick<DocumentsReader, 'list'>): Promise<string[]> {
  return keysNamed(nameOfStamp, documents);
}

/** Where the time stamp of a statement lies, beside it: for its key or for its path, as an authority answered. */
export function stampBeside(statement: string): string {
  return statement.replace(/(?:\.json)?$/, '.tsr');
}

async function keysNamed(pattern: RegExp, documents: Pick<DocumentsReader, 'list'>): Promise<string[]> {
  const keys = (await documents.list(witnessFolder)).map(({ key }) => key);
  return keys.filter((key) => pattern.test(key.slice(witnessFolder.length))).sort();
}

/** Every statement that is kept, in order of number. */
export async function keptStatements(documents: DocumentsReader): Promise<KeptStatement[]> {
  const read = (key: string) => statementUnder(key, documents);
  return pMap(await statementKeys(documents), read, { concurrency: 16 });
}

/** The statement with the highest number, or what lies in its place; undefined if there is none. */
export async function newestStatement(documents: DocumentsReader): Promise<KeptStatement | undefined> {
  return (await newestStatements(documents, 1))[0];
}

/** The statement of a number; undefined if it is not there or is none. */
export async function statementOf(
  number: number,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<WitnessStatement | undefined> {
  return (await statementUnder(statementKey(number), documents)).statement;
}

async function statementUnder(key: string, documents: Pick<DocumentsReader, 'get'>): Promise<KeptStatement> {
  const bytes = await documents.get(key);
  const statement = bytes && readStatement(bytes);
  return { key, statement: statement && statementKey(statement.number) === key ? statement : undefined };
}
