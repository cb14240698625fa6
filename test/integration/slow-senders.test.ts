import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ArrivalLimits, listen } from '../../functions/local-server/listening.ts';
import { openPortal, portalOrigin } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const quick: ArrivalLimits = { request: 400, headers: 300, lookEvery: 50 };
const uploads = '/2023/departments/sfj/2023-03/uploads';
const firstPart = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n';

/** How a body is announced, how its first part is sent, and how each further byte. */
const ways = [
  ['of a length that was announced', 'Content-Length: 100000', firstPart, 'a'],
  [
    'in chunks',
    'Transfer-Encoding: chunked',
    `${firstPart.length.toString(16)}\r\n${firstPart}\r\n`,
    '1\r\na\r\n',
  ],
] as const;

/** The portal on a port, and the cookie of somebody who may upload. */
async function listeningPortal(limits: ArrivalLimits) {
  const portal = openPortal(smallStore(), { now: '2023-04-05T01:00:00.000Z' });
  const clerk = await portal.as('department:sfj');
  const listening = await listen('127.0.0.1', 0, limits);
  onTestFinished(() => listening.close());
  listening.answerWith(portal.app);
  const head = `POST ${uploads} HTTP/1.1\r\nHost: ${new URL(portalOrigin).host}\r\nCookie: ${clerk.cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\n`;
  return { portal, port: listening.port, head };
}

/** Sends a beginning, then a byte now and then until the connection is closed; what came back. */
function trickle(port: number, beginning: string, byte: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    let timer: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(beginning);
      // Not before: what is written to a socket that is slow to connect would come first.
      timer = setInterval(() => socket.write(byte), 20);
    });
    socket.on('data', (bytes) => {
      received += bytes;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve(received);
    });
  });
}

describe('whoever sends slowly', () => {
  it.each(ways)('a body %s is closed out, and logged as the one at fault', async (_, length, first, byte) => {
    const { portal, port, head } = await listeningPortal(quick);
    const received = await trickle(port, `${head}${length}\r\n\r\n${first}`, byte);
    expect(received).toMatch(/^HTTP\/1\.1 408 /);
    await expect.poll(() => portal.log.at(-1)?.route).toBe('/:year/departments/:department/:period/uploads');
    expect(portal.log.at(-1)).toMatchObject({ status: 408 });
    expect(portal.log.at(-1)).not.toHaveProperty('error');
  });

  it.each(ways)('and goes away in the middle of a body %s is at fault too', async (_, length, first) => {
    const { portal, port, head } = await listeningPortal({ ...quick, request: 60_000 });
    const before = portal.log.length;
    const socket = connect(port, '127.0.0.1');
    socket.write(`${head}${length}\r\n\r\n${first}`);
    setTimeout(() => socket.destroy(), 300);
    await expect.poll(() => portal.log.length).toBe(before + 1);
    expect(portal.log.at(-1)).toMatchObject({ status: 408 });
    expect(portal.log.at(-1)).not.toHaveProperty('error');
  });

  it('headers is closed out', async () => {
    const { port, head } = await listeningPortal(quick);
    expect(await trickle(port, head, 'X')).toMatch(/^HTTP\/1\.1 408 /);
  });
});
