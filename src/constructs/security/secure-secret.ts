import { Annotations, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { openPoliciesOf, secretHardening } from './secret-hardening';
import { OptOut } from '../../declarations/opt-out';
import { rotationDefaults as r, secretDefaults as d, secretPolicyDefaults as p } from '../../defaults/secret';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of a `SecureSecret`. Those of `secretsmanager.Secret` keep their meaning; where they are left out, the secure default stands. */
export interface SecureSecretProps extends secretsmanager.SecretProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * How the secret is rotated: by a function of one's own, or by one that Secrets Manager hosts, every 30 days unless said otherwise.
   *
   * @default - required, unless `optOuts` says why `SecretsManager.Rotation` is given up, e.g. for a token that a third party hands out
   */
  readonly rotation?: secretsmanager.RotationScheduleOptions;
  /**
   * The database that the secret is for. Its address is added to the secret, where functions that Secrets Manager hosts look for it.
   *
   * Leave it out for the secret of a database's `credentials`: CDK attaches that itself.
   *
   * @default - none
   */
  readonly target?: secretsmanager.ISecretAttachmentTarget;
}

const LONGEST_DAYS = 90;

/**
 * A secret that is encrypted with a customer managed key, rotated, and kept when its stack is deleted.
 *
 * Supports CC6.1, CC6.2, CC6.3, CC6.6 and C1.1. Billed: the secret (0.40 USD a month, for each region), the shared key of secrets (1 USD a month for
 * the stack), and requests.
 */
export class SecureSecret extends secretsmanager.Secret {
  /** @throws Error when it is not rotated and no opt-out says why, or when a property weakens a claim without an opt-out. */
  constructor(scope: Construct, id: string, props: SecureSecretProps = {}) {
    const path = `${scope.node.path}/${id}`;
    const reasoned = props.optOuts?.some(({ rule }) => rule === 'SecretsManager.Rotation');
    if (!props.rotation && !reasoned) {
      throw new Error(`SecureSecret at ${path}: nothing rotates it; give rotation: { rotationLambda } or { hostedRotation }, or optOuts: [OptOut.of('SecretsManager.Rotation', { reason: '…' })]`);
    }
    const secure = hardened(secretHardening, scope, id, props);
    super(scope, id, secure);
    if (secure.replicaRegions?.some(({ encryptionKey }) => !encryptionKey)) {
      Annotations.of(this).addWarningV2('cdk-soc2:secretReplicaUnderAwsKey',
        'a replica without encryptionKey is under aws/secretsmanager in its region; give each of replicaRegions the ARN of a key there, which has to exist first');
    }
    const secret = props.target ? this.attach(props.target) : this;
    const after = props.rotation?.automaticallyAfter ?? Duration.days(r.automaticallyAfterDays.value);
    const schedule = props.rotation && secret.addRotationSchedule('Rotation', { ...props.rotation, automaticallyAfter: after });
    this.guardPolicies();
    const never = !after.isUnresolved() && after.toMilliseconds() === 0;
    const seldom = !after.isUnresolved() && after.toDays({ integral: false }) > LONGEST_DAYS;
    const interval = `rotation: { automaticallyAfter: ${after.toHumanString()} }`;
    uphold(this, 'SecureSecret', props.optOuts, [
      {
        resource: this.node.defaultChild as secretsmanager.CfnSecret,
        upheld: [
          // Nothing here knows whose key it is when it comes from elsewhere.
          ...isOwnKey(secure.encryptionKey!) ? [{ by: d.encryptionKey }] : [],
          { by: d.rotation, weakened: never && interval },
        ],
      },
      ...schedule ? [{
        resource: schedule.node.defaultChild as secretsmanager.CfnRotationSchedule,
        upheld: [{ by: r.automaticallyAfterDays, weakened: (never || seldom) && interval }],
      }] : [],
    ]);
  }

  /**
   * Adds a statement to the policy of the secret, of which Secrets Manager then proves that it does not let everyone in.
   *
   * @param statement the statement
   */
  public override addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    const result = super.addToResourcePolicy(statement);
    this.guardPolicies();
    return result;
  }

  private guardPolicies(): void {
    for (const policy of openPoliciesOf(this)) {
      policy.blockPublicPolicy = p.blockPublicPolicy.value;
      uphold(policy, 'SecureSecret', undefined, [{ resource: policy, upheld: [{ by: p.policy }, { by: p.blockPublicPolicy }] }]);
    }
  }
}
