import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { admitService } from './key-policy';

/**
 * Lets CloudWatch Logs use a key for the log groups of a stack's account and region, without which it refuses a group under that key; CDK adds no
 * such statement. The ARN of the group itself would be a circular dependency, as the group refers to the key.
 *
 * @returns false when the policy of the key cannot be seen.
 */
export function admitLogs(key: kms.IKeyRef, stack: Stack): boolean {
  return admitService(key, {
    service: `logs.${stack.region}.${stack.urlSuffix}`,
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    encryptionContext: { 'aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) },
  });
}
