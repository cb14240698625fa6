import { createHash, randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ExtKeyUsage,
  type FindIssuerCallback,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { type Instant, instantOf } from '../core/catalogue/period.ts';
import { excerpt } from '../core/values/text.ts';
import { post, whyNotPosted } from './post.ts';

/** What an authority answers is no larger (bytes); with its certificates it is some 5 KB. */
export const largestTimeStamp = 64 * 1024;

/** What is not a time stamp, or none of what it should be of. */
export class TimeStampError extends Error {
  override readonly name = 'TimeStampError';
}

/** A granted time stamp (RFC 3161) as it stands in an answer; whose it is only `signatureFault` tells. */
export interface TimeStamp {
  /** When the authority says that the file was there. */
  at: Instant;
  imprint: { algorithm: string; digest: Uint8Array };
  nonce: Uint8Array | undefined;
  token: SignedData;
}

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
};
const hashes = new Map([
  [oids.sha256, 'sha256'],
  [oids.sha384, 'sha384'],
  [oids.sha512, 'sha512'],
]);

/** A number by which an answer is known to be to this question: positive, and with no byte that DER would leave out. */
export function newNonce(): Uint8Array {
  const nonce = new Uint8Array(randomBytes(16));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** The question for a time stamp of a file by its SHA-256, with the authority's certificates in the answer (DER). */
export function timeStampQuery(file: Uint8Array, nonce: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(file).digest();
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: bufferOf(digest) }),
    }),
    nonce: new Integer({ valueHex: bufferOf(nonce) }),
    certReq: true,
  });
  return new Uint8Array(query.toSchema().toBER());
}

/** Reads what an authority answered (DER); throws a `TimeStampError` for what is not a granted time stamp. */
export function readTimeStamp(answer: Uint8Array): TimeStamp {
  if (answer.byteLength > largestTimeStamp)
    throw new TimeStampError(`is larger than ${largestTimeStamp} bytes`);
  const { status, timeStampToken } = parsed(() => TimeStampResp.fromBER(bufferOf(answer)));
  if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods) {
    const said = (status.statusStrings ?? []).map(({ valueBlock }) => valueBlock.value).join('; ');
    throw new TimeStampError(`was not granted: status ${status.status} ${excerpt(said)}`.trimEnd());
  }
  return parsed(() => {
    const token = new SignedData({ schema: timeStampToken?.content });
    const { eContentType, eContent } = token.encapContentInfo;
    if (eContentType !== oids.timeStampInfo || eContent === undefined) throw new TypeError(eContentType);
    const { genTime, messageImprint, nonce } = TSTInfo.fromBER(eContent.getValue());
    return {
      at: instantOf(genTime),
      imprint: {
        algorithm: messageImprint.hashAlgorithm.algorithmId,
        digest: messageImprint.hashedMessage.valueBlock.valueHexView,
      },
      nonce: nonce?.valueBlock.valueHexView,
      token,
    };
  });
}

function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new TimeStampError('is not the answer of a time stamp authority (RFC 3161)', { cause });
  }
}

/** Whether the time stamp is of this file: by a hash of the SHA-2 family. */
export function isStampOf({ imprint }: TimeStamp, file: Uint8Array): boolean {
  const hash = hashes.get(imprint.algorithm);
  return hash !== undefined && createHash(hash).update(file).digest().equals(imprint.digest);
}

/**
 * What is wrong with a time stamp's signature, if anything is: it must be by a certificate for time stamps alone, which
 * one of the trusted ones issued, directly or through those in the answer, and which was valid at the stamp's time.
 * Whether one was revoked is not asked.
 */
export async function signatureFault(
  { token }: TimeStamp,
  file: Uint8Array,
  trustedCerts: Certificate[],
): Promise<string | undefined> {
  if (token.signerInfos.length !== 1) return 'has not exactly one signature';
  // What the answer says of revocation is the authority's own to leave out.
  delete token.crls;
  delete token.ocsps;
  try {
    const { signatureVerified, signerCertificate } = await token.verify({
      ...{ signer: 0, data: bufferOf(file), trustedCerts },
      ...{ checkChain: true, passedWhenNotRevValues: true, extendedMode: true },
      findIssuer: issuerFinder(),
    });
    if (signatureVerified !== true) return 'has a signature that is not by the certificate in it';
    if (!signerCertificate || !isForTimeStamps(signerCertificate))
      return 'is signed by a certificate that is not for time stamps';
    return undefined;
  } catch (error) {
    return `has a signature that the given authority does not vouch for: ${excerpt(error instanceof Error ? error.message : String(error))}`;
  }
}

/** How often an issuer is looked for: paths have a handful of certificates. */
const mostLookUps = 100;

/**
 * Looks for issuers. A path ends where trust begins: answers often hold certificates that lead on from there, to who knows
 * whom. It ends too where certificates vouch for each other in circles, for which the package goes on for ever.
 */
function issuerFinder(): FindIssuerCallback {
  let lookUps = 0;
  return async (certificate, engine, crypto) => {
    lookUps += 1;
    if (lookUps > mostLookUps)
      throw new Error('the paths of its certificates are too many, or lead in circles');
    const issuers = await engine.defaultFindIssuer(certificate, engine, crypto);
    const trusted = issuers.filter((issuer) => engine.trustedCerts.includes(issuer));
    return trusted.length > 0 ? trusted : issuers;
  };
}

function isForTimeStamps({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === oids.extendedKeyUsage);
  const value: unknown = usage?.parsedValue;
  if (usage?.critical !== true || !(value instanceof ExtKeyUsage)) return false;
  return value.keyPurposes.length === 1 && value.keyPurposes[0] === oids.timeStamping;
}

const pemOfCertificate = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** The certificates in a PEM file; none where one of them cannot be read. */
export function certificatesIn(pem: string): Certificate[] {
  try {
    return [...pem.matchAll(pemOfCertificate)].map(([, base64 = '']) =>
      Certificate.fromBER(bufferOf(Buffer.from(base64, 'base64'))),
    );
  } catch {
    return [];
  }
}

/** The bytes in a buffer with nothing beside them. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** How long an authority is waited for (milliseconds). */
const patience = 15_000;

/**
 * Has an authority stamp a file (RFC 3161 over HTTP), of which it is told the hash alone; its answer as it came. Throws
 * where that is not a granted stamp of this file and for this question. Whether the signature is one to be believed is
 * for whoever verifies.
 */
export async function askForTimeStamp(authority: string, file: Uint8Array): Promise<Uint8Array> {
  const nonce = newNonce();
  try {
    const answer = await post(authority, {
      headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
      body: timeStampQuery(file, nonce),
      largest: largestTimeStamp,
      patience,
    });
    const stamp = readTimeStamp(answer);
    if (!isStampOf(stamp, file)) throw new TimeStampError('is of another file than was asked of');
    if (stamp.nonce === undefined || Buffer.compare(stamp.nonce, nonce) !== 0)
      throw new TimeStampError('is the answer to another question');
    return answer;
  } catch (cause) {
    throw new Error(`no time stamp by ${URL.parse(authority)?.host}: ${whyNotPosted(cause)}`, { cause });
  }
}
