import { MACRO, subject } from './cases';
import { Case, fail, pass, Table, verdicts } from './verdicts';
import * as rules from '../../src/rules/route53-resolver';

const vpc = subject('AWS::EC2::VPC');

/** A VPC with an association of a type that names it by one property and what it is associated with by another. */
function table(type: string, vpcId: string, other: string): Table {
  const associated = (properties: object = {}, more: object = {}): Case =>
    vpc({}, { Association: { Type: `AWS::Route53Resolver::${type}`, ...more, Properties: { [vpcId]: { Ref: 'Subject' }, [other]: 'x-1', ...properties } } });
  return {
    pass: { associated: associated() },
    fail: { 'none': vpc(), 'with nothing': associated({ [other]: undefined }) },
    unknown: { 'a macro decides': associated({ [other]: MACRO }) },
    trap: {
      'another VPC': fail({ ...associated({ [vpcId]: { Ref: 'Other' } }), Other: { Type: 'AWS::EC2::VPC' } }),
      'in one branch': fail(associated({}, { Condition: 'IsProd' }), { message: /when IsProd is false/ }),
      'with what deployment supplies': pass(associated({ [other]: { Ref: 'P' } })),
    },
  };
}

verdicts(rules.queryLogging, table('ResolverQueryLoggingConfigAssociation', 'ResourceId', 'ResolverQueryLogConfigId'));
verdicts(rules.dnsFirewall, table('FirewallRuleGroupAssociation', 'VpcId', 'FirewallRuleGroupId'));
