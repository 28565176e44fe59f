import { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { synthesizeWhile } from './bare';
import { Filling } from './filling';
import { Referrers } from './referrers';
import { isOpaque, listOf, policiesOf } from './resource-policies';
import { Json } from '../template/json';

/** Has a policy give way to any other one for the same resource: AWS knows only one. */
export function giveWay(policy: CfnResource, subject: CfnResource): void {
  synthesizeWhile(policy, () => policiesOf(subject, Referrers.inTheEnd(policy)).every((one) => one === policy));
}

/** The policy that an L2 has made for itself. */
export function ownPolicy({ node }: IConstruct): CfnResource | undefined {
  const own = node.tryFindChild('Policy')?.node.defaultChild;
  return CfnResource.isCfnResource(own) ? own : undefined;
}

/**
 * Puts what an L2 says in its policy, because of us, into the policy that somebody has made for it besides. Theirs stays, as it is deployed already: in its
 * place ours would be refused, as long as theirs is there.
 */
export function joinPolicies(made: Construct, resource: CfnResource, others: Referrers): void {
  const own = ownPolicy(made);
  if (!own) return;
  giveWay(own, resource);
  const statements = (): Json[] => (own as unknown as { readonly policyDocument: iam.PolicyDocument }).policyDocument.toJSON().Statement;
  for (const policy of policiesOf(resource, others)) {
    if (policy !== own) Filling.of(policy).amend('PolicyDocument.Statement', (said) => (isOpaque(said) ? said : [...listOf(said), ...statements()]));
  }
}
