/** The address that this machine alone reaches. */
export const loopback = '127.0.0.1';

/** Options that make no sense, or are not safe; the message is for whoever starts the server. */
export class Misused extends Error {}

/** Who can reach the server: on which of the machine's addresses it listens, and where browsers find it. */
export interface Reach {
  host: string;
  /** None if browsers come to the port itself. */
  origin: string | undefined;
}

/**
 * Where people only choose who they are, whoever reaches the server may do anything: so it is this machine alone.
 * Where they sign in, others may come too, but not without encryption, which is the business of a proxy.
 */
export function reachOf({
  host = loopback,
  origin,
  openId,
}: {
  host?: string | undefined;
  origin?: string | undefined;
  openId?: object | undefined;
}): Reach {
  if (openId === undefined && (host !== loopback || origin !== undefined)) {
    throw new Misused(
      'without an identity provider anybody who reaches the portal may choose to be anyone: --host and --origin need INDICATORS_OIDC_ISSUER and INDICATORS_OIDC_CLIENT',
    );
  }
  if (origin === undefined && host !== loopback) {
    throw new Misused(
      '--host needs --origin https://…: where browsers find the proxy that ends their encryption',
    );
  }
  return { host, origin: origin === undefined ? undefined : httpsOrigin(origin) };
}

function httpsOrigin(text: string): string {
  const address = URL.parse(text);
  const isBare = address !== null && address.href === `${address.origin}/` && address.protocol === 'https:';
  if (!isBare) throw new Misused(`--origin is https and a name, with no path, such as https://name: ${text}`);
  return address.origin;
}
