import { RemovalPolicy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyHardening, rotates } from './key-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { keyDefaults as d } from '../../defaults/key';
import { isShorter } from '../support/duration';
import { hardened } from '../support/hardening';
import { admitService } from '../support/key-policy';
import { shared } from '../support/shared';
import { uphold } from '../support/uphold';

/** Properties of an `EncryptionKey`. */
export interface EncryptionKeyProps extends kms.KeyProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/** On whose behalf a service may use a key. */
export interface ServiceGrantOptions {
  /**
   * What the service may do with the key.
   *
   * @default - Encrypt, Decrypt, ReEncrypt*, GenerateDataKey* and DescribeKey
   */
  readonly actions?: string[];
  /**
   * Only when the service acts for this account (`aws:SourceAccount`).
   *
   * @default - the account of the key's stack; no such condition when `sourceArn` or `encryptionContext` is given
   */
  readonly sourceAccount?: string;
  /**
   * Only when the service acts for the resource with this ARN (`aws:SourceArn`), which may hold `*`.
   *
   * Give an ARN of fixed names: a reference to a resource that itself refers to the key is a circular dependency.
   *
   * @default - no such condition
   */
  readonly sourceArn?: string;
  /**
   * Only with this encryption context (`kms:EncryptionContext:<name>`). Values may hold `*`.
   *
   * @default - no such condition
   */
  readonly encryptionContext?: { [name: string]: string };
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/**
 * A KMS key that is rotated yearly, kept when its stack is deleted, and open to services only on behalf of named accounts or resources.
 *
 * Supports CC6.1, CC6.3, A1.2 and C1.1. Billed: 1 USD a month, more after each of the first two rotations, and requests.
 */
export class EncryptionKey extends kms.Key {
  /**
   * The key that the constructs of a stack share for one domain of data (`data`, `logs`, `messages`, `notifications`, `secrets`, `alarms` and `backup`
   * are used by this library).
   *
   * A key costs 1 USD a month, so it is one per stack and domain, not one per resource. Nested stacks have their own: a key in the parent
   * whose policy names resources of the nested stack would be a circular dependency.
   *
   * @param scope a construct in the stack
   * @param domain letters and digits, beginning with a letter
   * @throws Error when the domain is not letters and digits, or another construct has the id of the key.
   */
  public static shared(scope: Construct, domain: string): EncryptionKey {
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(domain)) {
      throw new Error(`EncryptionKey at ${scope.node.path}: the domain of a shared key must be letters and digits, got ${JSON.stringify(domain)}`);
    }
    const stack = Stack.of(scope);
    const id = `Shared${domain[0].toUpperCase()}${domain.slice(1)}Key`;
    return shared(stack, id, EncryptionKey, () => new EncryptionKey(stack, id, { description: `${domain} of ${stack.node.path}` }));
  }

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enableKeyRotation: false`. */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps = {}) {
    // Without the feature flag @aws-cdk/aws-kms:defaultKeyPolicies CDK gives the account too little for IAM policies to grant the use of the
    // key, and DynamoDB, RDS and AWS Backup rely on those. The property is deprecated, hence not in the type, and does the same as the flag.
    const trust = { trustAccountIdentities: true };
    const secure = hardened(keyHardening, scope, id, props);
    super(scope, id, { ...secure, ...trust });
    const { enableKeyRotation: rotation } = secure;
    uphold(this, 'EncryptionKey', props.optOuts, [{
      resource: this.node.defaultChild as kms.CfnKey,
      upheld: [
        ...rotates(props) ? [{ by: d.enableKeyRotation, weakened: isOff(rotation) && 'enableKeyRotation: false' }] : [],
        // Whom a policy of one's own lets in, nothing here knows.
        ...props.policy ? [] : [{ by: d.policy }],
        { by: d.enabled, weakened: isOff(props.enabled) && 'enabled: false' },
        { by: d.pendingWindowDays, weakened: isShorter(props.pendingWindow, d.pendingWindowDays.value) && `pendingWindow: ${props.pendingWindow}` },
        { by: d.removalPolicy, weakened: props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
      ],
    }]);
  }

  /**
   * Adds a statement to the policy of the key.
   *
   * One that lets somebody in through a service only (`kms:ViaService`), as CDK adds it for who may read a secret, goes to the policy of that somebody
   * instead, if they can hold one and are of this account: the account decides who uses the key. In the policy of the key it would be a circular
   * dependency when they stand in another stack, and too much for a key that many share: a policy holds 32 KB.
   *
   * @param statement the statement
   * @param allowNoOp whether nothing may happen when the policy of the key cannot be changed
   */
  public addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    const [via] = statement.principals;
    return (via instanceof kms.ViaServicePrincipal && this.addToIdentity(statement, via)) || super.addToResourcePolicy(statement, allowNoOp);
  }

  /** The same for who stands behind the service. Another account would have to let them in besides. */
  private addToIdentity(statement: iam.PolicyStatement, via: kms.ViaServicePrincipal): iam.AddToResourcePolicyResult | undefined {
    const { basePrincipal: user, serviceName } = via as unknown as { basePrincipal: iam.IPrincipal; serviceName: string };
    const { account } = this.stack;
    if (Token.compareStrings(user.principalAccount ?? account, account) === TokenComparison.DIFFERENT) return undefined;
    const { statementAdded, policyDependable } = user.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: statement.actions,
      resources: [this.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': serviceName } },
    }));
    return statementAdded ? { statementAdded, policyDependable } : undefined;
  }

  /**
   * Lets an AWS service use the key on behalf of an account, a resource or an encryption context.
   *
   * CDK adds no such statement for CloudWatch Logs, CloudTrail or CloudWatch alarms; without it they fail, some of them silently.
   *
   * @param service the service principal, e.g. `cloudtrail.amazonaws.com`
   * @param options on whose behalf
   */
  public grantService(service: string, options: ServiceGrantOptions = {}): void {
    const bound = options.sourceArn !== undefined || options.encryptionContext !== undefined;
    admitService(this, {
      service,
      actions: options.actions ?? USE,
      sourceAccount: options.sourceAccount ?? (bound ? undefined : this.stack.account),
      sourceArn: options.sourceArn,
      encryptionContext: options.encryptionContext,
    });
  }
}
