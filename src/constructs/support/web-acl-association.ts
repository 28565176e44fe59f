import { CfnResource, Stack } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { outermostStack } from './outermost-stack';

/** Somebody has associated a web ACL with one of these resources: a second one would be refused, or take the place of the first. */
export function isAssociated(...resources: readonly CfnResource[]): boolean {
  const stack = Stack.of(resources[0]);
  const names = resources.map((one) => `"${stack.getLogicalId(one)}"`);
  return outermostStack(stack).node.findAll().filter((node): node is wafv2.CfnWebACLAssociation => wafv2.CfnWebACLAssociation.isCfnWebACLAssociation(node))
    .some((association) => names.some((name) => JSON.stringify(Stack.of(association).resolve(association.resourceArn)).includes(name)));
}
