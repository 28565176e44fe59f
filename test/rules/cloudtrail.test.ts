import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_ACCOUNT, OTHER_REGION } from './environment-verdicts';
import { Case, fail, pass, unknown, verdicts } from './verdicts';
import {
  bucketProtected, cloudWatchLogs, customerKey, eventDataStore, eventDataStoreKey, insights, isLogging, lambdaDataEvents, logFileValidation, managementEvents,
  multiRegion, multiRegionTrailExists, notifies, organizationTrail, s3DataEvents,
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
const of = (type: string, ...ReadWriteTypes: unknown[]) => trail({
  EventSelectors: ReadWriteTypes.map((ReadWriteType) => ({ ReadWriteType, DataResources: [{ Type: type, Values: ['arn:aws:s3:::'] }] })),
});
const category = (eventCategory: string, ...fields: object[]) => ({ FieldSelectors: [{ Field: 'eventCategory', Equals: [eventCategory] }, ...fields] });
const kind = (readOnly: unknown) => ({ Field: 'readOnly', Equals: [readOnly] });
const dataEvents = (type: string, otherType: string) => {
  const resources = { Field: 'resources.type', Equals: [type] };
  return {
    pass: {
      'by a basic selector': basic(type),
      'by an advanced one': advanced(type),
      'all of them': of(type, 'All'),
      'reads by one, writes by another': of(type, 'ReadOnly', 'WriteOnly'),
      'by two advanced ones': trail({ AdvancedEventSelectors: [category('Data', resources, kind('true')), category('Data', resources, kind('false'))] }),
      'of some buckets': trail({ AdvancedEventSelectors: [category('Data', resources, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::one/'] })] }),
    },
    fail: {
      'none': trail(),
      'an empty list': trail({ EventSelectors: [] }),
      'of another type': basic(otherType),
      'of another type, advanced': advanced(otherType),
      'reads only': of(type, 'ReadOnly'),
      'writes only': of(type, 'WriteOnly'),
      'reads only, advanced': trail({ AdvancedEventSelectors: [category('Data', resources, kind('true'))] }),
      'writes only, advanced': trail({ AdvancedEventSelectors: [category('Data', resources, kind('false'))] }),
    },
    unknown: { 'the type by parameter': basic(P), 'selectors by parameter': trail({ EventSelectors: P }), 'reads or writes by parameter': of(type, P) },
    trap: {
      'of no resource': fail(basic(type, [])),
      'in one branch': fail(advanced(ifProd(type, otherType)), { message: /IsProd is false/ }),
      'another category': fail(advanced(type, 'NetworkActivity')),
      'advanced selectors replace basic ones': fail(trail({ EventSelectors: [{ DataResources: [{ Type: type, Values: ['arn'] }] }], AdvancedEventSelectors: [category('Management')] })),
    },
  };
};
verdicts(s3DataEvents, dataEvents('AWS::S3::Object', 'AWS::Lambda::Function'));
verdicts(lambdaDataEvents, dataEvents('AWS::Lambda::Function', 'AWS::S3::Object'));
verdicts(insights, presence(trail, 'InsightSelectors', {
  value: [{ InsightType: 'ApiCallRateInsight' }],
  pass: { 'of a store': store({ InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' }] }) },
  fail: { 'a store without': store(), 'a store of management events without': store({ AdvancedEventSelectors: [category('Management')] }),
    'a store of writing alone': store({ AdvancedEventSelectors: [category('Management', kind('false'))] }), 'a store of reading alone': store({ AdvancedEventSelectors: [category('Management', kind('true'))] }),
  },
  notApplicable: { 'a store of configuration items': store({ AdvancedEventSelectors: [category('ConfigurationItem')] }), 'a trail of data events': advanced('AWS::S3::Object') },
}));

const another = (EventSelectors?: unknown): Case => ({ Another: { Type: 'AWS::CloudTrail::Trail', Properties: { EventSelectors } } });
const managing = (...EventSelectors: unknown[]) => trail({ EventSelectors });
verdicts(managementEvents, {
  pass: {
    'no selectors': trail(),
    'stated': managing({ IncludeManagementEvents: 'true', ReadWriteType: 'All' }),
    'beside data events': basic('AWS::S3::Object'),
    'an empty list, as CDK writes it': managing(),
    'an empty list of advanced ones': trail({ AdvancedEventSelectors: [] }),
    'advanced': trail({ AdvancedEventSelectors: [category('Data'), category('Management', { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] })] }),
    'reads by one, writes by another': managing({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }),
    'reads by one, writes by another, advanced': trail({ AdvancedEventSelectors: [category('Management', kind('true')), category('Management', kind('false'))] }),
  },
  fail: {
    'left out': managing({ IncludeManagementEvents: false }),
    'writes only': managing({ ReadWriteType: 'WriteOnly' }),
    'reads only': managing({ ReadWriteType: 'ReadOnly' }),
    'no advanced selector for them': advanced('AWS::S3::Object'),
    'writes only, advanced': trail({ AdvancedEventSelectors: [category('Management', kind('false'))] }),
    'reads only, advanced': trail({ AdvancedEventSelectors: [category('Management', kind('true'))] }),
  },
  unknown: { 'by parameter': managing({ IncludeManagementEvents: P }), 'selectors by macro': trail({ EventSelectors: MACRO }), 'the category by parameter': trail({ AdvancedEventSelectors: [category(P as unknown as string)] }) },
  notApplicable: { 'another trail records them': trail({ EventSelectors: [{ IncludeManagementEvents: false }] }, another()) },
  trap: {
    'in one branch': fail(managing({ IncludeManagementEvents: ifProd(true, false) }), { message: /IsProd is false/ }),
    'reads by one that leaves them out': fail(managing({ ReadWriteType: 'WriteOnly' }, { ReadWriteType: 'ReadOnly', IncludeManagementEvents: 'false' })),
    'no other trail does either': fail(trail({ EventSelectors: [{ IncludeManagementEvents: false }] }, another([{ IncludeManagementEvents: false }]))),
    'not stated, where it must be': fail(trail(), { options: { requireExplicit: true } }),
    'this one records them too': pass(trail({}, another())),
    'another does in production only': fail(trail({ EventSelectors: [{ IncludeManagementEvents: false }] }, { Another: { Type: 'AWS::CloudTrail::Trail', Condition: 'IsProd' } }), { message: /IsProd is false/ }),
  },
});

const good = { IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true };
environmentVerdicts(multiRegionTrailExists, {
  pass: { 'one': trail(good), 'in another Region': deployed({ [HERE]: {}, [OTHER_REGION]: trail(good) }), 'one of two': trail(good, another()) },
  fail: Object.fromEntries(Object.keys(good).flatMap((name) => [[`${name} is absent`, trail({ ...good, [name]: undefined })], [`${name} is false`, trail({ ...good, [name]: false })]])),
  unknown: {
    'by parameter': trail({ ...good, IsMultiRegionTrail: P }),
    'selectors by parameter': trail({ ...good, EventSelectors: P }),
    'a trail of data events': trail({ ...good, EventSelectors: [{ IncludeManagementEvents: false }] }),
    'a store': store({ MultiRegionEnabled: true }),
  },
  trap: {
    'each by another trail': fail(trail({ ...good, IsLogging: false }, { Another: { Type: 'AWS::CloudTrail::Trail', Properties: { ...good, IsMultiRegionTrail: false } } })),
    'in one branch': fail(trail({ ...good, IsLogging: ifProd(true, false) }), { message: /IsProd is false/ }),
    'in another account': unknown(deployed({ [HERE]: {}, [OTHER_ACCOUNT]: trail(good) })),
    'beside one of data events that is off': pass(trail(good, { Another: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: false, EventSelectors: [{ IncludeManagementEvents: false }] } } })),
    'a trail of data events, though it is required': fail(
      trail({ ...good, EventSelectors: [{ IncludeManagementEvents: false }] }), { options: { required: new Set(['CloudTrail.MultiRegionTrailExists']) }, message: /^it is required/ },
    ),
  },
});
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
    'by name': withBucket({ BucketName: 'trail', PublicAccessBlockConfiguration: blocks, ...logged }, 'trail'),
  },
  fail: {
    'no access log': withBucket({ PublicAccessBlockConfiguration: blocks }),
    'no block': withBucket(logged),
    'one block is left out': withBucket({ ...logged, PublicAccessBlockConfiguration: { ...blocks, IgnorePublicAcls: undefined } }),
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
