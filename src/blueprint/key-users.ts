import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Admitted } from './resource-policies';
import { admitCallers, admitService, ServiceUse } from '../constructs/support/key-policy';
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
  'AWS::DynamoDB::GlobalTable': { via: 'dynamodb' },
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
export function knowsAll(type: string, { services, strangers, unknown }: Admitted): boolean {
  const { services: bound = [], unboundServices: unbound = [] } = USERS[type] ?? {};
  return strangers.length === 0 && !unknown && services.every((service) => bound.includes(service) || unbound.includes(service));
}

const ADMITTED = new WeakMap<kms.Key, Set<string>>();

/** True the first time that it is asked of a key and a name. */
function isFirst(key: kms.Key, name: string): boolean {
  const before = ADMITTED.get(key) ?? new Set();
  if (before.has(name)) return false;
  ADMITTED.set(key, before.add(name));
  return true;
}

/**
 * Lets callers of the account use a key through the service whose resources are under it: whom the service lets in decides. L2s give the key to those
 * to whom they grant the resource, and CDK forgets it where it writes the right itself, as for tasks of state machines; so do people.
 */
export function admitCallersOf(type: string, key: kms.Key): void {
  const { via } = USERS[type] ?? {};
  if (via !== undefined && isFirst(key, via)) admitCallers(key, via, [...USE, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey']);
}

/**
 * Lets in whoever used a type of resource before it had the key. Callers of the account get in through the service alone, as with the keys that AWS
 * manages: their rights to the resource decide, so that what works goes on working.
 */
export function admitUsers(key: kms.Key, type: string): void {
  if (!isFirst(key, type)) return;
  const stack = Stack.of(key);
  const { services = [], unboundServices = [] } = USERS[type] ?? {};
  admitCallersOf(type, key);
  for (const service of services) admitService(key, { service, actions: USE, sourceAccount: stack.account });
  for (const service of unboundServices) admitService(key, { service, actions: USE });
  if (type === 'AWS::Logs::LogGroup') admitLogs(key, stack);
  if (type === 'AWS::CloudTrail::Trail') admitService(key, { service: TRAILS, ...DELIVERERS[TRAILS](stack) });
}

const TRAILS = 'cloudtrail.amazonaws.com';

/** What services that deliver to buckets do with the key, and how it shows that they do so for the account: each by its own guide. */
const DELIVERERS: Readonly<Record<string, (stack: Stack) => Omit<ServiceUse, 'service'>>> = {
  'cloudfront.amazonaws.com': (stack) => ({
    actions: [...USE, 'kms:Encrypt'], sourceArn: stack.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' }),
  }),
  [TRAILS]: (stack) => ({
    actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'], sourceArn: stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' }),
  }),
  'config.amazonaws.com': ({ account }) => ({ actions: USE, sourceAccount: account }),
  'delivery.logs.amazonaws.com': ({ account }) => ({ actions: [...USE, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey'], sourceAccount: account }),
  // Inventories.
  's3.amazonaws.com': ({ account }) => ({ actions: ['kms:GenerateDataKey*'], sourceAccount: account }),
};

/** Lets a service that the policy of a resource lets in use its key, as far as it is known how. */
export function admitByPolicy(type: string, service: string, key: kms.Key): void {
  const stack = Stack.of(key);
  if (type === 'AWS::S3::Bucket') {
    if (Object.hasOwn(DELIVERERS, service)) admitService(key, { service, ...DELIVERERS[service](stack) });
    return;
  }
  const isBound = !(USERS[type]?.unboundServices ?? []).includes(service);
  admitService(key, { service, actions: USE, sourceAccount: isBound ? stack.account : undefined });
}
