import { CfnResource } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { flowLogsTo, isClosedByKey } from './bucket-uses';
import { Filling } from './filling';
import { admitByPolicy, admitCallersOf } from './key-users';
import { joinPolicies } from './one-policy';
import { Referrers } from './referrers';
import { admittedBy, hasPolicy, listOf } from './resource-policies';
import { admitDeliveredLogs } from '../constructs/network/delivered-logs';
import { EncryptionKey } from '../constructs/security/encryption-key';
import { isObject, Json } from '../template/json';

/** The names by which L2s take a key, and show it. */
const KEYS = ['encryptionKey', 'encryptionMasterKey', 'masterKey'];

const MESSAGES = ['AWS::SNS::Topic', 'AWS::SQS::Queue'];

/**
 * Keeps a plain L2 usable with what an injector has given it. It has one policy. And whoever may use the resource has to get in by its key as well, where
 * the L2 sees to its own grants only.
 *
 * @param given what somebody said of the L2
 */
export function keepUsable(made: Construct, given: object): void {
  const resource = made.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) return;
  const others = hasPolicy(resource) ? Referrers.soFar(resource, keepUsable) : undefined;
  if (others) joinPolicies(made, resource, others);
  const key = KEYS.map((name) => (made as unknown as Record<string, unknown>)[name]).find((one) => one !== undefined);
  const isGiven = KEYS.some((name) => (given as Record<string, unknown>)[name] !== undefined);
  if (isGiven || !isShared(key)) return;
  // The hardenings of topics and queues have done so.
  if (!MESSAGES.includes(resource.cfnResourceType)) admitCallersOf(resource.cfnResourceType, key);
  if (!others) return;
  if (made instanceof s3.Bucket) admitFlowLogs(made, others);
  for (const service of admittedBy(resource, others).services) {
    if (!names(key, service)) admitByPolicy(resource.cfnResourceType, service, key);
  }
  if (made instanceof s3.Bucket && (given as s3.BucketProps).encryption === undefined) leaveToS3(resource, key);
}

function isShared(key: unknown): key is EncryptionKey {
  return key instanceof EncryptionKey && key.stack.node.tryFindChild(key.node.id) === key;
}

/** The policy of a key names a principal. */
function names(key: kms.Key, principal: Json): boolean {
  return JSON.stringify(policyOf(key)).includes(JSON.stringify(principal));
}

function policyOf(key: kms.Key): unknown {
  return key.stack.resolve((key.node.defaultChild as kms.CfnKey).keyPolicy);
}

/** Where there is no policy, the delivery of flow logs writes one. Now there is one. */
function admitFlowLogs(bucket: s3.Bucket, others: Referrers): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  if (admittedBy(resource, others).services.includes('delivery.logs.amazonaws.com')) return;
  for (const { stack, prefix } of flowLogsTo(resource, others)) admitDeliveredLogs(bucket, stack, prefix);
}

/** Leaves a bucket to the encryption of S3 where the key would close it. Who uses it is known when everybody has said what they had to say. */
function leaveToS3(bucket: CfnResource, key: kms.Key): void {
  withoutCanonicalUsers(key);
  Filling.of(bucket).amend('BucketEncryption.ServerSideEncryptionConfiguration', (value, said, others) => {
    if (!isClosedByKey(bucket, said, others(), (principal) => names(key, principal))) return value;
    return listOf(value).map((rule) => (
      isObject(rule) ? { ...rule, ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: undefined } : rule));
  });
}

/** KMS refuses a policy that names one: an identity of CloudFront, to which a bucket was granted. */
function withoutCanonicalUsers(key: kms.Key): void {
  if (!JSON.stringify(policyOf(key)).includes('"CanonicalUser"')) return;
  Filling.of(key.node.defaultChild as kms.CfnKey).amend('KeyPolicy.Statement', (said) => listOf(said).filter((one) => (
    !isObject(one) || !isObject(one.Principal) || !('CanonicalUser' in one.Principal))));
}
