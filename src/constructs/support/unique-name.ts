import { createHash } from 'node:crypto';
import { Names, Stack, UniqueResourceNameOptions } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * A name for a construct that no other in the account and region has, made of its path.
 *
 * CDK's own begins at the nearest stack: nested stacks of one id below different stacks would have the same names in them.
 */
export function uniqueName(construct: IConstruct, options: UniqueResourceNameOptions & { readonly maxLength: number }): string {
  const parent = Stack.of(construct).nestedStackParent;
  if (!parent) return Names.uniqueResourceName(construct, options);
  const end = `${options.separator ?? ''}${createHash('sha256').update(uniqueName(parent, { maxLength: 256 })).digest('hex').slice(0, 8)}`;
  return `${Names.uniqueResourceName(construct, { ...options, maxLength: options.maxLength - end.length })}${end}`;
}
