import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/codebuild';

const project = (properties?: object): Case => ({ Subject: { Type: 'AWS::CodeBuild::Project', Properties: properties } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const artifacts = (more: object = {}) => project({ Artifacts: { Type: 'S3', ...more } });

verdicts(rules.artifactEncryption, {
  pass: { 'absent': artifacts(), 'on': artifacts({ EncryptionDisabled: false }), 'by a pipeline': project({ Artifacts: { Type: 'CODEPIPELINE' } }) },
  fail: { off: artifacts({ EncryptionDisabled: true }), text: artifacts({ EncryptionDisabled: 'true' }) },
  unknown: { 'a parameter': { ...artifacts({ EncryptionDisabled: P }), ...param } },
  notApplicable: { 'no artifacts': project({ Artifacts: { Type: 'NO_ARTIFACTS', EncryptionDisabled: true } }) },
  trap: { 'the second artifact': fail(project({ Artifacts: { Type: 'NO_ARTIFACTS' }, SecondaryArtifacts: [{ Type: 'S3', ArtifactIdentifier: 'a', EncryptionDisabled: true }] })) },
});

verdicts(rules.customerKey, {
  pass: { 'a key': project({ EncryptionKey: 'arn:aws:kms:us-east-1:111111111111:key/1' }), 'a key of the template': { ...project({ EncryptionKey: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { absent: project() },
  unknown: { 'a macro decides': project({ EncryptionKey: { 'Fn::Transform': { Name: 'Key' } } }), 'which key is known at deployment': { ...project({ EncryptionKey: P }), ...param } },
  trap: { 'the key that AWS manages': fail(project({ EncryptionKey: 'arn:aws:kms:us-east-1:111111111111:alias/aws/s3' })), 'empty': fail(project({ EncryptionKey: '' })), 'no value': fail(project({ EncryptionKey: { Ref: 'AWS::NoValue' } })) },
});

const logs = (more: object) => project({ LogsConfig: more });

verdicts(rules.logging, {
  pass: { 'to CloudWatch': logs({ CloudWatchLogs: { Status: 'ENABLED' } }), 'to S3': logs({ CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'ENABLED' } }) },
  fail: { off: logs({ CloudWatchLogs: { Status: 'DISABLED' } }), both: logs({ CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'DISABLED' } }) },
  unknown: { 'a parameter': { ...logs({ CloudWatchLogs: { Status: P } }), ...param } },
  trap: { 'absent: to CloudWatch': pass(project()), 'S3 alone is off': pass(logs({ S3Logs: { Status: 'DISABLED' } })) },
});

verdicts(rules.logEncryption, {
  pass: { absent: logs({ S3Logs: { Status: 'ENABLED', Location: 'b' } }) },
  fail: { off: logs({ S3Logs: { Status: 'ENABLED', EncryptionDisabled: true } }) },
  unknown: { 'a parameter': { ...logs({ S3Logs: { Status: 'ENABLED', EncryptionDisabled: P } }), ...param } },
  notApplicable: { 'no logs to S3': project() },
  trap: { 'logs to S3 are off': notApplicable(logs({ S3Logs: { Status: 'DISABLED', EncryptionDisabled: true } })), 'as text': fail(logs({ S3Logs: { Status: 'ENABLED', EncryptionDisabled: 'true' } })) },
});

const reports = (more: object, type = 'S3'): Case => ({ Subject: { Type: 'AWS::CodeBuild::ReportGroup', Properties: { Type: 'TEST', ExportConfig: { ExportConfigType: type, S3Destination: { Bucket: 'b', ...more } } } } });

verdicts(rules.reportEncryption, {
  pass: { absent: reports({}), on: reports({ EncryptionDisabled: false }) },
  fail: { off: reports({ EncryptionDisabled: true }) },
  unknown: { 'a parameter': { ...reports({ EncryptionDisabled: P }), ...param } },
  notApplicable: { 'nothing is exported': reports({ EncryptionDisabled: true }, 'NO_EXPORT') },
  trap: { 'as text': fail(reports({ EncryptionDisabled: 'True' })) },
});

const variables = (...list: object[]) => project({ Environment: { EnvironmentVariables: list } });

verdicts(rules.noPlaintextSecrets, {
  pass: { 'a setting': variables({ Name: 'STAGE', Value: 'prod' }), 'looked up': variables({ Name: 'DB_PASSWORD', Type: 'SECRETS_MANAGER', Value: 'db:password' }) },
  fail: { 'an AWS key': variables({ Name: 'AWS_ACCESS_KEY_ID', Type: 'PLAINTEXT', Value: 'AKIA' }), 'a password': variables({ Name: 'DB_PASSWORD', Type: 'PLAINTEXT', Value: 'hunter2' }) },
  unknown: { 'the type is a parameter': { ...variables({ Name: 'AWS_SECRET_ACCESS_KEY', Type: P, Value: 'x' }), ...param } },
  notApplicable: { 'no variables': project() },
  trap: {
    'an access key under another name': fail(variables({ Name: 'DEPLOYER', Value: 'AKIAABCDEFGHIJKLMNOP' })),
    'the type is left out: plain text': fail(variables({ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'x' })),
    'a password in a parameter that shows': fail({ ...variables({ Name: 'DB_PASSWORD', Value: P }), ...param }),
    'the name of a secret': pass(variables({ Name: 'PASSWORD_SECRET_NAME', Value: 'prod/db' })),
    'an AWS key looked up': pass(variables({ Name: 'AWS_ACCESS_KEY_ID', Type: 'PARAMETER_STORE', Value: '/ci/key' })),
  },
});

const source = (location: unknown, type = 'GITHUB') => project({ Source: { Type: type, Location: location } });

verdicts(rules.sourceNoCredentials, {
  pass: { 'a plain URL': source('https://github.com/o/r.git'), 'a bucket': source('bucket/source.zip', 'S3') },
  fail: { 'a token': source('https://token@github.com/o/r.git'), 'user and password': source('https://user:password@bitbucket.org/o/r.git', 'BITBUCKET') },
  unknown: { 'a parameter': { ...source(P), ...param } },
  notApplicable: { 'of a pipeline': project({ Source: { Type: 'CODEPIPELINE' } }) },
  trap: {
    'a second source': fail(project({ Source: { Type: 'NO_SOURCE' }, SecondarySources: [{ Type: 'GITHUB', Location: 'https://token@github.com/o/r.git' }] })),
    'Bitbucket\'s own URLs begin with the user': pass(source('https://user@bitbucket.org/o/r.git', 'BITBUCKET')),
    'an @ in the path': pass(source('https://github.com/o/r@v1.git')),
    'around a parameter': fail({ ...source({ 'Fn::Sub': 'https://user:password@github.com/${P}/r.git' }), ...param }),
    'a parameter before the host': fail({ ...source({ 'Fn::Join': ['', ['https://', P, '@github.com/o/r.git']] }), ...param }),
    'an owner by parameter': pass({ ...source({ 'Fn::Sub': 'https://github.com/${P}/r.git' }), ...param }),
    'a bucket of the template': pass({ ...source({ 'Fn::Sub': '${Bucket}/source.zip' }, 'S3'), Bucket: { Type: 'AWS::S3::Bucket' } }),
  },
});

verdicts(rules.notPrivileged, {
  pass: { off: project({ Environment: { PrivilegedMode: false } }) },
  fail: { on: project({ Environment: { PrivilegedMode: true } }) },
  unknown: { 'a parameter': { ...project({ Environment: { PrivilegedMode: P } }), ...param } },
  trap: { 'absent: off': pass(project()), 'as text': fail(project({ Environment: { PrivilegedMode: 'true' } })) },
});

verdicts(rules.notPublic, {
  pass: { private: project({ Visibility: 'PRIVATE' }) },
  fail: { public: project({ Visibility: 'PUBLIC_READ' }) },
  unknown: { 'a parameter': { ...project({ Visibility: P }), ...param } },
  trap: { 'absent: private': pass(project()), 'a parameter with a default': fail({ ...project({ Visibility: P }), $Parameters: { P: { Type: 'String', Default: 'PUBLIC_READ' } } }) },
});

const hook = (groups: unknown, more: object = {}) => project({ Triggers: { Webhook: true, FilterGroups: groups, ...more } });
const event = (pattern: unknown) => ({ Type: 'EVENT', Pattern: pattern });
const actor = { Type: 'ACTOR_ACCOUNT_ID', Pattern: '12345' };

verdicts(rules.webhookFiltered, {
  pass: { 'pushes': hook([[event('PUSH')]]), 'pull requests of named actors': hook([[event('PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED'), actor]]) },
  fail: { 'all events': hook(undefined), 'pull requests of anybody': hook([[event('PUSH, PULL_REQUEST_CREATED')]]) },
  unknown: { 'a parameter': { ...hook([[event(P)]]), ...param } },
  notApplicable: { 'no webhook': project(), 'off': project({ Triggers: { Webhook: false } }) },
  trap: {
    'one group of two': fail(hook([[event('PULL_REQUEST_CREATED'), actor], [event('PULL_REQUEST_UPDATED')]])),
    'all actors but one': fail(hook([[event('PULL_REQUEST_CREATED'), { ...actor, ExcludeMatchedPattern: 'true' }]])),
    'closed ones were never reviewed': fail(hook([[event('PULL_REQUEST_CLOSED')]])),
    'merged ones have been reviewed': pass(hook([[event('PULL_REQUEST_MERGED')]])),
    'a comment approves': pass(hook([[event('PULL_REQUEST_CREATED')]], { PullRequestBuildPolicy: { RequiresCommentApproval: 'FORK_PULL_REQUESTS' } })),
    'a branch as the target says nothing of the author': fail(hook([[event('PULL_REQUEST_CREATED'), { Type: 'BASE_REF', Pattern: 'main' }]])),
  },
});

const image = (name: unknown) => project({ Environment: { Image: name } });

verdicts(rules.managedImage, {
  pass: { 'of CodeBuild': image('aws/codebuild/standard:7.0'), 'of the account': image('111111111111.dkr.ecr.us-east-1.amazonaws.com/ci:1') },
  fail: { 'of Docker Hub': image('node:20') },
  unknown: { 'a parameter': { ...image(P), ...param } },
  trap: { 'of the account, put together': pass(image({ 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/ci:1' })), 'of the public gallery': fail(image('public.ecr.aws/docker/library/node:20')) },
});
