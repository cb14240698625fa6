import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../fixtures/command-line.ts';
import { copySample, madeSample } from '../fixtures/made-sample.ts';
import { type StartedServer, startServerProcess } from '../fixtures/started-server.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const program = fileURLToPath(new URL('../../functions/cli/main.ts', import.meta.url));

/** Starts the server as a person would; it goes when the test ends. */
async function start(...args: string[]): Promise<StartedServer> {
  const server = await startServerProcess(...args);
  onTestFinished(() => server.kill());
  return server;
}

async function isListening(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('npm start', () => {
  it('says where it is, answers, and ends in good order on signals that come together, with nothing left running', async () => {
    const data = join(await temporaryFolder(), 'data');
    const server = await start('--data', data, '--port', '0');
    expect(server.output()).toContain(data);
    expect(server.output()).toContain(join(data, 'inbox'));
    const answer = await fetch(`${server.origin}/sign-in`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('选择您的身份');
    server.process.kill('SIGTERM');
    server.process.kill('SIGINT');
    const [code] = await once(server.process, 'exit');
    expect(code).toBe(0);
    expect(await isListening(server.origin)).toBe(false);
    expect(server.errors()).toBe('');
    expect(await readdir(data)).not.toContain('ledger.sqlite-wal');
  });

  it('says that the port is in use, in both languages', async () => {
    const folder = await temporaryFolder();
    const { origin } = await start('--data', join(folder, 'a'), '--port', '0');
    const second = await run(process.execPath, [
      program,
      'serve',
      ...['--data', join(folder, 'b'), '--port', new URL(origin).port],
    ]);
    expect(second).toMatchObject({ code: 2, output: '' });
    expect(second.errors).toMatch(/the port is in use.*端口已被占用/s);
    expect(existsSync(join(folder, 'b'))).toBe(false);
  });

  it('reports each request and file if asked', async () => {
    const data = join(await temporaryFolder(), 'data');
    const server = await start('--data', data, '--port', '0', '--verbose');
    await fetch(`${server.origin}/sign-in`);
    await expect.poll(() => server.errors()).toContain('"route":"/sign-in"');
    const [line = ''] = server
      .errors()
      .split('\n')
      .filter((each) => each.includes('/sign-in'));
    expect(JSON.parse(line)).toMatchObject({ level: 'info', what: 'request', method: 'GET', status: 200 });
  });

  it.each([
    [['--port', 'x'], /write a number from 0 to 65535/],
    [['--host', '0.0.0.0'], /without an identity provider/],
    [['--catalogue', 'x'], /unknown option/],
    [['--no-such-option'], /unknown option/],
  ])('%j is used wrongly', async (args, complaint) => {
    const data = join(await temporaryFolder(), 'data');
    const ran = await run(process.execPath, [program, 'serve', '--data', data, ...args]);
    expect(ran.code).toBe(2);
    expect(ran.errors).toMatch(complaint);
  });
});

describe('npm start -- --sample', () => {
  it('makes the sample, both years published, and shows it', async () => {
    const { folder, data } = await madeSample();
    for (const year of ['2023', '2024']) {
      expect(await readdir(join(data, 'publications', year))).toEqual(['0001']);
    }
    expect((await readdir(folder)).sort()).toEqual(['data', 'output.txt']);
  });

  it('makes it once', async () => {
    const data = join(await temporaryFolder(), 'sample');
    await copySample(data);
    const again = await start('--sample', '--data', data, '--port', '0');
    expect((await madeSample()).output).toContain('submitted');
    expect(again.output()).not.toContain('submitted');
    expect(await readdir(join(data, 'publications', '2023'))).toEqual(['0001']);
  });

  it('is not mixed into a folder of somebody else', async () => {
    const data = join(await temporaryFolder(), 'theirs');
    await mkdir(data);
    await writeFile(join(data, 'letter.txt'), '');
    const ran = await run(process.execPath, [program, 'serve', '--sample', '--data', data, '--port', '0']);
    expect(ran.code).toBe(2);
    expect(await readdir(data)).toEqual(['letter.txt']);
  });
});
