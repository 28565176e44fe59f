import { defaults } from './default';

const WAF = 'AWS WAF developer guide';

/** Secure defaults of a web ACL. */
export const webFirewallDefaults = defaults({
  managedRuleGroups: {
    value: ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet'],
    provenBy: ['WAF.HasRules'],
    criteria: ['CC6.6'],
    source: `${WAF}, "AWS Managed Rules rule groups list"`,
    reason: 'The groups that cost nothing beyond the rule itself; AWS keeps them in step with new attacks.',
  },
  commonRules: {
    value: 'block',
    provenBy: ['WAF.CommonRules'],
    criteria: ['CC6.6', 'CC6.8'],
    source: `${WAF}, "Baseline rule groups": core rule set`,
    reason: 'A rule that only counts stops nothing.',
  },
  knownBadInputs: {
    value: 'block',
    provenBy: ['WAF.KnownBadInputs'],
    criteria: ['CC6.6', 'CC7.1'],
    source: `${WAF}, "Baseline rule groups": known bad inputs`,
    reason: 'Requests that exploit known weaknesses, such as Log4j lookups, have no good use.',
  },
  rateLimit: {
    value: 2000,
    provenBy: ['WAF.RateLimit'],
    criteria: ['A1.1', 'CC6.6'],
    source: `${WAF}, "Using rate-based rule statements": requests of one address in five minutes`,
    reason: 'Blunts guessing of passwords and simple floods, and lets a busy office through.',
  },
  metrics: {
    value: true,
    provenBy: ['WAF.Metrics'],
    criteria: ['CC7.2'],
    source: `${WAF}, "Monitoring with Amazon CloudWatch"`,
    reason: 'Shows when a rule begins to block or to let through more than it did.',
  },
  logging: {
    value: true,
    provenBy: ['WAF.Logging'],
    criteria: ['CC6.6', 'CC7.2', 'CC7.3'],
    source: `${WAF}, "Logging AWS WAF protection pack (web ACL) traffic"`,
    reason: 'Tells which attacks were blocked, which were let through, and whom a rule wrongly refused.',
  },
  redactedHeaders: {
    value: ['authorization', 'cookie'],
    provenBy: [],
    criteria: [],
    source: `${WAF}, "Data protection": at the level of logging`,
    reason: 'Whoever reads the logs could take over sessions.',
  },
  sampledRequests: {
    value: false,
    provenBy: [],
    criteria: [],
    source: 'AWS WAF API reference, LoggingConfiguration, RedactedFields: does not hold for samples',
    reason: 'Samples show what the logs redact, and the logs hold every request.',
  },
});
