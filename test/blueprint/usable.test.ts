import { App, Aspects, CfnResource, Mixins, PropertyInjectors, Shims, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import { Soc2Blueprint } from '../../src/blueprint';
import { EncryptionKey, SecureBucket } from '../../src/constructs';
import { undeployable } from '../constructs/deployable';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';

function stackIn(context: Record<string, unknown> = {}): Stack {
  const app = appWith(context);
  PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
  return new Stack(app, 'S', CONCRETE);
}

const appOf = (stack: Stack): App => stack.node.root as App;
const resourcesOf = (stack: Stack): Record<string, any> => Template.fromStack(stack).toJSON().Resources;
const nameOf = (made: Construct): string => Stack.of(made).resolve((made.node.defaultChild as CfnResource).logicalId);
const algorithmOf = (bucket: Construct): string => resourcesOf(Stack.of(bucket))[nameOf(bucket)]
  .Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm;
const statementsOf = (stack: Stack, key: string): any[] => resourcesOf(stack)[nameOf(stack.node.findChild(key) as kms.Key)].Properties.KeyPolicy.Statement;
const servicesOf = (stack: Stack, key = 'SharedDataKey'): string[] => statementsOf(stack, key).flatMap(({ Principal }) => Principal.Service ?? []);
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const reading = (principal: iam.IPrincipal, bucket: s3.Bucket): iam.PolicyStatement => (
  new iam.PolicyStatement({ principals: [principal], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));

describe('under the key of an injector', () => {
  test.each<[string, string, (stack: Stack) => void]>([
    ['s3', 'SharedDataKey', (stack) => new s3.Bucket(stack, 'X')],
    ['dynamodb', 'SharedDataKey', (stack) => new dynamodb.Table(stack, 'X', { partitionKey })],
    ['dynamodb', 'SharedDataKey', (stack) => new dynamodb.TableV2(stack, 'X', { partitionKey })],
    ['kinesis', 'SharedDataKey', (stack) => new kinesis.Stream(stack, 'X')],
    ['secretsmanager', 'SharedSecretsKey', (stack) => new secretsmanager.Secret(stack, 'X')],
    ['sns', 'SharedNotificationsKey', (stack) => new sns.Topic(stack, 'X')],
    ['sqs', 'SharedMessagesKey', (stack) => new sqs.Queue(stack, 'X')],
  ])('callers of the account get in through %s, whose rights nobody granted by the L2, and it is said once', (service, key, make) => {
    const stack = stackIn();
    make(stack);
    const via = statementsOf(stack, key).filter(({ Principal }) => Principal.AWS === '*');
    expect(via).toEqual([expect.objectContaining({
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': stack.resolve(`${service}.eu-west-1.${stack.urlSuffix}`) } },
    })]);
  });

  test('of one\'s own nobody gets in', () => {
    const stack = stackIn();
    const key = new kms.Key(stack, 'Key');
    new s3.Bucket(stack, 'X', { encryptionKey: key });
    new SecureBucket(stack, 'Ours');
    new s3.Bucket(stack, 'Shared', { encryptionKey: EncryptionKey.shared(stack, 'data') });
    for (const id of ['Key', 'SharedDataKey']) expect(JSON.stringify(statementsOf(stack, id))).not.toContain('ViaService');
  });

  test.each<[string, (stack: Stack, bucket: s3.Bucket) => void, string]>([
    ['a trail', (stack, bucket) => new cloudtrail.Trail(stack, 'Trail', { bucket }), 'cloudtrail.amazonaws.com'],
    ['configuration history', (_, bucket) => bucket.addToResourcePolicy(reading(new iam.ServicePrincipal('config.amazonaws.com'), bucket)), 'config.amazonaws.com'],
    ['CloudFront', (stack, bucket) => new cloudfront.Distribution(stack, 'D', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) } }), 'cloudfront.amazonaws.com'],
    ['an inventory', (_, bucket) => bucket.addToResourcePolicy(reading(new iam.ServicePrincipal('s3.amazonaws.com'), bucket)), 's3.amazonaws.com'],
    ['flow logs', (stack, bucket) => new ec2.FlowLog(stack, 'F', {
      resourceType: ec2.FlowLogResourceType.fromSubnet(ec2.Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId: 'subnet-12345678', routeTableId: 'rtb-12345678' })), destination: ec2.FlowLogDestination.toS3(bucket, 'prefix'),
    }), 'delivery.logs.amazonaws.com'],
  ])('a bucket that takes %s stays under it, as the key lets the service in', (_, use, service) => {
    for (const context of [{}, flags]) {
      const stack = stackIn(context);
      const bucket = new s3.Bucket(stack, 'X');
      use(stack, bucket);
      expect(algorithmOf(bucket)).toBe('aws:kms');
      expect(servicesOf(stack)).toContain(service);
      expect(undeployable(modelOf(appOf(stack)))).toEqual([]);
    }
  });

  test.each<[string, (stack: Stack, bucket: s3.Bucket) => void]>([
    ['an identity of CloudFront reads', (stack, bucket) => new cloudfront.Distribution(stack, 'D', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessIdentity(bucket) } })],
    ['an identity of CloudFront was granted', (stack, bucket) => void bucket.grantRead(new cloudfront.OriginAccessIdentity(stack, 'I'))],
    ['everybody reads', (_, bucket) => bucket.addToResourcePolicy(reading(new iam.AnyPrincipal(), bucket))],
    ['another account was let in by hand', (_, bucket) => bucket.addToResourcePolicy(reading(new iam.AccountPrincipal('222222222222'), bucket))],
    ['a service delivers of which nothing is known', (_, bucket) => bucket.addToResourcePolicy(reading(new iam.ServicePrincipal('ses.amazonaws.com'), bucket))],
    ['it is replicated', (stack, bucket) => new s3.Bucket(stack, 'Source', { versioned: true, replicationRules: [{ destination: bucket }] })],
    ['an L1 delivers access logs', (stack, bucket) => new s3.CfnBucket(stack, 'Source', { loggingConfiguration: { destinationBucketName: bucket.bucketName } })],
    ['a load balancer delivers logs', (stack, bucket) => new elb.CfnLoadBalancer(stack, 'B', { subnets: ['subnet-12345678'], loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: bucket.bucketName }] })],
  ])('a bucket is left to the encryption of S3 where the key would close it: %s', (_, use) => {
    const stack = stackIn();
    const bucket = new s3.Bucket(stack, 'X');
    use(stack, bucket);
    expect(algorithmOf(bucket)).toBe('AES256');
    // KMS refuses them in the policy of a key.
    expect(JSON.stringify(statementsOf(stack, 'SharedDataKey'))).not.toContain('CanonicalUser');
    expect(resourcesOf(stack)[nameOf(bucket)].Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]).toEqual({
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    });
  });

  test.each<[string, (stack: Stack, bucket: s3.Bucket) => void]>([
    ['a role of another account that was granted it, and the key with it', (_, bucket) => void bucket.grantRead(new iam.ArnPrincipal('arn:aws:iam::222222222222:role/r'))],
    ['network load balancers', (stack, bucket) => new elb.CfnLoadBalancer(stack, 'B', { type: 'network', loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: bucket.bucketName }] })],
  ])('a bucket stays under it for %s', (_, use) => {
    const stack = stackIn();
    const bucket = new s3.Bucket(stack, 'X');
    use(stack, bucket);
    expect(algorithmOf(bucket)).toBe('aws:kms');
  });

  test('an explicit encryption stays, whoever it shuts out', () => {
    const stack = stackIn();
    const bucket = new s3.Bucket(stack, 'X', { encryption: s3.BucketEncryption.KMS });
    bucket.addToResourcePolicy(reading(new iam.AnyPrincipal(), bucket));
    expect(algorithmOf(bucket)).toBe('aws:kms');
  });

  test.each<[string, (stack: Stack) => sns.Topic | sqs.Queue, string]>([
    ['topic', (stack) => new sns.Topic(stack, 'X'), 'SharedNotificationsKey'], ['queue', (stack) => new sqs.Queue(stack, 'X'), 'SharedMessagesKey'],
  ])('a %s takes messages of the services that its policy lets in', (_, make, key) => {
    const stack = stackIn();
    make(stack).addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('budgets.amazonaws.com')], actions: ['*'], resources: ['*'] }));
    expect(statementsOf(stack, key)).toContainEqual(expect.objectContaining({
      Principal: { Service: 'budgets.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
    }));
  });
});

/** Policies of their own, as the guide of CDK writes them, and how they are made. */
const WRITTEN: Readonly<Record<string, (stack: Stack) => () => CfnResource>> = {
  bucket: (stack) => {
    const bucket = new s3.Bucket(stack, 'X');
    return () => {
      const policy = new s3.BucketPolicy(stack, 'P', { bucket });
      policy.document.addStatements(reading(new iam.AccountPrincipal('222222222222'), bucket));
      return policy.node.defaultChild as CfnResource;
    };
  },
  topic: (stack) => {
    const topic = new sns.Topic(stack, 'X');
    return () => {
      const policy = new sns.TopicPolicy(stack, 'P', { topics: [topic] });
      policy.document.addStatements(new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('222222222222')], actions: ['sns:Subscribe'], resources: [topic.topicArn] }));
      return policy.node.defaultChild as CfnResource;
    };
  },
  queue: (stack) => {
    const queue = new sqs.Queue(stack, 'XDeadLetters');
    const statement = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sqs:SendMessage', Resource: queue.queueArn };
    return () => new sqs.CfnQueuePolicy(stack, 'P', { queues: [queue.queueUrl], policyDocument: { Statement: statement } });
  },
};

describe.each(Object.entries(WRITTEN))('a %s with a policy that was written for it', (_, made) => {
  const REFUSES = expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const policiesIn = (stack: Stack, type: string): any[] => Object.values(resourcesOf(stack)).filter(({ Type, Properties }) => Type === type && !JSON.stringify(Properties).includes('SharedAccessLogs'));

  test.each<[string, (stack: Stack) => void]>([
    ['injectors', () => undefined], ['injectors and the mixin', (stack) => Aspects.of(stack).add(Shims.asAspect(Soc2Blueprint.mixin()))],
  ])('keeps that one, and no other, with %s', (__, more) => {
    const stack = stackIn();
    const policy = made(stack)();
    more(stack);
    const found = policiesIn(stack, policy.cfnResourceType);
    expect(found).toHaveLength(1);
    expect(resourcesOf(stack)[stack.resolve(policy.logicalId)]).toEqual(found[0]);
    const { Statement: statements } = found[0].Properties.PolicyDocument;
    expect(JSON.stringify(statements[0])).toContain('222222222222');
    expect(statements).toContainEqual(REFUSES);
    expect(undeployable(modelOf(appOf(stack)))).toEqual([]);
  });

  test('keeps that one, and no other, when it comes after the mixin', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const write = made(stack);
    Mixins.of(stack).apply(Soc2Blueprint.mixin());
    const policy = write();
    expect(policiesIn(stack, policy.cfnResourceType)).toEqual([resourcesOf(stack)[stack.resolve(policy.logicalId)]]);
  });
});

test('what waits for the policy of an L2 waits for nothing that is not there', () => {
  const stack = stackIn();
  const bucket = new s3.Bucket(stack, 'X');
  new s3.CfnBucketPolicy(stack, 'P', { bucket: bucket.bucketName, policyDocument: { Statement: [] } });
  new CfnResource(stack, 'After', { type: 'AWS::CloudFormation::WaitConditionHandle' }).node.addDependency(bucket.policy!);
  expect(resourcesOf(stack).After.DependsOn).toBeUndefined();
});

describe('an id that is taken', () => {
  test('by what the blueprint has made is refused with the reason', () => {
    const stack = stackIn();
    new sqs.Queue(stack, 'Jobs');
    expect(() => new sqs.Queue(stack, 'JobsDeadLetters')).toThrow('aws-sqs.Queue at S/JobsDeadLetters: the blueprint has made something of this id, for Jobs; give one of the two another id');
  });

  test('by another construct is refused with the reason', () => {
    const stack = stackIn();
    new logs.LogGroup(stack, 'JobsDeadLetters');
    expect(() => new sqs.Queue(stack, 'Jobs')).toThrow('aws-sqs.Queue at S/Jobs: the blueprint makes JobsDeadLetters for it, an id that another construct has; give one of the two another id');
  });

  test('can be used again when it is free', () => {
    const stack = stackIn();
    new sqs.Queue(stack, 'Jobs');
    for (const id of ['Jobs', 'JobsDeadLetters']) stack.node.tryRemoveChild(id);
    expect(() => new logs.LogGroup(stack, 'JobsDeadLetters')).not.toThrow();
  });

  test('other errors are those of CDK', () => {
    expect(() => new s3.Bucket(stackIn(), 'X', { bucketName: 'NOT A NAME' })).toThrow(/Invalid S3 bucket name/);
  });
});
