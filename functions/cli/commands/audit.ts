import { Command, Option } from 'commander';
import type { CommandLine } from './catalogue.ts';
import { verifyFilesCommand, verifyStoreCommand } from './verify.ts';
import { witnessCommand } from './witness.ts';
import { withKeptStore, withWorkplace } from './workplace.ts';

/** Where the key lies that signs statements, for every command that signs one. */
export const witnessKeyOption = () =>
  new Option(
    '--witness-key <file>',
    'the key that signs statements of the ledger, made if there is none; never in the data folder (or INDICATORS_WITNESS_KEY; default indicators/witness-key.pem where the account keeps state)',
  );

/** `indicators verify`: is all as it was recorded? Nothing is changed. */
export function verifyCommandOf({ options, finish }: CommandLine): Command {
  return new Command('verify')
    .description(
      'verify the store: chains, uploads, receipts, publications. With --ledger or --publication, those files alone, offline',
    )
    .option('--ledger <file>', 'a ledger file made by "export"')
    .option(
      '--last-year <file>',
      "last year's ledger file, beside which the publication's warnings were derived",
    )
    .option('--publication <folder>', "a publication's folder")
    .option(
      '--witness <paths...>',
      'what was kept elsewhere and must be in the ledger: statements that "witness" wrote, folders of them; unsigned, a manifest.json or an exported ledger',
    )
    .option(
      '--witness-public-key <file>',
      'the public key (PEM) that signs statements, or its fingerprint: one by another key is a fault',
    )
    .option(
      '--timestamp-authority <file>',
      'the certificate (PEM) of whoever issued that of the authority whose time stamps lie beside statements (000012.tsr): one whose signature does not lead up to it is a fault',
    )
    .option('--json', 'as JSON')
    .action((given) => {
      if (given.ledger !== undefined || given.publication !== undefined)
        return finish(verifyFilesCommand(given));
      const { year } = options();
      return finish(withKeptStore(options(), (store) => verifyStoreCommand({ ...given, year }, store)));
    });
}

/** `indicators witness`: a statement of how far every chain goes, signed, to be kept elsewhere. */
export function witnessCommandOf({ options, finish }: CommandLine): Command {
  return new Command('witness')
    .description(
      'sign a statement of how far every chain of every year goes, and write it to a new file, to be kept where nobody who writes the ledger reaches it',
    )
    .requiredOption('-o, --output <file>')
    .addOption(witnessKeyOption())
    .action((given) => finish(withWorkplace(options(), (workplace) => witnessCommand(given, workplace))));
}
