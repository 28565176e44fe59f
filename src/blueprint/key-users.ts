import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Admitted } from './resource-policies';
import { admitCallers, admitService } from '../constructs/support/key-policy';
import { admitLogs } from '../constructs/support/logs-key';

const USE = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Who needs the key of a type of resource besides those who deploy it. */
interface Users {
  /** The service through which callers of the account use the key: they have rights to the resource, of the key nobody told them. */
  readonly via?: string;
  /** Services that act by themselves, on behalf of the account. */
  readonly services?: readonly string[];
  /** Services that say on whose behalf nowhere. */
  readonly unboundServices?: readonly string[];
}

const USERS: Readonly<Record<string, Users>> = {
  'AWS::CloudTrail::Trail': { via: 's3' },
  'AWS::DynamoDB::Table': { via: 'dynamodb' },
  'AWS::Kinesis::Stream': { via: 'kinesis' },
  'AWS::S3::Bucket': { via: 's3' },
  'AWS::SNS::Topic': {
    via: 'sns',
    services: ['backup.amazonaws.com', 'budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com', 's3.amazonaws.com'],
    unboundServices: ['events.amazonaws.com'],
  },
  'AWS::SQS::Queue': { via: 'sqs', services: ['events.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com'] },
  'AWS::SecretsManager::Secret': { via: 'secretsmanager' },
};

/** The key lets in everybody whom the policy of a resource of the type does. */
export function knowsAll(type: string, { services, strangers }: Admitted): boolean {
  const { services: bound = [], unboundServices: unbound = [] } = USERS[type] ?? {};
  return !strangers && services.every((service) => bound.includes(service) || unbound.includes(service));
}

const ADMITTED = new WeakMap<kms.Key, Set<string>>();

/**
 * Lets in whoever used a type of resource before it had the key. Callers of the account get in through the service alone, as with the keys that AWS
 * manages: their rights to the resource decide, so that what works goes on working.
 */
export function admitUsers(key: kms.Key, type: string): void {
  const before = ADMITTED.get(key) ?? new Set();
  if (before.has(type)) return;
  ADMITTED.set(key, before.add(type));
  const stack = Stack.of(key);
  const { via, services = [], unboundServices = [] } = USERS[type] ?? {};
  if (via !== undefined) admitCallers(key, via, [...USE, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey']);
  for (const service of services) admitService(key, { service, actions: USE, sourceAccount: stack.account });
  for (const service of unboundServices) admitService(key, { service, actions: USE });
  if (type === 'AWS::Logs::LogGroup') admitLogs(key, stack);
  if (type === 'AWS::CloudTrail::Trail') {
    const sourceArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' });
    admitService(key, { service: 'cloudtrail.amazonaws.com', actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'], sourceArn });
  }
}
