import { Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/** What a service may do with a key, and on whose behalf. Conditions left out are not set. */
export interface ServiceUse {
  readonly service: string;
  readonly actions: readonly string[];
  readonly sourceAccount?: string;
  readonly sourceArn?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

/** Adds a statement for a service to the policy of a key. False when the key is not made in this app: then nobody can add to its policy. */
export function admitService(key: kms.IKeyRef, use: ServiceUse): boolean {
  if (!hasPolicy(key)) return false;
  const { sourceAccount, sourceArn, encryptionContext = {} } = use;
  const arnLike: Record<string, string> = sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn };
  const stringLike: Record<string, string> = {};
  for (const [name, value] of Object.entries(encryptionContext)) (/arn$/i.test(name) ? arnLike : stringLike)[`kms:EncryptionContext:${name}`] = value;
  return key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(use.service)],
    actions: [...use.actions],
    resources: ['*'],
    conditions: {
      ...sourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': sourceAccount } },
      ...Object.keys(arnLike).length > 0 && { ArnLike: arnLike },
      ...Object.keys(stringLike).length > 0 && { StringLike: stringLike },
    },
  })).statementAdded;
}

/**
 * Lets callers of the key's account use it through a service, as with the keys that AWS manages: what they may do at the service decides.
 *
 * @param service the service as it stands in its host names, e.g. `sns`
 */
export function admitCallers(key: kms.Key, service: string, actions: readonly string[]): void {
  const { account, region, urlSuffix } = key.stack;
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: [...actions],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
  }));
}

/** True when the key is made in this app, so that its policy and its rotation are known. */
export function isOwnKey(key: kms.IKeyRef): boolean {
  return Resource.isOwnedResource(key);
}

function hasPolicy(key: kms.IKeyRef): key is kms.IKey {
  return 'addToResourcePolicy' in key;
}
