import { CfnResource, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { outermostStack } from './outermost-stack';

/** Somebody has associated a web ACL with this resource: a second one would be refused, or take the place of the first. */
export function isAssociated(resource: CfnResource): boolean {
  const name = `"${Stack.of(resource).getLogicalId(resource)}"`;
  return associatedIn(resource).some((arn) => arn.includes(name));
}

/** The same of a stage of a REST API, whose ARN may name it by reference or by its name. */
export function isStageAssociated(stage: apigateway.Stage): boolean {
  const cfn = stage.node.defaultChild as apigateway.CfnStage;
  const name = `"${stage.stack.getLogicalId(cfn)}"`;
  const api = stage.restApi.node.defaultChild;
  const apiName = CfnResource.isCfnResource(api) ? `"${Stack.of(api).getLogicalId(api)}"` : stage.restApi.restApiId;
  return associatedIn(stage).some((arn) => arn.includes(name) || (arn.includes(apiName) && arn.includes(`/stages/${cfn.stageName}"`)));
}

/** What web ACLs are associated with so far, where a construct stands. */
function associatedIn(scope: Construct): string[] {
  return outermostStack(scope).node.findAll().filter((node): node is wafv2.CfnWebACLAssociation => wafv2.CfnWebACLAssociation.isCfnWebACLAssociation(node))
    .map((association) => JSON.stringify(Stack.of(association).resolve(association.resourceArn)));
}
