import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { bucketProps, dataBreaks, dataWeakenings, unset } from './bucket-subject';
import { appWith, describeConstruct, optionalOf } from './harness';
import { NOT_REPLICATED, SHARED_LOGS } from './nag-findings';
import { AccessLogBucket, EncryptionKey, SecureBucket, WormBucket, WormBucketProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const SSE_S3 = ['S3.KmsEncryption', 'S3.CustomerKey'].map((rule) => OptOut.of(rule, { reason: 'a test' }));
const SENSELESS = ['versioned: false', 'autoDeleteObjects: true'];

describeConstruct<WormBucketProps>({
  name: 'WormBucket',
  make: (scope, id, props) => new WormBucket(scope, id, props),
  optional: optionalOf<WormBucketProps>()([...bucketProps, 'optOuts', 'backup', 'complianceModeCannotBeUndone']),
  breaks: {
    ...dataBreaks,
    'S3.ObjectLock': unset('ObjectLockEnabled'),
    'S3.DefaultRetention': unset('ObjectLockConfiguration'),
  },
  weakenings: dataWeakenings.filter(({ says }) => !SENSELESS.includes(says)),
  uses: (bucket: s3.Bucket, consumer) => void bucket.grantReadWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key'), serverAccessLogsBucket: new AccessLogBucket(elsewhere, 'Logs') }),
  nag: { ...SHARED_LOGS, 'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Resource': NOT_REPLICATED },
});

describe('WormBucket', () => {
  const locks = (stack: Stack): unknown => {
    const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket', { Metadata: { 'cdk-soc2': { construct: 'WormBucket' } } }));
    return bucket.Properties.ObjectLockConfiguration;
  };
  const years = s3.ObjectLockRetention.compliance(Duration.days(2555));

  test.each([
    ['for 365 days in governance mode', {}, { Mode: 'GOVERNANCE', Days: 365 }],
    ['for another time', { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(30)) }, { Mode: 'GOVERNANCE', Days: 30 }],
    ['in compliance mode on loud request', { objectLockDefaultRetention: years, complianceModeCannotBeUndone: true }, { Mode: 'COMPLIANCE', Days: 2555 }],
    ['in governance mode whatever was said of compliance mode', { complianceModeCannotBeUndone: true }, { Mode: 'GOVERNANCE', Days: 365 }],
  ])('locks every new object %s', (_, props, expected) => {
    const stack = new Stack(appWith(), 'S');
    new WormBucket(stack, 'X', props);
    expect(locks(stack)).toEqual({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: expected } });
  });

  test.each([
    ['compliance mode', { objectLockDefaultRetention: years }, 'compliance mode cannot be undone by anybody until the retention is over; use ObjectLockRetention.governance(), or say complianceModeCannotBeUndone: true'],
    ['compliance mode that was thought over and declined', { objectLockDefaultRetention: years, complianceModeCannotBeUndone: false }, 'compliance mode cannot be undone'],
    ['no lock', { objectLockEnabled: false }, 'objectLockEnabled: false leaves nothing locked; leave it out, or use SecureBucket'],
    ['objects that are deleted with it', { autoDeleteObjects: true }, 'autoDeleteObjects cannot empty a bucket with object lock; leave it out'],
    ['no versions', { versioned: false }, 'object lock works on versions; leave out versioned: false'],
  ])('fails with %s', (_, props, message) => {
    expect(() => new WormBucket(new Stack(appWith(), 'S'), 'X', props)).toThrow(`WormBucket at S/X: ${message}`);
  });

  test('takes no access logs, which S3 does not deliver to it', () => {
    const stack = new Stack(appWith(), 'S');
    expect(() => new WormBucket(stack, 'X', { serverAccessLogsBucket: new WormBucket(stack, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED, optOuts: SSE_S3 }) }))
      .toThrow('WormBucket at S/X: S3 does not deliver access logs to S/Logs, which locks objects by default');
    expect(() => new SecureBucket(stack, 'Y', { serverAccessLogsBucket: new WormBucket(stack, 'More') })).toThrow('SecureBucket at S/Y: S3 does not deliver access logs');
  });
});
