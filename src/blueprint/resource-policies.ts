import { CfnResource, Stack } from 'aws-cdk-lib';
import { Filling } from './filling';
import { Referrers } from './referrers';
import { isObject, Json, JsonObject } from '../template/json';

/** The policy of a type of resource, which is a resource of its own, and the property that attaches it. */
const POLICIES: Readonly<Record<string, { readonly type: string; readonly attached: RegExp; readonly list?: string }>> = {
  'AWS::S3::Bucket': { type: 'AWS::S3::BucketPolicy', attached: /^bucket$/ },
  'AWS::SNS::Topic': { type: 'AWS::SNS::TopicPolicy', attached: /^topics/, list: 'Topics' },
  'AWS::SQS::Queue': { type: 'AWS::SQS::QueuePolicy', attached: /^queues/, list: 'Queues' },
};

/** The resource is of a type whose policy is a resource of its own. */
export function hasPolicy({ cfnResourceType }: CfnResource): boolean {
  return Object.hasOwn(POLICIES, cfnResourceType);
}

/** The policies of a bucket, a topic or a queue: one, or of buckets of which another service sets it, none. */
export function policiesOf(resource: CfnResource, others: Referrers): CfnResource[] {
  const { type, attached } = POLICIES[resource.cfnResourceType] ?? {};
  return type === undefined || attached === undefined ? [] : others.to(resource, { [type]: attached });
}

/** The policy is for more than one resource. */
export function isShared(policy: CfnResource): boolean {
  const list = Object.values(POLICIES).find(({ type }) => type === policy.cfnResourceType)?.list;
  return list !== undefined && listOf(Filling.of(policy).look().said(list)).length > 1;
}

/** Whom the policy of a resource lets in. */
export interface Admitted {
  readonly services: readonly string[];
  /** Principals of other accounts, as the policy says them. */
  readonly strangers: readonly Json[];
  /** Everybody, somebody who is no principal of AWS, or somebody of whom nobody can tell. */
  readonly unknown: boolean;
}

/** Whom the policies of a bucket, a topic or a queue let in. */
export function admittedBy(resource: CfnResource, others: Referrers): Admitted {
  const services = new Set<string>();
  const strangers: Json[] = [];
  let unknown = false;
  for (const policy of policiesOf(resource, others)) {
    const account = Stack.of(policy).resolve(Stack.of(policy).account) as Json;
    for (const statement of listOf(Filling.of(policy).look().said('PolicyDocument.Statement'))) {
      if (isObject(statement) && (statement.Effect === 'Deny' || isBound(statement, account))) continue;
      // What a function decides, the effect or the principals, is nobody's that is known here.
      const principals = isObject(statement) && statement.Effect === 'Allow' ? statement.Principal : undefined;
      if (!isObject(principals)) {
        unknown = true;
        continue;
      }
      for (const [kind, who] of Object.entries(principals)) {
        for (const one of listOf(who)) {
          if (kind === 'Service' && typeof one === 'string') services.add(one);
          else if (kind !== 'AWS' || one === '*') unknown = true;
          else if (!isOwn(one, account)) strangers.push(one);
        }
      }
    }
  }
  return { services: [...services], strangers, unknown };
}

const BINDING = ['aws:sourceowner', 'aws:sourceaccount', 'aws:principalaccount'];

/** A condition lets in requests on behalf of the account only, whoever makes them; services are still to be named. */
function isBound(statement: JsonObject, account: Json): boolean {
  const { Condition: condition, Principal: principal } = statement;
  if (!isObject(condition) || (isObject(principal) && 'Service' in principal)) return false;
  return Object.entries(condition).some(([operator, keys]) => /^StringEquals(IgnoreCase)?$/.test(operator) && isObject(keys)
    && Object.entries(keys).some(([key, value]) => BINDING.includes(key.toLowerCase()) && JSON.stringify(value) === JSON.stringify(account)));
}

/** A principal of the account: by its number where that is known, by the pseudo parameter, or by a resource. */
function isOwn(principal: Json, account: Json): boolean {
  if (typeof principal === 'string') return typeof account === 'string' && (principal === account || principal.startsWith(`arn:aws:iam::${account}:`));
  const text = JSON.stringify(principal);
  return text.includes('AWS::AccountId') || text.startsWith('{"Fn::GetAtt"') || (typeof account === 'string' && text.includes(`:iam::${account}:`));
}

/** Functions decide what there is. */
export function isOpaque(said: Json): boolean {
  return isObject(said) && Object.keys(said).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

/** A single value stands for a list of one in policies. */
export function listOf(json: Json | undefined): Json[] {
  return Array.isArray(json) ? json : json === undefined ? [] : [json];
}
