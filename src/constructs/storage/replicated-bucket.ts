import { PhysicalName, Resource, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SecureBucket, SecureBucketProps } from './secure-bucket';
import { replicatedBucketDefaults as d } from '../../defaults/replicated-bucket';
import { BucketKind } from '../support/bucket-claims';
import { admitReplication, isForeign, replicationStatements } from '../support/replication';
import { refuseReplication } from '../support/replication-refusals';

/** Properties of a `ReplicatedBucket`. */
export interface ReplicatedBucketProps extends SecureBucketProps {
  /**
   * The bucket that receives the copies, in another region or account, with versions: a `SecureBucket` there with
   * `bucketName: PhysicalName.GENERATE_IF_NEEDED`, or one that is imported. Its stack is deployed first.
   */
  readonly destination: s3.IBucket;
  /**
   * The key of the destination's region under which S3 puts the copies. Import it by its ARN (`Key.fromKeyArn()`): a key has no name by which another
   * region could refer to it, so CDK makes functions in both stacks that pass on the ARN of one that is not imported, and to another account none can.
   *
   * @default - the key of the destination
   */
  readonly destinationKey?: kms.IKey;
  /**
   * Whether S3 agrees to copy 99.9 percent of objects within 15 minutes (Replication Time Control), which it bills by the gigabyte.
   *
   * @default true
   */
  readonly replicationTimeControl?: boolean;
}

/** S3 takes no other. */
const TIME = { minutes: 15 };

/**
 * A bucket whose objects S3 copies to another region or account, with their tags and delete markers, and under a key of that region.
 *
 * S3 copies what is written from now on; for what is there already, run S3 Batch Replication once. With a destination in another account, the policies
 * of the destination and its key are told of the replication role when they are made in this app; else you are warned.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.2, CC7.3, CC7.5, CC9.1, A1.2, C1.1, C1.2, P4.3 and PI1.5. Billed: the shared key (1 USD a month for the
 * stack), old versions for 90 days, access logs for 400 days; the copies with their transfer, requests, Replication Time Control and metrics.
 */
export class ReplicatedBucket extends SecureBucket {
  /** The role by which S3 copies. */
  public readonly replicationRole: iam.IRole;

  /**
   * @throws Error when a property weakens a claim without an opt-out, or when S3 would refuse the destination, never copy to it, or lose it together
   * with this bucket.
   */
  constructor(scope: Construct, id: string, props: ReplicatedBucketProps) {
    const key = refuseReplication(scope, id, props);
    super(scope, id, { ...props, replicationRole: undefined });
    const { destination } = props;
    const foreign = isForeign(this, destination);
    this.replicationRole = props.replicationRole ?? this.makeRole(destination, key, foreign);
    this.replicationRoleArn = this.replicationRole.roleArn;
    const timed = props.replicationTimeControl ?? d.replicationTimeControl.value;
    (this.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
      role: this.replicationRole.roleArn,
      rules: [{
        id: 'Everything',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        deleteMarkerReplication: { status: 'Enabled' },
        destination: {
          bucket: destination.bucketArn,
          encryptionConfiguration: { replicaKmsKeyId: key.keyArn },
          metrics: { status: 'Enabled', ...timed && { eventThreshold: TIME } },
          ...timed && { replicationTime: { status: 'Enabled', time: TIME } },
          // The copies belong to whoever has to read them after the loss of this account.
          ...foreign && { account: destination.env.account, accessControlTranslation: { owner: 'Destination' } },
        },
      }],
    };
    this.deployAfter(destination);
  }

  /** @internal */
  protected _kind(): BucketKind {
    return { construct: 'ReplicatedBucket', upheld: [{ by: d.replication }] };
  }

  /**
   * The L2 would write the role into the policy of the destination's key, while the role refers to that key: neither stack could be first. In one
   * account the policy of the role is enough.
   */
  private makeRole(destination: s3.IBucket, key: kms.IKey, foreign: boolean): iam.Role {
    const role = new iam.Role(this, 'ReplicationRole', {
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
      description: `copies what is written to ${this.node.path}`,
      roleName: PhysicalName.GENERATE_IF_NEEDED,
    });
    for (const statement of replicationStatements(this, destination, key, foreign)) role.addToPrincipalPolicy(statement);
    if (foreign) admitReplication(this, destination, key, role);
    return role;
  }

  /** S3 looks whether the destination is there. A name instead of a reference does not tell CloudFormation to wait for it. */
  private deployAfter(destination: s3.IBucket): void {
    const there = Stack.of(destination);
    const reachable = Resource.isOwnedResource(destination) && there !== this.stack && Stage.of(there) === Stage.of(this);
    if (reachable) this.stack.addStackDependency(there, `${this.node.path} is copied to ${destination.node.path}`);
  }
}
