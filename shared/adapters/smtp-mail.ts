import { z } from 'zod';
import { DeliveryError, type ReminderChannel } from '../core/reminders/channel.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1']);

/** A mail server that takes reminders. */
export const smtpSchema = z
  .strictObject({
    host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
    port: z.int().min(1).max(65_535),
    /** TLS from the first byte, STARTTLS and nothing without it, or none, as within a machine or a closed network. */
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    /** The address that mails come from. */
    from: z.email(),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    message: 'user and password go together',
  })
  .refine(
    ({ security, password, host }) =>
      security !== 'none' || password === undefined || loopbackHosts.has(host),
    {
      message: 'no password goes over the network unencrypted: security is tls or starttls',
    },
  );
export type Smtp = z.infer<typeof smtpSchema>;

/** How long the server is waited for at each step (milliseconds). */
const patience = 10_000;

/** Whom mails come from, by name. */
const sender = '法治政府建设指标报送';

/** Reminders as mails, one to a department, each to all of its contacts. The package is loaded when one is sent. */
export function smtpMail({ host, port, security, user, password, from }: Smtp): ReminderChannel {
  const options = {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return {
    name: 'mail',
    groupLimit: undefined,
    async send({ to, subject, text }) {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(options);
      try {
        const { accepted, rejected } = await transport.sendMail({
          from: { name: sender, address: from },
          to: to.map(({ name, mail }) => ({ name, address: mail })),
          subject,
          text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { recipients: accepted.length, refused: rejected.length };
      } catch (error) {
        throw new DeliveryError(`the mail server did not take the mail: ${codesOf(error)}`);
      } finally {
        transport.close();
      }
    },
  };
}

/** Codes alone: servers repeat names and addresses in their words. */
function codesOf(error: unknown): string {
  const { code, responseCode } = z
    .object({ code: z.string().optional(), responseCode: z.number().optional() })
    .catch({})
    .parse(error);
  return [code, responseCode].filter((each) => each !== undefined).join(' ') || 'unknown';
}
