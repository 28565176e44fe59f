import { NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { OptOut } from '../../src';
import { SecureLogGroup, WebFirewall, WebFirewallProps, WebFirewallScope } from '../../src/constructs';
import { webFirewallDefaults } from '../../src/defaults';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/50dc6c495c0c9188';
const set = (path: string, value: unknown) => (firewall: WebFirewall) => firewall.webAcl.addPropertyOverride(path, value);
const counted = { Count: {} };

describeConstruct<WebFirewallProps>({
  name: 'WebFirewall',
  make: (scope, id, props) => new WebFirewall(scope, id, props),
  optional: optionalOf<WebFirewallProps>()([
    'optOuts', 'scope', 'managedRuleGroups', 'countedRules', 'rateLimit', 'rules', 'countOnly', 'sampledRequests', 'logGroup',
  ]),
  breaks: {
    'WAF.HasRules': set('Rules', []),
    'WAF.CommonRules': set('Rules.1.Statement.ManagedRuleGroupStatement.Name', 'AWSManagedRulesLinuxRuleSet'),
    'WAF.KnownBadInputs': set('Rules.2.Statement.ManagedRuleGroupStatement.Name', 'AWSManagedRulesLinuxRuleSet'),
    'WAF.RateLimit': (firewall: WebFirewall) => firewall.webAcl.addPropertyDeletionOverride('Rules.4.Statement.RateBasedStatement'),
    'WAF.Metrics': set('Rules.3.VisibilityConfig.CloudWatchMetricsEnabled', false),
    'WAF.Logging': (firewall: WebFirewall) => (firewall.node.findChild('Logging') as wafv2.CfnLoggingConfiguration).addPropertyOverride('ResourceArn', ARN),
  },
  weakenings: [
    { props: { countOnly: true }, says: 'countOnly: true', rules: ['WAF.CommonRules', 'WAF.KnownBadInputs'] },
    { props: { managedRuleGroups: [] }, says: 'managedRuleGroups without AWSManagedRulesCommonRuleSet', rules: ['WAF.CommonRules', 'WAF.KnownBadInputs'] },
    { props: { managedRuleGroups: ['AWSManagedRulesCommonRuleSet'] }, says: 'managedRuleGroups without AWSManagedRulesKnownBadInputsRuleSet', rules: ['WAF.KnownBadInputs'] },
    { props: { countedRules: { AWSManagedRulesKnownBadInputsRuleSet: ['Log4JRCE_BODY'] } }, says: 'countedRules of Log4j lookups', rules: ['WAF.KnownBadInputs'] },
  ],
  uses: (firewall: WebFirewall, consumer) => void firewall.protect(consumer, ARN),
  given: (elsewhere) => ({ logGroup: new SecureLogGroup(elsewhere, 'Logs', { logGroupName: 'aws-waf-logs-all' }) }),
});

describe('WebFirewall', () => {
  const made = (props: WebFirewallProps = {}, env = CONCRETE, app = appWith()): { stack: Stack; firewall: WebFirewall } => {
    const stack = new Stack(app, 'S', env);
    return { stack, firewall: new WebFirewall(stack, 'X', props) };
  };
  const groups = webFirewallDefaults.managedRuleGroups.value;
  const own = (name: string, priority: number): wafv2.CfnWebACL.RuleProperty => ({
    name,
    priority,
    action: { block: {} },
    statement: { geoMatchStatement: { countryCodes: ['AQ'] } },
    visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: false },
  });
  const rules = (stack: Stack): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'))[0].Properties.Rules;

  test('logs to a group whose name AWS WAF takes, and names it without the :* that AWS WAF refuses', () => {
    const template = Template.fromStack(made().stack);
    const [[group, { Properties: { LogGroupName } }]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
    expect(LogGroupName['Fn::Join'][1][0]).toMatch(/^aws-waf-logs-S-X-/);
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LogDestinationConfigs: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:', { Ref: group }]] }],
    });
  });

  test('has a log group of another name in every deployment, as the last one outlives its stack', () => {
    const [{ Properties: { LogGroupName } }] = Object.values(Template.fromStack(made().stack).findResources('AWS::Logs::LogGroup'));
    expect(LogGroupName['Fn::Join'][1][1]).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] });
  });

  test('keeps credentials out of the logs, and takes no samples, which would hold them', () => {
    const template = Template.fromStack(made().stack);
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', { RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }] });
    expect(JSON.stringify(template.findResources('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":true');
  });

  test('takes samples on request', () => {
    expect(JSON.stringify(Template.fromStack(made({ sampledRequests: true }).stack).findResources('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":false');
  });

  test('has no group that is billed by request', () => {
    expect(JSON.stringify(rules(made().stack))).not.toMatch(/BotControl|ATPRuleSet|ACFPRuleSet|AntiDDoS/);
  });

  test('describes itself in the letters that AWS WAF takes', () => {
    const stack = new Stack(appWith(), 'S');
    new WebFirewall(stack, 'A (new) & better one!');
    Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACL', { Description: 'made for S/A -new- - better one-' });
  });

  test('puts rules of one\'s own before and after its own', () => {
    const found = rules(made({ rules: [own('First', 0), own('Last', 200)] }).stack);
    expect(found.sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name)).toEqual([
      'First', 'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet', 'RateLimit', 'Last',
    ]);
  });

  test('counts single rules on request, and blocks by the others', () => {
    const found = rules(made({ countedRules: { AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY'] } }).stack);
    expect(found[1]).toMatchObject({ OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: counted }] } } });
    expect(JSON.stringify(found).match(/RuleActionOverrides/g)).toHaveLength(1);
  });

  test('with countOnly blocks nothing, and does not claim the rate limit', () => {
    const app = appWith();
    const optOuts = ['WAF.CommonRules', 'WAF.KnownBadInputs'].map((rule) => OptOut.of(rule, { reason: 'watched for a week' }));
    const { stack } = made({ countOnly: true, optOuts }, CONCRETE, app);
    expect(rules(stack).map(({ Action, OverrideAction }) => Action ?? OverrideAction)).toEqual(Array(5).fill(counted));
    expect(claimsIn(modelOf(app), 'WebFirewall').map(({ rule }) => rule)).toEqual(['WAF.HasRules', 'WAF.Logging', 'WAF.Metrics']);
  });

  test('limits the rate as told', () => {
    expect(rules(made({ rateLimit: 100 }).stack)[4].Statement).toEqual({ RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } });
  });

  test('protects a resource of a nested stack, and makes no cycle', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const nested = new NestedStack(stack, 'N');
    WebFirewall.shared(nested).protect(nested, ARN);
    WebFirewall.shared(nested).protect(nested, `${ARN}9`, 'Second');
    expect(WebFirewall.shared(stack)).toBe(WebFirewall.shared(nested));
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 1);
    Template.fromStack(nested).hasResourceProperties('AWS::WAFv2::WebACLAssociation', { ResourceArn: ARN, WebACLArn: { Ref: Match.stringLikeRegexp('WebFirewall') } });
    Template.fromStack(nested).resourceCountIs('AWS::WAFv2::WebACLAssociation', 2);
  });

  test.each([['us-east-1', { env: { region: 'us-east-1' } }], ['a region that is not known', {}]])('is made for CloudFront in %s', (_, env) => {
    const { stack, firewall } = made({ scope: WebFirewallScope.CLOUDFRONT }, env);
    Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
    expect(() => firewall.protect(stack, ARN)).toThrow('WebFirewall at S/X: scope: CLOUDFRONT is for distributions, which take webAclId: firewall.webAclArn; protect() with a REGIONAL firewall');
  });

  test.each([
    ['for CloudFront elsewhere', () => ({ scope: WebFirewallScope.CLOUDFRONT }), 'scope: CLOUDFRONT cannot be made in eu-west-1; make it in a stack with env: { region: \'us-east-1\' }'],
    ['with a log group of another name', (stack: Stack) => ({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'L', 'web') }), 'logGroup is named web, and AWS WAF delivers to names that begin with aws-waf-logs- only; give it such a logGroupName'],
    ['with a log group of any name', (stack: Stack) => ({ logGroup: new logs.LogGroup(stack, 'L') }), 'logGroup is named by CloudFormation, and AWS WAF'],
    ['with a priority that is taken', () => ({ rules: [own('Mine', 150)] }), 'the rule Mine has the priority 150, and those from 100 to 199 are taken; give a lower one to come before, or a higher one to come after'],
    ['with rules of one priority', () => ({ rules: [own('Mine', 1), own('Yours', 1)] }), 'two rules have the priority 1, and AWS WAF takes each once; give one of them another'],
    ['with rules of one name', () => ({ rules: [own('RateLimit', 1)] }), 'two rules are named RateLimit, and AWS WAF takes each name once; give one of them another, or leave it out'],
    ['with a group twice', () => ({ managedRuleGroups: [...groups, groups[0]] }), `two rules are named ${groups[0]}, and AWS WAF takes each name once`],
    ['with a limit below the least', () => ({ rateLimit: 9 }), 'rateLimit: 9 is not what AWS WAF takes; give a whole number from 10 to 2000000000'],
    ['with a limit above the greatest', () => ({ rateLimit: 2_000_000_001 }), 'rateLimit: 2000000001 is not what AWS WAF takes'],
    ['with part of a request', () => ({ rateLimit: 10.5 }), 'rateLimit: 10.5 is not what AWS WAF takes'],
    ['with no number', () => ({ rateLimit: NaN }), 'rateLimit: NaN is not what AWS WAF takes'],
    ['with a group that needs settings', () => ({ managedRuleGroups: [...groups, 'AWSManagedRulesBotControlRuleSet'] }),
      'managedRuleGroups names AWSManagedRulesBotControlRuleSet, which AWS WAF takes with settings of its own only; give it with rules, as a managedRuleGroupStatement'],
    ['with counted rules of no group', () => ({ countedRules: { Other: ['A'] } }), 'countedRules names Other, which is not among the managedRuleGroups; add it there, or leave it out'],
  ])('is refused %s', (_, props, error) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new WebFirewall(stack, 'X', props(stack))).toThrow(`WebFirewall at S/X: ${error}`);
  });

  test('takes a log group that is given by a fitting name', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const firewall = new WebFirewall(stack, 'X', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'L', 'aws-waf-logs-all') });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(firewall.logGroup.logGroupName).toBe('aws-waf-logs-all');
  });
});
