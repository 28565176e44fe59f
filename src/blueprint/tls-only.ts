import { CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { leavesPolicyToService } from './bucket-uses';
import { Filling } from './filling';
import { giveWay, ownPolicy } from './one-policy';
import { Referrers } from './referrers';
import { isOpaque, isShared, listOf, policiesOf } from './resource-policies';
import { overlook } from './tree';
import { isObject, Json, JsonObject } from '../template/json';

/** How a policy of a type of resource is made, and what it refuses over plain HTTP. */
interface Policed {
  readonly policy: string;
  readonly action: string;
  readonly attach: (resource: CfnResource) => object;
  readonly resources: (resource: CfnResource) => string | string[];
}

const arnOf = (resource: CfnResource): string => Token.asString(resource.getAtt('Arn'));

const POLICED: Readonly<Record<string, Policed>> = {
  'AWS::S3::Bucket': {
    policy: 'AWS::S3::BucketPolicy', action: 's3:*',
    attach: ({ ref }) => ({ Bucket: ref }), resources: (bucket) => [arnOf(bucket), Fn.join('', [arnOf(bucket), '/*'])],
  },
  'AWS::SNS::Topic': {
    policy: 'AWS::SNS::TopicPolicy', action: 'sns:Publish', attach: ({ ref }) => ({ Topics: [ref] }), resources: ({ ref }) => ref,
  },
  'AWS::SQS::Queue': {
    policy: 'AWS::SQS::QueuePolicy', action: 'sqs:*', attach: ({ ref }) => ({ Queues: [ref] }), resources: arnOf,
  },
};

const REFUSED = new WeakMap<CfnResource, Set<CfnResource>>();

/** Denies plain HTTP by the policy of a bucket, a topic or a queue: the one that it has, else a new one. */
export function refusePlainHttp(resource: CfnResource, others: () => Referrers): void {
  const policed = Object.hasOwn(POLICED, resource.cfnResourceType) ? POLICED[resource.cfnResourceType] : undefined;
  if (!policed) return;
  const { action, resources } = policed;
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  const denial = { Effect: 'Deny', Principal: { AWS: '*' }, Action: action, Resource: resources(resource), Condition };
  const policies = policiesOf(resource, others());
  for (const policy of policies) addTo(policy, resource, denial);
  if (policies.length > 0 || leavesPolicyToService(resource, others())) return;
  // The first policy of a topic takes the place of the one that let in whoever acts for the account, alarms among them.
  const statements = resource.cfnResourceType === 'AWS::SNS::Topic' ? [defaultOfTopic(resource), denial] : [denial];
  const owner = ownerOf(resource);
  if (owner) for (const statement of statements) owner.addToResourcePolicy(iam.PolicyStatement.fromJson(statement));
  else makePolicy(resource, policed, statements);
  const made = owner && ownPolicy(owner);
  if (!made) return;
  // What refers to a resource that is not made cannot be made.
  made.cfnOptions.condition ??= resource.cfnOptions.condition;
  giveWay(made, resource);
}

/** Adds a denial to the statements of a policy, unless there is one for the resource already. */
function addTo(policy: CfnResource, resource: CfnResource, denial: object): void {
  const done = REFUSED.get(policy) ?? new Set();
  if (done.has(resource)) return;
  REFUSED.set(policy, done.add(resource));
  Filling.of(policy).amend('PolicyDocument.Statement', (said) => {
    if (isOpaque(said)) return said;
    const id = Stack.of(resource).resolve(resource.logicalId) as string;
    const names = new RegExp(`["{]${id}["}.]|"\\*"`);
    const shared = isShared(policy);
    const isFor = (statement: Json): boolean => !shared || names.test(JSON.stringify((statement as JsonObject).Resource));
    return listOf(said).some((one) => refusesPlainHttp(one) && isFor(one)) ? said : [...listOf(said), denial];
  });
}

function makePolicy(resource: CfnResource, { policy: type, attach }: Policed, statements: object[]): void {
  const id = `${resource.node.id}TlsOnly`;
  const scope = resource.node.scope!;
  if (scope.node.tryFindChild(id)) return;
  const policy = new CfnResource(scope, id, { type, properties: { ...attach(resource), PolicyDocument: { Version: '2012-10-17', Statement: statements } } });
  policy.cfnOptions.condition = resource.cfnOptions.condition;
  overlook(policy);
  giveWay(policy, resource);
}

interface Owner extends IConstruct {
  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;
}

/** The L2 that a resource is made by, so that there is one policy, whatever it adds later. */
function ownerOf(resource: CfnResource): Owner | undefined {
  const { scope } = resource.node;
  return scope?.node.defaultChild === resource && 'addToResourcePolicy' in scope ? scope as Owner : undefined;
}

function refusesPlainHttp(statement: Json): boolean {
  return isObject(statement) && statement.Effect === 'Deny' && JSON.stringify(statement.Condition ?? {}).toLowerCase().includes('"aws:securetransport"');
}

/** Amazon SNS developer guide, "Amazon SNS default policy". */
function defaultOfTopic(topic: CfnResource): object {
  const actions = [
    'AddPermission', 'DeleteTopic', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'Publish', 'RemovePermission', 'SetTopicAttributes', 'Subscribe',
  ];
  return {
    Effect: 'Allow', Principal: { AWS: '*' }, Action: actions.map((action) => `sns:${action}`), Resource: topic.ref,
    Condition: { StringEquals: { 'AWS:SourceOwner': Stack.of(topic).account } },
  };
}
