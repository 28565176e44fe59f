import { all, any, not, Property, ResourceReader, rule, Truth } from './kernel';
import { stands } from './shared/stands';

const CLASSIC = ['AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'];
const ACL = ['AWS::WAFv2::WebACL'];
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';

export const defaultAction = rule({
  id: 'WAF.DefaultAction',
  resourceTypes: [...CLASSIC, ...ACL],
  title: 'What no rule names is not let in',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A web ACL that blocks by default lets in only what is known to be good. Public applications allow by default and block what is bad.',
  remediation: { cfn: 'DefaultAction: { Block: {} }, with rules that allow' },
  sources: ['AWS WAF developer guide, "Setting the web ACL default action"'],
  check: (acl) => (ACL.includes(acl.type)
    ? stands(acl.get('DefaultAction.Block')).because('the default action is not Block')
    : acl.get('DefaultAction.Type').oneOf(['BLOCK', 'COUNT'])),
});

export const wafLogging = rule({
  id: 'WAF.Logging',
  resourceTypes: ACL,
  title: 'Web ACL logs what it sees',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'CC6.6'] },
  rationale: 'Without logs nobody can tell which attacks were blocked, which were let through, and whom a rule wrongly refused.',
  remediation: { construct: 'WebFirewall', l2: 'CfnLoggingConfiguration', cfn: 'AWS::WAFv2::LoggingConfiguration with the web ACL as ResourceArn' },
  configRule: 'WAFV2_LOGGING_ENABLED',
  nagRules: ['WAFv2LoggingEnabled'],
  sources: ['AWS::WAFv2::LoggingConfiguration, ResourceArn'],
  check: (acl, model) => any([
    ...model.referrers(acl, LOGGING, 'ResourceArn').map((logging) => logging.get('LogDestinationConfigs').count(1)),
    // Of which web ACL is known at deployment only.
    ...model.ofType(LOGGING).map((logging) => logging.get('ResourceArn')).filter((arn) => arn.undecided).map((arn) => arn.openTruth()),
  ], `no ${LOGGING} refers to this web ACL`),
});

export const wafHasRules = rule({
  id: 'WAF.HasRules',
  resourceTypes: [...ACL, ...CLASSIC],
  title: 'Web ACL has rules',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A web ACL without rules protects nothing, though everything it is associated with looks protected.',
  remediation: { construct: 'WebFirewall', cfn: 'Rules with at least one rule or rule group' },
  configRule: 'WAFV2_WEBACL_NOT_EMPTY',
  sources: ['AWS::WAFv2::WebACL, Rules', 'AWS Security Hub WAF.10'],
  // A list that blocks everything needs no rule.
  check: (acl) => any([
    acl.get('Rules').count(1), stands(acl.get('DefaultAction.Block')), acl.get('DefaultAction.Type').is('BLOCK'),
  ]).because('the web ACL has no rules'),
});

export const wafRateLimit = rule({
  id: 'WAF.RateLimit',
  resourceTypes: ACL,
  title: 'Web ACL limits the rate of each client',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'A1.1'] },
  rationale: 'A limit per client blunts guessing of passwords and simple floods. It may stand elsewhere, such as in a shared rule group.',
  remediation: { construct: 'WebFirewall', cfn: 'a rule with RateBasedStatement' },
  sources: ['AWS::WAFv2::WebACL RateBasedStatement'],
  check: (acl) => acl.get('Rules').some((one) => one.get('Statement.RateBasedStatement.Limit').isPresent()).because('no rule limits the rate'),
});

/** A rule uses the managed group of AWS, and does not turn it into counting. */
function blocksBy(acl: ResourceReader, name: string, also: (group: Property) => Truth = () => Truth.YES): Truth {
  return acl.get('Rules').some((one) => {
    const group = one.get('Statement.ManagedRuleGroupStatement');
    return all(group.get('Name').is(name), not(stands(one.get('OverrideAction.Count')), 'the group only counts'), also(group));
  }).because(`no rule uses ${name} to block`);
}

/** The group's rule against Log4j lookups is only counted, or left out. */
function log4jLeftOut(group: Property): Truth {
  const named = (one: Property) => one.get('Name').startsWith('Log4JRCE');
  return any([
    group.get('ExcludedRules').some(named),
    group.get('RuleActionOverrides').some((one) => all(named(one), not(stands(one.get('ActionToUse.Block')), 'it blocks'))),
  ]);
}

export const wafKnownBadInputs = rule({
  id: 'WAF.KnownBadInputs',
  resourceTypes: ACL,
  title: 'Web ACL blocks known attacks such as Log4j lookups',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC7.1'] },
  rationale: 'The managed group of known bad inputs follows attacks as they appear. Rules of one\'s own or of a vendor can do the same.',
  remediation: { construct: 'WebFirewall', cfn: 'a rule with the managed group AWSManagedRulesKnownBadInputsRuleSet that is not overridden to count' },
  sources: ['AWS WAF developer guide, "Baseline rule groups"'],
  check: (acl) => blocksBy(acl, 'AWSManagedRulesKnownBadInputsRuleSet', (group) => not(log4jLeftOut(group), 'Log4j lookups are only counted')),
});

export const wafCommonRules = rule({
  id: 'WAF.CommonRules',
  resourceTypes: ACL,
  title: 'Web ACL blocks the commonest attacks on web applications',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.8'] },
  rationale: 'The core group of AWS blocks what most scanners try, such as cross-site scripting. Rules of one\'s own or of a vendor can do the same.',
  remediation: { construct: 'WebFirewall', cfn: 'a rule with the managed group AWSManagedRulesCommonRuleSet that is not overridden to count' },
  sources: ['AWS WAF developer guide, "Baseline rule groups"'],
  check: (acl) => blocksBy(acl, 'AWSManagedRulesCommonRuleSet'),
});

export const wafMetrics = rule({
  id: 'WAF.Metrics',
  resourceTypes: [...ACL, 'AWS::WAFv2::RuleGroup'],
  title: 'What the rules do is counted',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Metrics show when a rule begins to block or to let through more than it did, and an alarm can rest on them.',
  remediation: { construct: 'WebFirewall', cfn: 'VisibilityConfig: { CloudWatchMetricsEnabled: true } of the web ACL or rule group and of each rule' },
  configRule: 'WAFV2_RULEGROUP_LOGGING_ENABLED',
  sources: ['AWS Security Hub WAF.12', 'AWS::WAFv2::WebACL VisibilityConfig: required of the web ACL and of every rule'],
  check: (acl) => all(
    acl.get('VisibilityConfig.CloudWatchMetricsEnabled').isTrue(),
    acl.get('Rules').every((one) => one.get('VisibilityConfig.CloudWatchMetricsEnabled').isTrue()),
  ),
});
