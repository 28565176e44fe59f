import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const ID = 'SharedSearchLogsPolicy';

/**
 * Lets OpenSearch Service write to log groups on behalf of the domains of this account, without which it refuses a domain that publishes logs.
 *
 * CDK does it with a function, one policy for each domain, for any account. An account has ten such policies in a region, of 5,120 characters each, so
 * this is one for the stack. The ARN of a domain in it would be a circular dependency.
 */
export function admitSearchLogs(scope: Construct, groups: readonly logs.ILogGroupRef[]): void {
  const stack = Stack.of(scope);
  const policy = searchLogsPolicy(scope) ?? new logs.ResourcePolicy(stack, ID, { resourcePolicyName: `${Aws.STACK_NAME}-search-logs` });
  policy.document.addStatements(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('es.amazonaws.com')],
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: groups.map(({ logGroupRef }) => logGroupRef.logGroupArn),
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
}

/** The policy of the stack, once there is one. Domains have to be made after it. */
export function searchLogsPolicy(scope: Construct): logs.ResourcePolicy | undefined {
  return Stack.of(scope).node.tryFindChild(ID) as logs.ResourcePolicy | undefined;
}
