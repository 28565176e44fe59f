import { all, any, not, rule } from './kernel';

const FIREWALL = ['AWS::NetworkFirewall::Firewall'];

export const firewallLogging = rule({
  id: 'NetworkFirewall.Logging',
  resourceTypes: FIREWALL,
  title: 'Firewall logs what it sees',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'CC6.6'] },
  rationale: 'Without logs nobody learns of the attempts that the firewall turned away.',
  remediation: { l2: 'CfnLoggingConfiguration', cfn: 'AWS::NetworkFirewall::LoggingConfiguration with the firewall as FirewallArn' },
  configRule: 'NETFW_LOGGING_ENABLED',
  sources: ['AWS::NetworkFirewall::LoggingConfiguration, FirewallArn'],
  check: (firewall, model) => any(model.referrers(firewall, 'AWS::NetworkFirewall::LoggingConfiguration', 'FirewallArn')
    .map((one) => one.get('LoggingConfiguration.LogDestinationConfigs').count(1)), 'no AWS::NetworkFirewall::LoggingConfiguration refers to it'),
});

export const firewallDeletionProtection = rule({
  id: 'NetworkFirewall.DeletionProtection',
  resourceTypes: FIREWALL,
  title: 'Firewall cannot be deleted by accident',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6', 'CC8.1'] },
  rationale: 'A network whose firewall is gone is either open or cut off.',
  remediation: { cfn: 'DeleteProtection: true' },
  configRule: 'NETFW_DELETION_PROTECTION_ENABLED',
  sources: ['AWS::NetworkFirewall::Firewall, DeleteProtection'],
  check: (firewall) => firewall.get('DeleteProtection').isTrue(),
});

export const firewallDefaultDrop = rule({
  id: 'NetworkFirewall.DefaultDrop',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  title: 'Firewall policy passes nothing unseen',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A stateless default of pass lets packets through before any stateful rule has looked at them.',
  remediation: { cfn: 'StatelessDefaultActions and StatelessFragmentDefaultActions with aws:forward_to_sfe or aws:drop' },
  configRule: 'NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS',
  sources: ['AWS::NetworkFirewall::FirewallPolicy, StatelessDefaultActions: aws:drop, aws:pass or aws:forward_to_sfe'],
  check: (policy) => all(...['StatelessDefaultActions', 'StatelessFragmentDefaultActions'].map((key) => {
    const actions = policy.get(`FirewallPolicy.${key}`);
    return all(actions.count(1), not(actions.some((action) => action.is('aws:pass')), `${key} passes what no stateless rule names`));
  })),
});

export const firewallChangeProtection = rule({
  id: 'NetworkFirewall.ChangeProtection',
  resourceTypes: FIREWALL,
  title: 'Firewall keeps its subnets and policy',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6', 'CC8.1'] },
  rationale: 'A firewall that loses its subnets or gets another policy by a slip filters nothing, and the protection makes somebody decide first.',
  remediation: { cfn: 'SubnetChangeProtection: true and FirewallPolicyChangeProtection: true' },
  configRule: 'NETFW_SUBNET_CHANGE_PROTECTION_ENABLED',
  sources: ['AWS::NetworkFirewall::Firewall, SubnetChangeProtection and FirewallPolicyChangeProtection', 'AWS Security Hub NetworkFirewall.10'],
  check: (firewall) => all(
    // The documentation says that creation turns protection on, while firewalls shown in public have it off: so it has to be stated.
    // One at a transit gateway has zones in the place of subnets.
    any([firewall.get('SubnetChangeProtection').isTrue(), firewall.get('AvailabilityZoneChangeProtection').isTrue()]),
    firewall.get('FirewallPolicyChangeProtection').isTrue(),
  ),
});

export const firewallMultiAz = rule({
  id: 'NetworkFirewall.MultiAz',
  resourceTypes: FIREWALL,
  title: 'Firewall has endpoints in two zones',
  severity: 'medium',
  criteria: { direct: ['A1.2'] },
  rationale: 'All traffic passes the firewall, so with one zone its failure cuts off the whole network.',
  remediation: { cfn: 'SubnetMappings with subnets in two Availability Zones' },
  configRule: 'NETFW_MULTI_AZ_ENABLED',
  sources: ['AWS Security Hub NetworkFirewall.1', 'AWS::NetworkFirewall::Firewall, SubnetMappings: each subnet in a different Availability Zone'],
  check: (firewall) => any([firewall.get('SubnetMappings').count(2), firewall.get('AvailabilityZoneMappings').count(2)])
    .because('the firewall has endpoints in fewer than two zones'),
});

export const policyHasRules = rule({
  id: 'NetworkFirewall.PolicyHasRules',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  title: 'Firewall policy has rules',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A policy without rule groups decides by its defaults alone: traffic passes through a firewall that looks for nothing.',
  remediation: { cfn: 'FirewallPolicy with StatefulRuleGroupReferences or StatelessRuleGroupReferences' },
  configRule: 'NETFW_POLICY_RULE_GROUP_ASSOCIATED',
  sources: ['AWS Security Hub NetworkFirewall.3'],
  check: (policy) => any(['Stateful', 'Stateless'].map((kind) => policy.get(`FirewallPolicy.${kind}RuleGroupReferences`).count(1)))
    .because('the policy refers to no rule group'),
});
