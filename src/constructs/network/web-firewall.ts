import { ArnFormat, Aws, Fn, Names, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { OptOut } from '../../declarations/opt-out';
import { webFirewallDefaults as d } from '../../defaults/web-firewall';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EDGE_REGION } from '../support/edge-region';
import { outermostStack } from '../support/outermost-stack';
import { shared } from '../support/shared';
import { uphold } from '../support/uphold';

/** What a `WebFirewall` can protect. */
export enum WebFirewallScope {
  /** Load balancers, stages of REST APIs, GraphQL APIs, user pools and other resources of the stack's region. */
  REGIONAL = 'REGIONAL',
  /** CloudFront distributions. Such a firewall can be made in us-east-1 only. */
  CLOUDFRONT = 'CLOUDFRONT',
}

/** Properties of a `WebFirewall`. */
export interface WebFirewallProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * What it can protect.
   *
   * @default WebFirewallScope.REGIONAL
   */
  readonly scope?: WebFirewallScope;
  /**
   * The groups of AWS managed rules, by name, in this order. Those that need settings of their own, such as Bot Control, which is also billed by
   * request, are given with `rules`.
   *
   * @default - the Amazon IP reputation list, the core rule set, known bad inputs and SQL injection
   */
  readonly managedRuleGroups?: string[];
  /**
   * Single rules of the managed groups that count and do not block, by group: `{ AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY'] }` lets
   * uploads of more than 8 KB through.
   *
   * @default - all of them do what AWS has set
   */
  readonly countedRules?: { [group: string]: string[] };
  /**
   * How many requests one address may send in five minutes, from 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;
  /**
   * Rules of one's own. Ours have the priorities from 100 to 199: lower ones come before, higher ones after.
   *
   * @default - none
   */
  readonly rules?: wafv2.CfnWebACL.RuleProperty[];
  /**
   * The managed groups and the rate limit count and do not block: to see in the logs what they would do to an application that already runs.
   *
   * @default false
   */
  readonly countOnly?: boolean;
  /**
   * Keeps samples of requests for three hours, with everything in them: the headers that the logs leave out, too.
   *
   * @default false
   */
  readonly sampledRequests?: boolean;
  /**
   * Where the logs go. The name must begin with `aws-waf-logs-`.
   *
   * @default - a `SecureLogGroup` of its own
   */
  readonly logGroup?: logs.ILogGroup;
}

const LOG_PREFIX = 'aws-waf-logs-';
const [FIRST, LAST] = [100, 199];
const COMMON = 'AWSManagedRulesCommonRuleSet';
const BAD_INPUTS = 'AWSManagedRulesKnownBadInputsRuleSet';
const RATE_LIMIT = 'RateLimit';
const [LEAST_RATE, GREATEST_RATE] = [10, 2_000_000_000];

/** Groups that AWS WAF refuses without settings, and bills by request besides. */
const WITH_SETTINGS = ['AWSManagedRulesACFPRuleSet', 'AWSManagedRulesATPRuleSet', 'AWSManagedRulesAntiDDoSRuleSet', 'AWSManagedRulesBotControlRuleSet'];

/**
 * A web ACL (AWS WAF) that blocks the commonest attacks, known bad addresses and inputs, SQL injection and floods, counts what it does, and
 * logs every request without credentials.
 *
 * It is a construct that holds the L1, `webAcl`: there is no L2. One firewall can protect many resources.
 *
 * Supports CC6.6, CC6.8, CC7.1, CC7.2, CC7.3 and A1.1. Billed: the web ACL (5 USD a month), five rules (1 USD a month each), requests (0.60 USD
 * a million), the shared key of logs (1 USD a month for the stack), and ingestion and storage of logs.
 */
export class WebFirewall extends Construct {
  /**
   * The firewall that the load balancers and APIs of a stack share, or its distributions. Nested stacks use that of their outermost stack.
   *
   * @param scope a construct in the stack
   * @param protects what it protects
   */
  public static shared(scope: Construct, protects: WebFirewallScope = WebFirewallScope.REGIONAL): WebFirewall {
    const stack = outermostStack(scope);
    const id = protects === WebFirewallScope.REGIONAL ? 'SharedWebFirewall' : 'SharedEdgeFirewall';
    return shared(stack, id, WebFirewall, () => new WebFirewall(stack, id, { scope: protects }));
  }

  /** The web ACL itself. */
  public readonly webAcl: wafv2.CfnWebACL;
  /** The ARN of the web ACL. */
  public readonly webAclArn: string;
  /** The log group that receives the logs. */
  public readonly logGroup: logs.ILogGroup;
  private readonly protects: WebFirewallScope;

  /**
   * @throws Error when a property weakens a claim without an opt-out, and for what AWS WAF refuses: scope CLOUDFRONT in another region than
   * us-east-1, a log group of another name, a rate out of its bounds, a group that needs settings, or a priority or a name that is taken.
   */
  constructor(scope: Construct, id: string, props: WebFirewallProps = {}) {
    super(scope, id);
    this.protects = props.scope ?? WebFirewallScope.REGIONAL;
    this.refuseImpossible(props);
    const groups = props.managedRuleGroups ?? d.managedRuleGroups.value;
    const visible = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
      metricName,
      cloudWatchMetricsEnabled: d.metrics.value,
      sampledRequestsEnabled: props.sampledRequests ?? d.sampledRequests.value,
    });
    this.webAcl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: this.protects,
      defaultAction: { allow: {} },
      description: `made for ${this.node.path}`.replace(/[^\w+=:#@/\-,.\s]/g, '-').slice(0, 256),
      visibilityConfig: visible(Names.uniqueResourceName(this, { maxLength: 128 })),
      rules: [
        ...groups.map((name, index) => managedGroup(name, FIRST + index, props, visible(name))),
        rateLimit(FIRST + groups.length, props, visible(RATE_LIMIT)),
        ...props.rules ?? [],
      ],
    });
    this.webAclArn = this.webAcl.attrArn;
    this.logGroup = props.logGroup ?? new SecureLogGroup(this, 'Logs', {
      // The id of the stack, so that a group which outlived an earlier stack does not stand in the way of a new one.
      logGroupName: `${LOG_PREFIX}${Names.uniqueResourceName(this, { maxLength: 128, separator: '-' })}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // AWS WAF refuses the ARN that ends in :*, which is the one that CloudFormation has for a log group.
      logDestinationConfigs: [Stack.of(this).formatArn({
        service: 'logs', resource: 'log-group', resourceName: this.logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })],
      redactedFields: d.redactedHeaders.value.map((Name) => ({ singleHeader: { Name } })),
    });
    const without = (name: string): string | false => !groups.includes(name) && `managedRuleGroups without ${name}`;
    const counts = props.countOnly && 'countOnly: true';
    const log4j = props.countedRules?.[BAD_INPUTS]?.some((name) => name.startsWith('Log4JRCE')) && 'countedRules of Log4j lookups';
    uphold(this, 'WebFirewall', props.optOuts, [{
      resource: this.webAcl,
      upheld: [
        { by: d.managedRuleGroups },
        { by: d.commonRules, weakened: without(COMMON) || counts },
        { by: d.knownBadInputs, weakened: without(BAD_INPUTS) || counts || log4j },
        // The rule that judges it does not ask whether it blocks.
        ...props.countOnly ? [] : [{ by: d.rateLimit }],
        { by: d.metrics },
        { by: d.logging },
      ],
    }]);
  }

  /**
   * Puts a regional resource behind this firewall.
   *
   * @param scope the construct that is protected: the association stands below it
   * @param resourceArn the ARN of a load balancer, of a stage of a REST API, or of another resource that AWS WAF protects
   * @param id the id of the association, where a scope has several
   * @throws Error when the firewall is for CloudFront: a distribution names its firewall itself, by `webAclId`.
   */
  public protect(scope: Construct, resourceArn: string, id: string = 'WebFirewall'): wafv2.CfnWebACLAssociation {
    if (this.protects === WebFirewallScope.CLOUDFRONT) {
      throw new Error(`WebFirewall at ${this.node.path}: scope: CLOUDFRONT is for distributions, which take webAclId: firewall.webAclArn; protect() with a REGIONAL firewall`);
    }
    return new wafv2.CfnWebACLAssociation(scope, id, { resourceArn, webAclArn: this.webAclArn });
  }

  private refuseImpossible({ logGroup, managedRuleGroups: groups, countedRules = {}, rateLimit: limit, rules = [] }: WebFirewallProps): void {
    const refuse = (why: string): never => {
      throw new Error(`WebFirewall at ${this.node.path}: ${why}`);
    };
    const { region } = Stack.of(this);
    if (this.protects === WebFirewallScope.CLOUDFRONT && !Token.isUnresolved(region) && region !== EDGE_REGION) {
      refuse(`scope: CLOUDFRONT cannot be made in ${region}; make it in a stack with env: { region: '${EDGE_REGION}' }`);
    }
    const group = logGroup ? nameOf(logGroup) : LOG_PREFIX;
    if (group === undefined || (typeof group === 'string' && !group.startsWith(LOG_PREFIX))) {
      refuse(`logGroup is named ${group ?? 'by CloudFormation'}, and AWS WAF delivers to names that begin with ${LOG_PREFIX} only; give it such a logGroupName`);
    }
    const managed = groups ?? d.managedRuleGroups.value;
    for (const counted of Object.keys(countedRules)) {
      if (!managed.includes(counted)) refuse(`countedRules names ${counted}, which is not among the managedRuleGroups; add it there, or leave it out`);
    }
    for (const one of managed) {
      if (WITH_SETTINGS.includes(one)) refuse(`managedRuleGroups names ${one}, which AWS WAF takes with settings of its own only; give it with rules, as a managedRuleGroupStatement`);
    }
    if (limit !== undefined && !Token.isUnresolved(limit) && !(Number.isInteger(limit) && limit >= LEAST_RATE && limit <= GREATEST_RATE)) {
      refuse(`rateLimit: ${limit} is not what AWS WAF takes; give a whole number from ${LEAST_RATE} to ${GREATEST_RATE}`);
    }
    for (const rule of rules) {
      if (rule.priority >= FIRST && rule.priority <= LAST) {
        refuse(`the rule ${rule.name} has the priority ${rule.priority}, and those from ${FIRST} to ${LAST} are taken; give a lower one to come before, or a higher one to come after`);
      }
    }
    const twice = (of: readonly unknown[]): unknown => of.find((one, index) => !Token.isUnresolved(one) && of.indexOf(one) !== index);
    const priority = twice(rules.map((rule) => rule.priority));
    if (priority !== undefined) refuse(`two rules have the priority ${priority}, and AWS WAF takes each once; give one of them another`);
    const name = twice([...managed, RATE_LIMIT, ...rules.map((rule) => rule.name)]);
    if (name !== undefined) refuse(`two rules are named ${name}, and AWS WAF takes each name once; give one of them another, or leave it out`);
  }
}

/** The name that the template gives a log group; undefined when CloudFormation makes one up, and no text when it is known at deployment only. */
function nameOf(group: logs.ILogGroup): unknown {
  const cfn = group.node.defaultChild;
  return group.stack.resolve(logs.CfnLogGroup.isCfnLogGroup(cfn) ? cfn.logGroupName : group.logGroupName);
}

function managedGroup(
  name: string, priority: number, { countOnly, countedRules }: WebFirewallProps, visibilityConfig: wafv2.CfnWebACL.VisibilityConfigProperty,
): wafv2.CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: countOnly ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: countedRules?.[name]?.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig,
  };
}

function rateLimit(priority: number, props: WebFirewallProps, visibilityConfig: wafv2.CfnWebACL.VisibilityConfigProperty): wafv2.CfnWebACL.RuleProperty {
  return {
    name: RATE_LIMIT,
    priority,
    action: props.countOnly ? { count: {} } : { block: {} },
    statement: { rateBasedStatement: { limit: props.rateLimit ?? d.rateLimit.value, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
    visibilityConfig,
  };
}
