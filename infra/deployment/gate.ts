import type { ResourceChange } from '@aws-sdk/client-cloudformation';

/** What a change does to something that is kept: it is gone from the stack, or another, empty one takes its place. */
export interface Destruction {
  id: string;
  type: string;
  does: 'removes' | 'replaces' | 'may replace';
}

/** What holds something that cannot be made again, or that people and addresses outside go by. */
const kept = [
  'AWS::ApiGatewayV2::Api',
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
];

/** What a change set would destroy. What it cannot say before it has run ("Conditional") counts as well. */
export function destructionsIn(changes: readonly ResourceChange[]): Destruction[] {
  return changes.flatMap<Destruction>(
    ({ Action, Replacement, LogicalResourceId: id = '', ResourceType: type = '' }) => {
      if (!kept.includes(type)) return [];
      if (Action === 'Remove') return [{ id, type, does: 'removes' }];
      if (Action === 'Add' || Action === 'Import' || Replacement === undefined) return [];
      if (Replacement === 'False') return [];
      return [{ id, type, does: Replacement === 'True' ? 'replaces' : 'may replace' }];
    },
  );
}

/** Those that nobody named as meant. */
export function notMeant(destructions: readonly Destruction[], accepted: readonly string[]): Destruction[] {
  return destructions.filter(({ id }) => !accepted.includes(id));
}

/** A change as one line for whoever lets it begin. */
export function described({ Action, Replacement, LogicalResourceId, ResourceType }: ResourceChange): string {
  const replaced =
    Replacement === undefined || Replacement === 'False' ? '' : ` (replacement: ${Replacement})`;
  return `${Action} ${LogicalResourceId} ${ResourceType}${replaced}`;
}
