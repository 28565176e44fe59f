import { App, CfnResource, Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { Soc2Blueprint } from '../../src/blueprint';
import { SharedKey } from '../../src/defaults/default';
import { appWith, CONCRETE } from '../constructs/harness';

export type Properties = Record<string, any>;

/** Applies the mixin to all that is there. */
export const apply = (scope: IConstruct, options = {}): void => void Mixins.of(scope).apply(Soc2Blueprint.mixin(options));

/** A resource as the template has it. */
export const rendered = (resource: CfnResource): { Properties: Properties; DeletionPolicy?: string; UpdateReplacePolicy?: string } => {
  const { Resources } = Template.fromStack(resource.stack).toJSON();
  return { Properties: {}, ...Resources[resource.stack.resolve(resource.logicalId)] };
};

export const propertiesOf = (resource: CfnResource): Properties => rendered(resource).Properties;

export const stackIn = (app: App = appWith()): Stack => new Stack(app, 'S', CONCRETE);

export const bucketIn = (stack: Stack, props: s3.CfnBucketProps = {}): s3.CfnBucket => new s3.CfnBucket(stack, 'B', props);

/** A value of the table as the template has it. */
export function withKeys(value: unknown): any {
  if (value instanceof SharedKey) return value.as === 'arn' ? { 'Fn::GetAtt': [expect.stringMatching(/^Shared\w+ByServiceKey/), 'Arn'] } : { Ref: expect.stringMatching(/^Shared\w+ByServiceKey/) };
  if (Array.isArray(value)) return value.map(withKeys);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withKeys(inner)])) : value;
}
