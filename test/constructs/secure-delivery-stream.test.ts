import { PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureBucket, SecureDeliveryStream, SecureDeliveryStreamProps, SecureLogGroup } from '../../src/constructs';
import { bucketDeliveryOf, deliveryStreamHardening } from '../../src/constructs/streaming/delivery-stream-hardening';
import { deliveryStreamDefaults } from '../../src/defaults';
import { evaluate, rulesForType } from '../../src/rules';
import { describeInjected } from '../blueprint/injected';

const cfn = (stream: firehose.DeliveryStream): firehose.CfnDeliveryStream => stream.node.defaultChild as firehose.CfnDeliveryStream;
const unset = (path: string) => (stream: firehose.DeliveryStream) => cfn(stream).addPropertyDeletionOverride(path);
const set = (path: string, value: unknown) => (stream: firehose.DeliveryStream) => cfn(stream).addPropertyOverride(path, value);
const bucketOf = (scope: Stack, id: string): s3.IBucket => new SecureBucket(scope, `${id}Bucket`);
const FROM_BUCKET = 'what CDK grants on a bucket and its key, whose actions and objects have wildcards';

describeConstruct<SecureDeliveryStreamProps>({
  name: 'SecureDeliveryStream',
  make: (scope, id, props) => new SecureDeliveryStream(scope, id, { destination: new firehose.S3Bucket(new SecureBucket(scope, `${id}Bucket`)), ...props }),
  optional: optionalOf<SecureDeliveryStreamProps>()(['optOuts', 'deliveryStreamName', 'source', 'role', 'encryption']),
  breaks: {
    'KinesisFirehose.Encryption': unset('DeliveryStreamEncryptionConfigurationInput'),
    'KinesisFirehose.ErrorLogging': set('ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions.Enabled', false),
    'KinesisFirehose.DestinationKey': unset('ExtendedS3DestinationConfiguration.EncryptionConfiguration'),
  },
  weakenings: [
    { props: { encryption: firehose.StreamEncryption.unencrypted() }, says: 'encryption: unencrypted()', rules: ['KinesisFirehose.Encryption'] },
    {
      props: { destination: new firehose.S3Bucket(s3.Bucket.fromBucketName(new Stack(), 'B', 'there'), { loggingConfig: new firehose.DisableLogging() }) },
      says: 'destination with DisableLogging',
      rules: ['KinesisFirehose.ErrorLogging'],
    },
  ],
  uses: (stream: SecureDeliveryStream, consumer) => void stream.grantPutRecords(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({
    encryption: firehose.StreamEncryption.customerManagedKey(new EncryptionKey(elsewhere, 'Key')),
    destination: new firehose.S3Bucket(bucketOf(elsewhere, 'Given'), { encryptionKey: new EncryptionKey(elsewhere, 'ObjectKey') }),
  }),
  besides: /^S\/(XBucket|SharedAccessLogs)\//,
  nag: Object.fromEntries([
    ...['Action::kms:GenerateDataKey*', 'Action::kms:ReEncrypt*', 'Action::s3:Abort*', 'Action::s3:DeleteObject*', 'Action::s3:GetBucket*', 'Action::s3:GetObject*',
      'Action::s3:List*', 'Resource::<XBucket659A2B03.Arn>/*'].map((what) => [`AwsSolutions-IAM5[${what}] S/XDeliveryRole/DefaultPolicy/Resource`, FROM_BUCKET]),
    ['NIST.800.53.R5-IAMNoInlinePolicy S/XDeliveryRole/DefaultPolicy/Resource', 'the policy of one role is its own; CDK writes it inline'],
  ]),
});

describeInjected<firehose.DeliveryStreamProps>({
  name: 'kinesisfirehose.DeliveryStream',
  hardening: deliveryStreamHardening,
  make: (scope, id, props) => new firehose.DeliveryStream(scope, id, { destination: new firehose.S3Bucket(new SecureBucket(scope, `${id}Bucket`)), ...props }),
  defaults: { 'AWS::KinesisFirehose::DeliveryStream': deliveryStreamDefaults },
  explicit: { props: { encryption: firehose.StreamEncryption.unencrypted() }, rule: 'KinesisFirehose.Encryption' },
});

describe('SecureDeliveryStream', () => {
  const made = (props: (stack: Stack) => SecureDeliveryStreamProps): Stack => {
    const stack = new Stack(appWith(), 'S');
    new SecureDeliveryStream(stack, 'X', props(stack));
    return stack;
  };
  const only = (stack: Stack, type: string): Record<string, any> => {
    const found = Object.values(Template.fromStack(stack).findResources(type));
    expect(found).toHaveLength(1);
    return found[0].Properties;
  };
  const propertiesOf = (stack: Stack): Record<string, any> => only(stack, 'AWS::KinesisFirehose::DeliveryStream');
  const toBucket = (stack: Stack): Record<string, any> => propertiesOf(stack).ExtendedS3DestinationConfiguration;
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureDeliveryStream').map(({ rule, verdict }) => `${rule} ${verdict}`);
  const failing = (stack: Stack): string[] => modelOf(stack.node.root as never).templates.flatMap((template) => [...template.resources.values()]).flatMap((resource) => (
    rulesForType(resource.type).filter((rule) => rule.onByDefault && evaluate(rule, resource).verdict === 'fail').map(({ id }) => `${resource.constructPath} ${id}`)));

  test('delivers compressed objects, and apart from them what failed, under the key of the bucket', () => {
    const key: kms.Key[] = [];
    const stack = made((scope) => {
      key.push(new EncryptionKey(scope, 'Key'));
      return { destination: new firehose.S3Bucket(new SecureBucket(scope, 'B', { encryptionKey: key[0] })) };
    });
    expect(toBucket(stack)).toMatchObject({
      CompressionFormat: 'GZIP',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: stack.resolve(key[0].keyArn) } },
    });
    expect(toBucket(stack)).not.toHaveProperty('S3BackupMode');
  });

  test('keeps what the destination says', () => {
    const stack = made((scope) => {
      const group = new SecureLogGroup(scope, 'Mine');
      return {
        destination: new firehose.S3Bucket(bucketOf(scope, 'X'), {
          compression: firehose.Compression.SNAPPY,
          dataOutputPrefix: 'data/',
          errorOutputPrefix: 'failed/',
          loggingConfig: new firehose.EnableLogging(group),
          encryptionKey: new EncryptionKey(scope, 'ObjectKey'),
          role: new iam.Role(scope, 'Own', { assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com') }),
        }),
      };
    });
    expect(toBucket(stack)).toMatchObject({
      CompressionFormat: 'Snappy',
      Prefix: 'data/',
      ErrorOutputPrefix: 'failed/',
      CloudWatchLoggingOptions: { LogGroupName: { Ref: expect.stringMatching(/^Mine/) } },
      EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: { 'Fn::GetAtt': [expect.stringMatching(/^ObjectKey/), 'Arn'] } } },
      RoleARN: { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('does not compress what is converted to a format that compresses itself', () => {
    const stack = made((scope) => ({
      destination: new firehose.S3Bucket(bucketOf(scope, 'X'), {
        dataFormatConversion: {
          inputFormat: firehose.InputFormat.OPENX_JSON,
          outputFormat: firehose.OutputFormat.PARQUET,
          schemaConfiguration: firehose.SchemaConfiguration.fromCfnTable(new CfnTable(scope, 'Table', {
            catalogId: '111111111111', databaseName: 'events', tableInput: { name: 'events' },
          })),
        },
      }),
    }));
    expect(toBucket(stack)).not.toHaveProperty('CompressionFormat');
  });

  test('lets Firehose use its role for the delivery streams of this account only', () => {
    const stack = made((scope) => ({ destination: new firehose.S3Bucket(bucketOf(scope, 'X')) }));
    expect(only(stack, 'AWS::IAM::Role').AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'firehose.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':firehose:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':deliverystream/*']] } },
      },
    }]);
  });

  test('is made after the rights of its role, without which Firehose refuses it', () => {
    const stack = made((scope) => ({ destination: new firehose.S3Bucket(bucketOf(scope, 'X')) }));
    const template = Template.fromStack(stack);
    const policy = Object.keys(template.findResources('AWS::IAM::Policy'))[0];
    expect(Object.values(template.findResources('AWS::KinesisFirehose::DeliveryStream'))[0].DependsOn).toContain(policy);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey*']) })]) },
    });
  });

  test('leaves encryption to the data stream that it reads', () => {
    const stack = made((scope) => ({
      source: new firehose.KinesisStreamSource(new kinesis.Stream(scope, 'Source')),
      destination: new firehose.S3Bucket(bucketOf(scope, 'X')),
    }));
    expect(propertiesOf(stack)).not.toHaveProperty('DeliveryStreamEncryptionConfigurationInput');
    expect(rulesOf(stack)).toEqual(['KinesisFirehose.DestinationKey pass', 'KinesisFirehose.ErrorLogging pass']);
  });

  test('leaves objects to the default encryption of a bucket whose key it does not know', () => {
    const stack = made((scope) => ({ destination: new firehose.S3Bucket(s3.Bucket.fromBucketName(scope, 'There', 'there')) }));
    expect(toBucket(stack)).not.toHaveProperty('EncryptionConfiguration');
    expect(rulesOf(stack)).toEqual(['KinesisFirehose.Encryption pass', 'KinesisFirehose.ErrorLogging pass']);
  });

  test('keeps source records, when asked to, in a bucket like ours', () => {
    const stack = made((scope) => ({ destination: new firehose.S3Bucket(bucketOf(scope, 'X'), { s3Backup: { mode: firehose.BackupMode.ALL } }) }));
    expect(toBucket(stack)).toMatchObject({
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: {
        BucketARN: { 'Fn::GetAtt': [expect.stringMatching(/^XDeliveryBackup/), 'Arn'] },
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: { 'Fn::GetAtt': [expect.stringMatching(/^SharedDataKey/), 'Arn'] } } },
        CloudWatchLoggingOptions: { Enabled: true, LogGroupName: { Ref: expect.stringMatching(/^XDeliveryLogs/) } },
      },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    expect(failing(stack)).toEqual([]);
  });

  test('keeps no source records where a backup has neither mode nor bucket', () => {
    const stack = made((scope) => ({ destination: new firehose.S3Bucket(bucketOf(scope, 'X'), { s3Backup: {} }) }));
    expect(toBucket(stack)).not.toHaveProperty('S3BackupMode');
  });

  test.each([
    ['an HTTP endpoint', () => new firehose.HttpEndpoint({ endpointConfig: { url: 'https://example.com' } })],
    ['Datadog', (stack: Stack) => new firehose.Datadog({
      endpoint: firehose.DatadogEndpoint.LOGS_EU, apiKey: Secret.fromSecretNameV2(stack, 'ApiKey', 'datadog'),
    })],
  ])('logs what %s did not take, and keeps it in a bucket like ours', (_, destination) => {
    const stack = made((scope) => ({ destination: destination(scope) }));
    expect(propertiesOf(stack).HttpEndpointDestinationConfiguration).toMatchObject({
      EndpointConfiguration: { Url: expect.stringMatching(/^https:/) },
      CloudWatchLoggingOptions: { Enabled: true, LogGroupName: { Ref: expect.stringMatching(/^XDeliveryLogs/) } },
      S3BackupMode: 'FailedDataOnly',
      S3Configuration: { BucketARN: { 'Fn::GetAtt': [expect.stringMatching(/^XDeliveryBackup/), 'Arn'] } },
    });
    expect(rulesOf(stack)).toEqual(['KinesisFirehose.Encryption pass', 'KinesisFirehose.ErrorLogging pass']);
    expect(failing(stack)).toEqual([]);
  });

  test('takes a destination that somebody made of ours as it is', () => {
    class Mine extends firehose.S3Bucket {}
    expect(bucketDeliveryOf(new Mine(s3.Bucket.fromBucketName(new Stack(), 'B', 'there')))).toBeUndefined();
    const stack = made((scope) => ({ destination: new Mine(bucketOf(scope, 'X')) }));
    expect(toBucket(stack)).not.toHaveProperty('CompressionFormat');
    expect(rulesOf(stack)).toEqual(['KinesisFirehose.Encryption pass']);
  });
});

describe('kinesisfirehose.DeliveryStream under its injector', () => {
  test('changes neither format nor place of what it delivers', () => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(deliveryStreamHardening));
    const stack = new Stack(app, 'S');
    new firehose.DeliveryStream(stack, 'X', { destination: new firehose.S3Bucket(bucketOf(stack, 'X')) });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::KinesisFirehose::DeliveryStream'));
    expect(Properties.ExtendedS3DestinationConfiguration).not.toHaveProperty('CompressionFormat');
    expect(Properties.ExtendedS3DestinationConfiguration).not.toHaveProperty('ErrorOutputPrefix');
    expect(Properties.ExtendedS3DestinationConfiguration).toHaveProperty('EncryptionConfiguration');
  });
});
