import { Annotations, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';

const PUT_COPIES = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
const GIVE_AWAY = 's3:ObjectOwnerOverrideToBucketOwner';
/** Decrypt is for bucket keys, which S3 tests before it uses them (Amazon S3 user guide, "Using an S3 Bucket Key with replication"). */
const USE_KEY = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'];

/** True when the destination is known to be in another account. */
export function isForeign(source: s3.Bucket, destination: s3.IBucket): boolean {
  const [from, to] = [source.env.account, destination.env.account];
  return !Token.isUnresolved(from) && !Token.isUnresolved(to) && from !== to;
}

/** What the replication role needs (Amazon S3 user guide, "Setting up permissions for live replication" and "Replicating encrypted objects"). */
export function replicationStatements(source: s3.Bucket, destination: s3.IBucket, key: kms.IKey, foreign: boolean): iam.PolicyStatement[] {
  const { encryptionKey } = source;
  return [
    new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [source.bucketArn] }),
    new iam.PolicyStatement({
      // The last two are for object lock, without which the copies of locked objects fail.
      actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging', 's3:GetObjectRetention', 's3:GetObjectLegalHold'],
      resources: [source.arnForObjects('*')],
    }),
    new iam.PolicyStatement({ actions: [...PUT_COPIES, ...foreign ? [GIVE_AWAY] : []], resources: [destination.arnForObjects('*')] }),
    ...encryptionKey ? [new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn], conditions: forObjectsOf(source) })] : [],
    new iam.PolicyStatement({ actions: USE_KEY, resources: [key.keyArn], conditions: forObjectsOf(destination) }),
  ];
}

/** S3 encrypts with the ARN of the object as context, or with that of the bucket where it has a bucket key. */
function forObjectsOf(bucket: s3.IBucket): Record<string, unknown> {
  return { StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket.bucketArn, bucket.arnForObjects('*')] } };
}

/**
 * Lets the role of another account put copies into the destination, by its policy and that of its key. Warns where these cannot be seen.
 *
 * The role is named in a condition: a policy whose principal is a role that does not exist yet is refused, and the role is made after the destination.
 */
export function admitReplication(source: s3.Bucket, destination: s3.IBucket, key: kms.IKey, role: iam.IRole): void {
  const by = {
    principals: [new iam.AccountPrincipal(source.env.account)],
    conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
  };
  // A key that was imported for this stack is the same as that of the destination, which may be made here.
  const keyThere = destination.encryptionKey ?? key;
  const toBucket = [
    new iam.PolicyStatement({ ...by, actions: [...PUT_COPIES, GIVE_AWAY], resources: [destination.arnForObjects('*')] }),
    new iam.PolicyStatement({ ...by, actions: ['s3:GetBucketVersioning'], resources: [destination.bucketArn] }),
  ].map((statement) => destination.addToResourcePolicy(statement).statementAdded);
  const toKey = keyThere.addToResourcePolicy(new iam.PolicyStatement({ ...by, actions: USE_KEY, resources: ['*'] })).statementAdded;
  if (toBucket.includes(false)) warn(source, 'destination', `do ${[...PUT_COPIES, GIVE_AWAY, 's3:GetBucketVersioning'].join(', ')}`);
  if (!toKey) warn(source, 'destinationKey', `do ${USE_KEY.join(', ')}`);
}

function warn(source: s3.Bucket, what: string, must: string): void {
  Annotations.of(source).addWarningV2(`cdk-soc2:replicationToForeign${what[0].toUpperCase()}${what.slice(1)}`,
    `the policy of ${what} cannot be seen; it must let the role ReplicationRole of this bucket ${must}, or nothing is copied`);
}
