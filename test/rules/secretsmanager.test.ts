import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/secretsmanager';

const secret = (properties?: object): Case => ({ Subject: { Type: 'AWS::SecretsManager::Secret', Properties: properties } });
const schedule = (more: object, of: unknown = { Ref: 'Subject' }) => ({ Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: of, ...more } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };

verdicts(rules.customerKey, {
  pass: {
    'a key of the template': { ...secret({ KmsKeyId: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key' } },
    'a key by its ARN': secret({ KmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/1' }),
  },
  fail: { absent: secret(), empty: secret({ KmsKeyId: '' }) },
  unknown: { 'a parameter': { ...secret({ KmsKeyId: P }), ...param } },
  trap: {
    'the AWS managed key by its alias': fail(secret({ KmsKeyId: 'alias/aws/secretsmanager' })),
    'all properties in a branch': fail({ Subject: { Type: 'AWS::SecretsManager::Secret', Properties: { 'Fn::If': ['IsProd', { KmsKeyId: 'alias/mine' }, {}] } }, ...isProd }, { message: /IsProd is false/ }),
  },
});

const monthly = { RotationRules: { AutomaticallyAfterDays: 30 } };
const attachment = { Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'Subject' } } } };

verdicts(rules.rotation, {
  pass: { 'by days': { ...secret(), Schedule: schedule(monthly) }, 'by a schedule': { ...secret(), Schedule: schedule({ RotationRules: { ScheduleExpression: 'rate(10 days)' } }) } },
  fail: { 'no schedule': secret(), 'a schedule without rules': { ...secret(), Schedule: schedule({}) } },
  unknown: { 'a macro completes the schedule': { ...secret(), Schedule: schedule({ RotationRules: { 'Fn::Transform': { Name: 'Rules' } } }) } },
  trap: {
    'on the attachment to a database, as CDK has it': pass({ ...secret(), ...attachment, Schedule: schedule(monthly, { Ref: 'Attachment' }) }),
    'another secret is rotated': fail({ ...secret(), Other: { Type: 'AWS::SecretsManager::Secret' }, Schedule: schedule(monthly, { Ref: 'Other' }) }),
    'the schedule exists in one branch only': fail({ ...secret(), ...isProd, Schedule: { ...schedule(monthly), Condition: 'IsProd' } }, { message: /IsProd is false/ }),
    'by its name': pass({ ...secret({ Name: 'db' }), Schedule: schedule(monthly, 'db') }),
  },
});

const only = (properties: object): Case => ({ Subject: schedule(properties, 'db') });

verdicts(rules.rotationInterval, {
  pass: { 'thirty days': only(monthly), 'a rate': only({ RotationRules: { ScheduleExpression: 'rate(90 days)' } }), 'hours': only({ RotationRules: { ScheduleExpression: 'rate(4 hours)' } }) },
  fail: { 'half a year': only({ RotationRules: { AutomaticallyAfterDays: 180 } }), 'a long rate': only({ RotationRules: { ScheduleExpression: 'rate(91 days)' } }), 'none': only({}) },
  unknown: { 'a cron schedule': only({ RotationRules: { ScheduleExpression: 'cron(0 0 1 * ? *)' } }), 'a parameter': { ...only({ RotationRules: { AutomaticallyAfterDays: P } }), ...param } },
  trap: { 'days as text': fail(only({ RotationRules: { AutomaticallyAfterDays: '365' } })), 'many hours': fail(only({ RotationRules: { ScheduleExpression: 'rate(2400 hours)' } })) },
});

verdicts(rules.noPlaintext, {
  pass: { 'a hidden parameter': { ...secret({ SecretString: P }), $Parameters: { P: { Type: 'String', NoEcho: true } } }, 'looked up': secret({ SecretString: '{{resolve:secretsmanager:other}}' }) },
  fail: { 'written': secret({ SecretString: '{"password":"hunter2"}' }), 'a parameter that shows': { ...secret({ SecretString: P }), ...param } },
  unknown: { 'put together of what is known at deployment': { ...secret({ SecretString: { 'Fn::Sub': '{"host":"${Db.Endpoint.Address}"}' } }), Db: { Type: 'AWS::RDS::DBInstance' } } },
  notApplicable: { generated: secret({ GenerateSecretString: { PasswordLength: 32 } }) },
  trap: {
    'a hidden parameter with a default': fail({ ...secret({ SecretString: P }), $Parameters: { P: { Type: 'String', NoEcho: true, Default: 'changeme' } } }),
    'an empty object, to be filled later': pass(secret({ SecretString: '{}' })),
  },
});

const policy = (principal: unknown, more: object = {}): Case => ({
  Subject: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { ResourcePolicy: { Statement: { Effect: 'Allow', Principal: principal, Action: 'secretsmanager:GetSecretValue', Resource: '*' } }, ...more } },
});

verdicts(rules.policyNotPublic, {
  pass: { 'a role': policy({ AWS: 'arn:aws:iam::111111111111:role/reader' }) },
  fail: { everyone: policy('*') },
  unknown: { 'a parameter': { ...policy({ AWS: P }), ...param } },
  trap: { 'everyone, blocked or not': fail(policy({ AWS: ['*'] }, { BlockPublicPolicy: true })), 'the account': pass(policy({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } })) },
});

verdicts(rules.blocksPublicPolicy, {
  pass: { on: policy('*', { BlockPublicPolicy: true }) },
  fail: { off: policy('*', { BlockPublicPolicy: false }) },
  unknown: { 'a parameter': { ...policy('*', { BlockPublicPolicy: P }), ...param }, 'absent': policy('*') },
  trap: { 'off as text': fail(policy('*', { BlockPublicPolicy: 'false' })), 'on as text': pass(policy('*', { BlockPublicPolicy: 'True' })) },
});
