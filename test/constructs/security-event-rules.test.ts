import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { environmentVerdict } from './environment';
import { appWith, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AlarmTopic, SecureDeadLetterQueue, SecureTopic, SecurityEventRules, SecurityEventRulesProps } from '../../src/constructs';
import { securityEvents } from '../../src/constructs/monitoring/security-events';
import { securityEventRuleDefaults } from '../../src/defaults';
import { evaluate, ruleById } from '../../src/rules';

const cfn = (construct: SecurityEventRules): events.CfnRule => construct.rules.trailChanges.node.defaultChild as events.CfnRule;
/** Leaves out all events. */
const NOTHING: SecurityEventRulesProps = Object.fromEntries(Object.keys(securityEvents({ guardDutySeverity: 7, changesByCloudFormation: false })).map((name) => [name, false]));
const US = { env: { account: '111111111111', region: 'us-east-1' } };

// CDK prints the warning that IAM is not heard in eu-west-1; what it says is tested below.
beforeAll(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => void jest.restoreAllMocks());

describeConstruct<SecurityEventRulesProps>({
  name: 'SecurityEventRules',
  make: (scope, id, props) => new SecurityEventRules(scope, id, props),
  optional: optionalOf<SecurityEventRulesProps>()([
    'topic', 'deadLetterQueue', 'keepUndelivered', 'rootUse', 'signInWithoutMfa', 'unauthorizedCalls', 'iamChanges', 'organizationChanges', 'securityGroupChanges', 'networkAclChanges',
    'routeTableChanges', 'gatewayChanges', 'vpcChanges', 'bucketPolicyChanges', 'keyDisabling', 'trailChanges', 'configChanges', 'guardDutyFindings',
    'guardDutySeverity', 'securityHubFindings', 'backupFailures', 'configNonCompliance', 'healthEvents', 'changesByCloudFormation', 'optOuts',
  ]),
  breaks: {
    'Events.TargetDeadLetterQueue': (construct: SecurityEventRules) => cfn(construct).addPropertyDeletionOverride('Targets.0.DeadLetterConfig'),
    'Events.TargetRetries': (construct: SecurityEventRules) => {
      cfn(construct).addPropertyDeletionOverride('Targets.0.DeadLetterConfig');
      cfn(construct).addPropertyOverride('Targets.0.RetryPolicy', { MaximumRetryAttempts: 0 });
    },
  },
  weakenings: [{ props: { ...NOTHING, trailChanges: true, keepUndelivered: false }, says: 'keepUndelivered: false', rules: ['Events.TargetDeadLetterQueue'] }],
  uses: (construct: SecurityEventRules, consumer) => {
    construct.deadLetterQueue!.grantConsumeMessages(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  },
  given: (elsewhere) => ({ topic: new AlarmTopic(elsewhere, 'Alarms'), deadLetterQueue: new SecureDeadLetterQueue(elsewhere, 'Failed') }),
  nag: { 'AwsSolutions-SQS3 S/X/Undelivered/Resource': 'it is a dead-letter queue; cdk-nag knows it by the queues that use it, of which there is none here' },
});

describe('SecurityEventRules', () => {
  /** The patterns of the rules, by the name of the property that leaves them out. */
  function patternsOf(stack: Stack, props: SecurityEventRulesProps = {}): Record<string, any> {
    const { rules } = new SecurityEventRules(stack, 'X', props);
    const { Resources } = Template.fromStack(stack).toJSON();
    return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, Resources[stack.getLogicalId(rule.node.defaultChild as events.CfnRule)].Properties.EventPattern]));
  }

  describe('the rules about an account hold where it is deployed', () => {
    const app = appWith();
    new SecurityEventRules(new Stack(app, 'S', US), 'X', { unauthorizedCalls: true, organizationChanges: true });
    const model = modelOf(app);
    const rules = [...new Set(Object.values(securityEventRuleDefaults).flatMap(({ provenBy }) => provenBy).filter((rule) => /^(CloudWatch|SecurityHub)\./.test(rule)))];
    test.each(rules)('%s', (rule) => expect(environmentVerdict(rule, model, 'aws://111111111111/us-east-1')).toBe('pass'));

    test('there are all of them', () => expect(rules).toHaveLength(15));
  });

  // The rule of a property alone: were it left out, nobody would be told.
  test.each(Object.entries(securityEventRuleDefaults).flatMap(([name, { value, provenBy: [rule] }]) => (
    typeof value === 'boolean' && rule && /^(CloudWatch|SecurityHub)\./.test(rule) ? [[name, rule]] : [])))('%s alone satisfies %s, and is what does', (name, rule) => {
    const names = Object.keys(NOTHING);
    const verdict = (told: (one: string) => boolean): string => {
      const app = appWith();
      new SecurityEventRules(new Stack(app, 'S', US), 'X', Object.fromEntries(names.map((one) => [one, told(one)])));
      return environmentVerdict(rule, modelOf(app), 'aws://111111111111/us-east-1');
    };
    expect(verdict((one) => one === name)).toBe('pass');
    const same = /Findings$/.test(name);
    expect(verdict((one) => (same ? !/Findings$/.test(one) : one !== name))).toBe('not-evaluated');
  });

  test('tells of failed backups, copies and restores', () => {
    expect(patternsOf(new Stack(appWith(), 'S')).backupFailures['detail-type']).toEqual(['Backup Job State Change', 'Restore Job State Change', 'Copy Job State Change']);
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecurityEventRules(stack, 'X');
    new backup.CfnBackupPlan(stack, 'Plan', { backupPlan: { backupPlanName: 'p', backupPlanRule: [{ ruleName: 'r', targetBackupVault: 'v' }] } });
    const plan = modelOf(app).templates.flatMap((template) => [...template.resources.values()]).find(({ type }) => type === 'AWS::Backup::BackupPlan')!;
    expect(evaluate(ruleById('Backup.FailuresNotified'), plan).verdict).toBe('pass');
  });

  test('tells of what the defaults say, and of no more', () => {
    const told = Object.keys(patternsOf(new Stack(appWith(), 'S')));
    const wanted = Object.entries(securityEventRuleDefaults).filter(([name, { value }]) => value === true && name !== 'deadLetterQueue').map(([name]) => name);
    expect(told.sort()).toEqual(wanted.sort());
  });

  test('every pattern is within the 2048 characters that EventBridge takes', () => {
    const patterns = patternsOf(new Stack(appWith(), 'S', US), { unauthorizedCalls: true, organizationChanges: true });
    expect(Object.entries(patterns).filter(([, pattern]) => JSON.stringify(pattern).length > 2048)).toEqual([]);
  });

  test.each([['iamChanges'], ['organizationChanges'], ['securityGroupChanges'], ['networkAclChanges'], ['routeTableChanges'], ['gatewayChanges'], ['vpcChanges'], ['bucketPolicyChanges']])(
    '%s leaves out what CloudFormation does, unless told otherwise', (name) => {
      const byCloudFormation = (props: SecurityEventRulesProps) => patternsOf(new Stack(appWith(), 'S'), { [name]: true, ...props })[name].detail.sourceIPAddress;
      expect(byCloudFormation({})).toEqual([{ 'anything-but': ['cloudformation.amazonaws.com'] }]);
      expect(byCloudFormation({ changesByCloudFormation: true })).toBeUndefined();
    });

  test.each([['trailChanges'], ['configChanges'], ['keyDisabling'], ['rootUse']])('%s does not leave out what CloudFormation does', (name) => {
    expect(JSON.stringify(patternsOf(new Stack(appWith(), 'S'))[name])).not.toContain('cloudformation');
  });

  test('takes a severity of one\'s own, and the findings that have it or more', () => {
    expect(patternsOf(new Stack(appWith(), 'S'), { guardDutySeverity: 4 }).guardDutyFindings.detail).toEqual({ severity: [{ numeric: ['>=', 4] }] });
  });

  test('hears calls of the root user and denied calls that only read', () => {
    const stack = new Stack(appWith(), 'S');
    new SecurityEventRules(stack, 'X', { unauthorizedCalls: true });
    const states = Object.entries(Template.fromStack(stack).findResources('AWS::Events::Rule', { Properties: { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' } }));
    expect(states.map(([id]) => id)).toEqual([expect.stringMatching(/RootUse/), expect.stringMatching(/UnauthorizedCalls/)]);
  });

  describe('events of global services', () => {
    test.each([
      ['eu-west-1', 'us-east-1'],
      ['us-gov-east-1', 'us-gov-west-1'],
      ['cn-northwest-1', 'cn-north-1'],
    ])('in %s nothing of IAM is heard: no rule, and a warning', (region, heardIn) => {
      const stack = new Stack(appWith(), 'S', { env: { region } });
      expect(patternsOf(stack)).not.toHaveProperty('iamChanges');
      Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp(`nothing of iamChanges is heard in ${region}: EventBridge hands it out in ${heardIn} only`));
    });

    test.each([['us-east-1'], ['us-gov-west-1'], ['cn-north-1'], [undefined]])('in %s they are told, without a warning', (region) => {
      const stack = new Stack(appWith(), 'S', { env: { region } });
      expect(patternsOf(stack)).toHaveProperty('iamChanges');
      Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('is heard'));
    });

    test('left out elsewhere, there is no warning', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecurityEventRules(stack, 'X', { iamChanges: false });
      Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    });

    test('asked for elsewhere, the rule is made, with a warning', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      expect(patternsOf(stack, { organizationChanges: true, iamChanges: false })).toHaveProperty('organizationChanges');
      Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('organizationChanges'));
    });

    test('those of the organization are heard in another region of China', () => {
      const stack = new Stack(appWith(), 'S', { env: { region: 'cn-north-1' } });
      new SecurityEventRules(stack, 'X', { organizationChanges: true });
      Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('cn-northwest-1 only'));
    });
  });

  describe('delivery', () => {
    const allowed = (stack: Stack, type: string, document: string): any[] => Object.values(Template.fromStack(stack).findResources(type))
      .flatMap(({ Properties }) => Properties[document].Statement).filter(({ Effect, Principal }) => Effect === 'Allow' && Principal.Service === 'events.amazonaws.com');

    test('the queue and its key take what cannot be delivered, by one statement each however many rules: a queue policy holds 20', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecurityEventRules(stack, 'X');
      const bound = { StringEquals: { 'aws:SourceAccount': '111111111111' } };
      expect(allowed(stack, 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toEqual([expect.objectContaining({ Action: 'sqs:SendMessage', Condition: bound })]);
      expect(allowed(stack, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: bound }));
      expect(allowed(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument')).toHaveLength(1);
    });

    test('every rule goes to the topic, and to the queue what cannot be delivered', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      const { topic, deadLetterQueue } = new SecurityEventRules(stack, 'X');
      const targets = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.Targets);
      expect(new Set(targets.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(stack.resolve([{ Arn: topic.topicArn, DeadLetterConfig: { Arn: deadLetterQueue!.queueArn }, Id: 'Target0' }]))]));
    });

    test.each([
      ['a SecureTopic', (stack: Stack) => new SecureTopic(stack, 'T')],
      ['a plain topic', (stack: Stack) => new sns.Topic(stack, 'T')],
      ['an AlarmTopic that lets nobody in', (stack: Stack) => new AlarmTopic(stack, 'T', { publishers: [] })],
    ])('lets EventBridge and the alarm of the queue into %s', (_, make) => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecurityEventRules(stack, 'X', { topic: make(stack) });
      const { Statement } = Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy'))[0].Properties.PolicyDocument;
      expect(Statement.filter(({ Effect }: any) => Effect === 'Allow').map(({ Principal }: any) => Principal.Service).sort()).toEqual(['cloudwatch.amazonaws.com', 'events.amazonaws.com']);
    });

    test('says what a queue from elsewhere needs', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecurityEventRules(stack, 'X', { iamChanges: false, deadLetterQueue: sqs.Queue.fromQueueArn(stack, 'Q', 'arn:aws:sqs:eu-west-1:111111111111:failed') });
      Annotations.fromStack(stack).hasWarning('/S/Q', Match.stringLikeRegexp('must let events.amazonaws.com do sqs:SendMessage'));
    });

    test('takes a queue without a key', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecurityEventRules(stack, 'X', { iamChanges: false, deadLetterQueue: new sqs.Queue(stack, 'Q', { encryption: sqs.QueueEncryption.SQS_MANAGED }) });
      Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
      expect(allowed(stack, 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toHaveLength(1);
    });
  });

  describe('refuses', () => {
    const elsewhere = (stack: Stack): Stack => new Stack(stack.node.root as never, 'Elsewhere', US);
    test.each<[string, (stack: Stack) => SecurityEventRulesProps, string]>([
      ['a FIFO topic', (stack) => ({ topic: new sns.Topic(stack, 'T', { fifo: true }) }), 'EventBridge does not deliver to FIFO topics'],
      ['a FIFO queue', (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Q', { fifo: true }) }), 'EventBridge does not set events aside in FIFO queues'],
      ['a topic of another region', (stack) => ({ topic: new AlarmTopic(elsewhere(stack), 'T') }), 'and Elsewhere/T is in us-east-1; give one of eu-west-1'],
      ['a queue of another region', (stack) => ({ deadLetterQueue: new sqs.Queue(elsewhere(stack), 'Q') }), 'and Elsewhere/Q is in us-east-1; give one of eu-west-1'],
      ['a queue of which it makes no use', (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Q'), keepUndelivered: false }), 'keepUndelivered: false makes no use of deadLetterQueue'],
      ['a severity that there is none of', () => ({ guardDutySeverity: 11 }), 'guardDutySeverity is from 1 to 10, got 11'],
      ['a severity that is no number', () => ({ guardDutySeverity: NaN }), 'guardDutySeverity is from 1 to 10, got NaN'],
      ['to tell of nothing', () => NOTHING, 'nothing is left to tell of'],
    ])('%s', (_, props, says) => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      expect(() => new SecurityEventRules(stack, 'X', props(stack))).toThrow('SecurityEventRules at S/X: ');
      expect(() => new SecurityEventRules(stack, 'Y', props(new Stack(appWith(), 'S2', CONCRETE)))).toThrow(says);
    });
  });
});
