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
