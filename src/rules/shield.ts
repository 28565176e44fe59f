import { awsDefaults } from './aws-defaults';
import { applies, ResourceReader, rule, Truth } from './kernel';
import { isNamedBy } from './shared/resource-policy';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Shield protects what the internet reaches; of load balancers those that face it. */
function faces(resource: ResourceReader): Truth {
  if (resource.type === 'AWS::Route53::HostedZone') return resource.get('VPCs').isAbsent();
  if (resource.type !== BALANCER) return Truth.YES;
  return resource.get('Scheme').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::LoadBalancer.Scheme']).isNot('internal');
}

export const shieldAdvanced = rule({
  id: 'Shield.AdvancedProtection',
  resourceTypes: ['AWS::CloudFront::Distribution', BALANCER, 'AWS::GlobalAccelerator::Accelerator', 'AWS::Route53::HostedZone'],
  title: 'Public endpoint has the protection of Shield Advanced',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2', 'CC6.6'] },
  rationale: 'Shield Advanced adds detection and a response team for attacks that flood a service. It is a costly subscription; Shield Standard protects everyone.',
  remediation: { l2: 'CfnProtection', cfn: 'an AWS::Shield::Protection with the ARN of the endpoint as ResourceArn' },
  sources: ['AWS Shield Advanced developer guide, "AWS Shield Advanced protections by resource type"'],
  check: (resource, model) => applies(faces(resource), 'the internet does not reach it',
    () => isNamedBy(resource, model, { type: 'AWS::Shield::Protection', property: 'ResourceArn' })),
});
