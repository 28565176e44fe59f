import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { alarmAction, alarmActionsEnabled, alarmTopicSubscribed } from '../../src/rules/cloudwatch';

const alarm = subject('AWS::CloudWatch::Alarm');
const composite = (AlarmRule: unknown) => ({ All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule } } });

const watcher = (Type: string, Properties: object, more: object = {}) => ({ Watcher: { Type, Properties, ...more } });

verdicts(alarmAction, {
  pass: {
    'an alarm action': alarm({ AlarmActions: [P] }),
    'a list by parameter': alarm({ AlarmActions: P }),
    'when it is over': alarm({ OKActions: ['arn'] }),
    'without data': alarm({ InsufficientDataActions: ['arn'] }),
    'a composite alarm': subject('AWS::CloudWatch::CompositeAlarm')({ AlarmActions: ['arn'] }),
    'an alarm on a query of logs': subject('AWS::CloudWatch::LogAlarm')({ AlarmActions: ['arn'] }),
    'one that a deployment watches too': alarm({ AlarmActions: ['arn'] }, watcher('AWS::ECS::Service', { DeploymentConfiguration: { Alarms: { AlarmNames: [{ Ref: 'Subject' }] } } })),
  },
  fail: {
    'none': alarm(),
    'empty lists': alarm({ AlarmActions: [], OKActions: [] }),
    'an alarm on a query of logs without': subject('AWS::CloudWatch::LogAlarm')(),
    'a deployment watches another one': alarm({}, watcher('AWS::ECS::Service', { DeploymentConfiguration: { Alarms: { AlarmNames: ['other'] } } })),
    'a composite alarm without': subject('AWS::CloudWatch::CompositeAlarm')({ AlarmRule: 'ALARM(x)' }),
  },
  unknown: { 'by a macro': alarm({ AlarmActions: MACRO }) },
  notApplicable: {
    'part of a composite alarm': alarm({}, composite({ 'Fn::Sub': 'ALARM("${Subject}")' })),
    'part of one by name': alarm({ AlarmName: 'cpu' }, composite('ALARM("cpu") OR ALARM("disk")')),
    'a composite alarm in another': subject('AWS::CloudWatch::CompositeAlarm')({ AlarmRule: 'ALARM(x)' }, composite({ 'Fn::Sub': 'ALARM("${Subject}")' })),
    'a deployment of CodeDeploy watches it': alarm({}, watcher('AWS::CodeDeploy::DeploymentGroup', { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'Subject' } }] } })),
    'a deployment of a service watches it': alarm({}, watcher('AWS::ECS::Service', { DeploymentConfiguration: { Alarms: { AlarmNames: [{ Ref: 'Subject' }] } } })),
    'a rollout of configuration watches it': alarm({}, watcher('AWS::AppConfig::Environment', { Monitors: [{ AlarmArn: { 'Fn::GetAtt': ['Subject', 'Arn'] } }] })),
    'an experiment watches it': alarm({}, watcher('AWS::FIS::ExperimentTemplate', { StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: { 'Fn::GetAtt': ['Subject', 'Arn'] } }] })),
  },
  trap: {
    'an action in one branch': fail(alarm({ AlarmActions: [ifProd('arn')] }), { message: /IsProd is false/ }),
    'a deployment watches it in production only': fail(
      alarm({}, watcher('AWS::ECS::Service', { DeploymentConfiguration: { Alarms: { AlarmNames: [{ Ref: 'Subject' }] } } }, { Condition: 'IsProd' })), { message: /IsProd is false/ },
    ),
    'part of no composite alarm': fail(alarm({ AlarmName: 'cpu' }, composite('ALARM("disk")'))),
  },
});
verdicts(alarmActionsEnabled, setting(alarm, 'ActionsEnabled', {
  good: true,
  bad: false,
  absent: 'pass',
  pass: { 'of a composite alarm': subject('AWS::CloudWatch::CompositeAlarm')(), 'of an alarm on a query of logs': subject('AWS::CloudWatch::LogAlarm')() },
}));

const topic = subject('AWS::SNS::Topic');
const toTopic = (type = 'AWS::CloudWatch::Alarm', more: object = {}) => ({ Alarm: { Type: type, Properties: { AlarmActions: [{ Ref: 'Subject' }] }, ...more } });
const subscription = (TopicArn: unknown) => ({ Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn } } });
verdicts(alarmTopicSubscribed, {
  pass: {
    'in the topic': topic({ Subscription: [{ Protocol: 'email' }] }, toTopic()),
    'by its own': topic({}, { ...toTopic('AWS::CloudWatch::CompositeAlarm'), ...subscription({ Ref: 'Subject' }) }),
  },
  fail: { 'none': topic({}, toTopic()), 'to another topic': topic({}, { ...toTopic(), ...subscription('arn:aws:sns:eu-west-1:111111111111:other') }) },
  unknown: { 'by a macro': topic({ Subscription: MACRO }, toTopic()) },
  notApplicable: { 'no alarm': topic({}, subscription({ Ref: 'Subject' })), 'an alarm for another topic': topic({}, { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [P] } } }) },
  trap: {
    'an alarm in production only': fail(topic({}, toTopic(undefined, { Condition: 'IsProd' })), { message: /IsProd is true/ }),
    'a subscription by the name of the topic': pass(topic({ TopicName: 'alarms' }, { ...toTopic(), ...subscription('arn:aws:sns:eu-west-1:111111111111:alarms') })),
  },
});
