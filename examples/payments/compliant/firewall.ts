import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { SecureLogGroup } from 'cdk-soc2';

/** A web ACL of AWS's managed rules and a limit on the rate of requests, before a stage of an API. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const visibility = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
    const managed = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'].map((name, priority) => ({
      name, priority, overrideAction: { none: {} }, statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } }, visibilityConfig: visibility(name),
    }));
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [...managed, {
        name: 'Rate', priority: managed.length, action: { block: {} }, statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 2000 } }, visibilityConfig: visibility('Rate'),
      }],
      visibilityConfig: visibility('Firewall'),
    });
    new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: stage.stageArn });
    // WAF delivers only to groups of this name, and wants the ARN without the ":*" that the group's own attribute ends in.
    const log = new SecureLogGroup(this, 'Log', { logGroupName: `aws-waf-logs-${Stack.of(this).stackName.toLowerCase()}` });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: log.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
    });
  }
}
