import { Command, InvalidArgumentError } from 'commander';
import { complain, exitCodes, print } from '../../functions/cli/output.ts';
import { software } from '../../functions/cli/workplace.ts';
import { CatalogueRefused } from '../../shared/catalogue/load-catalogue.ts';
import { openBrowser } from './open-browser.ts';
import { Misused } from './reach.ts';
import { reportsTo } from './reports.ts';
import { prepareSample } from './sample.ts';
import { type RunningServer, startServer } from './server.ts';
import { portNumber, type StartOptions, settingsFrom } from './settings.ts';

const program = new Command('npm start --')
  .description('Portal, inbox and daily publication on one machine, with everything in one folder.')
  .version(software)
  .option('--data <folder>', 'where everything is kept (or INDICATORS_DATA; default indicators-data)')
  .option(
    '--catalogue <path>',
    'the catalogue in force, or a folder of them, one a year (or INDICATORS_CATALOGUE; default the 2023 example)',
  )
  .option('--port <number>', 'where it listens (or PORT; default 8080; 0 takes any that is free)', port)
  .option('--sample', 'a made-up year to look at, in indicators-sample unless --data says otherwise')
  .option(
    '--inbox <folder>',
    'where people may put files instead of uploading them (default inbox in the data)',
  )
  .option('--host <address>', 'listen there and not on 127.0.0.1; needs an identity provider and --origin')
  .option('--origin <https address>', 'where browsers find the proxy that stands before this server')
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
  INDICATORS_OIDC_AUDIENCE                           of bearer tokens; default the address of the portal`,
  )
  .showHelpAfterError('(npm start -- --help shows how it is used)')
  .exitOverride()
  .action((options: StartOptions) => start(options));

function port(typed: string): number {
  try {
    return portNumber(typed);
  } catch {
    throw new InvalidArgumentError('write a number from 0 to 65535');
  }
}

async function start(options: StartOptions): Promise<void> {
  const { verbose = false, sample = false, open = true } = options;
  const settings = settingsFrom(options, process.env);
  if (sample) {
    print('making the sample year if it is not there yet … 正在准备样例数据');
    await prepareSample(settings.data);
  }
  const now = () => new Date().toISOString();
  const reports = reportsTo((line) => process.stderr.write(line), { verbose, now });
  const server = await startServer({ ...settings, reports, now });
  welcome(server);
  stopOnSignal(server);
  if (open && process.stdout.isTTY) openBrowser(server.origin);
}

function welcome({ origin, data, inbox }: RunningServer): void {
  print();
  print(`  The portal is running. Open in a browser:   ${origin}/`);
  print(`  系统已启动，请在浏览器中打开：              ${origin}/`);
  print();
  print(`  data     数据        ${data}`);
  print(`  inbox    收件箱      ${inbox}`);
  print('  to stop  停止        Ctrl+C');
  print();
}

/** Signals that come together are one: both the terminal and npm pass on that Ctrl+C was pressed (milliseconds). */
const oneSignal = 1_000;

/** The first signal stops in good order, one that comes later at once. */
function stopOnSignal(server: RunningServer): void {
  let since: number | undefined;
  const stop = () => {
    if (since === undefined) {
      since = performance.now();
      server.stop().catch(fail);
    } else if (performance.now() - since > oneSignal) {
      process.exit(exitCodes.failed);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

function fail(error: unknown): void {
  process.exitCode = exitCodeFor(error);
}

/** The one place where thrown faults become messages and exit codes. */
function exitCodeFor(error: unknown): number {
  if (!(error instanceof Error)) {
    complain(String(error));
    return exitCodes.failed;
  }
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('commander.')) {
    return 'exitCode' in error && error.exitCode === 0 ? exitCodes.done : exitCodes.misused;
  }
  if (code === 'EADDRINUSE') {
    complain('the port is in use: is the server running already? Else choose another with --port');
    complain('端口已被占用：系统是否已经在运行？也可以用 --port 换一个端口。');
    return exitCodes.misused;
  }
  complain(error.message);
  const isMisuse = error instanceof Misused || error instanceof CatalogueRefused || code === 'ENOENT';
  return isMisuse ? exitCodes.misused : exitCodes.failed;
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}
