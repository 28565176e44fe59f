import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';

interface Replication extends s3.BucketProps {
  readonly destination: s3.IBucket;
  readonly destinationKey?: kms.IKey;
}

type Refuse = (why: string) => never;

const { KMS_MANAGED, DSSE_MANAGED } = s3.BucketEncryption;

/**
 * Refuses what S3 would refuse, or accept and never copy to.
 *
 * @returns the key for the copies
 */
export function refuseReplication(scope: Construct, id: string, props: Replication): kms.IKey {
  const refuse: Refuse = (why) => {
    throw new Error(`ReplicatedBucket at ${scope.node.path}/${id}: ${why}`);
  };
  if (props.replicationRules?.length) refuse('replicationRules stand beside destination; leave them out, or use SecureBucket');
  if (isOff(props.versioned)) refuse('S3 copies versions; leave out versioned: false');
  if (props.encryption === KMS_MANAGED || props.encryption === DSSE_MANAGED) {
    refuse(`encryption: ${props.encryption} uses a key of AWS that nobody can be granted, so nothing would be copied; leave it out`);
  }
  const { destination } = props;
  const key = props.destinationKey ?? destination.encryptionKey
    ?? refuse(`the destination ${destination.node.path} has no key that is known here; give destinationKey`);
  if (!Token.isUnresolved(destination.bucketName) && destination.bucketName === props.bucketName) refuse('the destination is this bucket itself; give another');
  if (Resource.isOwnedResource(destination)) {
    refusePlace(Stack.of(scope), destination, key, refuse);
    refuseState(props, refuse);
  }
  refuseNameless(Stack.of(scope), destination, key, refuse);
  return key;
}

function refusePlace(stack: Stack, destination: s3.IBucket, key: kms.IKey, refuse: Refuse): void {
  const { account, region } = destination.env;
  if (account === stack.account && region === stack.region) {
    refuse(`the destination ${destination.node.path} is in the account and the region of this bucket, and would be lost with it; give one elsewhere, `
      + 'or set env on both stacks');
  }
  if (!Token.isUnresolved(region) && !Token.isUnresolved(key.env.region) && region !== key.env.region) {
    refuse(`destinationKey is in the region ${key.env.region}; it must be in ${region}, where ${destination.node.path} is`);
  }
}

/** What is made in this app can be looked at. */
function refuseState({ destination, objectLockEnabled, objectLockDefaultRetention }: Replication, refuse: Refuse): void {
  const cfn = destination.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(cfn)) return;
  if (cfn.stack.resolve(cfn.versioningConfiguration)?.status !== 'Enabled') {
    refuse(`the destination ${destination.node.path} keeps no versions, which S3 needs; give it versioned: true`);
  }
  if ((objectLockEnabled || objectLockDefaultRetention) && !cfn.objectLockEnabled) {
    refuse(`the destination ${destination.node.path} has no object lock, without which locked objects are not copied; use WormBucket`);
  }
}

/** CDK says so when the app is synthesized, and nothing of how to mend it here. */
function refuseNameless(stack: Stack, destination: s3.IBucket, key: kms.IKey, refuse: Refuse): void {
  try {
    stack.resolve(destination.bucketArn);
  } catch {
    refuse(`the destination ${destination.node.path} has no name by which another region or account can refer to it; give it bucketName: PhysicalName.GENERATE_IF_NEEDED`);
  }
  const [here, there] = [stack.account, key.env.account];
  if (Resource.isOwnedResource(key) && !Token.isUnresolved(here) && !Token.isUnresolved(there) && here !== there) {
    refuse(`the key ${key.node.path} is in another account, to which no reference leads; give destinationKey: Key.fromKeyArn() with its ARN`);
  }
}
