import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, notApplicable, verdicts } from './verdicts';
import { alarmAction, alarmActionsEnabled, alarmTopicSubscribed } from '../../src/rules/cloudwatch';

const alarm = subject('AWS::CloudWatch::Alarm');
const composite = (AlarmRule: unknown) => ({ All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule } } });

verdicts(alarmAction, {
  pass: {
    'an alarm action': alarm({ AlarmActions: [P] }),
    'when it is over': alarm({ OKActions: ['arn'] }),
    'without data': alarm({ InsufficientDataActions: ['arn'] }),
    'a composite alarm': subject('AWS::CloudWatch::CompositeAlarm')({ AlarmActions: ['arn'] }),
  },
  fail: {
    'none': alarm(),
    'empty lists': alarm({ AlarmActions: [], OKActions: [] }),
    'a composite alarm without': subject('AWS::CloudWatch::CompositeAlarm')({ AlarmRule: 'ALARM(x)' }),
  },
  unknown: { 'by a macro': alarm({ AlarmActions: MACRO }), 'a list by parameter': alarm({ AlarmActions: P }) },
  notApplicable: {
    'part of a composite alarm': alarm({}, composite({ 'Fn::Sub': 'ALARM("${Subject}")' })),
    'part of one by name': alarm({ AlarmName: 'cpu' }, composite('ALARM("cpu") OR ALARM("disk")')),
  },
  trap: {
    'an action in one branch': fail(alarm({ AlarmActions: [ifProd('arn')] }), { message: /IsProd is false/ }),
    'part of no composite alarm': fail(alarm({ AlarmName: 'cpu' }, composite('ALARM("disk")'))),
  },
});
verdicts(alarmActionsEnabled, setting(alarm, 'ActionsEnabled', { good: true, bad: false, absent: 'pass' }));

const topic = (Properties: object = {}) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties } });
const toTopic = { AlarmActions: [{ Ref: 'Topic' }] };
const subscription = (TopicArn: unknown) => ({ Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn } } });
verdicts(alarmTopicSubscribed, {
  pass: {
    'in the topic': alarm(toTopic, topic({ Subscription: [{ Protocol: 'email' }] })),
    'by its own': alarm(toTopic, { ...topic(), ...subscription({ Ref: 'Topic' }) }),
  },
  fail: { 'none': alarm(toTopic, topic()), 'to another topic': alarm(toTopic, { ...topic(), ...subscription('arn:aws:sns:eu-west-1:111111111111:other') }) },
  unknown: { 'by a macro': alarm(toTopic, topic({ Subscription: MACRO })) },
  notApplicable: { 'another action': alarm({ AlarmActions: ['arn:aws:automate:eu-west-1:ec2:stop'] }) },
  trap: {
    'one of two topics': fail(
      alarm({ AlarmActions: [{ Ref: 'Topic' }, { Ref: 'Second' }] }, { ...topic(), ...subscription({ Ref: 'Topic' }), Second: { Type: 'AWS::SNS::Topic' } }),
      { message: /Second/ },
    ),
    'a queue is no topic': notApplicable(alarm({ AlarmActions: [{ 'Fn::GetAtt': ['Q', 'Arn'] }] }, { Q: { Type: 'AWS::SQS::Queue' } })),
  },
});
