import { spawn } from 'node:child_process';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { exitCodeFor } from '../cli/commands/exit-code-for.ts';
import { exitCodes } from '../cli/commands/exit-codes.ts';
import { print } from '../cli/commands/output.ts';
import { prepareSample } from '../demo/submit-sample-year.ts';
import { loggerTo } from './logger.ts';
import { type RunningServer, startServer } from './server.ts';
import { type StartOptions, settingsFrom } from './settings.ts';

/** Starts the server as the options say, and says where it is found; ends with the process's first signal. */
export async function serve(options: StartOptions): Promise<void> {
  const { verbose = false, sample = false, open = true } = options;
  const settings = settingsFrom(options, process.env);
  if (sample) {
    print('making the sample if it is not there yet … 正在准备样例数据');
    await prepareSample(settings.data);
  }
  // Loaded when the first chart is drawn, it would hold up everybody for the better part of a second.
  await import('../../shared/charts/draw.ts');
  const now = () => instantOf(new Date());
  const reports = loggerTo((line) => process.stderr.write(line), { verbose, now });
  const server = await startServer({ ...settings, reports, now, isSample: sample });
  welcome(server);
  stopOnSignal(server);
  if (open && process.stdout.isTTY) openBrowser(server.origin);
}

function welcome({ origin, data, inbox, finished, witnessKey }: RunningServer): void {
  print();
  for (const line of finished) print(`  finished: ${line}`);
  print(`  The portal is running. Open in a browser:   ${origin}/`);
  print(`  系统已启动，请在浏览器中打开：              ${origin}/`);
  print();
  print(`  data     数据        ${data}`);
  print(`  inbox    收件箱      ${inbox}`);
  if (witnessKey !== undefined) {
    print(`  key      签名密钥指纹  ${witnessKey.fingerprint}`);
    if (witnessKey.isNew)
      print('           新生成的密钥，请把指纹告诉审计人员 (new: tell it to those who check)');
  }
  print('  to stop  停止        Ctrl+C');
  print();
}

const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...given: string[]]>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
  linux: ['xdg-open'],
};

/** Opens an address in the browser of whoever started the program; where there is none, nothing happens. */
function openBrowser(address: string): void {
  const [command, ...given] = openers[process.platform] ?? [];
  if (command === undefined) return;
  const opener = spawn(command, [...given, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

/** Signals that come together are one: both the terminal and npm pass on that Ctrl+C was pressed (milliseconds). */
const oneSignal = 1_000;

/** The first signal stops in good order, one that comes later at once. */
function stopOnSignal(server: RunningServer): void {
  let since: number | undefined;
  const stop = () => {
    if (since === undefined) {
      since = performance.now();
      server.stop().catch((error: unknown) => {
        process.exitCode = exitCodeFor(error);
      });
    } else if (performance.now() - since > oneSignal) {
      process.exit(exitCodes.failed);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
