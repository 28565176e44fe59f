import { caseOf, ifProd, MACRO, P } from './cases';
import { deployed, environmentVerdicts, HERE, judgeEnvironment, OTHER_ACCOUNT, OTHER_REGION } from './environment-verdicts';
import { Case, fail, pass, unknown } from './verdicts';
import * as alarms from '../../src/rules/cis-alarms';
import { Rule } from '../../src/rules/kernel';

const METRIC = { MetricName: 'Changes', Namespace: 'CIS' };
const alarm = (Properties: object = METRIC, more: object = {}): Case => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [P], ...Properties }, ...more },
});
const filter = (FilterPattern: unknown, others: Case = alarm()): Case => caseOf({
  Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { FilterPattern, LogGroupName: 'trail', MetricTransformations: [{ MetricName: 'Changes', MetricNamespace: 'CIS', MetricValue: '1' }] } }, ...others,
});
const rule = (EventPattern: unknown, more: object = {}): Case => caseOf({ Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets: [{ Id: 't', Arn: 'arn' }], ...more } } });
/** In the Region where global services hand out their events, and in the one that is judged. */
const there = (case_: Case) => deployed({ [HERE]: {}, [OTHER_REGION]: case_ });
const anyOf = (names: readonly string[], field = '$.eventName') => names.map((name) => `(${field} = ${name})`).join(' || ');
const calls = (service: string, names: readonly string[], more: object = {}) => ({
  'source': [`aws.${service}`], 'detail-type': ['AWS API Call via CloudTrail'], 'detail': { eventSource: [`${service}.amazonaws.com`], eventName: names, ...more },
});

const TRAIL = ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'];
const trail = `{ ${anyOf(TRAIL)} }`;
const query = (Metric: object) => ({ Metrics: [{ Id: 'm', MetricStat: { Metric, Period: 300, Stat: 'Sum' } }] });
environmentVerdicts(alarms.cloudTrailChangesAlarm, {
  pass: {
    'as CIS writes it': filter(trail),
    'in quotes, with the service': filter(`{($.eventSource="cloudtrail.amazonaws.com") && (${anyOf(TRAIL.map((name) => `"${name}"`))})}`),
    'by wildcards': filter('{ $.eventName = "*Trail" || $.eventName = St*Logging }'),
    'but for one role': filter(`{ (${anyOf(TRAIL)}) && ($.userIdentity.sessionContext.sessionIssuer.userName != "deployer") }`),
    'without errors': filter(`{ (${anyOf(TRAIL)}) && ($.errorCode NOT EXISTS) && ($.readOnly IS FALSE) && ($.eventVersion >= 1.05) }`),
    'but for a role of the templates': filter({ 'Fn::Join': ['', [`{ (${anyOf(TRAIL)}) && ($.userIdentity.sessionContext.sessionIssuer.arn != "`, { Ref: 'Filter' }, '") }']] }),
    'in a calculation': filter(trail, alarm(query(METRIC))),
    'through a composite alarm': filter(trail, {
      ...alarm({ ...METRIC, AlarmActions: [], AlarmName: 'trail' }), All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM("trail")', AlarmActions: ['arn'] } },
    }),
    'by an event rule': rule(calls('cloudtrail', TRAIL)),
    'by an event rule for the whole service': rule({ source: ['aws.cloudtrail'] }),
    'by an event rule on the default bus': rule(calls('cloudtrail', TRAIL), { EventBusName: 'arn:aws:events:eu-west-1:111111111111:event-bus/default', State: 'ENABLED' }),
    'filter in another Region': there(filter(trail)),
  },
  fail: {
    'one event is left out': filter(`{ ${anyOf(TRAIL.slice(0, 4))} }`),
    'no alarm': filter(trail, {}),
    'an alarm on another metric': filter(trail, alarm({ MetricName: 'Other', Namespace: 'CIS' })),
    'an alarm on the name in another namespace': filter(trail, alarm({ MetricName: 'Changes', Namespace: 'App' })),
    'another metric in a calculation': filter(trail, alarm(query({ ...METRIC, MetricName: 'Other' }))),
    'an alarm without actions': filter(trail, alarm({ ...METRIC, AlarmActions: [] })),
    'an alarm that is switched off': filter(trail, alarm({ ...METRIC, ActionsEnabled: 'false' })),
    'an event rule without targets': rule(calls('cloudtrail', TRAIL), { Targets: [] }),
    'an event rule that is switched off': rule(calls('cloudtrail', TRAIL), { State: 'DISABLED' }),
    ...Object.fromEntries(TRAIL.map((name) => [`an event rule without ${name}`, rule(calls('cloudtrail', TRAIL.filter((other) => other !== name)))])),
    'what the console does only': filter(`{ (${anyOf(['StopLogging'])}) || (${anyOf(TRAIL)}) && ($.userAgent = "console*") }`),
  },
  unknown: {
    'the pattern by parameter': filter(P),
    'the pattern by macro': filter(MACRO),
    'an event by parameter': filter({ 'Fn::Sub': '{ ($.eventName = StopLogging) || ($.eventName = "${P}") }' }),
    'but for whom a parameter names': filter({ 'Fn::Join': ['', [`{ (${anyOf(TRAIL)}) && ($.userIdentity.arn != "`, P, '") }']] }),
    'a field that is not always there': filter(`{ (${anyOf(TRAIL)}) && ($.vpcEndpointId != "vpce-1") }`),
    'a regular expression': filter('{ $.eventName = %(Create|Update|Delete)Trail% }'),
    'an event rule by parameter': rule(calls('cloudtrail', ['StopLogging', P as unknown as string])),
    'the event rule sees another Region': there(rule(calls('cloudtrail', TRAIL))),
    'other events': filter('{ $.eventName = CreateVpc }'),
    'a log of an application': filter('ERROR'),
    'columns': filter('[ip, user, eventName = StopLogging]'),
    'no pattern': filter(undefined),
  },
  trap: {
    'named to be left out': unknown(filter(`{ ${TRAIL.map((name) => `($.eventName != ${name})`).join(' && ')} }`), { message: /another system/ }),
    'everything': unknown(filter('{ $.eventName = * }'), { message: /another system/ }),
    'in the name of another field': unknown(filter(`{ ${anyOf(TRAIL, '$.eventType')} }`), { message: /another system/ }),
    'in lower case': unknown(filter(trail.replace(/Trail|Logging/g, (name) => name.toLowerCase())), { message: /another system/ }),
    'of another service': unknown(filter(`{ ($.eventSource = s3.amazonaws.com) && (${anyOf(TRAIL)}) }`), { message: /another system/ }),
    'a pattern that does not end': unknown(filter(`{ (${anyOf(TRAIL)}`), { message: /cannot be evaluated/ }),
    'a pattern of many brackets': unknown(filter(`{ ${'('.repeat(20000)}`)),
    'an alarm in production only': fail(filter(trail, alarm(METRIC, { Condition: 'IsProd' })), { message: /IsProd is false/ }),
    'an action in one branch': fail(filter(trail, alarm({ ...METRIC, AlarmActions: [ifProd('arn')] })), { message: /IsProd is false/ }),
    'one filter of two': pass({ ...filter(trail), Other: { Type: 'AWS::Logs::MetricFilter', Properties: { FilterPattern: '{ $.eventName = StopLogging }', MetricTransformations: [] } } }),
    'an event rule on another bus': unknown(rule(calls('cloudtrail', TRAIL), { EventBusName: 'orders' }), { message: /another system/ }),
    'an event rule on reads': unknown(rule(calls('cloudtrail', TRAIL, { readOnly: [true] })), { message: /another system/ }),
    'a schedule': unknown(rule(undefined, { ScheduleExpression: 'rate(1 day)' }), { message: /another system/ }),
    'in another account': unknown(deployed({ [HERE]: {}, [OTHER_ACCOUNT]: filter(trail) })),
    'a Region that nobody names': pass(deployed({ 'aws://unknown-account/unknown-region': rule(calls('cloudtrail', TRAIL)) })),
  },
});

environmentVerdicts(alarms.rootUseAlarm, {
  pass: {
    'as CIS writes it': filter('{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'),
    'by an event rule': there(rule({ 'detail-type': ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'], 'detail': { userIdentity: { type: ['Root'] } } })),
  },
  fail: {
    'sign-ins only': filter('{ ($.eventName = ConsoleLogin) && ($.userIdentity.type = "Root") }'),
    'an event rule for sign-ins only': there(rule({ 'source': ['aws.signin'], 'detail-type': ['AWS Console Sign In via CloudTrail'], 'detail': { userIdentity: { type: ['Root'] } } })),
    'no alarm': filter('{ $.userIdentity.type = Root }', {}),
  },
  unknown: { 'which user by parameter': filter({ 'Fn::Sub': '{ $.userIdentity.type = "${P}" }' }), 'an event rule in a Region that gets no such events': rule({ detail: { userIdentity: { type: ['Root'] } } }) },
  trap: {
    'everybody but the root user': unknown(filter('{ $.userIdentity.type != "Root" }'), { message: /another system/ }),
    'everybody': unknown(filter('{ $.userIdentity.type = * }'), { message: /another system/ }),
    'every sign-in': unknown(filter('{ $.eventName = ConsoleLogin }'), { message: /another system/ }),
    'a Region that nobody names': unknown(deployed({ 'aws://unknown-account/unknown-region': rule({ detail: { userIdentity: { type: ['Root'] } } }) }), { message: /known at deployment/ }),
  },
});

const DENIED = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }';
environmentVerdicts(alarms.unauthorizedCallsAlarm, {
  pass: {
    'as CIS writes it': filter(DENIED),
    'but for noise': filter(`${DENIED.slice(0, -1)} && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`),
    'by an event rule': rule({ detail: { errorCode: [{ prefix: 'AccessDenied' }, { suffix: 'UnauthorizedOperation' }] } }),
    'by a rule for any error': rule({ detail: { errorCode: [{ exists: true }] } }),
    'by wildcards and alternatives': rule({ detail: { $or: [{ errorCode: [{ wildcard: 'Access*' }] }, { errorCode: [{ 'equals-ignore-case': 'client.unauthorizedoperation' }] }] } }),
  },
  fail: { 'AccessDenied only': filter('{ $.errorCode = AccessDenied }'), 'no alarm': filter(DENIED, {}), 'a rule for one code': rule({ detail: { errorCode: ['AccessDenied'] } }) },
  unknown: { 'by parameter': filter(P) },
  trap: {
    'calls without errors': unknown(filter('{ $.errorCode NOT EXISTS }'), { message: /another system/ }),
    'calls without errors, by a rule': unknown(rule({ detail: { errorCode: [{ exists: false }] } }), { message: /another system/ }),
    'anything but what is denied': unknown(rule({ detail: { errorCode: [{ 'anything-but': [{ prefix: 'A' }, 'Client.UnauthorizedOperation'] }] } })),
    'all but one error': fail(rule({ detail: { errorCode: [{ 'anything-but': ['AccessDenied'] }] } }), { message: /leaves out AccessDenied/ }),
  },
});

const FAILED = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
const NO_MFA = '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }';
environmentVerdicts(alarms.signInFailuresAlarm, {
  pass: { 'as CIS writes it': filter(FAILED), 'by an event rule': there(rule({ source: ['aws.signin'], detail: { eventName: ['ConsoleLogin'], responseElements: { ConsoleLogin: ['Failure'] } } })) },
  fail: { 'no alarm': filter(FAILED, {}) },
  unknown: { 'by parameter': filter(P), 'sign-ins without MFA': filter('{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != "Yes") }') },
  trap: { 'every sign-in': unknown(filter('{ $.eventName = ConsoleLogin }')), 'successes': unknown(filter('{ $.responseElements.ConsoleLogin = Success }'), { message: /another system/ }) },
});
environmentVerdicts(alarms.signInWithoutMfaAlarm, {
  pass: { 'as CIS writes it': filter(NO_MFA), 'failures too': filter('{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != "Yes") }') },
  fail: { 'no alarm': filter(NO_MFA, {}) },
  unknown: { 'by parameter': filter(P), 'failures': filter(FAILED) },
  trap: { 'every sign-in': unknown(filter('{ $.eventName = ConsoleLogin }')), 'sign-ins with MFA': unknown(filter('{ $.additionalEventData.MFAUsed = "Yes" }'), { message: /another system/ }) },
});

/** The lists of the benchmark, once more. */
const CHANGES: readonly [Rule, string, readonly string[]][] = [
  [alarms.iamChangesAlarm, 'iam', [
    'DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion',
    'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy',
  ]],
  [alarms.configChangesAlarm, 'config', ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder']],
  [alarms.keyDisablingAlarm, 'kms', ['DisableKey', 'ScheduleKeyDeletion']],
  [alarms.bucketPolicyChangesAlarm, 's3', [
    'PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication', 'DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication',
  ]],
  [alarms.securityGroupChangesAlarm, 'ec2', [
    'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'CreateSecurityGroup', 'DeleteSecurityGroup',
  ]],
  [alarms.networkAclChangesAlarm, 'ec2', ['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation']],
  [alarms.gatewayChangesAlarm, 'ec2', ['CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway', 'DeleteInternetGateway', 'DetachInternetGateway']],
  [alarms.routeTableChangesAlarm, 'ec2', ['CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable']],
  [alarms.vpcChangesAlarm, 'ec2', [
    'CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection', 'DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection',
    'AttachClassicLinkVpc', 'DetachClassicLinkVpc', 'DisableVpcClassicLink', 'EnableVpcClassicLink',
  ]],
  [alarms.organizationsChangesAlarm, 'organizations', [
    'AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake', 'DeleteOrganization', 'DeleteOrganizationalUnit', 'DeletePolicy',
    'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'InviteAccountToOrganization', 'LeaveOrganization', 'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy', 'UpdateOrganizationalUnit',
  ]],
];
const [, , IAM] = CHANGES[0];
for (const [one, service, names] of CHANGES) {
  const named = `{ ($.eventSource = ${service}.amazonaws.com) && (${anyOf(names)}) }`;
  const routed = (some: readonly string[]) => (service === 'iam' || service === 'organizations' ? there(rule(calls(service, some))) : rule(calls(service, some)));
  // The retired calls of ClassicLink need not be named.
  const needed = names.filter((name) => !name.includes('ClassicLink'));
  const without = needed.map((name) => [name, names.filter((other) => other !== name)] as const);
  environmentVerdicts(one, {
    pass: { 'as CIS writes it': filter(named), 'without the service': filter(`{ ${anyOf(names)} }`), 'by an event rule': routed(needed) },
    fail: {
      'no alarm': filter(named, {}),
      'one event only': filter(`{ ($.eventName = ${names[1]}) && ($.eventSource = ${service}.amazonaws.com) }`),
      ...Object.fromEntries(without.map(([name, rest]) => [`without ${name}`, filter(`{ ($.eventSource = ${service}.amazonaws.com) && (${anyOf(rest)}) }`)])),
      ...Object.fromEntries(without.map(([name, rest]) => [`an event rule without ${name}`, routed(rest)])),
    },
    unknown: { 'by parameter': filter(P), 'an event rule for other calls': rule({ detail: { eventSource: [`${service}.amazonaws.com`], eventName: ['DescribeInstances'] } }) },
    trap: {
      'of another service': unknown(filter(`{ ($.eventSource = sqs.amazonaws.com) && (${anyOf(names)}) }`), { message: /another system/ }),
      ...one === alarms.iamChangesAlarm ? {} : { 'policies of IAM': unknown(filter(`{ ${anyOf(IAM)} }`), { message: /another system/ }) },
      ...service === 'iam' ? { 'an event rule in a Region that gets no such events': unknown(rule(calls(service, names)), { message: /handed out in us-east-1/ }) } : {},
    },
  });
}

test.each(CHANGES.map(([one, service, names]): [string, Rule, string, readonly string[]] => [one.id, one, service, names]))('%s names what is left out', (_id, one, service, names) => {
  const first = filter(`{ ($.eventSource = ${service}.amazonaws.com) && (${anyOf(names.slice(1))}) }`);
  expect(judgeEnvironment(one, first).message).toContain(`leaves out ${names[0]}`);
});
