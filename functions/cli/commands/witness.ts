import { existsSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import { type FileSigner, openWitnessKey } from '../../../shared/adapters/witness-key.ts';
import { keyFingerprint } from '../../../shared/core/ledger/witness.ts';
import { statementFile } from '../../use-cases/stores/witness-store.ts';
import { makeStatement } from '../../use-cases/witness.ts';
import { witnessKeyOption } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { complain, print } from './output.ts';
import { type OfficeStore, withWorkplace } from './workplace.ts';

/** Where the key is that signs statements, if not in its usual place. */
export interface WitnessKeyOptions {
  witnessKey?: string | undefined;
}

/** `indicators witness`: a statement of how far every chain goes, signed, to be kept elsewhere. */
export function witnessCommand({ options, finish }: CommandLine): Command {
  return new Command('witness')
    .description(
      'sign a statement of how far every chain of every year goes, and write it to a new file, to be kept where nobody who writes the ledger reaches it',
    )
    .requiredOption('-o, --output <file>')
    .addOption(witnessKeyOption())
    .action((given) => finish(withWorkplace(options(), (workplace) => writeStatement(given, workplace))));
}

const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));
const environmentSchema = z.object({
  INDICATORS_WITNESS_KEY: text,
  XDG_STATE_HOME: text,
  LOCALAPPDATA: text,
});

/**
 * The file of the key that signs statements: as told, or where the account keeps what programs of its own need to know.
 * Throws `UsageError` for one in the data folder, where whoever writes the ledger anew would find it too.
 */
export function witnessKeyFile(
  { witnessKey }: WitnessKeyOptions,
  data: string,
  variables: NodeJS.ProcessEnv = process.env,
): string {
  const environment = environmentSchema.parse(variables);
  const usual = environment.XDG_STATE_HOME ?? environment.LOCALAPPDATA ?? join(homedir(), '.local', 'state');
  const told = witnessKey ?? environment.INDICATORS_WITNESS_KEY;
  const file = resolve(told ?? join(usual, 'indicators', 'witness-key.pem'));
  if (!liesIn(data, file)) return file;
  throw new UsageError(
    `${file} lies in the data folder: a key that is kept beside the ledger is no witness. Name a file elsewhere with --witness-key`,
  );
}

/** Whether a path is in a folder, or is the folder, by whatever links it is reached. */
export function liesIn(folder: string, path: string): boolean {
  return `${realPath(path)}${sep}`.startsWith(`${realPath(resolve(folder))}${sep}`);
}

/** The path without links, as far as it is there already. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

/** Opens the key, and says so if it was made just now. */
export async function openKey(options: WitnessKeyOptions, data: string): Promise<FileSigner> {
  const file = witnessKeyFile(options, data);
  const signer = await openWitnessKey(file);
  if (signer.isNew) {
    complain(`a key was made that signs statements of the ledger: ${file}`);
    complain(`its fingerprint is ${keyFingerprint(signer.publicKey)}: tell it to those who check`);
  }
  return signer;
}

/** Makes a statement of how far every chain goes, keeps it, and writes a copy to a new file. */
export async function writeStatement(
  { output, ...options }: WitnessKeyOptions & { output: string },
  { ledger, documents, now, folder }: Pick<OfficeStore, 'ledger' | 'documents' | 'now' | 'folder'>,
): Promise<number> {
  if (existsSync(output)) throw new UsageError(alreadyThere(output));
  const signer = await openKey(options, folder);
  const statement = await makeStatement(now, { ledger, documents, signer });
  if (statement === undefined)
    throw new UsageError(`nothing is recorded in ${folder} of which a statement could be signed`);
  try {
    await writeFile(output, statementFile(statement), { flag: 'wx' });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new UsageError(alreadyThere(output));
    throw error;
  }
  const { number, heads } = statement;
  print(
    `${output}: statement ${number}, of ${heads.length} chains; keep it where nobody who writes the ledger reaches it`,
  );
  print(`signed by ${keyFingerprint(signer.publicKey)}`);
  return exitCodes.done;
}

function alreadyThere(output: string): string {
  return `${output} is there already: a statement that was kept is never replaced`;
}
