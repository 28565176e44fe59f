import { MACRO, P } from './cases';
import { Case, fail, modelOf, notApplicable, pass, suites, unknown, verdicts } from './verdicts';
import { allRules, Rule } from '../../src/rules';
import * as rules from '../../src/rules/data-classification';
import { Resource } from '../../src/template/model';

const param = { $Parameters: { P: { Type: 'String' } } };
const tags = (value: unknown, key = 'soc2:data') => ({ Tags: [{ Key: 'team', Value: 'personal' }, { Key: key, Value: value }] });
const store = (Type: string, dataClass: unknown, properties: object = {}, others: Case = {}): Case => ({ Subject: { Type, Properties: { ...tags(dataClass), ...properties } }, ...param, ...others });
const bucket = (dataClass: unknown, properties: object = {}, others: Case = {}) => store('AWS::S3::Bucket', dataClass, properties, others);
const plain = (Type: string, properties: object = {}): Case => ({ Subject: { Type, Properties: properties } });
const key = { Key: { Type: 'AWS::KMS::Key', Properties: {} } };
const sse = (SSEAlgorithm: string, KMSMasterKeyID?: unknown) => ({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] } });

verdicts(rules.classified, {
  pass: { 'a tag': bucket('internal'), 'in any case': bucket('Personal'), 'a map of tags': store('AWS::MSK::Cluster', 'public', { Tags: { 'soc2:data': 'public' } }) },
  fail: { 'no tags': plain('AWS::S3::Bucket'), 'another tag': plain('AWS::S3::Bucket', tags('internal', 'data')) },
  unknown: { 'a parameter': bucket(P), 'a macro writes the tags': plain('AWS::S3::Bucket', { Tags: MACRO }) },
  trap: {
    'a class that does not exist': fail(bucket('secret'), { message: /"secret" is no data class/ }),
    'in the metadata only': pass({ Subject: { Type: 'AWS::S3::Bucket', Metadata: { 'soc2:data': 'confidential' } } }),
    'the tags of EFS are called otherwise': pass(plain('AWS::EFS::FileSystem', { FileSystemTags: [{ Key: 'soc2:data', Value: 'internal' }] })),
  },
});

verdicts(rules.customerKey, {
  pass: { 'confidential, own key': bucket('confidential', sse('aws:kms', { Ref: 'Key' }), key), 'personal, own key': store('AWS::SQS::Queue', 'personal', { KmsMasterKeyId: { Ref: 'Key' } }, key) },
  fail: { 'confidential, the keys of S3': bucket('confidential', sse('AES256')), 'personal, nothing said': store('AWS::DynamoDB::Table', 'personal') },
  unknown: { 'the class is a parameter': bucket(P, sse('AES256')), 'the key is a parameter': bucket('personal', sse('aws:kms', P)) },
  notApplicable: { 'public': bucket('public'), 'internal': bucket('internal'), 'not classified': plain('AWS::S3::Bucket') },
  trap: {
    'the class is a parameter, the key is one\'s own': pass(bucket(P, sse('aws:kms', { Ref: 'Key' }), key)),
    'the AWS managed key': fail(bucket('confidential', sse('aws:kms', 'alias/aws/s3'))),
    'the tag counts before the metadata': notApplicable({ Subject: { Type: 'AWS::S3::Bucket', Properties: tags('internal'), Metadata: { 'soc2:data': 'personal' } } }),
    'the metadata counts where there is no tag': fail({ Subject: { Type: 'AWS::S3::Bucket', Metadata: { 'soc2:data': 'personal' } } }),
  },
});

verdicts(rules.disposed, {
  pass: { 'objects expire': bucket('personal', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365 }] } }), 'items expire': store('AWS::DynamoDB::Table', 'confidential', { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }) },
  fail: { 'objects stay': bucket('personal'), 'logs stay': store('AWS::Logs::LogGroup', 'confidential') },
  unknown: { 'a parameter': bucket('personal', { LifecycleConfiguration: { Rules: [{ Status: P, ExpirationInDays: 365 }] } }) },
  notApplicable: { internal: bucket('internal') },
  trap: { 'old versions expire, current ones stay': fail(bucket('personal', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpirationInDays: 30 }] } })) },
});

const trail = (...types: string[]) => ({ Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { EventSelectors: [{ DataResources: types.map((Type) => ({ Type, Values: ['arn:aws:x'] })) }] } } });

verdicts(rules.logged, {
  pass: { 'a bucket that logs': bucket('confidential', { LoggingConfiguration: { DestinationBucketName: 'logs' } }), 'a table whose events a trail records': store('AWS::DynamoDB::Table', 'personal', {}, trail('AWS::DynamoDB::Table')) },
  fail: { 'a database that exports nothing': store('AWS::RDS::DBInstance', 'personal', { Engine: 'postgres' }), 'a table, and a trail for others': store('AWS::DynamoDB::Table', 'personal', {}, trail('AWS::Lambda::Function')) },
  unknown: { 'a table, and no trail here': store('AWS::DynamoDB::Table', 'personal'), 'a bucket, and no trail here': bucket('confidential') },
  notApplicable: { public: bucket('public') },
  trap: {
    'a bucket that does not log, and a trail that does': pass(bucket('confidential', {}, trail('AWS::S3::Object'))),
    'a trail of a region where it is not made': unknown(store('AWS::DynamoDB::Table', 'personal', {}, {
      $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } }, Trail: { ...trail('AWS::DynamoDB::Table').Trail, Condition: 'IsProd' },
    }), { message: /when IsProd is false/ }),
  },
});

const policyOf = (statement: object) => ({ Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Subject' }, PolicyDocument: { Statement: { Action: 's3:GetObject', Resource: '*', ...statement } } } } });

verdicts(rules.noCrossAccount, {
  pass: {
    'no policy': bucket('confidential'), 'a service': bucket('confidential', {}, policyOf({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } })),
    'the account itself': bucket('confidential', {}, policyOf({ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } })),
  },
  fail: {
    'another account': bucket('confidential', {}, policyOf({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' } })),
    'everyone': bucket('personal', {}, policyOf({ Effect: 'Allow', Principal: '*' })),
  },
  unknown: { 'a parameter': bucket('personal', {}, policyOf({ Effect: 'Allow', Principal: { AWS: P } })) },
  notApplicable: { internal: bucket('internal', {}, policyOf({ Effect: 'Allow', Principal: { AWS: '222222222222' } })) },
  trap: {
    'another account is denied': pass(bucket('personal', {}, policyOf({ Effect: 'Deny', Principal: { AWS: '222222222222' } }))),
    'everyone within the network': pass(bucket('personal', {}, policyOf({ Effect: 'Allow', Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }))),
    'the policy stands in the table': fail(store('AWS::DynamoDB::Table', 'personal', { ResourcePolicy: { PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: '*' } } } })),
    'the policy of another bucket': pass(bucket('personal', {}, { Other: { Type: 'AWS::S3::Bucket' }, Policy: { ...policyOf({ Effect: 'Allow', Principal: '*' }).Policy, Properties: { ...policyOf({ Effect: 'Allow', Principal: '*' }).Policy.Properties, Bucket: { Ref: 'Other' } } } })),
  },
});

verdicts(rules.masked, {
  pass: { 'a log group that masks': store('AWS::Logs::LogGroup', 'personal', { DataProtectionPolicy: { Name: 'p' } }), 'a topic that masks': store('AWS::SNS::Topic', 'confidential', { DataProtectionPolicy: { Name: 'p' } }) },
  fail: { 'a log group that does not': store('AWS::Logs::LogGroup', 'personal') },
  unknown: { 'a macro decides': store('AWS::Logs::LogGroup', 'personal', { DataProtectionPolicy: MACRO }) },
  notApplicable: { internal: store('AWS::Logs::LogGroup', 'internal') },
  trap: { 'the account masks all groups': pass(store('AWS::Logs::LogGroup', 'personal', {}, { Policy: { Type: 'AWS::Logs::AccountPolicy', Properties: { PolicyType: 'DATA_PROTECTION_POLICY', PolicyDocument: '{}' } } })) },
});

test('every type that a rule asks more of can be classified, and no other rule is asked of a type that it does not know', () => {
  const known = new Set(allRules().filter(({ id }) => !id.startsWith('Data.')).flatMap(({ resourceTypes }) => resourceTypes));
  for (const rule of [rules.customerKey, rules.disposed, rules.logged, rules.noCrossAccount, rules.masked]) expect(rule.resourceTypes.filter((type) => !known.has(type))).toEqual([]);
});

describe('the population of the rules about sensitive data', () => {
  const asked = [rules.customerKey, rules.disposed, rules.logged, rules.noCrossAccount, rules.masked];

  test('leaves out only what the rule has nothing to say of', () => {
    for (const rule of asked) {
      for (const { name, verdict, resource } of subjectsOf(rule)) {
        if (!rule.concerns!(resource)) expect({ name, verdict }).toEqual({ name, verdict: 'not-applicable' });
      }
    }
  });

  test.each<[boolean, string, object]>([
    [true, 'a tag', { Properties: tags('personal') }], [true, 'the metadata', { Metadata: { 'soc2:data': 'personal' } }],
    [true, 'a map of tags', { Properties: { Tags: { 'soc2:data': 'personal' } } }], [true, 'a tag in one branch', { Properties: { Tags: [{ 'Fn::If': ['C', tags('personal').Tags[1], { Ref: 'AWS::NoValue' }] }] } }],
    [true, 'tags by a macro', { Properties: { Tags: MACRO } }], [true, 'tags by parameter', { Properties: { Tags: P } }], [true, 'a key by parameter', { Properties: { Tags: [{ Key: P, Value: 'personal' }] } }],
    [true, 'a replica\'s tag', { Properties: { Replicas: [{ Region: 'eu-west-1', ...tags('personal') }] } }], [true, 'properties by a macro', { Properties: MACRO }],
    [true, 'a macro beside the properties', { 'Fn::Transform': { Name: 'M' } }], [true, 'tags under another name', { Properties: { FileSystemTags: tags('personal').Tags } }],
    [false, 'no tags', { Properties: {} }], [false, 'no properties', {}], [false, 'another tag, by reference', { Properties: { Tags: [{ Key: 'owner', Value: { Ref: 'Team' } }] } }],
    [false, 'a value that is spelled like the key', { Properties: { Tags: [{ Key: 'owner', Value: 'soc2:data' }] } }],
  ])('%s: %s', (concerned, _name, resource) => {
    const [template] = modelOf({ Subject: { Type: 'AWS::S3::Bucket', ...resource } }).templates;
    expect(rules.customerKey.concerns!(template.resources.get('Subject')!)).toBe(concerned);
  });
});

function subjectsOf(rule: Rule) {
  return suites.get(rule)!.map(({ name, run }) => {
    let resource: Resource | undefined;
    const { verdict } = run({ ...rule, check: (reader, model) => {
      resource = reader.resource;
      return rule.check(reader, model);
    } });
    return { name, verdict, resource: resource! };
  });
}
