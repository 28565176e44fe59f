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
