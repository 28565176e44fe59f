import { Case, fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/waf';

const acl = (properties: object = {}, more: object = {}): Case => ({ Subject: { Type: 'AWS::WAFv2::WebACL', Properties: properties }, ...more });
const classic = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::WAF::WebACL', Properties: properties } });
const param = { $Parameters: { P: { Type: 'String' } } };
const group = (more: object = {}, rule: object = { OverrideAction: { None: {} } }, Name = 'AWSManagedRulesKnownBadInputsRuleSet') =>
  acl({ Rules: [{ Name: 'bad', ...rule, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...more } } }] });

verdicts(rules.defaultAction, {
  pass: { 'blocks': acl({ DefaultAction: { Block: {} } }), 'blocks, classic': classic({ DefaultAction: { Type: 'BLOCK' } }) },
  fail: { 'allows': acl({ DefaultAction: { Allow: {} } }), 'allows, classic': classic({ DefaultAction: { Type: 'ALLOW' } }), 'absent': acl() },
  unknown: {
    'a parameter': { ...acl({ DefaultAction: { Ref: 'P' } }), ...param },
    'a parameter, classic': { ...classic({ DefaultAction: { Type: { Ref: 'P' } } }), ...param },
  },
  trap: {
    'blocks with an answer of its own': pass(acl({ DefaultAction: { Block: { CustomResponse: { ResponseCode: 403 } } } })),
    'allows with a header': fail(acl({ DefaultAction: { Allow: { CustomRequestHandling: {} } } })),
  },
});

const logged = (destinations: unknown, of_: unknown = { 'Fn::GetAtt': ['Subject', 'Arn'] }): Case =>
  acl({}, { Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: of_, LogDestinationConfigs: destinations } } });
verdicts(rules.wafLogging, {
  pass: { logged: logged(['arn']) },
  fail: { 'none': acl(), 'to nowhere': logged([]) },
  unknown: {
    'a list that is given at deployment': { ...logged({ Ref: 'P' }), $Parameters: { P: { Type: 'CommaDelimitedList' } } },
    'of which web ACL is a parameter': { ...logged(['arn'], { Ref: 'P' }), ...param },
  },
  trap: { 'of another web ACL': fail({ ...logged(['arn'], { 'Fn::GetAtt': ['Other', 'Arn'] }), Other: { Type: 'AWS::WAFv2::WebACL' } }) },
});

verdicts(rules.wafHasRules, {
  pass: {
    'a rule': acl({ DefaultAction: { Allow: {} }, Rules: [{ Name: 'a' }] }),
    'a rule, classic': classic({ DefaultAction: { Type: 'ALLOW' }, Rules: [{ RuleId: '1' }] }),
  },
  fail: { 'none': acl({ DefaultAction: { Allow: {} } }), 'an empty list': classic({ DefaultAction: { Type: 'ALLOW' }, Rules: [] }) },
  unknown: { 'a list that is given at deployment': { ...acl({ DefaultAction: { Allow: {} }, Rules: { Ref: 'P' } }), ...param } },
  trap: {
    'none, but everything is blocked': pass(acl({ DefaultAction: { Block: {} } })),
    'the only rule is no value': fail(acl({ DefaultAction: { Allow: {} }, Rules: [{ Ref: 'AWS::NoValue' }] })),
  },
});

verdicts(rules.wafRateLimit, {
  pass: { 'a limit': acl({ Rules: [{ Name: 'rate', Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } } }] }) },
  fail: { 'none': acl(), 'other rules': group() },
  unknown: { 'the rules are a parameter': { ...acl({ Rules: { Ref: 'P' } }), ...param } },
  trap: { 'the second rule': pass(acl({ Rules: [{ Name: 'a', Statement: {} }, { Name: 'rate', Statement: { RateBasedStatement: { Limit: 100 } } }] })) },
});

verdicts(rules.wafKnownBadInputs, {
  pass: { blocks: group() },
  fail: { 'none': acl(), 'another group': group({}, {}, 'AWSManagedRulesCommonRuleSet') },
  unknown: { 'the name is a parameter': { ...group({ Name: { Ref: 'P' } }), ...param } },
  trap: {
    'the group only counts': fail(group({}, { OverrideAction: { Count: {} } })),
    'Log4j is left out': fail(group({ ExcludedRules: [{ Name: 'Log4JRCE' }] })),
    'Log4j is only counted': fail(group({ RuleActionOverrides: [{ Name: 'Log4JRCE_HEADER', ActionToUse: { Count: {} } }] })),
    'something else is only counted': pass(group({ RuleActionOverrides: [{ Name: 'Host_localhost_HEADER', ActionToUse: { Count: {} } }] })),
    'what overrides is a macro\'s choice': unknown(group({}, { OverrideAction: { 'Fn::Transform': { Name: 'M' } } })),
  },
});

verdicts(rules.wafCommonRules, {
  pass: { blocks: group({}, {}, 'AWSManagedRulesCommonRuleSet') },
  fail: { 'none': acl(), 'another group': group() },
  unknown: { 'the name is a parameter': { ...group({ Name: { Ref: 'P' } }), ...param } },
  trap: {
    'the group only counts': fail(group({}, { OverrideAction: { Count: {} } }, 'AWSManagedRulesCommonRuleSet')),
    'one of its rules only counts': pass(group({ RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] }, {}, 'AWSManagedRulesCommonRuleSet')),
  },
});

const counted = (CloudWatchMetricsEnabled: unknown) => ({ VisibilityConfig: { CloudWatchMetricsEnabled, SampledRequestsEnabled: true, MetricName: 'm' } });
const ruleGroup = (properties: object): Case => ({ Subject: { Type: 'AWS::WAFv2::RuleGroup', Properties: properties } });
verdicts(rules.wafMetrics, {
  pass: { 'all': acl({ ...counted(true), Rules: [{ Name: 'a', ...counted('true') }] }), 'a group': ruleGroup(counted(true)) },
  fail: { 'none': acl(counted(false)), 'absent': acl(), 'a group': ruleGroup(counted(false)) },
  unknown: { 'a parameter': { ...acl(counted({ Ref: 'P' })), ...param }, 'the rules are a parameter': { ...acl({ ...counted(true), Rules: { Ref: 'P' } }), ...param } },
  trap: {
    'one rule is not counted': fail(acl({ ...counted(true), Rules: [{ Name: 'a', ...counted(true) }, { Name: 'b', ...counted(false) }] })),
    'samples are no metrics': fail(acl({ VisibilityConfig: { SampledRequestsEnabled: true } })),
    'as text': fail(ruleGroup(counted('false'))),
  },
});
