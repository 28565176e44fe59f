import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/networkfirewall';

const firewall = (properties: object = {}, more: object = {}): Case => ({
  Subject: { Type: 'AWS::NetworkFirewall::Firewall', Properties: properties },
  ...more,
});
const policy = (full: unknown, fragments: unknown = full): Case => ({
  Subject: {
    Type: 'AWS::NetworkFirewall::FirewallPolicy',
    Properties: { FirewallPolicy: { StatelessDefaultActions: full, StatelessFragmentDefaultActions: fragments } },
  },
});
const param = { $Parameters: { P: { Type: 'String' } } };
const list = { $Parameters: { P: { Type: 'CommaDelimitedList' } } };

const logged = (destinations: unknown, of: unknown = { 'Fn::GetAtt': ['Subject', 'FirewallArn'] }): Case => firewall({}, {
  Logging: {
    Type: 'AWS::NetworkFirewall::LoggingConfiguration',
    Properties: { FirewallArn: of, LoggingConfiguration: { LogDestinationConfigs: destinations } },
  },
});
verdicts(rules.firewallLogging, {
  pass: { logged: logged([{ LogType: 'ALERT' }]) },
  fail: { 'none': firewall(), 'to nowhere': logged([]) },
  unknown: { 'a list that is given at deployment': { ...logged({ Ref: 'P' }), ...list } },
  trap: { 'of another firewall': fail({ ...logged([{ LogType: 'FLOW' }], { Ref: 'Other' }), Other: { Type: 'AWS::NetworkFirewall::Firewall' } }) },
});

verdicts(rules.firewallDeletionProtection, {
  pass: { on: firewall({ DeleteProtection: true }) },
  fail: { absent: firewall(), off: firewall({ DeleteProtection: false }) },
  unknown: { 'a parameter': { ...firewall({ DeleteProtection: { Ref: 'P' } }), ...param } },
  trap: { 'as text': pass(firewall({ DeleteProtection: 'true' })) },
});

verdicts(rules.firewallDefaultDrop, {
  pass: { forwarded: policy(['aws:forward_to_sfe']), dropped: policy(['aws:drop']) },
  fail: { passed: policy(['aws:pass']), absent: policy(undefined) },
  unknown: { 'a list that is given at deployment': { ...policy({ Ref: 'P' }), ...list } },
  trap: { 'fragments are passed': fail(policy(['aws:drop'], ['aws:pass'])), 'passed beside an action of its own': fail(policy(['mine', 'aws:pass'])) },
});

verdicts(rules.firewallChangeProtection, {
  pass: { on: firewall({ SubnetChangeProtection: true, FirewallPolicyChangeProtection: true }) },
  fail: { absent: firewall(), off: firewall({ SubnetChangeProtection: false, FirewallPolicyChangeProtection: false }) },
  unknown: { 'a parameter': { ...firewall({ SubnetChangeProtection: true, FirewallPolicyChangeProtection: { Ref: 'P' } }), ...param } },
  trap: {
    'of the subnets only': fail(firewall({ SubnetChangeProtection: true })),
    'of the policy only': fail(firewall({ FirewallPolicyChangeProtection: true })),
    'at a transit gateway, as text': pass(firewall({ AvailabilityZoneChangeProtection: 'true', FirewallPolicyChangeProtection: 'true' })),
  },
});

const subnets = (...list: unknown[]) => firewall({ SubnetMappings: list.map((SubnetId) => ({ SubnetId })) });
verdicts(rules.firewallMultiAz, {
  pass: { 'two subnets': subnets('subnet-1', 'subnet-2') },
  fail: { 'one subnet': subnets('subnet-1'), 'none': firewall() },
  unknown: { 'a list that is given at deployment': { ...firewall({ SubnetMappings: { Ref: 'P' } }), ...list } },
  trap: {
    'zones of a transit gateway': pass(firewall({ AvailabilityZoneMappings: [{ AvailabilityZone: 'a' }, { AvailabilityZone: 'b' }] })),
    'one of two is left out': fail(firewall({ SubnetMappings: [{ SubnetId: 'subnet-1' }, { Ref: 'AWS::NoValue' }] })),
  },
});

const withGroups = (properties: object): Case => ({ Subject: { Type: 'AWS::NetworkFirewall::FirewallPolicy', Properties: { FirewallPolicy: properties } } });
verdicts(rules.policyHasRules, {
  pass: {
    'stateful rules': withGroups({ StatefulRuleGroupReferences: [{ ResourceArn: 'arn' }] }),
    'stateless rules': withGroups({ StatelessRuleGroupReferences: [{ ResourceArn: 'arn', Priority: 1 }] }),
  },
  fail: { 'none': withGroups({}), 'empty lists': withGroups({ StatefulRuleGroupReferences: [], StatelessRuleGroupReferences: [] }) },
  unknown: { 'a list that is given at deployment': { ...withGroups({ StatefulRuleGroupReferences: { Ref: 'P' } }), ...list } },
  trap: { 'references at the wrong level': fail({ Subject: { Type: 'AWS::NetworkFirewall::FirewallPolicy', Properties: { StatefulRuleGroupReferences: [{ ResourceArn: 'arn' }] } } }) },
});
