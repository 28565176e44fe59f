import { RemovalPolicy, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
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
    const encryptionKey = props.encryptionKey ?? EncryptionKey.shared(scope, 'secrets');
    grantByIdentity(encryptionKey);
    return {
      ...others,
      ...secretStringBeta1 && { secretStringBeta1 },
      encryptionKey,
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

const BY_IDENTITY = new WeakSet<kms.IKeyRef>();

/**
 * Lets those who are granted a secret use its key by policies of their own. CDK names each of them in the policy of the key, which is a circular
 * dependency when they stand in another stack, and too much for the key that all secrets of a stack share: its policy holds 32 KB.
 */
export function grantByIdentity(key: kms.IKeyRef | undefined): void {
  // Our keys leave it to the account who may use them; of others nobody knows.
  if (!(key instanceof EncryptionKey) || BY_IDENTITY.has(key)) return;
  BY_IDENTITY.add(key);
  const toKey = key.addToResourcePolicy.bind(key);
  const add = (statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult => {
    const [via] = statement.principals;
    const added = via instanceof kms.ViaServicePrincipal && toIdentity(key, statement, via);
    return added || toKey(statement, allowNoOp);
  };
  Object.defineProperty(key, 'addToResourcePolicy', { value: add });
}

/** The same for who stands behind the service, if they can hold a policy and are of the account, which another account would have to let in besides. */
function toIdentity(key: EncryptionKey, statement: iam.PolicyStatement, via: kms.ViaServicePrincipal): iam.AddToResourcePolicyResult | undefined {
  const { basePrincipal: user, serviceName } = via as unknown as { basePrincipal: iam.IPrincipal; serviceName: string };
  if (Token.compareStrings(user.principalAccount ?? key.stack.account, key.stack.account) === TokenComparison.DIFFERENT) return undefined;
  const { statementAdded, policyDependable } = user.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: statement.actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': serviceName } },
  }));
  return statementAdded ? { statementAdded, policyDependable } : undefined;
}
