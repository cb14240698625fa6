import { UsageError } from '../cli/commands/exit-codes.ts';
/** The address that this machine alone reaches. */
export const loopback = '127.0.0.1';

/** Who can reach the server: on which of the machine's addresses it listens, and where browsers find it. */
export interface BindAddress {
  host: string;
  /** None if browsers come to the port itself. */
  origin: string | undefined;
}

/**
 * Where people only choose who they are, whoever reaches the server may do anything: so it is this machine alone.
 * Where they sign in, others may come too, but not without encryption, which is the business of a proxy.
 */
export function bindAddressOf({
  host = loopback,
  origin,
  openId,
}: {
  host?: string | undefined;
  origin?: string | undefined;
  openId?: object | undefined;
}): BindAddress {
  if (openId === undefined && (host !== loopback || origin !== undefined)) {
    throw new UsageError(
      'without an identity provider anybody who reaches the portal may choose to be anyone: --host and --origin need INDICATORS_OIDC_ISSUER and INDICATORS_OIDC_CLIENT',
    );
  }
  if (origin === undefined && host !== loopback) {
    throw new UsageError(
      '--host needs --origin https://…: where browsers find the proxy that ends their encryption',
    );
  }
  return { host, origin: origin === undefined ? undefined : httpsOrigin(origin) };
}

/** An address at which a proxy with TLS is found, without a slash at the end; throws a `UsageError` for any other. */
export function httpsOrigin(text: string): string {
  const address = URL.parse(text);
  const isBare = address !== null && address.href === `${address.origin}/` && address.protocol === 'https:';
  if (!isBare)
    throw new UsageError(`--origin is https and a name, with no path, such as https://name: ${text}`);
  return address.origin;
}

/** A port as it is typed; 0 takes any that is free. */
export function portNumber(typed: string): number {
  const port = /^[0-9]{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`a port is a number from 0 to 65535: ${typed}`);
}
