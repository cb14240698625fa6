import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...given: string[]]>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
  linux: ['xdg-open'],
};

/** Opens an address in the browser of whoever started the program; where there is none, nothing happens. */
export function openBrowser(address: string): void {
  const [command, ...given] = openers[process.platform] ?? [];
  if (command === undefined) return;
  const opener = spawn(command, [...given, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}
