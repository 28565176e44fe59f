import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';

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
function sharedAccount(scope: Construct): apigateway.CfnAccount | undefined {
  return Stack.of(scope).node.tryFindChild(ID) as apigateway.CfnAccount | undefined;
}

/** Puts the shared setting, where there is one, before a stage that logs by it. API Gateway takes the setting once there is an API in the account. */
export function waitForAccount(stage: Construct, api: IConstruct): void {
  const account = sharedAccount(stage);
  if (!account) return;
  if (CfnResource.isCfnResource(api.node.defaultChild)) account.node.addDependency(api.node.defaultChild);
  stage.node.addDependency(account);
}

const SAID = new WeakMap<IConstruct, Set<string>>();

/** Notes that an API was told whether to make the setting: then it is not for its stages to make one. */
export function noteAccountSaid(scope: Construct, id: string): void {
  const ids = SAID.get(scope) ?? new Set();
  SAID.set(scope, ids.add(id));
}

/** True when an API was told whether to make the setting, or has made it. */
export function saysAccount({ node }: IConstruct): boolean {
  return node.tryFindChild('Account') !== undefined || (node.scope !== undefined && (SAID.get(node.scope)?.has(node.id) ?? false));
}
