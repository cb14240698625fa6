import type { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as CdkFunction, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { removalPolicy, type Stage } from '../stages.ts';
import { allow, explainFolders, type Folder, policy } from './statements.ts';

/** The CloudWatch namespace of what the functions measure themselves. */
export const metricsNamespace = 'Indicators';

/**
 * One whole vCPU, which Lambda gives from this much memory on: on a part of one, the second and a half that the most
 * laborious workbook takes would be many. Memory alone would ask for less: taking in a sample workbook needs 110 MB
 * and 0.2 s, publishing the sample year 150 MB and 0.4 s, the worst file that is still read 256 MB.
 */
export const memoryOfOneCpu = 1769;

export interface LambdaFunctionProps {
  stage: Stage;
  /** The name by which logs and metrics tell functions apart. */
  name: string;
  /** The folder with its bundle. */
  bundle: string;
  timeout: Duration;
  /** How many run at once, and are kept for it; undefined takes what others leave. */
  reserved?: number | undefined;
  environment: Record<string, string>;
  /** All that it may do, besides writing its own log. */
  needs: PolicyStatement[];
  /** The folders that these statements reach. */
  folders: Folder[];
}

/** A function as all of them are: Node 24 on arm64, its own log with an end, its own role with nothing to spare. */
export class LambdaFunction extends Construct {
  readonly function: CdkFunction;
  readonly timeout: Duration;
  /** The value of the dimension `service` of its metrics. */
  readonly service: string;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { stage, name, bundle, timeout, reserved, environment, needs, folders } = props;
    this.timeout = timeout;
    this.service = `${stage.name}-${name}`;
    const logGroup = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: removalPolicy(stage),
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { needs: policy([...needs, writeTo(logGroup)]) },
    });
    explainFolders(role, folders);
    this.function = new CdkFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle),
      memorySize: memoryOfOneCpu,
      timeout,
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      logGroup,
      role: role.withoutPolicyUpdates(),
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: this.service,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        // So that a fault in the log names the line that somebody wrote; maps are read when there is one.
        NODE_OPTIONS: '--enable-source-maps',
        ...(stage.tracing !== 'off' && { OTEL_EXPORTER_OTLP_ENDPOINT: stage.tracing.endpoint }),
      },
    });
  }
}

/** `logGroupArn` ends in `:*`, which stands for the streams of this group. */
function writeTo(logGroup: LogGroup): PolicyStatement {
  return allow('WriteOwnLog', {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
}
