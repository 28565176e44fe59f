import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const ID = 'SharedApiGatewayAccount';

/**
 * The setting by which API Gateway may write logs, with its role. There is one for all APIs of an account and region, and whoever writes last has
 * set it. Therefore every role does the same, and outlives its stack: an API of another stack may be using it.
 */
export function makeSharedAccount(scope: Construct): apigateway.CfnAccount {
  const stack = Stack.of(scope);
  const existing = sharedAccount(scope);
  if (existing) return existing;
  const role = new iam.Role(stack, `${ID}Role`, {
    description: 'lets API Gateway write the logs of all APIs of this account and region',
    assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new apigateway.CfnAccount(stack, ID, { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}

/** The setting that the APIs of a stack share, when one was made. */
export function sharedAccount(scope: Construct): apigateway.CfnAccount | undefined {
  return Stack.of(scope).node.tryFindChild(ID) as apigateway.CfnAccount | undefined;
}
