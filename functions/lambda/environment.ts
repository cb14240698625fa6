import { z } from 'zod';

/** A variable that must be there. */
const variable = z.string().min(1);

/** The variables that every function reads; those of Powertools are read by Powertools itself. */
const everyFunctionsVariables = {
  LEDGER_TABLE: variable,
  DOCUMENTS_BUCKET: variable,
  POWERTOOLS_SERVICE_NAME: variable.optional(),
  POWERTOOLS_METRICS_NAMESPACE: variable.optional(),
  POWERTOOLS_LOG_LEVEL: variable.optional(),
  LOG_LEVEL: variable.optional(),
  NODE_OPTIONS: variable.optional(),
  /** Where traces go, if anywhere. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
};

/** Every variable that the function `ingest` reads, and no other. */
export const ingestEnvironmentSchema = z.object({
  ...everyFunctionsVariables,
  EVENT_BUS: variable,
  UPLOADS_BUCKET: variable,
});

/** Every variable that the function `publish` reads, and no other. */
export const publishEnvironmentSchema = z.object({
  ...everyFunctionsVariables,
  EVENT_BUS: variable,
  PUBLICATIONS_BUCKET: variable,
  /** The ARN of the key that signs statements of the ledger. */
  WITNESS_KEY: variable,
});

/** Where people find the portal: no path, no slash at the end. */
const origin = z.url({ protocol: /^https$/ }).regex(/^https:\/\/[^/]+$/);

/** Every variable that the function `remind` reads, and no other. */
export const remindEnvironmentSchema = z.object({
  ...everyFunctionsVariables,
  PORTAL_ORIGIN: origin,
  /** The secret with what `channelSettingsSchema` says. */
  REMINDERS_SECRET: variable,
});

/** Every variable that the function `portal` reads, and no other; those that begin with AWS are Lambda's own. */
export const portalEnvironmentSchema = z.object({
  ...everyFunctionsVariables,
  UPLOADS_BUCKET: variable,
  PUBLICATIONS_BUCKET: variable,
  /** The function that publishes. */
  PUBLISH_FUNCTION: variable,
  PORTAL_ORIGIN: origin,
  /** The secret with what `portalSecretSchema` says. */
  PORTAL_SECRET: variable,
  OIDC_ISSUER: z.url(),
  OIDC_CLIENT: variable,
  /** Whom tokens of the API are issued for. */
  OIDC_AUDIENCE: variable,
  OIDC_ROLE_CLAIM: variable,
  OIDC_DEPARTMENT_CLAIM: variable,
  /** Whether the function `remind` was deployed. */
  REMINDERS: z.enum(['on', 'off']),
  AWS_REGION: variable,
  /** Set by Lambda itself: where the log is kept, which auditors are told. */
  AWS_LAMBDA_LOG_GROUP_NAME: variable.optional(),
  AWS_ENDPOINT_URL: variable.optional(),
});
export type PortalEnvironment = z.infer<typeof portalEnvironmentSchema>;

/** What is kept secret: of what the key of sessions is made, and what the identity provider gave, if anything. */
export const portalSecretSchema = z.object({ sessionKey: z.string().min(32), clientSecret: z.string() });
