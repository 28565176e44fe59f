import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The stack of a construct, or the one that its nested stack is deployed with: what stands there can be shared by all of them. */
export function outermostStack(scope: Construct): Stack {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  return stack;
}
