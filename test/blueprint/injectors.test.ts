import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, CfnResource, IPropertyInjector, NestedStack, PropertyInjectors, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { PLAIN } from './plain';
import { Soc2Blueprint } from '../../src/blueprint';
import { AccessLogBucket, AlarmTopic, AuditTrail, EncryptionKey, RecoveryPlan, SecureBucket, SecureDeadLetterQueue, SecureLogGroup, SecureQueue, SecureTable, SecureTopic } from '../../src/constructs';
import { evaluate, rulesForType } from '../../src/rules';
import { undeployable } from '../constructs/deployable';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';

/** An app under the blueprint. */
function blueprintApp(context: Record<string, unknown> = {}): App {
  const app = appWith(context);
  PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
  return app;
}

const stackIn = (app: App = blueprintApp()): Stack => new Stack(app, 'S', CONCRETE);
const templateOf = (stack: Stack): Template => Template.fromStack(stack);
const propertiesOf = (made: Construct): Record<string, any> => {
  const resource = made.node.defaultChild as CfnResource;
  return templateOf(resource.stack).toJSON().Resources[resource.stack.getLogicalId(resource)].Properties ?? {};
};
const VERSIONED = { Status: 'Enabled' };
const injectorOf = (id: string): IPropertyInjector => Soc2Blueprint.injectors().find(({ constructUniqueId }) => constructUniqueId === id)!;

/** An injector of a team, for buckets. */
class Suspending implements IPropertyInjector {
  public readonly constructUniqueId = s3.Bucket.PROPERTY_INJECTION_ID;

  constructor(private readonly next?: IPropertyInjector) {}

  public inject(originalProps: any, context: { scope: Construct; id: string }): any {
    const props = { ...originalProps, versioned: false };
    return this.next ? this.next.inject(props, context) : props;
  }
}

test('there is one injector for each class', () => {
  const ids = Soc2Blueprint.injectors().map(({ constructUniqueId }) => constructUniqueId);
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('what the blueprint makes is not made secure again, without end', () => {
  test.each<[string, (stack: Stack) => Construct, (found: Template) => void]>([
    ['the bucket for access logs has none itself', (stack) => new s3.Bucket(stack, 'B'), (found) => {
      found.resourceCountIs('AWS::S3::Bucket', 2);
      found.resourcePropertiesCountIs('AWS::S3::Bucket', { LoggingConfiguration: Match.absent() }, 1);
    }],
    ['the queue for dead letters has none itself', (stack) => new sqs.Queue(stack, 'Q'), (found) => {
      found.resourceCountIs('AWS::SQS::Queue', 2);
      found.resourcePropertiesCountIs('AWS::SQS::Queue', { RedrivePolicy: Match.absent() }, 1);
    }],
    ['a key needs no other key', (stack) => new logs.LogGroup(stack, 'G'), (found) => found.resourceCountIs('AWS::KMS::Key', 1)],
  ])('%s', (_, make, check) => {
    const stack = stackIn();
    make(stack);
    check(templateOf(stack));
  });
});

describe('what is explicit stays', () => {
  test('but undefined is not explicit', () => {
    const stack = stackIn();
    const bucket = new s3.Bucket(stack, 'B', { versioned: undefined, encryption: undefined, blockPublicAccess: undefined, lifecycleRules: undefined, removalPolicy: undefined });
    const other = new s3.Bucket(new Stack(blueprintApp(), 'S', CONCRETE), 'B');
    expect(propertiesOf(bucket)).toEqual(propertiesOf(other));
    expect(propertiesOf(bucket).VersioningConfiguration).toEqual(VERSIONED);
  });

  test('weak as it is', () => {
    expect(propertiesOf(new s3.Bucket(stackIn(), 'B', { versioned: false })).VersioningConfiguration).toBeUndefined();
  });
});

describe('CDK asks one injector', () => {
  test.each<[string, (app: App, stack: Stack) => void, boolean]>([
    ['the last one of a scope: ours', (app) => PropertyInjectors.of(app).add(new Suspending(), ...Soc2Blueprint.injectors()), true],
    ['the last one of a scope: a team\'s', (app) => PropertyInjectors.of(app).add(...Soc2Blueprint.injectors(), new Suspending()), false],
    ['the one of the nearest scope', (app, stack) => {
      PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
      PropertyInjectors.of(stack).add(new Suspending());
    }, false],
  ])('%s', (_, add, ours) => {
    const app = appWith();
    const stack = stackIn(app);
    add(app, stack);
    const properties = propertiesOf(new s3.Bucket(stack, 'B'));
    expect([properties.VersioningConfiguration, 'BucketEncryption' in properties]).toEqual(ours ? [VERSIONED, true] : [undefined, false]);
  });

  test('which can call ours', () => {
    const app = blueprintApp();
    const stack = stackIn(app);
    PropertyInjectors.of(stack).add(new Suspending(injectorOf(s3.Bucket.PROPERTY_INJECTION_ID)));
    const properties = propertiesOf(new s3.Bucket(stack, 'B'));
    expect(properties.VersioningConfiguration).toBeUndefined();
    expect(properties.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect(properties.LoggingConfiguration).toBeDefined();
  });

  test('which, calling ours, has the construct completed too', () => {
    const stack = stackIn(appWith());
    const next = injectorOf(sns.Topic.PROPERTY_INJECTION_ID);
    PropertyInjectors.of(stack).add({ constructUniqueId: next.constructUniqueId, inject: (props, context) => next.inject({ ...props, displayName: 'Mine' }, context) });
    new sns.Topic(stack, 'T');
    templateOf(stack).hasResourceProperties('AWS::SNS::Topic', { DisplayName: 'Mine', KmsMasterKeyId: Match.anyValue() });
    templateOf(stack).hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })]) } });
  });

  test('for the class as it is written, a subclass being asked for as its parent', () => {
    class TeamBucket extends s3.Bucket {}
    expect(propertiesOf(new TeamBucket(stackIn(), 'B')).VersioningConfiguration).toEqual(VERSIONED);
  });
});

describe('it reaches', () => {
  test('what is made after it was added, and nothing else', () => {
    const app = appWith();
    const stack = stackIn(app);
    const before = new s3.Bucket(stack, 'Before');
    PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
    const after = new s3.Bucket(stack, 'After');
    expect(propertiesOf(before)).toEqual({});
    expect(propertiesOf(after).VersioningConfiguration).toEqual(VERSIONED);
  });

  test('neither L1s nor imported templates', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-injectors-'));
    try {
      const templateFile = join(folder, 'template.json');
      writeFileSync(templateFile, JSON.stringify({ Resources: { Imported: { Type: 'AWS::S3::Bucket' } } }));
      const stack = stackIn();
      new s3.CfnBucket(stack, 'L1');
      new CfnInclude(stack, 'Include', { templateFile });
      const { Resources } = templateOf(stack).toJSON();
      expect(Object.keys(Resources)).toEqual(['L1', 'Imported']);
      expect([Resources.L1.Properties, Resources.Imported.Properties]).toEqual([undefined, undefined]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each<[string, (app: App) => Stack]>([
    ['stacks', (app) => stackIn(app)],
    ['nested stacks', (app) => new NestedStack(stackIn(app), 'N')],
    ['stages', (app) => new Stack(new Stage(app, 'P'), 'S')],
    ['nested stacks of stages', (app) => new NestedStack(new Stack(new Stage(app, 'P'), 'S'), 'N')],
  ])('%s', (_, place) => {
    const app = blueprintApp();
    new s3.Bucket(place(app), 'B');
    new sns.Topic(place(blueprintApp()), 'Other');
    const model = modelOf(app);
    const bucket = model.templates.flatMap((template) => [...template.resources.values()]).find(({ logicalId }) => /^B[0-9A-F]{8}$/.test(logicalId))!;
    expect(bucket.properties).toMatchObject({ VersioningConfiguration: VERSIONED, LoggingConfiguration: expect.anything() });
    expect(undeployable(model)).toEqual([]);
  });

  test('L2s that other L2s make, which stay deployable', () => {
    const app = blueprintApp();
    const trail = new cloudtrail.Trail(stackIn(app), 'Trail', { sendToCloudWatchLogs: true });
    const bucket = propertiesOf(trail.node.findChild('S3') as Construct);
    expect(bucket).toMatchObject({ VersioningConfiguration: VERSIONED, PublicAccessBlockConfiguration: expect.anything() });
    expect(undeployable(modelOf(app))).toEqual([]);
  });
});

describe('our constructs', () => {
  const fill = (stack: Stack): void => {
    const key = new EncryptionKey(stack, 'Key');
    new SecureBucket(stack, 'Bucket', { encryptionKey: key });
    new AccessLogBucket(stack, 'Logs');
    new SecureLogGroup(stack, 'Group');
    new SecureQueue(stack, 'Queue');
    new SecureDeadLetterQueue(stack, 'Letters');
    new SecureTable(stack, 'Table', { partitionKey: { name: 'id', type: 'S' as any } });
    new SecureTopic(stack, 'Topic');
    new AlarmTopic(stack, 'Alarms');
    new AuditTrail(stack, 'Trail');
    new RecoveryPlan(stack, 'Plan', { notificationTopic: AlarmTopic.shared(stack) });
  };

  test.each([['no feature flags', {}], ['all recommended flags', flags]])('are the same with the blueprint and without, %s', (_, context) => {
    const [plain, hardened] = [stackIn(appWith(context)), stackIn(blueprintApp(context))];
    fill(plain);
    fill(hardened);
    expect(templateOf(hardened).toJSON()).toEqual(templateOf(plain).toJSON());
  });

  test('decide for themselves, whoever shares their scope', () => {
    const stack = stackIn();
    new SecureQueue(stack, 'Ours');
    const queue = new sqs.Queue(stack, 'Plain');
    expect(propertiesOf(queue).KmsMasterKeyId).toBeDefined();
  });
});

describe('what properties cannot say is done when the stack is synthesized', () => {
  const admissions = (stack: Stack): number => JSON.stringify(templateOf(stack).findResources('AWS::SNS::TopicPolicy')).split('cloudwatch.amazonaws.com').length - 1;

  test('once, however often that is', () => {
    const stack = stackIn();
    new sns.Topic(stack, 'T');
    expect([admissions(stack), admissions(stack)]).toEqual([1, 1]);
    expect((stack.node.root as App).synth({ force: true }).stacks).toHaveLength(1);
    expect(admissions(stack)).toBe(1);
  });

  test.each<[string, (app: App) => Stack]>([
    ['in a stage', (app) => new Stack(new Stage(app, 'P', CONCRETE), 'S')], ['in a nested stack', (app) => new NestedStack(stackIn(app), 'N')],
  ])('%s', (_, place) => {
    const app = blueprintApp();
    const stack = place(app);
    new sns.Topic(stack, 'T');
    expect(admissions(stack)).toBe(1);
  });

  test.each<[string, number]>([['before', 1], ['with', 200], ['after', 500], ['long after', 1000]])('among Aspects of others that come %s', (_, priority) => {
    const app = blueprintApp();
    const stack = stackIn(app);
    new sns.Topic(stack, 'T');
    Tags.of(app).add('team', 'a');
    let seen = 0;
    Aspects.of(app).add({ visit: () => { seen++; } }, { priority });
    expect(admissions(stack)).toBe(1);
    expect(seen).toBeGreaterThan(0);
    templateOf(stack).hasResourceProperties('AWS::SNS::Topic', { Tags: Match.arrayWith([{ Key: 'team', Value: 'a' }]) });
  });

  test('of each construct, those of one name in two scopes too', () => {
    const app = blueprintApp();
    const stacks = ['One', 'Two'].map((id) => new Stack(app, id, CONCRETE));
    for (const stack of stacks) new sns.Topic(stack, 'T');
    expect(stacks.map(admissions)).toEqual([1, 1]);
  });
});

/** What stays for teams to decide, by rule, with the reason why no injector can. */
const LEFT: Readonly<Record<string, string>> = {
  'CloudFront.WebAcl': 'web ACLs of CloudFront have to be in us-east-1, where these stacks are not',
  'CloudTrail.CustomerKey': 'the key has to name the trail, and a plain one has no name of its own: AuditTrail',
  'CloudTrail.S3DataEvents': 'billed by event',
  'CodeBuild.CustomerKey': 'there is no injector for it',
  'ELBv2.HttpsOnly': 'a certificate is for a name that the team has to own',
  'Lambda.Tracing': 'the function that CDK makes for notifications of buckets is an L1',
  'SNS.SubscriptionDeadLetterQueue': 'a subscription is no construct that has an injector of ours',
  'SecretsManager.NoPlaintext': 'what is explicit stays',
  'SecretsManager.Rotation': 'how a secret is rotated depends on what it opens',
};

describe('an app of plain L2s', () => {
  const everywhere: [string, Record<string, unknown>, object][] = [['no feature flags, any region', {}, {}], ['all recommended flags, a concrete environment', flags, CONCRETE]];
  const rows = Object.keys(PLAIN).flatMap((name) => everywhere.map(([where, context, env]): [string, string, Record<string, unknown>, object] => [name, where, context, env]));

  const failed = new Set<string>();

  const check = (name: string, context: Record<string, unknown>, env: object): void => {
    const app = blueprintApp(context);
    const stack = new Stack(app, 'S', env);
    for (const id of ['One', 'Two']) PLAIN[name](new Construct(stack, id));
    const model = modelOf(app);
    expect(undeployable(model)).toEqual([]);
    const found = model.templates.flatMap((template) => [...template.resources.values()])
      .flatMap((resource) => rulesForType(resource.type).filter((rule) => rule.onByDefault && evaluate(rule, resource).verdict === 'fail').map(({ id }) => ({ id, resource: resource.constructPath })));
    for (const { id } of found) failed.add(id);
    expect(found.filter(({ id }) => !(id in LEFT))).toEqual([]);
  };

  test.each(rows)('%s, two of each, %s: can be deployed, and fails only what is left to teams', (name, _, context, env) => check(name, context, env));

  test('nothing is listed that does not fail', () => expect([...failed].sort()).toEqual(Object.keys(LEFT).sort()));
});
