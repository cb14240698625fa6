import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { removalPolicy, type Stage } from '../stages.ts';
import { LambdaFunction } from './lambda-function.ts';
import { portalFolders, portalMay } from './portal-access.ts';
import type { DailyPublication } from './publication.ts';
import type { Stores } from './stores.ts';

export interface PortalProps {
  stage: Stage;
  stores: Stores;
  publication: DailyPublication;
  bundle: string;
}

/** An HTTP API waits for thirty seconds. */
const timeout = Duration.seconds(29);

/** Requests a second. What all clerks of a county do on the evening of a due date is far below; a flood stays payable. */
const throttle = { rateLimit: 50, burstLimit: 100 };

/** Of each request: when, from where, for what, and how it went; nothing that was searched for, and no names. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    error: '$context.integrationErrorMessage',
  }),
);

/** What people see: the function `portal`, which signs them in and lets them in where it may, behind an HTTP API. */
export class Portal extends Construct {
  readonly api: HttpApi;
  readonly portal: LambdaFunction;
  readonly secret: Secret;
  /** Where people find it. */
  readonly origin: string;
  /** What a name of its own points to in the city's DNS, where it has one. */
  readonly domain: DomainName | undefined;

  constructor(scope: Construct, id: string, props: PortalProps) {
    super(scope, id);
    const { stage, stores, publication, bundle } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: `indicators-${stage.name}`,
      createDefaultStage: false,
      // Under two names there would be two places to sign in, one of which the provider does not know.
      disableExecuteApiEndpoint: stage.portal.certificate !== undefined,
    });
    this.origin = stage.portal.origin ?? this.api.apiEndpoint;
    this.secret = portalSecret(this, stage);
    this.portal = new LambdaFunction(this, 'Portal', {
      stage,
      name: 'portal',
      bundle,
      timeout,
      environment: this.environment(props),
      needs: portalMay({ stores, publication, secret: this.secret }),
      folders: portalFolders(stores),
    });
    this.openToEverybody();
    const live = this.goLive(stage);
    this.domain = this.nameOfItsOwn(stage.portal, live);
  }

  private environment({
    stage: { portal, reminders },
    stores,
    publication,
  }: PortalProps): Record<string, string> {
    return {
      LEDGER_TABLE: stores.ledger.tableName,
      UPLOADS_BUCKET: stores.uploads.bucketName,
      DOCUMENTS_BUCKET: stores.documents.bucketName,
      PUBLICATIONS_BUCKET: stores.publications.bucketName,
      PUBLISH_FUNCTION: publication.publish.function.functionName,
      PORTAL_ORIGIN: this.origin,
      PORTAL_SECRET: this.secret.secretArn,
      OIDC_ISSUER: portal.issuer,
      OIDC_CLIENT: portal.clientId,
      OIDC_AUDIENCE: portal.audience ?? this.origin,
      OIDC_ROLE_CLAIM: portal.roleClaim,
      OIDC_DEPARTMENT_CLAIM: portal.departmentClaim,
      REMINDERS: reminders === 'off' ? 'off' : 'on',
    };
  }

  /** Every request goes to the function, which knows who may do what; `test/` has the table of all its routes. */
  private openToEverybody(): void {
    const route = new HttpRoute(this, 'Everything', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Integration', this.portal.function),
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The function itself checks sessions and bearer tokens: one table of routes and roles, the same on one machine and here.',
    });
  }

  /** A name in API Gateway, where the stage has a certificate for it. That the name leads there is the city's DNS. */
  private nameOfItsOwn({ origin, certificate }: Stage['portal'], stage: HttpStage): DomainName | undefined {
    if (origin === undefined || certificate === undefined) return undefined;
    const domainName = new DomainName(this, 'DomainName', {
      domainName: new URL(origin).hostname,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'DomainMapping', { api: this.api, stage, domainName });
    return domainName;
  }

  private goLive(stage: Stage): HttpStage {
    const log = new LogGroup(this, 'AccessLog', {
      retention: stage.logRetention,
      removalPolicy: removalPolicy(stage),
    });
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    });
  }
}

/** The key of sessions, made at random; and an empty place for what the identity provider gives, if it gives anything. */
function portalSecret(scope: Construct, stage: Stage): Secret {
  const secret = new Secret(scope, 'Secret', {
    removalPolicy: removalPolicy(stage),
    description:
      'Indicators portal: of what the key of sessions is made, and the secret of the OpenID Connect client',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ clientSecret: '' }),
      generateStringKey: 'sessionKey',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'A new key of sessions signs everybody out, and the client secret is the identity provider’s to change: by hand, as infra/README.md says.',
  });
  return secret;
}
