import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { environmentVerdict } from './environment';
import { appWith, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AlarmTopic, SecureLogGroup, SecureTopic, TrailAlarms, TrailAlarmsProps } from '../../src/constructs';
import { TRAIL_FILTERS } from '../../src/constructs/monitoring/trail-filters';
import { trailAlarmDefaults } from '../../src/defaults';

const NOTHING = Object.fromEntries(Object.keys(TRAIL_FILTERS).map((name) => [name, false]));
const cfn = (construct: TrailAlarms): cloudwatch.CfnAlarm => construct.alarms.rootUse.node.defaultChild as cloudwatch.CfnAlarm;

/** One log group in each scope, as the user has one trail. */
function logsIn(stack: Stack): logs.ILogGroup {
  return stack.node.tryFindChild('TrailLogs') as logs.ILogGroup | undefined ?? new SecureLogGroup(stack, 'TrailLogs');
}

describeConstruct<TrailAlarmsProps>({
  name: 'TrailAlarms',
  make: (scope, id, props) => new TrailAlarms(scope, id, { logGroup: logsIn(Stack.of(scope)), ...props }),
  optional: optionalOf<TrailAlarmsProps>()([
    'topic', 'metricNamespace', 'actionsEnabled', 'unauthorizedCalls', 'unauthorizedCallsThreshold', 'signInWithoutMfa', 'rootUse', 'iamChanges', 'trailChanges',
    'signInFailures', 'signInFailuresThreshold', 'keyDisabling', 'bucketPolicyChanges', 'configChanges', 'securityGroupChanges', 'networkAclChanges',
    'gatewayChanges', 'routeTableChanges', 'vpcChanges', 'organizationChanges', 'optOuts',
  ]),
  breaks: {
    'CloudWatch.AlarmAction': (construct: TrailAlarms) => cfn(construct).addPropertyDeletionOverride('AlarmActions'),
    'CloudWatch.AlarmActionsEnabled': (construct: TrailAlarms) => cfn(construct).addPropertyOverride('ActionsEnabled', false),
  },
  weakenings: [{ props: { ...NOTHING, rootUse: true, actionsEnabled: false }, says: 'actionsEnabled: false', rules: ['CloudWatch.AlarmActionsEnabled'] }],
  uses: (construct: TrailAlarms, consumer) => {
    new cloudwatch.CompositeAlarm(consumer, 'Any', { alarmRule: cloudwatch.AlarmRule.anyOf(...Object.values(construct.alarms)) });
  },
  given: (elsewhere) => ({ topic: new AlarmTopic(elsewhere, 'Alarms'), logGroup: new SecureLogGroup(elsewhere, 'Logs') }),
});

describe('TrailAlarms', () => {
  const rules = Object.entries(trailAlarmDefaults).flatMap(([name, { value, provenBy: [rule] }]) => (name in TRAIL_FILTERS ? [[name, rule, value]] : [])) as [keyof typeof TRAIL_FILTERS, string, boolean][];
  const verdict = (rule: string, props: object, more: (alarms: TrailAlarms) => void = () => undefined): string => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    more(new TrailAlarms(stack, 'X', { logGroup: logsIn(stack), ...props }));
    return environmentVerdict(rule, modelOf(app), 'aws://111111111111/eu-west-1');
  };

  test('there is an alarm for each recommendation of CIS from 4.1 to 4.15', () => {
    expect(rules.map(([name]) => trailAlarmDefaults[name].source).sort()).toEqual(Array.from({ length: 15 }, (_, at) => `CIS AWS Foundations 4.${at + 1}`).sort());
  });

  test.each(rules)('%s satisfies %s in any region, and is what does', (name, rule) => {
    expect(verdict(rule, { ...NOTHING, [name]: true })).toBe('pass');
    const others = Object.fromEntries(rules.map(([one]) => [one, one !== name]));
    expect(verdict(rule, others)).toBe('not-evaluated');
  });

  test.each(rules)('%s without its alarm does not satisfy %s', (name, rule) => {
    expect(verdict(rule, { ...NOTHING, [name]: true }, ({ alarms }) => (alarms[name].node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride('MetricName', 'Other'))).toBe('fail');
  });

  test('makes those that are on by default', () => {
    const stack = new Stack(appWith(), 'S');
    expect(Object.keys(new TrailAlarms(stack, 'X', { logGroup: logsIn(stack) }).alarms)).toEqual(Object.keys(TRAIL_FILTERS).filter((name) => name !== 'organizationChanges'));
  });

  test('every filter is within the 1024 characters that CloudWatch Logs takes', () => {
    expect(Object.values(TRAIL_FILTERS).filter(({ pattern }) => pattern.length > 1024)).toEqual([]);
  });

  // As AWS Security Hub prints them in its user guide, "CloudWatch controls": it compares the texts.
  test.each<[keyof typeof TRAIL_FILTERS, string]>([
    ['trailChanges', '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}'],
    ['keyDisabling', '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}'],
    ['configChanges', '{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}'],
  ])('%s is filtered as CIS prescribes', (name, pattern) => expect(TRAIL_FILTERS[name].pattern).toBe(pattern));

  test('rings at the first event within five minutes, but for what has a threshold', () => {
    const stack = new Stack(appWith(), 'S');
    new TrailAlarms(stack, 'X', { logGroup: logsIn(stack), unauthorizedCallsThreshold: 20, signInFailuresThreshold: 5 });
    const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(Object.fromEntries(alarms.filter(({ Threshold }) => Threshold !== 1).map(({ MetricName, Threshold }) => [MetricName, Threshold]))).toEqual({ UnauthorizedCalls: 20, SignInFailures: 5 });
    for (const alarm of alarms) expect(alarm).toMatchObject({ Period: 300, Statistic: 'Sum', EvaluationPeriods: 1, TreatMissingData: 'notBreaching', ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  });

  test('two of them do not add up their metrics', () => {
    const stack = new Stack(appWith(), 'S');
    for (const id of ['A', 'B']) new TrailAlarms(stack, id, { logGroup: logsIn(stack) });
    new TrailAlarms(stack, 'C', { logGroup: logsIn(stack), metricNamespace: 'Cis' });
    const namespaces = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.Namespace);
    expect([...new Set(namespaces)].sort()).toEqual(['Cis', expect.stringMatching(/^TrailAlarms\/S-A-/), expect.stringMatching(/^TrailAlarms\/S-B-/)]);
  });

  test('lets its alarms into a topic of another kind', () => {
    const stack = new Stack(appWith(), 'S');
    new TrailAlarms(stack, 'X', { logGroup: logsIn(stack), topic: new SecureTopic(stack, 'T', { publishers: [] }) });
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy'))).toContain('cloudwatch.amazonaws.com');
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'))).toContain('cloudwatch.amazonaws.com');
  });

  describe('refuses', () => {
    const elsewhere = (stack: Stack): Stack => new Stack(stack.node.root as never, 'Elsewhere', { env: { ...CONCRETE.env, region: 'us-east-1' } });
    const NAMESPACE = 'metricNamespace is 1 to 255 characters without colons, asterisks and dollar signs, and not one of AWS';
    test.each<[string, (stack: Stack) => Partial<TrailAlarmsProps>, string]>([
      ['a topic of another region', (stack) => ({ topic: new sns.Topic(elsewhere(stack), 'T') }), 'its topic is in us-east-1, and alarms work within a region; make it in eu-west-1'],
      ['a log group of another region', (stack) => ({ logGroup: new logs.LogGroup(elsewhere(stack), 'L') }), 'its logGroup is in us-east-1, and alarms work within a region; make it in eu-west-1'],
      ['a log group of infrequent access', (stack) => ({ logGroup: new logs.LogGroup(stack, 'L', { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS }) }), 'metric filters work on log groups of the class STANDARD only, and S/L is of INFREQUENT_ACCESS'],
      ['an empty namespace', () => ({ metricNamespace: '' }), `${NAMESPACE}, got ""`],
      ['a namespace with a colon', () => ({ metricNamespace: 'a:b' }), `${NAMESPACE}, got "a:b"`],
      ['a namespace of AWS', () => ({ metricNamespace: 'AWS/Trail' }), `${NAMESPACE}, got "AWS/Trail"`],
      ['a threshold that always rings', () => ({ unauthorizedCallsThreshold: 0 }), 'unauthorizedCallsThreshold is 1 or more, got 0'],
      ['a threshold that is no number', () => ({ signInFailuresThreshold: NaN }), 'signInFailuresThreshold is 1 or more, got NaN'],
      ['to ring at nothing', () => NOTHING, 'no alarm is left'],
    ])('%s', (_, props, says) => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      expect(() => new TrailAlarms(stack, 'X', { logGroup: logsIn(stack), ...props(stack) })).toThrow(`TrailAlarms at S/X: ${says}`);
    });
  });

  test.each([['STANDARD', logs.LogGroupClass.STANDARD], ['an unsaid class', undefined]])('takes a log group of %s', (_, logGroupClass) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new TrailAlarms(stack, 'X', { logGroup: new logs.LogGroup(stack, 'L', { logGroupClass }) })).not.toThrow();
  });
});
