import { ifProd, P, presence, setting, subject } from './cases';
import { Case, fail, unknown, verdicts } from './verdicts';
import {
  bucketProtected, cloudWatchLogs, customerKey, eventDataStore, eventDataStoreKey, insights, isLogging, lambdaDataEvents, logFileValidation, multiRegion,
  notifies,
  organizationTrail, s3DataEvents,
} from '../../src/rules/cloudtrail';

const trail = subject('AWS::CloudTrail::Trail', { S3BucketName: 'logs' });
const store = subject('AWS::CloudTrail::EventDataStore');

verdicts(isLogging, setting(trail, 'IsLogging', { good: true, bad: false }));
verdicts(multiRegion, setting(trail, 'IsMultiRegionTrail', {
  good: true,
  bad: false,
  fail: { 'without global services': trail({ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }) },
}));
verdicts(logFileValidation, setting(trail, 'EnableLogFileValidation', { good: true, bad: 'false' }));
verdicts(customerKey, presence(trail, 'KMSKeyId', { trap: { 'the key under the name of others': fail(trail({ KmsKeyId: 'k' })) } }));
verdicts(cloudWatchLogs, presence(trail, 'CloudWatchLogsLogGroupArn'));

const basic = (Type: unknown, Values: unknown = ['arn:aws:s3:::']) => trail({
  EventSelectors: [{ DataResources: [{ Type: 'AWS::DynamoDB::Table', Values: ['arn'] }] }, { DataResources: [{ Type, Values }] }],
});
const advanced = (type: unknown, category = 'Data') => trail({
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: [category] }, { Field: 'resources.type', Equals: [type] }] }],
});
const dataEvents = (type: string, otherType: string) => ({
  pass: { 'by a basic selector': basic(type), 'by an advanced one': advanced(type) },
  fail: { 'none': trail(), 'of another type': basic(otherType), 'of another type, advanced': advanced(otherType) },
  unknown: { 'the type by parameter': basic(P), 'selectors by parameter': trail({ EventSelectors: P }) },
  trap: {
    'of no resource': fail(basic(type, [])),
    'in one branch': fail(advanced(ifProd(type, otherType)), { message: /IsProd is false/ }),
    'another category': fail(advanced(type, 'NetworkActivity')),
  },
});
verdicts(s3DataEvents, dataEvents('AWS::S3::Object', 'AWS::Lambda::Function'));
verdicts(lambdaDataEvents, dataEvents('AWS::Lambda::Function', 'AWS::S3::Object'));
verdicts(insights, presence(trail, 'InsightSelectors', { value: [{ InsightType: 'ApiCallRateInsight' }] }));
verdicts(notifies, presence(trail, 'SnsTopicName'));
verdicts(organizationTrail, setting(trail, 'IsOrganizationTrail', { good: true, bad: false }));

const withBucket = (Properties: object, S3BucketName: unknown = { Ref: 'Bucket' }): Case => trail({
  S3BucketName }, { Bucket: { Type: 'AWS::S3::Bucket', Properties },
});
const blocks = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const logged = { LoggingConfiguration: { DestinationBucketName: 'access' } };
verdicts(bucketProtected, {
  pass: {
    'stated': withBucket({ PublicAccessBlockConfiguration: blocks, ...logged }),
    'blocked by default': withBucket(logged),
    'by name': withBucket({ BucketName: 'trail', ...logged }, 'trail'),
  },
  fail: {
    'no access log': withBucket({ PublicAccessBlockConfiguration: blocks }),
    'one block is off': withBucket({ ...logged, PublicAccessBlockConfiguration: { ...blocks, RestrictPublicBuckets: 'false' } }),
  },
  unknown: {
    'a bucket elsewhere': trail(),
    'a block by parameter': withBucket({ ...logged, PublicAccessBlockConfiguration: { ...blocks, BlockPublicAcls: P } }),
  },
  trap: {
    'the protected bucket is another one': unknown(withBucket({ PublicAccessBlockConfiguration: blocks, ...logged }, 'elsewhere')),
    'off in one branch': fail(
      withBucket({ ...logged, PublicAccessBlockConfiguration: { ...blocks, BlockPublicPolicy: ifProd(true, false) } }), { message: /IsProd is false/ },
    ),
  },
});
verdicts(eventDataStore, setting(store, 'MultiRegionEnabled', {
  good: true,
  bad: false,
  absent: 'pass',
  fail: { 'may be deleted': store({ TerminationProtectionEnabled: 'false' }) },
}));
verdicts(eventDataStoreKey, presence(store, 'KmsKeyId'));
