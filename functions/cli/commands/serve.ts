import { Command, InvalidArgumentError } from 'commander';
import { portNumber } from '../../local-server/bind-address.ts';
import type { StartOptions } from '../../local-server/settings.ts';
import { witnessKeyOption } from './arguments.ts';

/** `npm start`: everything that one machine needs. The portal is loaded only if it is wanted. */
export const serveCommand = new Command('serve')
  .description('Portal, inbox and daily publication on one machine, with everything in one folder.')
  .option('--data <folder>', 'where everything is kept (or INDICATORS_DATA; default indicators-data)')
  .option('--port <number>', 'where it listens (or PORT; default 8080; 0 takes any that is free)', port)
  .option('--sample', 'two made-up years to look at, in indicators-sample unless --data says otherwise')
  .option(
    '--inbox <folder>',
    'where people may put files instead of uploading them (default inbox in the data)',
  )
  .option('--host <address>', 'listen there and not on 127.0.0.1; needs an identity provider and --origin')
  .option('--origin <https address>', 'where browsers find the proxy that stands before this server')
  .addOption(witnessKeyOption())
  .option(
    '--witness-folder <folder>',
    'a folder on another disk, to which every signed statement of the ledger is handed (or INDICATORS_WITNESS_FOLDER)',
  )
  .option(
    '--timestamp-url <https address>',
    'an authority that stamps the time of signed statements (RFC 3161; or INDICATORS_TIMESTAMP_URL); http will do',
  )
  .option('--no-open', 'do not open the browser')
  .option('--verbose', 'report every request and file, not faults alone')
  .addHelpText(
    'after',
    `
People choose who they are unless an OpenID Connect provider is named in the environment:
  INDICATORS_OIDC_ISSUER, INDICATORS_OIDC_CLIENT     both; the provider knows <address>/sign-in/callback and
                                                     <address>/signed-out
  INDICATORS_OIDC_SECRET                             of a confidential client
  INDICATORS_OIDC_ROLE_CLAIM                         default role: department, legal-office, auditor
  INDICATORS_OIDC_DEPARTMENT_CLAIM                   default department: an id of the catalogue
  INDICATORS_OIDC_AUDIENCE                           of bearer tokens; default the address of the portal

Departments are reminded of what they lack where the environment names a mail server or the robot of a group:
  INDICATORS_SMTP_HOST, INDICATORS_SMTP_FROM         both; INDICATORS_SMTP_SECURITY is tls (default), starttls or none
  INDICATORS_SMTP_PORT                               default 465, 587 or 25
  INDICATORS_SMTP_USER, INDICATORS_SMTP_PASSWORD     where the server asks for them
  INDICATORS_WECOM_WEBHOOK                           of the robot of a group of 企业微信
  INDICATORS_DINGTALK_WEBHOOK, …_SECRET              of 钉钉; the secret where its messages are signed (加签)
  INDICATORS_FEISHU_WEBHOOK, …_SECRET                of 飞书; the secret where they are signed (签名校验)
  INDICATORS_REMIND_HOUR                             from which hour of the day on (default 9)`,
  )
  .action(async (_options: StartOptions, command: Command) => {
    const { serve } = await import('../../local-server/serve.ts');
    await serve(command.optsWithGlobals<StartOptions>());
  });

function port(typed: string): number {
  try {
    return portNumber(typed);
  } catch {
    throw new InvalidArgumentError('write a number from 0 to 65535');
  }
}
