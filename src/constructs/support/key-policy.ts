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
  const context = Object.fromEntries(Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));
  const like = { ...sourceArn !== undefined && { 'aws:SourceArn': sourceArn }, ...context };
  return key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(use.service)],
    actions: [...use.actions],
    resources: ['*'],
    conditions: {
      ...sourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': sourceAccount } },
      ...Object.keys(like).length > 0 && { ArnLike: like },
    },
  })).statementAdded;
}

/** True when the key is made in this app, so that its policy and its rotation are known. */
export function isOwnKey(key: kms.IKeyRef): boolean {
  return Resource.isOwnedResource(key);
}

function hasPolicy(key: kms.IKeyRef): key is kms.IKey {
  return 'addToResourcePolicy' in key;
}
