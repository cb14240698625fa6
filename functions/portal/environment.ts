import { z } from 'zod';
import { everyFunctionsVariables, variable } from '../lambda/environment.ts';

/** Every variable that the function reads, and no other; those that begin with AWS are Lambda's own. */
export const environmentSchema = z.object({
  ...everyFunctionsVariables,
  UPLOADS_BUCKET: variable,
  PUBLICATIONS_BUCKET: variable,
  /** The function that publishes. */
  PUBLISH_FUNCTION: variable,
  /** Where people find the portal: no path, no slash at the end. */
  PORTAL_ORIGIN: z.url({ protocol: /^https$/ }).regex(/^https:\/\/[^/]+$/),
  /** The secret with what `portalSecretSchema` says. */
  PORTAL_SECRET: variable,
  OIDC_ISSUER: z.url(),
  OIDC_CLIENT: variable,
  /** Whom tokens of the API are issued for. */
  OIDC_AUDIENCE: variable,
  OIDC_ROLE_CLAIM: variable,
  OIDC_DEPARTMENT_CLAIM: variable,
  AWS_REGION: variable,
  AWS_ENDPOINT_URL: variable.optional(),
});
export type PortalEnvironment = z.infer<typeof environmentSchema>;

/** What is kept secret: of what the key of sessions is made, and what the identity provider gave, if anything. */
export const portalSecretSchema = z.object({ sessionKey: z.string().min(32), clientSecret: z.string() });
