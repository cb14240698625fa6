import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  askForTimeStamp,
  certificatesIn,
  isStampOf,
  largestTimeStamp,
  readTimeStamp,
  signatureFault,
} from '../../shared/adapters/time-stamp.ts';
import { run } from '../fixtures/command-line.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import {
  hasOpenssl,
  keyKinds,
  type Manner,
  type RunningAuthority,
  type Signer,
  startAuthority,
} from '../fixtures/time-stamp-authority.ts';

const file = new TextEncoder().encode('{"format":"indicators-witness/1"}\n');
const kinds = Object.keys(keyKinds) as (keyof typeof keyKinds)[];

describe.skipIf(!hasOpenssl).each(kinds)('a time stamp by an authority with a key for %s', (kind) => {
  let authority: RunningAuthority;
  let strange: RunningAuthority;
  let answer: Uint8Array;

  beforeAll(async () => {
    const made = await newFolder();
    authority = await startAuthority(join(made.folder, 'authority'), kind);
    strange = await startAuthority(join(made.folder, 'strange'), kind);
    answer = await askForTimeStamp(authority.address, file);
    return async () => {
      await Promise.all([authority.stop(), strange.stop()]);
      await made.remove();
    };
  });

  const faultBy = async (stamp: Uint8Array, certificate: string) =>
    signatureFault(readTimeStamp(stamp), file, certificatesIn(await readFile(certificate, 'utf8')));

  it('is of the file alone, and OpenSSL finds it good as well', async () => {
    expect(isStampOf(readTimeStamp(answer), file)).toBe(true);
    expect(isStampOf(readTimeStamp(answer), file.slice(1))).toBe(false);
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), file);
    await writeFile(join(folder, 'answer'), answer);
    const stamped = ['-data', join(folder, 'file'), '-in', join(folder, 'answer')];
    const { code, output } = await run('openssl', [
      ...['ts', '-verify', '-CAfile', authority.certificate],
      ...stamped,
    ]);
    expect([code, output]).toEqual([0, expect.stringContaining('Verification: OK')]);
  });

  it('is vouched for by every issuer of its chain and by whoever vouches for the last, and by nobody else of the same name', async () => {
    expect(await faultBy(answer, authority.certificate)).toBeUndefined();
    expect(await faultBy(answer, authority.older)).toBeUndefined();
    expect(await faultBy(answer, authority.between)).toBeUndefined();
    const others = [strange.certificate, strange.older, authority.other.certificate];
    for (const other of others) expect(await faultBy(answer, other)).toContain('does not vouch for');
  });

  it('is none if a bit of what was signed, or of the signature, is another', async () => {
    const token = readTimeStamp(answer).token;
    const signature = Buffer.from(token.signerInfos[0]!.signature.valueBlock.valueHexView);
    const time = Buffer.from(/\d{14}Z/.exec(Buffer.from(answer).toString('latin1'))![0]);
    for (const part of [signature, time]) {
      const edited = Buffer.from(answer);
      const last = edited.indexOf(part) + part.length - 2;
      edited[last] = edited[last]! ^ 1;
      expect(await faultBy(edited, authority.certificate)).toMatch(/^has a signature that/);
    }
  });

  it.each<{ what: string; signer: () => Signer; said: string }>([
    {
      what: 'a certificate of the same issuer that is not for time stamps',
      signer: () => authority.other,
      said: 'not for time stamps',
    },
    {
      what: 'a certificate whose issuers vouch for each other',
      signer: () => authority.astray,
      said: 'does not vouch for: Validation of signer',
    },
  ])('is none by $what', async ({ signer, said }) => {
    const content = readTimeStamp(answer).token.encapContentInfo.eContent!.getValue();
    const forged = await signedBy(signer(), new Uint8Array(content));
    expect(isStampOf(readTimeStamp(forged), file)).toBe(true);
    expect(await faultBy(forged, authority.certificate)).toContain(said);
  });

  it.each<[Manner, RegExp]>([
    ['refuses', /was not granted: status 2 /],
    ['stamps another file', /is of another file/],
    ['answers the first question again', /is the answer to another question/],
    ['answers what is no answer', /is not the answer of a time stamp authority/],
    ['answers without end', /is larger than 65536 bytes/],
    ['sends on to another', /unexpected redirect/],
    ['fails', /was answered with HTTP 500/],
  ])('is not taken from an authority that %s', async (manner, said) => {
    authority.manner = manner;
    await expect(askForTimeStamp(authority.address, file)).rejects.toThrow(said);
    authority.manner = 'grants';
  });
});

/** A granted answer in which somebody signed the content of a time stamp (DER). */
async function signedBy({ certificate, key, chain }: Signer, content: Uint8Array): Promise<Buffer> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'content'), content);
  const { code, errors } = await run('openssl', [
    ...['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256'],
    ...['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', join(folder, 'content')],
    ...['-signer', certificate, '-inkey', key, '-certfile', chain, '-out', join(folder, 'token')],
  ]);
  expect([code, errors]).toEqual([0, '']);
  const token = await readFile(join(folder, 'token'));
  const body = Buffer.concat([Buffer.from('3003020100', 'hex'), token]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from('3082', 'hex'), length, body]);
}

describe('what is no time stamp', () => {
  it.each([
    ['nothing', new Uint8Array(), /is not the answer/],
    ['half of an answer', Buffer.from('3082ffff3003020100', 'hex'), /is not the answer/],
    ['an answer with no stamp in it', Buffer.from('30053003020100', 'hex'), /is not the answer/],
    ['what is too large', new Uint8Array(largestTimeStamp + 1), /is larger than/],
  ])('is refused: %s', (_, bytes, said) => {
    expect(() => readTimeStamp(bytes)).toThrow(said);
  });
});
