import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../core/catalogue/period.ts';
import { DeliveryError, type ReminderChannel } from '../core/reminders/channel.ts';
import { channelSchema } from '../core/reminders/record.ts';
import { parseJson } from '../core/values/json.ts';
import { AnswerError, post } from './post.ts';

/** Whose robot it is: 企业微信, 钉钉, 飞书. */
export const robotKindSchema = channelSchema.exclude(['mail']);
export type RobotKind = z.infer<typeof robotKindSchema>;

const onThisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** A robot's address has its token in it: who knows it may write to the group. */
export const webhookSchema = z.string().refine(isSafeAddress, {
  message: 'an https address without a name or password before its host; http on this machine alone',
});

function isSafeAddress(typed: string): boolean {
  const address = URL.parse(typed);
  if (address === null || address.username !== '' || address.password !== '') return false;
  return (
    address.protocol === 'https:' || (address.protocol === 'http:' && onThisMachine.test(address.hostname))
  );
}

/** The robot of a group; with a secret, what it is told is signed (加签, 签名校验). */
export const robotSchema = z.strictObject({
  kind: robotKindSchema,
  webhook: webhookSchema,
  secret: z.string().min(1).optional(),
});
export type Robot = z.infer<typeof robotSchema>;

/** What a robot is told, and where. */
interface RobotCall {
  address: string;
  body: object;
}

interface RobotForm {
  /** How much text one message holds (bytes of UTF-8), with room for what is around it. */
  limit: number;
  call(text: string, robot: Robot, now: Instant): RobotCall;
}

/** All of them take plain text, in which nothing is set or calls anybody. */
const forms: Record<RobotKind, RobotForm> = {
  wecom: { limit: 2_000, call: (text, { webhook }) => ({ address: webhook, body: plainText(text) }) },
  dingtalk: {
    limit: 12_000,
    call: (text, robot, now) => ({ address: signedAddress(robot, now), body: plainText(text) }),
  },
  feishu: {
    limit: 12_000,
    call: (text, robot, now) => ({
      address: robot.webhook,
      body: { ...signedFields(robot, now), msg_type: 'text', content: { text } },
    }),
  },
};

function plainText(text: string): object {
  return { msgtype: 'text', text: { content: text } };
}

/** 钉钉: milliseconds; the secret is the key, and signed with them. */
function signedAddress({ webhook, secret }: Robot, now: Instant): string {
  if (secret === undefined) return webhook;
  const timestamp = String(Date.parse(now));
  const address = new URL(webhook);
  address.searchParams.set('timestamp', timestamp);
  address.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`));
  return address.href;
}

/** 飞书: seconds; they and the secret are the key, and nothing is signed. */
function signedFields({ secret }: Robot, now: Instant): object {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  return { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') };
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** How long a robot is waited for (milliseconds), and how much of its answer is read (bytes). */
const [patience, largest] = [10_000, 65_536];

/** A robot says that something was wrong in an answer of HTTP 200. */
const answerSchema = z.union([
  z.object({ errcode: z.number() }).transform(({ errcode }) => errcode),
  z.object({ code: z.number() }).transform(({ code }) => code),
]);

/** Reminders into a group, by its robot. `now` is the clock, by which robots check signatures. */
export function groupRobot(robot: Robot, now: () => Instant): ReminderChannel {
  const { limit, call } = forms[robot.kind];
  return {
    name: robot.kind,
    groupLimit: limit,
    async send({ text }) {
      const { address, body } = call(text, robot, now());
      const code = answerSchema.safeParse(parseJson(await answerTo(address, body))).data;
      if (code === undefined) throw new DeliveryError('the robot answered with what is no answer of a robot');
      if (code !== 0) throw new DeliveryError(`the robot refused the message with code ${code}`);
      return { recipients: 1, refused: 0 };
    },
  };
}

async function answerTo(address: string, body: object): Promise<Uint8Array> {
  try {
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    return await post(address, { headers, body: JSON.stringify(body), largest, patience });
  } catch (error) {
    throw new DeliveryError(`the robot could not be told: ${whatFailed(error)}`);
  }
}

/** Of what the network says a code alone: its words may have the address in them, and so the token. */
function whatFailed(error: unknown): string {
  if (error instanceof AnswerError) return error.message;
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
