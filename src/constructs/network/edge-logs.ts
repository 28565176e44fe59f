import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { admitDeliveredLogs, folderOf } from './delivered-logs';
import { OptOut } from '../../declarations/opt-out';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { EDGE_REGION } from '../support/edge-region';
import { outermostStack } from '../support/outermost-stack';
import { shared } from '../support/shared';

/** Regions to whose buckets CloudFront does not deliver by an ACL (Amazon CloudFront developer guide, "Configure standard logging (legacy)"). */
const WITHOUT_ACL_DELIVERY = [
  'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1',
  'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1',
];

/** The fields of the older logs, in which cookies can be left out. */
const FIELDS = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'cs(Referer)', 'cs(User-Agent)', 'cs-uri-query',
  'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes', 'time-taken', 'x-forwarded-for', 'ssl-protocol', 'ssl-cipher',
  'x-edge-response-result-type', 'cs-protocol-version', 'fle-status', 'fle-encrypted-fields', 'c-port', 'time-to-first-byte', 'x-edge-detailed-result-type',
  'sc-content-type', 'sc-content-len', 'sc-range-start', 'sc-range-end',
];

/** True where the logs can be delivered through CloudWatch, which needs no ACL: in stacks that are known to stand in us-east-1. */
export function deliversFrom(scope: Construct): boolean {
  return Stack.of(scope).region === EDGE_REGION;
}

/** True when CloudFront is known not to deliver to a bucket of this region by an ACL. */
export function isWithoutAclDelivery(region: string): boolean {
  return WITHOUT_ACL_DELIVERY.includes(region);
}

/** The bucket that the distributions of a stack outside us-east-1 share. CloudFront delivers there by an ACL that it sets itself. */
export function aclLogBucket(scope: Construct): s3.IBucket {
  const stack = outermostStack(scope);
  const id = 'SharedEdgeLogs';
  return shared(stack, id, AccessLogBucket, () => new AccessLogBucket(stack, id, {
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    optOuts: [OptOut.of('S3.OwnershipEnforced', { reason: 'outside us-east-1 CloudFront delivers access logs by an ACL only' })],
  }));
}

/** Why CloudFront cannot deliver to a bucket by an ACL; undefined when it can, or when it cannot be told. */
export function refusesAclDelivery(bucket: s3.IBucket): string | undefined {
  const cfn = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(cfn)) return undefined;
  const { ownershipControls, bucketEncryption } = bucket.stack.resolve({
    ownershipControls: (cfn as s3.CfnBucket).ownershipControls, bucketEncryption: (cfn as s3.CfnBucket).bucketEncryption,
  });
  if (!/BucketOwnerPreferred|ObjectWriter/.test(JSON.stringify(ownershipControls) ?? '')) return 'whose ACLs are disabled; give one with objectOwnership: BUCKET_OWNER_PREFERRED';
  return /kms/.test(JSON.stringify(bucketEncryption) ?? '') ? 'which is encrypted by KMS; give one with S3_MANAGED encryption' : undefined;
}

/** What is delivered, and where to. */
export interface EdgeDelivery {
  readonly bucket: s3.IBucket;
  readonly prefix?: string;
  readonly cookies: boolean;
}

/** Delivers the access logs of a distribution through CloudWatch ("standard logging v2"), by the policy of the bucket. */
export function deliverEdgeLogs(distribution: cloudfront.Distribution, { bucket, prefix, cookies }: EdgeDelivery): void {
  if (!admitDeliveredLogs(bucket, Stack.of(distribution), prefix)) {
    Annotations.of(distribution).addWarningV2('cdk-soc2:edgeLogsIntoForeignBucket',
      'the policy of the bucket that receives the logs, or of its key, cannot be seen; it must let delivery.logs.amazonaws.com put objects on behalf of this account (aws:SourceAccount)');
  }
  const folder = folderOf(prefix);
  // Names of one account and region, as is the id of a distribution.
  const name = `${distribution.distributionId}-access-logs`;
  const source = new logs.CfnDeliverySource(distribution, 'LogSource', { name, logType: 'ACCESS_LOGS', resourceArn: distribution.distributionArn });
  const destination = new logs.CfnDeliveryDestination(distribution, 'LogDestination', {
    name,
    destinationResourceArn: folder === undefined ? bucket.bucketArn : `${bucket.bucketArn}/${folder}`,
    outputFormat: 'json',
  });
  const delivery = new logs.CfnDelivery(distribution, 'LogDelivery', {
    deliverySourceName: source.ref,
    deliveryDestinationArn: destination.attrArn,
    recordFields: cookies ? [...FIELDS, 'cs(Cookie)'] : FIELDS,
  });
  if (bucket.policy) delivery.node.addDependency(bucket.policy);
}
