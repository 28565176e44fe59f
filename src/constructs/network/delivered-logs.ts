import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { admitService } from '../support/key-policy';

const DELIVERY = 'delivery.logs.amazonaws.com';
const BALANCERS = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * Lets the service that delivers the logs of others (flow logs, network load balancers, CloudFront) write to a bucket for the account and region of a
 * stack, by the policies of both the bucket and its key (Amazon CloudWatch Logs user guide, "Logs sent to Amazon S3").
 *
 * The statements of several sources are the same, so that there is one of them: a bucket policy holds 20 KB at most.
 *
 * @returns false when a policy cannot be seen.
 */
export function admitDeliveredLogs(bucket: s3.IBucket, stack: Stack, prefix?: string): boolean {
  const { account } = stack;
  const sourceArn = stack.formatArn({ service: 'logs', resource: '*' });
  const conditions = { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': sourceArn } };
  const principals = [new iam.ServicePrincipal(DELIVERY)];
  const added = [
    new iam.PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [objectsOf(bucket, account, prefix)],
      conditions: { ...conditions, StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
    new iam.PolicyStatement({ principals, actions: ['s3:GetBucketAcl', 's3:ListBucket'], resources: [bucket.bucketArn], conditions }),
  ].map((statement) => bucket.addToResourcePolicy(statement).statementAdded);
  const key = !bucket.encryptionKey || admitService(bucket.encryptionKey, {
    service: DELIVERY,
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    sourceAccount: account,
    sourceArn,
  });
  return key && added.every(Boolean);
}

/**
 * Lets application load balancers of the account of a stack write to a bucket, in every region (Elastic Load Balancing user guide, "Enable access logs
 * for your Application Load Balancer"): the path names the account, which is how AWS tells apart whose logs they are.
 *
 * @returns false when the policy cannot be seen.
 */
export function admitBalancerLogs(bucket: s3.IBucket, { account }: Stack, prefix?: string): boolean {
  return bucket.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(BALANCERS)],
    actions: ['s3:PutObject'],
    resources: [objectsOf(bucket, account, prefix)],
  })).statementAdded;
}

function objectsOf(bucket: s3.IBucket, account: string, prefix: string | undefined): string {
  const folder = folderOf(prefix);
  return bucket.arnForObjects(`${folder === undefined ? '' : `${folder}/`}AWSLogs/${account}/*`);
}

/** A prefix as those services take it, who put the slash behind it themselves: `web/` means `web`. */
export function folderOf(prefix: string | undefined): string | undefined {
  return prefix?.replace(/^\/+|\/+$/g, '') || undefined;
}
