import { Aspects, CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Shims, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { apply, bucketIn, propertiesOf, stackIn } from './mixed';
import { Soc2Blueprint } from '../../src/blueprint';
import { evaluate, rulesForType } from '../../src/rules';
import { undeployable } from '../constructs/deployable';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';

describe('plain HTTP', () => {
  const statementsOf = (stack: Stack, type: string): any[] => Object.values(Template.fromStack(stack).findResources(type)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const allow = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sqs:SendMessage', Resource: '*' };
  const deny = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const queuePolicy = (stack: Stack, queue: CfnResource, Statement: unknown): CfnResource => new sqs.CfnQueuePolicy(stack, 'P', { queues: [queue.ref], policyDocument: { Version: '2012-10-17', Statement } });
  const denial = expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

  test.each<[string, unknown, unknown]>([
    ['a list of statements', [allow], [allow, denial]],
    ['one statement', allow, [allow, denial]],
    ['a statement that denies it already', [allow, deny], [allow, deny]],
    ['a statement that denies it for the queue by its ARN', { ...deny, Resource: 'arn:aws:sqs:eu-west-1:111111111111:q' }, { ...deny, Resource: 'arn:aws:sqs:eu-west-1:111111111111:q' }],
    ['statements that a function chooses', { 'Fn::If': ['C', [allow], [deny]] }, { 'Fn::If': ['C', [allow], [deny]] }],
  ])('is refused by the policy there is: %s', (_, statement, expected) => {
    const stack = stackIn();
    new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    const policy = queuePolicy(stack, new CfnResource(stack, 'Q', { type: 'AWS::SQS::Queue' }), statement);
    apply(stack);
    expect(propertiesOf(policy).PolicyDocument.Statement).toEqual(expected);
    Template.fromStack(stack).resourceCountIs('AWS::SQS::QueuePolicy', 1);
  });

  test('is left to a document that a function chooses', () => {
    const stack = stackIn();
    const PolicyDocument = { 'Fn::If': ['C', { Statement: [allow] }, { Statement: [deny] }] };
    const queue = new CfnResource(stack, 'Q', { type: 'AWS::SQS::Queue' });
    const policy = new CfnResource(stack, 'P', { type: 'AWS::SQS::QueuePolicy', properties: { Queues: [queue.ref], PolicyDocument } });
    apply(stack);
    expect(propertiesOf(policy).PolicyDocument).toEqual(PolicyDocument);
  });

  test('is refused by a policy of its own where there is none, which gives way to one that comes later', () => {
    const stack = stackIn();
    const queue = new CfnResource(stack, 'Q', { type: 'AWS::SQS::Queue' });
    apply(stack);
    const late = stackIn();
    const other = new CfnResource(late, 'Q', { type: 'AWS::SQS::Queue' });
    apply(late);
    queuePolicy(late, other, [allow]);
    expect(statementsOf(stack, 'AWS::SQS::QueuePolicy')).toEqual([{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Q', 'Arn'] }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    expect(queue.node.id).toBe('Q');
    expect(statementsOf(late, 'AWS::SQS::QueuePolicy')).toEqual([allow]);
  });

  test('is refused for each of the queues that share a policy, once', () => {
    const stack = stackIn();
    const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new CfnResource(stack, id, { type: 'AWS::SQS::Queue' }));
    const policy = new sqs.CfnQueuePolicy(stack, 'P', { queues: [one.ref, two.ref, three.ref], policyDocument: { Statement: { ...deny, Resource: two.getAtt('Arn') } } });
    apply(stack);
    apply(stack);
    expect(propertiesOf(policy).PolicyDocument.Statement.map(({ Resource }: any) => Resource)).toEqual(['Two', 'One', 'Three'].map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })));
    const all = stackIn();
    const queues = ['One', 'Two'].map((id) => new sqs.CfnQueue(all, id).ref);
    const whole = new sqs.CfnQueuePolicy(all, 'P', { queues, policyDocument: { Statement: [deny] } });
    apply(all);
    expect(propertiesOf(whole).PolicyDocument.Statement).toEqual([deny]);
  });

  test('is refused only where the resource is made', () => {
    const stack = stackIn();
    const condition = new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    const bucket = new s3.Bucket(stack, 'L2').node.defaultChild as s3.CfnBucket;
    for (const one of [bucket, bucketIn(stack)]) one.cfnOptions.condition = condition;
    apply(stack);
    const conditions = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy')).map(({ Condition, Properties }) => [Properties.Bucket.Ref.slice(0, 2), Condition]);
    expect(conditions.sort()).toEqual([['B', 'C'], ['L2', 'C'], ['Sh', undefined]]);
  });

  test('is refused by a policy in another stack', () => {
    const app = appWith();
    const [stack, other] = [stackIn(app), new Stack(app, 'Other', CONCRETE)];
    const policy = queuePolicy(other, new sqs.CfnQueue(stack, 'Q'), [allow]);
    apply(app);
    Template.fromStack(stack).resourceCountIs('AWS::SQS::QueuePolicy', 0);
    expect(propertiesOf(policy).PolicyDocument.Statement).toEqual([allow, denial]);
    expect(undeployable(modelOf(app))).toEqual([]);
  });

  test('is refused by the policy of an L2, once', () => {
    const stack = stackIn();
    const queue = new sqs.Queue(stack, 'Q');
    new sqs.Queue(stack, 'Strict', { enforceSSL: true });
    apply(stack);
    queue.grantSendMessages(new iam.ServicePrincipal('events.amazonaws.com'));
    Template.fromStack(stack).resourceCountIs('AWS::SQS::QueuePolicy', 2);
    expect(statementsOf(stack, 'AWS::SQS::QueuePolicy').map(({ Effect }) => Effect)).toEqual(['Deny', 'Allow', 'Deny']);
  });

  test('of a topic is refused by a policy that also lets in whom the one of SNS did', () => {
    const stack = stackIn();
    new sns.CfnTopic(stack, 'T');
    apply(stack);
    expect(statementsOf(stack, 'AWS::SNS::TopicPolicy')).toEqual([
      expect.objectContaining({ Effect: 'Allow', Principal: { AWS: '*' }, Action: expect.arrayContaining(['sns:Publish']), Condition: { StringEquals: { 'AWS:SourceOwner': '111111111111' } } }),
      denial,
    ]);
  });
});

describe('buckets that receive logs, and others that a key would close', () => {
  const algorithmOf = (bucket: CfnResource): string => propertiesOf(bucket).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm;

  test.each<[string, (stack: Stack, bucket: s3.CfnBucket) => void, { logged: boolean; policies: number }]>([
    ['access logs of a bucket', (stack, bucket) => new s3.CfnBucket(stack, 'Source', { loggingConfiguration: { destinationBucketName: bucket.ref } }), { logged: false, policies: 2 }],
    ['access logs, by an ACL', (_, bucket) => { bucket.accessControl = 'LogDeliveryWrite'; }, { logged: false, policies: 1 }],
    ['access logs, by a policy', (stack, bucket) => new s3.CfnBucketPolicy(stack, 'P', {
      bucket: bucket.ref, policyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: `${bucket.attrArn}/*` }] },
    }), { logged: false, policies: 1 }],
    ['what a service delivers, by a policy', (stack, bucket) => new s3.CfnBucketPolicy(stack, 'P', {
      bucket: bucket.ref, policyDocument: { Statement: { Effect: 'Allow', Principal: { Service: ['config.amazonaws.com'] }, Action: 's3:PutObject', Resource: `${bucket.attrArn}/*` } },
    }), { logged: true, policies: 2 }],
    ['logs of a load balancer', (stack, bucket) => new elb.CfnLoadBalancer(stack, 'LB', {
      subnets: ['subnet-12345678', 'subnet-23456789'], loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: bucket.ref }],
    }), { logged: true, policies: 2 }],
    ['flow logs, whose delivery sets the policy', (stack, bucket) => new ec2.CfnFlowLog(stack, 'F', {
      resourceId: 'vpc-12345678', resourceType: 'VPC', trafficType: 'ALL', logDestinationType: 's3', logDestination: bucket.attrArn,
    }), { logged: true, policies: 1 }],
  ])('%s are not under a key', (_, receive, { logged, policies }) => {
    const app = appWith();
    const stack = stackIn(app);
    const bucket = bucketIn(stack);
    receive(stack, bucket);
    apply(stack);
    expect(algorithmOf(bucket)).toBe('AES256');
    expect('LoggingConfiguration' in propertiesOf(bucket)).toBe(logged);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', policies);
  });

  const policyFor = (statement: object) => (stack: Stack, bucket: s3.CfnBucket): void => {
    new s3.CfnBucketPolicy(stack, 'P', { bucket: bucket.ref, policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket.attrArn}/*`, ...statement }] } });
  };
  const role = (stack: Stack): iam.CfnRole => new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} });

  test.each<[string, (stack: Stack, bucket: s3.CfnBucket) => void, boolean]>([
    ['nobody is let in', () => undefined, true],
    ['a service is denied', policyFor({ Effect: 'Deny', Principal: { Service: 'config.amazonaws.com' } }), true],
    ['a role of the stack is let in', (stack, bucket) => policyFor({ Principal: { AWS: role(stack).attrArn } })(stack, bucket), true],
    ['the account is let in', policyFor({ Principal: { AWS: '111111111111' } }), true],
    ['the account is let in by its pseudo parameter', policyFor({ Principal: { AWS: Fn.sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') } }), true],
    ['a user of the account is let in', policyFor({ Principal: { AWS: ['arn:aws:iam::111111111111:user/u'] } }), true],
    ['whoever acts for the account is let in', policyFor({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111111111111' } } }), true],
    ['a service is let in on behalf of the account', policyFor({ Principal: { Service: 'config.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } }), false],
    ['an identity provider of the account is let in', policyFor({ Principal: { Federated: 'arn:aws:iam::111111111111:saml-provider/p' } }), false],
    ['another account is let in', policyFor({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } }), false],
    ['another account is let in besides', (stack, bucket) => policyFor({ Principal: { AWS: [role(stack).attrArn, '222222222222'] } })(stack, bucket), false],
    ['everybody is let in', policyFor({ Principal: '*' }), false],
    ['an organization is let in', policyFor({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }), false],
    ['whoever acts for another account is let in', policyFor({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '222222222222' } } }), false],
    ['all but one are let in', policyFor({ NotPrincipal: { AWS: '111111111111' } }), false],
    ['an identity of CloudFront is let in', policyFor({ Principal: { CanonicalUser: 'abc' } }), false],
    ['somebody is let in whom a parameter names', (stack, bucket) => policyFor({ Principal: { AWS: new CfnParameter(stack, 'Who').valueAsString } })(stack, bucket), false],
    ['a function decides who is let in', policyFor({ Principal: { 'Fn::If': ['C', 'a', 'b'] } }), false],
    ['a function decides what is done', policyFor({ Effect: { 'Fn::If': ['C', 'Allow', 'Deny'] }, Principal: { AWS: '111111111111' } }), false],
    ['it receives replicas', (stack, bucket) => new s3.CfnBucket(stack, 'Source', { replicationConfiguration: { role: 'arn:aws:iam::111111111111:role/r', rules: [{ status: 'Enabled', destination: { bucket: bucket.attrArn } }] } }), false],
    ['it is replicated', (_, bucket) => { bucket.replicationConfiguration = { role: 'arn:aws:iam::111111111111:role/r', rules: [{ status: 'Enabled', destination: { bucket: 'arn:aws:s3:::other' } }] }; }, false],
    ['CloudFront reads from it', (stack, bucket) => new cloudfront.CfnDistribution(stack, 'D', { distributionConfig: {
      enabled: true, origins: [{ id: 'o', domainName: bucket.attrRegionalDomainName, s3OriginConfig: {} }], defaultCacheBehavior: { targetOriginId: 'o', viewerProtocolPolicy: 'https-only' },
    } }), false],
  ])('a bucket has a key or not when %s', (_, use, keyed) => {
    const stack = stackIn();
    new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    const bucket = bucketIn(stack);
    use(stack, bucket);
    apply(stack);
    expect(algorithmOf(bucket)).toBe(keyed ? 'aws:kms' : 'AES256');
  });

  test.each<[string, object, boolean]>([
    ['a service that the key lets in', { Principal: { Service: 'events.amazonaws.com' } }, true],
    ['a service that it does not', { Principal: { Service: ['events.amazonaws.com', 'ses.amazonaws.com'] } }, false],
    ['another account', { Principal: { AWS: '222222222222' } }, false],
  ])('queues and topics have one or not when their policy lets in %s', (_, statement, keyed) => {
    const stack = stackIn();
    const [queue, topic] = [new sqs.CfnQueue(stack, 'Q'), new sns.CfnTopic(stack, 'T')];
    const policyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...statement }] };
    new sqs.CfnQueuePolicy(stack, 'QP', { queues: [queue.ref], policyDocument });
    new sns.CfnTopicPolicy(stack, 'TP', { topics: [topic.ref], policyDocument });
    apply(stack);
    expect([queue, topic].map((one) => 'KmsMasterKeyId' in propertiesOf(one))).toEqual([keyed, keyed]);
  });

  test('do not log to themselves or in a circle', () => {
    const app = appWith();
    const stack = stackIn(app);
    new s3.Bucket(stack, 'Data', { serverAccessLogsBucket: new s3.Bucket(stack, 'Logs') });
    new s3.Bucket(stack, 'Plain');
    Aspects.of(app).add(Shims.asAspect(Soc2Blueprint.mixin()));
    const model = modelOf(app);
    const logging = [...model.templates[0].resources.values()].filter(({ type, properties }) => type === 'AWS::S3::Bucket' && properties && 'LoggingConfiguration' in properties).map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/, ''));
    expect(logging.sort()).toEqual(['Data', 'Plain']);
    expect(undeployable(model)).toEqual([]);
  });

  test('a bucket that is found to receive logs later is under no key either', () => {
    const stack = stackIn();
    const bucket = bucketIn(stack);
    apply(stack);
    new s3.CfnBucket(stack, 'Source', { loggingConfiguration: { destinationBucketName: bucket.ref } });
    expect(propertiesOf(bucket)).not.toHaveProperty('BucketEncryption');
    expect(propertiesOf(bucket)).not.toHaveProperty('LoggingConfiguration');
  });
});

describe('an app of plain constructs', () => {
  const fill = (stack: Stack): void => {
    const topic = new sns.Topic(stack, 'Topic');
    const queue = new sqs.Queue(stack, 'Queue');
    const bucket = new s3.Bucket(stack, 'Bucket');
    new cloudwatch.Alarm(stack, 'Alarm', { metric: queue.metricApproximateNumberOfMessagesVisible(), threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
    new events.Rule(stack, 'Rule', { schedule: events.Schedule.expression('rate(1 day)'), targets: [new SqsQueue(queue)] });
    new events.Rule(stack, 'ToTopic', { schedule: events.Schedule.expression('rate(1 day)'), targets: [new SnsTopic(new sns.Topic(stack, 'Events'))] });
    topic.addSubscription(new SqsSubscription(queue));
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue));
    bucket.grantReadWrite(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new logs.LogGroup(stack, 'Group', { logGroupName: '/a' });
    new CfnResource(stack, 'Table', { type: 'AWS::DynamoDB::Table', properties: { KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }] } });
  };

  test.each([['any region', {}], ['a concrete environment', CONCRETE]])('can be deployed with the mixin, %s', (_, props) => {
    const app = appWith();
    fill(new Stack(app, 'S', props));
    fill(new NestedStack(app.node.findChild('S') as Stack, 'N'));
    expect(undeployable(modelOf(app))).toEqual([]);
    const mixed = appWith();
    fill(new Stack(mixed, 'S', props));
    fill(new NestedStack(mixed.node.findChild('S') as Stack, 'N'));
    Aspects.of(mixed).add(Shims.asAspect(Soc2Blueprint.mixin()));
    expect(undeployable(modelOf(mixed))).toEqual([]);
  });

  test('gets one key for each domain of a stack, which holds up to our own rules', () => {
    const app = appWith();
    const stack = stackIn(app);
    fill(stack);
    new s3.CfnBucket(stack, 'More');
    apply(stack);
    const keys = stack.node.children.filter((child) => child instanceof kms.Key).map(({ node }) => node.id);
    expect(keys.sort()).toEqual(['SharedDataByServiceKey', 'SharedLogsByServiceKey', 'SharedMessagesByServiceKey', 'SharedNotificationsByServiceKey']);
    const model = modelOf(app);
    const failed = [...model.templates[0].resources.values()].filter(({ type }) => type === 'AWS::KMS::Key')
      .flatMap((resource) => rulesForType(resource.type).filter((rule) => evaluate(rule, resource).verdict !== 'pass').map(({ id }) => id));
    expect(failed).toEqual([]);
  });

  test('lets the callers of its resources use the keys through the service only', () => {
    const stack = stackIn();
    bucketIn(stack);
    apply(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: [Match.anyValue(), { Effect: 'Allow', Principal: { AWS: '*' }, Action: Match.arrayWith(['kms:Decrypt']),
        Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': stack.resolve(`s3.eu-west-1.${stack.urlSuffix}`) } } }] },
    });
  });

  test('lets services use the keys on behalf of the account, where they say so, and says it once', () => {
    const stack = stackIn();
    const add = jest.spyOn(kms.Key.prototype, 'addToResourcePolicy');
    for (const id of ['One', 'Two']) {
      new sns.CfnTopic(stack, id);
      new sqs.CfnQueue(stack, `${id}Queue`);
    }
    apply(stack);
    const statements: any[] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).flatMap(({ Properties }) => Properties.KeyPolicy.Statement).filter(({ Principal }) => Principal.Service);
    const unbound = statements.filter(({ Condition }) => Condition?.StringEquals?.['aws:SourceAccount'] !== '111111111111');
    expect(unbound.map(({ Principal }) => Principal.Service)).toEqual(['events.amazonaws.com']);
    expect(statements.map(({ Principal }) => Principal.Service)).toEqual(expect.arrayContaining(['cloudwatch.amazonaws.com', 'sns.amazonaws.com', 's3.amazonaws.com']));
    expect(add.mock.calls.length).toBeLessThan(statements.length + 5);
    add.mockRestore();
  });
});
