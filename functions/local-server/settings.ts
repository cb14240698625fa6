import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../cli/commands/exit-codes.ts';
import { liesIn, witnessKeyFile } from '../cli/commands/witness.ts';
import { issuerAddress } from '../portal/access/openid-provider.ts';
import { portNumber } from './bind-address.ts';
import type { WitnessPlaces } from './local-witness.ts';
import type { OpenIdRegistration } from './portal-services.ts';
import { type ReminderSettings, reminderSettingsFrom } from './reminding.ts';

const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/** What the server takes from its environment; empty is the same as not there. */
const environmentSchema = z.object({
  INDICATORS_DATA: text,
  PORT: text,
  INDICATORS_OIDC_ISSUER: text,
  INDICATORS_OIDC_CLIENT: text,
  INDICATORS_OIDC_SECRET: text,
  INDICATORS_OIDC_AUDIENCE: text,
  INDICATORS_OIDC_ROLE_CLAIM: text,
  INDICATORS_OIDC_DEPARTMENT_CLAIM: text,
  INDICATORS_WITNESS_FOLDER: text,
  INDICATORS_TIMESTAMP_URL: text,
});
type Environment = z.infer<typeof environmentSchema>;

/** What was typed behind `npm start --`. */
export interface StartOptions {
  data?: string;
  port?: number;
  sample?: boolean;
  inbox?: string;
  host?: string;
  origin?: string;
  witnessKey?: string;
  witnessFolder?: string;
  timestampUrl?: string;
  open?: boolean;
  verbose?: boolean;
}

/** Options with the environment behind them, and defaults behind that. */
export interface Settings {
  data: string;
  port: number;
  inbox: string | undefined;
  host: string | undefined;
  origin: string | undefined;
  openId: OpenIdRegistration | undefined;
  /** Nothing is signed of the sample. */
  witness: WitnessPlaces | undefined;
  /** Nobody is reminded of the sample. */
  reminders: ReminderSettings | undefined;
}

/** Throws `UsageError` for what makes no sense. */
export function settingsFrom(options: StartOptions, variables: NodeJS.ProcessEnv): Settings {
  const environment = environmentSchema.parse(variables);
  const usual = options.sample ? 'indicators-sample' : (environment.INDICATORS_DATA ?? 'indicators-data');
  const data = options.data ?? usual;
  return {
    data,
    port: options.port ?? portNumber(environment.PORT ?? '8080'),
    inbox: options.inbox,
    host: options.host,
    origin: options.origin,
    openId: openIdFrom(environment),
    witness: options.sample ? undefined : witnessPlaces(options, data, variables),
    reminders: options.sample ? undefined : reminderSettingsFrom(variables),
  };
}

function witnessPlaces(options: StartOptions, data: string, variables: NodeJS.ProcessEnv): WitnessPlaces {
  const environment = environmentSchema.parse(variables);
  const folder = options.witnessFolder ?? environment.INDICATORS_WITNESS_FOLDER;
  if (folder !== undefined && liesIn(data, resolve(folder))) {
    throw new UsageError(`${folder} lies in the data folder: name one on another disk with --witness-folder`);
  }
  const timestampAuthority = options.timestampUrl ?? environment.INDICATORS_TIMESTAMP_URL;
  if (timestampAuthority !== undefined) refuseNoAuthority(timestampAuthority);
  return { key: witnessKeyFile(options, data, variables), folder, timestampAuthority };
}

/** Stamps are signed, and of what is not secret, so that http will do, which most authorities speak alone. */
function refuseNoAuthority(typed: string): void {
  const address = URL.parse(typed);
  const isWeb = address?.protocol === 'https:' || address?.protocol === 'http:';
  if (isWeb && address.username === '' && address.password === '') return;
  throw new UsageError(
    'the time stamp authority (--timestamp-url) is an https or http address without a password in it',
  );
}

function openIdFrom(environment: Environment): OpenIdRegistration | undefined {
  const { INDICATORS_OIDC_ISSUER: issuer, INDICATORS_OIDC_CLIENT: clientId } = environment;
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined) {
    throw new UsageError('INDICATORS_OIDC_ISSUER and INDICATORS_OIDC_CLIENT go together');
  }
  refuseUnsafe(issuer);
  return {
    issuer,
    clientId,
    clientSecret: environment.INDICATORS_OIDC_SECRET,
    audience: environment.INDICATORS_OIDC_AUDIENCE,
    roleClaim: environment.INDICATORS_OIDC_ROLE_CLAIM ?? 'role',
    departmentClaim: environment.INDICATORS_OIDC_DEPARTMENT_CLAIM ?? 'department',
  };
}

function refuseUnsafe(issuer: string): void {
  try {
    issuerAddress(issuer);
  } catch (error) {
    throw new UsageError(`INDICATORS_OIDC_ISSUER: ${error instanceof Error ? error.message : String(error)}`);
  }
}
