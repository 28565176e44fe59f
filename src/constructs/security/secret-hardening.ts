import { RemovalPolicy } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { secretPolicyDefaults as p } from '../../defaults/secret';
import { Hardening } from '../support/hardening';

/** Secure properties of a secret. Whether and how it is rotated only those know who use it. */
export const secretHardening: Hardening<secretsmanager.SecretProps> = {
  injectionId: secretsmanager.Secret.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    // CDK warns of the old property even when it is undefined.
    const { secretStringBeta1, ...others } = props;
    return {
      ...others,
      ...secretStringBeta1 && { secretStringBeta1 },
      encryptionKey: props.encryptionKey ?? EncryptionKey.shared(scope, 'secrets'),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
  },
  complete: (made) => {
    for (const policy of openPoliciesOf(made)) policy.blockPublicPolicy = p.blockPublicPolicy.value;
  },
};

/** The policies of a secret that do not say whether they may be public. CDK makes one with the first statement, under some feature flags another one of the attachment. */
export function openPoliciesOf(secret: Construct): secretsmanager.CfnResourcePolicy[] {
  return secret.node.findAll().filter((node): node is secretsmanager.CfnResourcePolicy => (
    secretsmanager.CfnResourcePolicy.isCfnResourcePolicy(node) && node.blockPublicPolicy === undefined));
}
