import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { removalPolicy, type Stage } from '../stages.ts';
import { allow } from './statements.ts';

/**
 * The key that signs statements of the ledger's heads. It cannot be taken out of KMS; of the functions one may sign, and
 * none may change or delete it.
 */
export class WitnessKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: 'Indicators: signs statements of how far every chain of the ledger goes (Ed25519)',
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: removalPolicy(stage),
    });
    this.keyArn = key.keyArn;
  }

  /** Signing by this key, by the one algorithm that statements have, and knowing its public half. */
  maySign(): PolicyStatement[] {
    return [
      allow('SignStatements', {
        actions: ['kms:Sign'],
        resources: [this.keyArn],
        conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' } },
      }),
      allow('ReadPublicKey', { actions: ['kms:GetPublicKey'], resources: [this.keyArn] }),
    ];
  }
}
