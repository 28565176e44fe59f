import { any, rule } from './kernel';

const VPC = ['AWS::EC2::VPC'];

export const queryLogging = rule({
  id: 'Route53Resolver.QueryLogging',
  resourceTypes: VPC,
  title: 'DNS queries of the VPC are logged',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'The names that hosts look up give away malware and data that leaves by DNS. The logs are many, and some watch DNS by other means.',
  remediation: { cfn: 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation with the VPC as ResourceId' },
  sources: ['Amazon Route 53 developer guide, "Resolver query logging"'],
  check: (vpc, model) => any(
    model.referrers(vpc, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'ResourceId')
      .map((association) => association.get('ResolverQueryLogConfigId').isPresent()),
    'no AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation refers to this VPC',
  ),
});

export const dnsFirewall = rule({
  id: 'Route53Resolver.DnsFirewall',
  resourceTypes: VPC,
  title: 'DNS queries of the VPC pass a firewall',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.8'] },
  rationale: 'A DNS firewall stops hosts from finding the servers that malware calls. It is paid for by the query, and other tools do the same.',
  remediation: { cfn: 'AWS::Route53Resolver::FirewallRuleGroupAssociation with the VPC as VpcId' },
  sources: ['Amazon Route 53 developer guide, "Using DNS Firewall to filter outbound DNS traffic"'],
  check: (vpc, model) => any(
    model.referrers(vpc, 'AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId')
      .map((association) => association.get('FirewallRuleGroupId').isPresent()),
    'no AWS::Route53Resolver::FirewallRuleGroupAssociation refers to this VPC',
  ),
});
