import { P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { owner } from '../../src/rules/tags';

const bucket = subject('AWS::S3::Bucket');
const lambda = subject('AWS::Serverless::Function');
const tagged = (Key: unknown, Value: unknown = 'payments') => bucket({ Tags: [{ Key: 'stage', Value: 'prod' }, { Key, Value }] });

verdicts(owner, {
  pass: {
    'an owner': tagged('owner'),
    'a team': tagged('Team'),
    'with a prefix': tagged('acme:service-owner'),
    'an owner that deployment names': tagged('Owner', P),
    'in a map': lambda({ Tags: { 'data_owner': 'payments', 'stage': 'prod' } }),
    'of a file system': subject('AWS::EFS::FileSystem')({ FileSystemTags: [{ Key: 'contact', Value: 'a@example.com' }] }),
    'of a user pool': subject('AWS::Cognito::UserPool')({ UserPoolTags: { owner: 'identity' } }),
    'of a global table': subject('AWS::DynamoDB::GlobalTable')({ Replicas: [{ Region: 'eu-west-1', Tags: [{ Key: 'OwnerEmail', Value: 'a@example.com' }] }] }),
  },
  fail: { 'no tags': bucket(), 'other tags': tagged('project'), 'other tags in a map': lambda({ Tags: { stage: 'prod' } }), 'an empty owner': tagged('owner', '') },
  unknown: { 'some key': tagged(P), 'some tags': bucket({ Tags: P }) },
  trap: {
    'a word with the same end': fail(tagged('homeowner-policy')),
    'a value is no key': fail(tagged('purpose', 'owner')),
    'tags of the wrong property': fail(subject('AWS::Cognito::UserPool')({ Tags: [{ Key: 'owner', Value: 'x' }] })),
    'a macro completes the map': unknown(lambda({ Tags: { 'stage': 'prod', 'Fn::Transform': { Name: 'Tags' } } })),
    'the team that owns it': pass(tagged('owning-team')),
  },
});
