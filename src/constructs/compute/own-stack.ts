import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * True when the policy of a role may name resources of the stack that a construct stands in. That of a role in another stack may not: this stack
 * depends on that one, so the one cannot depend on the other.
 */
export function mayName(role: iam.IRole | undefined, scope: Construct): boolean {
  return role === undefined || Stack.of(role) === Stack.of(scope);
}
