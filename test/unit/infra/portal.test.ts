import { describe, expect, it } from 'vitest';
import { portalSecretSchema } from '../../../functions/lambda/environment.ts';
import { stages } from '../../../infra/stages.ts';
import { resolver } from '../../fixtures/policies/resolve.ts';
import { deployedStage, resourceNamed, resourcesOf, stageNamed, templateOf } from './synthesized.ts';

const { template, deployment, resolve, properties, deployed } = deployedStage('production');

describe('the portal', () => {
  const variables = (of: string, changes: Parameters<typeof templateOf>[1] = {}) => {
    const changed = templateOf(of, changes);
    const { Environment } = resourceNamed(changed, 'PortalFunction').Properties;
    const { Variables } = resolver(changed, deployment)(Environment) as { Variables: Record<string, string> };
    return Variables;
  };

  it('is one HTTP API whose every request goes to the function, at a rate that a flood cannot exceed', () => {
    expect(properties('PortalApi')).toMatchObject({ ProtocolType: 'HTTP' });
    expect(properties('PortalApi')).not.toHaveProperty('CorsConfiguration');
    expect(
      resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => route.Properties),
    ).toMatchObject([{ RouteKey: '$default', AuthorizationType: 'NONE' }]);
    const [[, integration] = []] = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
    expect(resolve(integration?.Properties)).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: deployed.arn('PortalFunction'),
      PayloadFormatVersion: '2.0',
    });
    expect(properties('PortalStage')).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    });
  });

  it('may be started by this API of this account only', () => {
    const [[, permission] = [], ...others] = resourcesOf(template, 'AWS::Lambda::Permission');
    expect(others).toEqual([]);
    expect(resolve(permission?.Properties)).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: deployed.arn('PortalFunction'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:PortalApi/*/*',
    });
  });

  it('logs each request with an end, without what was searched for', () => {
    const { DestinationArn, Format } = properties('PortalStage').AccessLogSettings as Record<string, string>;
    expect(DestinationArn).toContain(':PortalAccessLog');
    expect(properties('PortalAccessLog')).toMatchObject({ RetentionInDays: 365 });
    const logged = Object.values(JSON.parse(Format ?? '')).sort();
    expect(logged).toEqual(
      [
        ...[
          'requestId',
          'requestTime',
          'identity.sourceIp',
          'httpMethod',
          'path',
          'status',
          'responseLatency',
        ],
        ...['responseLength', 'integrationErrorMessage'],
      ]
        .map((name) => `$context.${name}`)
        .sort(),
    );
  });

  it('has a secret with a random key of sessions, and an empty place for the provider’s', () => {
    const { SecretStringTemplate, GenerateStringKey, PasswordLength } = properties('PortalSecret')
      .GenerateSecretString as {
      SecretStringTemplate: string;
      GenerateStringKey: string;
      PasswordLength: number;
    };
    const made = { ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: 'x'.repeat(PasswordLength) };
    expect(portalSecretSchema.parse(made)).toEqual({ clientSecret: '', sessionKey: 'x'.repeat(64) });
  });

  it('is found at the API’s address, or at a name of its own, for which tokens are issued too', () => {
    const { portal } = stageNamed('production');
    const plain = 'https://PortalApi.execute-api.eu-west-1.amazonaws.com';
    const origin = 'https://indicators.example.gov.cn';
    expect(variables('production')).toMatchObject({ PORTAL_ORIGIN: plain, OIDC_AUDIENCE: plain });
    expect(variables('production', { portal: { ...portal, origin } })).toMatchObject({
      PORTAL_ORIGIN: origin,
      OIDC_AUDIENCE: origin,
    });
    expect(variables('production', { portal: { ...portal, audience: 'urn:api' } })).toMatchObject({
      PORTAL_ORIGIN: plain,
      OIDC_AUDIENCE: 'urn:api',
    });
  });

  it('answers to a name of its own, and to no other, where there is a certificate for it', () => {
    const { portal } = stageNamed('production');
    const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
    const origin = 'https://indicators.example.gov.cn';
    const named = templateOf('production', { portal: { ...portal, origin, certificate } });
    expect(resourceNamed(named, 'PortalDomainName').Properties).toMatchObject({
      DomainName: 'indicators.example.gov.cn',
      DomainNameConfigurations: [{ CertificateArn: certificate, SecurityPolicy: 'TLS_1_2' }],
    });
    expect(resourceNamed(named, 'PortalDomainMapping').Properties).toMatchObject({
      ApiId: { Ref: expect.stringMatching(/^PortalApi/) },
    });
    expect(resourceNamed(named, 'PortalApi').Properties).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(Object.keys(named.Outputs ?? {})).toContain('PortalDomainTarget');
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::DomainName')).toEqual([]);
  });

  it.each(stages.map((stage) => [stage.name, stage.portal.issuer] as const))(
    '%s: lets nobody sign in before it is told of an issuer that exists',
    (_, issuer) => {
      expect(new URL(issuer).hostname).toMatch(/\.example\.gov\.cn$/);
    },
  );
});
