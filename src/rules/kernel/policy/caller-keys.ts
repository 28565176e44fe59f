import type { Property } from '../property';
import { any, Truth } from '../truth';

/**
 * How a condition key binds a request to named callers, places or accounts: by a name or an ARN, by a network address, by a flag that must be
 * true, or only when it is compared with what the caller belongs to.
 */
type Binding = 'name' | 'arn' | 'address' | 'flag' | 'resource';

/**
 * Sources: IAM user guide, "AWS global condition context keys"; Amazon S3 user guide, "Blocking public access": the meaning of "public".
 * Left out are keys that a stranger sets as they like: aws:PrincipalTag, aws:username, aws:VpcSourceIp, aws:CalledVia, kms:EncryptionContext.
 */
const CALLER_KEYS: ReadonlyMap<string, Binding> = new Map<string, Binding>([
  ...(['sourcearn', 'principalarn', 'sourcevpcarn'] as const).map((key): [string, Binding] => [`aws:${key}`, 'arn']),
  ...([
    'sourceaccount', 'sourceorgid', 'sourceorgpaths', 'sourceowner', 'sourcevpc', 'sourcevpce', 'vpceaccount', 'vpceorgid', 'vpceorgpaths',
    'ec2instancesourcevpc', 'principalaccount', 'principalorgid', 'principalorgpaths', 'principalservicename', 'principalservicenameslist', 'userid',
  ]).map((key): [string, Binding] => [`aws:${key}`, 'name']),
  ['aws:sourceip', 'address'], ['aws:principalisawsservice', 'flag'],
  ...(['resourceaccount', 'resourceorgid', 'resourceorgpaths']).map((key): [string, Binding] => [`aws:${key}`, 'resource']),
  ['kms:calleraccount', 'name'], ['kms:viaservice', 'name'], ['s3:dataaccesspointarn', 'arn'], ['s3:dataaccesspointaccount', 'name'],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', 'arn'], ['sns:endpoint', 'name'], ['lambda:eventsourcetoken', 'name'],
  ['elasticfilesystem:accesspointarn', 'arn'], ['elasticfilesystem:accessedviamounttarget', 'flag'],
  ['vpc-lattice-svcs:sourcevpc', 'name'], ['vpc-lattice-svcs:sourcevpcowneraccount', 'name'], ['es:sourceip', 'address'],
]);

/** A condition on the key (in lower case) can bind the caller. */
export function isCallerKey(key: string): boolean {
  return CALLER_KEYS.has(key);
}

/** A value for the key that every request, or one of any stranger's making, meets. */
export function letsEveryoneMeet(key: string, item: Property): Truth {
  const binding = CALLER_KEYS.get(key);
  // A key that says whether an AWS service calls narrows nothing where the answer must be no.
  if (binding === 'flag') return item.is('false');
  const { scalar } = item;
  if (typeof scalar !== 'string') return binding === 'address' ? any([item.is('0.0.0.0/0'), item.is('::/0')]) : item.is('*');
  item.seen();
  return Truth.of(isForEveryone(key, binding, scalar), 'a value of its own');
}

function isForEveryone(key: string, binding: Binding | undefined, value: string): boolean {
  if (binding === 'address') return isBroadBlock(value);
  // Where the resource belongs is the same for every caller, unless the caller's own is asked for.
  if (binding === 'resource') return !/\$\{aws:(principal|source)(account|orgid|orgpaths)\}/i.test(value);
  const text = value.includes('${') ? value.replace(/\$\{(?!aws:resource)[^}]*\}/gi, '*') : value;
  if (!text.includes('*') && !text.includes('?')) return false;
  if (/^[*?]+$/.test(text)) return true;
  // Whoever calls chooses the name of a session, but not the id before it.
  if (key === 'aws:userid') return /^[*?]+:/.test(text);
  return binding === 'arn' && isAnybodysArn(text);
}

/** An ARN of which the account is open, or nothing but the service is named. Buckets have no account in theirs: their names are unique in the world. */
function isAnybodysArn(arn: string): boolean {
  const [scheme, , service, , account, ...rest] = arn.split(':');
  if (scheme !== 'arn') return /^[*?]/.test(scheme);
  if (account === undefined) return true;
  const resource = rest.join(':');
  if (/^(([a-z-]+[:/])?[*?]+)$/i.test(resource) && /^[*?]*$/.test(account)) return true;
  return service !== 's3' && account !== '' && /^[*?]+$/.test(account);
}

/** Wider than /8, or /32 for IPv6: Amazon S3 user guide, "Blocking public access", takes such ranges for public. */
function isBroadBlock(block: string): boolean {
  const [address, bits] = block.split('/');
  return bits !== undefined && Number(bits) < (address.includes(':') ? 32 : 8);
}
