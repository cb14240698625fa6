import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How people prove who they are, and where their `department` or `role` comes from: never from themselves. */
export type Identities =
  /** IAM users of the account, tagged `department` or `role` by its administrator. */
  | { kind: 'account' }
  /** The city's SAML identity provider, which sets the session tags `department` or `role`. */
  | { kind: 'saml'; provider: string; audience: string };

/** How people sign in to the portal: the city's OpenID Connect issuer, and what its tokens say of a person. */
export interface PortalSignIn {
  issuer: string;
  /** The name under which the portal is registered there. */
  clientId: string;
  /** For whom the tokens must have been issued that programs bring to the API; if left out, for the portal's address. */
  audience?: string;
  /** The claim with `department`, `legal-office` or `auditor`, or a list of them. */
  roleClaim: string;
  /** The claim with a clerk's department, as the catalogue calls it. */
  departmentClaim: string;
  /** Where people find the portal, if it has a name of its own: `https://` and a host. */
  origin?: string;
  /** The ARN of a certificate for that name, by which API Gateway answers to it; without it something else must. */
  certificate?: string;
}

/** What is backed up each day, for how long, and by which lock. */
export interface BackupChoice {
  of: 'everything' | 'ledger';
  keepDays: number;
  /**
   * `GOVERNANCE` an administrator can take off again. `COMPLIANCE` nobody can once fourteen days are over: neither this
   * choice nor the account's owner then deletes a backup before its time.
   */
  lock: 'GOVERNANCE' | 'COMPLIANCE';
  /** The ARN of a vault in another account, to which each backup is copied. */
  copyTo?: string;
}

/** All that differs between one deployment and another. */
export interface Stage {
  /** Part of the names of the stack and the metrics; at most 14 characters. */
  name: string;
  /** Where it runs; undefined takes the region of whoever deploys. */
  region?: string;
  /** Whether what is stored outlives the stack, and neither stack nor table can be deleted by mistake; if not, all of it goes with the stack. */
  keepData: boolean;
  /** How many uploads are taken in at once. */
  maximumConcurrency: number;
  /** When the daily publication runs. */
  daily: { schedule: string; timeZone: string };
  /** When departments are reminded, in the time zone of the daily run: every hour of the working day, say; off by default. */
  reminders: { schedule: string } | 'off';
  /**
   * Whether intake and publication have executions of their own, so that pages cannot take them all. An account must have
   * as many, and 100 more that are nobody's: a new one often has 10.
   */
  reserveConcurrency: boolean;
  /** Where functions send what took how long, by OTLP over HTTP: `https://` and a path below which `/v1/traces` is. */
  tracing: { endpoint: string } | 'off';
  backup: BackupChoice | 'off';
  /** Whether it has alarms and a dashboard of its own, or those of all stacks of a province in the account. */
  watch: 'own' | { together: string };
  logRetention: RetentionDays;
  /**
   * Object lock on publications. Nobody can shorten `COMPLIANCE`, not even the account's owner, nor delete the
   * bucket before it ends: so it is a choice, and off by default.
   */
  publicationLock: { mode: 'GOVERNANCE' | 'COMPLIANCE'; days: number } | 'off';
  identities: Identities;
  portal: PortalSignIn;
  costCentre: string;
  /** Where `infra/runbooks` is found: a path, or the https address below which the staff on duty can read its files. */
  handbook: string;
}

/**
 * What becomes of what was stored when its stack goes. What a deployment made that then failed is nothing yet, and goes
 * with it: left behind it would have to be found and deleted by hand before the deployment can be tried again.
 */
export function removalPolicy({ keepData }: Stage): RemovalPolicy {
  return keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}

/** The topic of the alarms of a province, by which its stacks find it. */
export function provinceTopicName(name: string): string {
  return `indicators-watch-${name}`;
}

const city = {
  daily: { schedule: 'cron(30 2 * * ? *)', timeZone: 'Asia/Shanghai' },
  reminders: 'off',
  tracing: 'off',
  watch: 'own',
  publicationLock: 'off',
  identities: { kind: 'account' },
  // Nobody can sign in until this names an issuer that exists: every sign-in fails, and nothing else lets anyone in.
  portal: {
    issuer: 'https://sso.example.gov.cn',
    clientId: 'indicators',
    roleClaim: 'indicators_role',
    departmentClaim: 'indicators_department',
  },
  costCentre: 'legal-office',
  handbook: 'infra/runbooks',
} as const;

/** The deployments, each a stack `indicators-<name>`. */
export const stages: readonly Stage[] = [
  {
    ...city,
    name: 'development',
    keepData: false,
    maximumConcurrency: 2,
    reserveConcurrency: false,
    backup: 'off',
    logRetention: RetentionDays.ONE_WEEK,
  },
  {
    ...city,
    name: 'production',
    keepData: true,
    maximumConcurrency: 10,
    reserveConcurrency: true,
    backup: { of: 'everything', keepDays: 400, lock: 'COMPLIANCE' },
    logRetention: RetentionDays.ONE_YEAR,
  },
  {
    ...city,
    name: 'production-cn',
    region: 'cn-north-1',
    keepData: true,
    maximumConcurrency: 10,
    reserveConcurrency: true,
    // Whether S3 can be backed up there has to be asked; its versions are kept in any case.
    backup: { of: 'ledger', keepDays: 400, lock: 'COMPLIANCE' },
    logRetention: RetentionDays.ONE_YEAR,
  },
];
