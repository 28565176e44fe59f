import { ifProd, MACRO, P, subject } from './cases';
import { fail, notApplicable, pass, Table, unknown, verdicts } from './verdicts';
import {
  noAdminAccess, noAssumeAnyRole, noAuditTampering, noBulkRead, noDecryptAll, noFullServiceAccess, noNotAction, noPassRoleWildcard,
  noWildcardResource,
  noWildcards,
} from '../../src/rules/iam-policies';

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const policy = (...statements: unknown[]) => subject('AWS::IAM::Policy')({ PolicyDocument: document(...statements) });
const role = (...statements: unknown[]) => subject('AWS::IAM::Role')(
  {
    Policies: [
      { PolicyName: 'read', PolicyDocument: document(allow('s3:GetObject', 'arn:aws:s3:::data/a')) }, { PolicyName: 'more', PolicyDocument: document(...statements) },
    ],
  },
);
const BUCKET = 'arn:aws:s3:::data/*';
/** An action on all but some resources. */
const elsewhere = (Action: string) => policy({ Effect: 'Allow', Action, NotResource: BUCKET });
const arnOf = (end: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${end}` });

/** What every rule over identity policies must get right, given a statement that it refuses and one that it accepts. */
function everywhere(bad: object, good: object, more: Partial<Table> = {}): Table {
  return {
    pass: {
      'named': policy(good), 'named, in a managed policy': subject('AWS::IAM::ManagedPolicy')({ PolicyDocument: document(good) }),
      'named, in the second inline policy of a role': role(good), 'named, in a group': subject('AWS::IAM::Group')({ Policies: { PolicyName: 'x', PolicyDocument: document(good) } }),
      'named, in a permission set': subject('AWS::SSO::PermissionSet')({ InlinePolicy: document(good) }),
      'named, in a SAM function': subject('AWS::Serverless::Function')({ Policies: [document(good)] }),
      'named, in a statement that is no list': subject('AWS::IAM::Policy')({ PolicyDocument: { Statement: good } }), ...more.pass,
    },
    fail: {
      'in a policy': policy(bad), 'in the second inline policy of a role': role(bad), 'as the second statement': policy(good, bad),
      'in a user\'s policy': subject('AWS::IAM::UserPolicy')({ PolicyDocument: document(bad) }),
      'in a group': subject('AWS::IAM::Group')({ Policies: { PolicyName: 'x', PolicyDocument: document(bad) } }),
      'in a permission set': subject('AWS::SSO::PermissionSet')({ InlinePolicy: document(bad) }),
      'in a SAM function': subject('AWS::Serverless::Function')({
        Policies: ['AWSLambdaBasicExecutionRole', { S3ReadPolicy: { BucketName: 'b' } }, document(bad)],
      }),
      'a statement that is no list': subject('AWS::IAM::Policy')({ PolicyDocument: { Statement: bad } }),
      ...more.fail,
    },
    unknown: {
      'the document by parameter': subject('AWS::IAM::Policy')({ PolicyDocument: P }), 'the effect by parameter': policy({ ...bad, Effect: P }),
      'inline policies by a macro': subject('AWS::IAM::Role')({ Policies: MACRO }), 'one statement is not known': policy(good, P), ...more.unknown,
    },
    notApplicable: { 'a role without inline policies': subject('AWS::IAM::Role')(), ...more.notApplicable },
    trap: {
      'denied': pass(policy({ ...bad, Effect: 'Deny' })),
      'in one branch only': fail(policy(ifProd(good, bad)), { message: /IsProd is false/ }),
      'a SAM function with managed policies only': pass(
        subject('AWS::Serverless::Function')({ Policies: ['AmazonS3ReadOnlyAccess', { Ref: 'Own' }] }, { Own: { Type: 'AWS::IAM::ManagedPolicy' } }),
      ),
      'a SAM function with a policy by parameter': unknown(subject('AWS::Serverless::Function')({ Policies: [P] })),
      ...more.trap,
    },
  };
}

const good = allow('s3:GetObject', BUCKET);

verdicts(noAdminAccess, everywhere(allow('*', '*'), good, {
  fail: {
    'spelled *:*': policy(allow(['s3:GetObject', '*:*'], ['*'])),
    'everything but a resource': policy({ Effect: 'Allow', Action: '*', NotResource: BUCKET }),
    'all of IAM': policy(allow('iam:*', '*')),
    'all but a list that leaves IAM out': policy({ Effect: 'Allow', NotAction: ['s3:*', 'organizations:*'], Resource: '*' }),
  },
  unknown: { 'the resource by parameter': policy(allow('*', P)) },
  trap: {
    'every action on a named resource': pass(policy(allow('*', BUCKET))),
    'a wildcard in a name': pass(policy(allow('s3:*', '*'))),
    'all but IAM': pass(policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
    'all of IAM under a boundary': pass(policy(allow('iam:*', '*', { Condition: { StringEquals: { 'iam:PermissionsBoundary': 'b' } } }))),
    'a part of IAM': pass(policy(allow(['iam:AttachRolePolicy', 'iam:PutUserPolicy'], '*'))),
    'a boundary gives nothing': notApplicable({
      ...subject('AWS::IAM::ManagedPolicy')({ PolicyDocument: document(allow('*', '*')) }),
      Other: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'Subject' } } },
    }),
    'a boundary that is attached gives': fail({
      ...subject('AWS::IAM::ManagedPolicy')({ PolicyDocument: document(allow('*', '*')) }),
      Other: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'Subject' }, ManagedPolicyArns: [{ Ref: 'Subject' }] } },
    }),
    'as JSON text': fail(subject('AWS::SSO::PermissionSet')({ InlinePolicy: JSON.stringify(document(allow('*', '*'))) })),
    'with a condition': fail(policy(allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))),
  },
}));

verdicts(noFullServiceAccess, everywhere(allow('s3:*', BUCKET), good, {
  fail: { 'every action': policy(allow('*', BUCKET)), 'of a service with a dash': policy(allow('application-autoscaling:*', '*')) },
  unknown: { 'the action by parameter': policy(allow(P, BUCKET)) },
  trap: { 'all actions of a kind': pass(policy(allow('s3:Get*', BUCKET))) },
}));

/** A statement of CDK's for ECS, under a condition. */
const conditioned = (Condition: object, Action: unknown = 'ecs:Poll') => policy(allow(Action, '*', { Condition }));
const CLUSTER = 'arn:aws:ecs:eu-west-1:111111111111:cluster/orders';
const ANY_CLUSTER = { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/*' };

verdicts(noWildcardResource, everywhere(allow('rds:CreateDBInstance', '*'), good, {
  pass: { 'actions that have no resource': policy(allow(['ec2:DescribeInstances', 'xray:PutTraceSegments', 'ECR:GetAuthorizationToken'], '*')), 'what log delivery looks through': policy(allow(['logs:CreateLogDelivery', 'logs:DescribeLogGroups'], '*')) },
  fail: {
    'reading of logs': policy(allow('logs:GetLogEvents', '*')),
    'one of several resources': policy(allow('sqs:SendMessage', [BUCKET, '*'])),
    'all but a list of actions': policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'the same, in a role': role({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    'all but some resources': elsewhere('sqs:SendMessage'),
  },
  unknown: { 'the resource by parameter': policy(allow('sqs:SendMessage', P)) },
  trap: {
    'one action that has no resource does not excuse the other': fail(policy(allow(['ec2:DescribeInstances', 'ec2:TerminateInstances'], '*'))),
    'a wildcard below a name': pass(policy(allow('s3:GetObject', 'arn:aws:s3:::data/*'))),
    'a name that only begins like one without resource': fail(policy(allow('kms:ListKeysAndMore', '*'))),
    'bound to a cluster, as CDK does': pass(conditioned({ ArnEquals: { 'ecs:cluster': CLUSTER } })),
    'bound to an access point, as CDK does': pass({
      ...conditioned({ StringEquals: { 'elasticfilesystem:AccessPointArn': { 'Fn::GetAtt': ['Point', 'Arn'] } } }, 'elasticfilesystem:ClientWrite'), Point: { Type: 'AWS::EFS::AccessPoint' },
    }),
    'bound to an ARN that is put together': pass(conditioned({ ArnLike: { 'ecs:cluster': { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/orders' } } })),
    'bound by a tag': pass(conditioned({ StringEquals: { 'aws:ResourceTag/team': 'orders' } }, 'ec2:StopInstances')),
    'bound by a tag of the service': pass(conditioned({ 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy', 'lookup'] } }, 'sts:AssumeRole')),
    'bound by an alias': pass(conditioned({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/orders' } }, 'kms:Decrypt')),
    'bound by a tag of the caller': pass(conditioned({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }, 'ec2:StopInstances')),
    'bound, and something else is asked': pass(conditioned({ ArnEquals: { 'ecs:cluster': CLUSTER }, Bool: { 'aws:SecureTransport': 'true' } })),
    'if there is a tag, and there must be one': pass(conditioned({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'orders' }, Null: { 'aws:ResourceTag/team': 'false' } })),
    'bound to a value known at deployment': unknown(conditioned({ StringEquals: { 'ecs:cluster': P } })),
    'bound in one branch only': fail(conditioned(ifProd({ ArnEquals: { 'ecs:cluster': CLUSTER } }, {}) as object), { message: /IsProd is false/ }),
    'all but one': fail(conditioned({ ArnNotEquals: { 'ecs:cluster': CLUSTER } })),
    'if there is one': fail(conditioned({ ArnEqualsIfExists: { 'ecs:cluster': CLUSTER } })),
    'where all of none are met': fail(conditioned({ 'ForAllValues:StringEquals': { 'aws:ResourceTag/team': 'orders' } })),
    'there is a tag, of whatever value': fail(conditioned({ Null: { 'aws:ResourceTag/team': 'false' } })),
    'a wildcard': fail(conditioned({ StringLike: { 'aws:ResourceTag/team': '*' } })),
    'a wildcard among values': fail(conditioned({ ArnLike: { 'ecs:cluster': [CLUSTER, '*'] } })),
    'every cluster': fail(conditioned({ ArnLike: { 'ecs:cluster': 'arn:aws:ecs:*:*:cluster/*' } })),
    'every cluster of the account': fail(conditioned({ ArnLike: { 'ecs:cluster': ANY_CLUSTER } })),
    'clusters by a prefix': pass(conditioned({ ArnLike: { 'ecs:cluster': 'arn:aws:ecs:*:*:cluster/orders-*' } })),
    'what the request brings along': fail(conditioned({ StringEquals: { 'aws:RequestTag/team': 'orders' } }, 'ec2:CreateTags')),
    'a tag of a request to RDS': fail(conditioned({ StringEquals: { 'rds:req-tag/team': 'orders' } }, 'rds:CreateDBInstance')),
    'by way of a service': fail(conditioned({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, 'kms:Decrypt')),
    'a part of a table': fail(conditioned({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, 'dynamodb:GetItem')),
    'a whole account': fail(conditioned({ StringEquals: { 'aws:ResourceAccount': '111111111111' } }, 's3:GetObject')),
  },
}));

verdicts(noWildcards, everywhere(allow('s3:GetObject', BUCKET), allow('s3:GetObject', 'arn:aws:s3:::data/a'), {
  fail: {
    'in an action': policy(allow('s3:Get*', 'arn:aws:s3:::data/a')),
    'all but a list of actions': policy({ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: 'arn:aws:s3:::data/a' }), 'all but some resources': elsewhere('s3:GetObject'),
    'around a reference': policy(allow('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${P}/*' })),
  },
  trap: { 'a reference holds none': unknown(policy(allow('s3:GetObject', P))) },
}));

verdicts(noPassRoleWildcard, everywhere(allow('iam:PassRole', '*'), allow('iam:PassRole', 'arn:aws:iam::111111111111:role/app'), {
  fail: {
    'by wildcard': policy(allow('iam:Pas*', '*')),
    'in lower case': policy(allow('IAM:passrole', '*')), 'all but some resources': elsewhere('iam:PassRole'),
    'every role of the account': policy(allow('iam:PassRole', arnOf('role/*'))),
    'every role of every account': policy(allow('iam:PassRole', 'arn:aws:iam::*:role/*')),
    'everything': policy(allow('*', '*')), 'all but others': policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
  },
  unknown: { 'the resource by parameter': policy(allow('iam:PassRole', P)) },
  trap: {
    'bound to a service': pass(policy(allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }))),
    'another condition': fail(policy(allow('iam:PassRole', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }))),
    'no role is among buckets': pass(policy(allow('iam:PassRole', 'arn:aws:s3:::*'))),
    'roles by a prefix': pass(policy(allow('iam:PassRole', arnOf('role/app-*')))),
    'all but PassRole': pass(policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
  },
}));

verdicts(noNotAction, everywhere({ Effect: 'Allow', NotAction: 'iam:*', Resource: BUCKET }, good, {
  fail: { 'NotAction': policy({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }), 'NotResource': elsewhere('s3:GetObject') },
}));

verdicts(noAssumeAnyRole, everywhere(allow('sts:AssumeRole', '*'), allow('sts:AssumeRole', 'arn:aws:iam::111111111111:role/app'), {
  fail: { 'all but some resources': elsewhere('sts:AssumeRole'), 'every role by ARN': policy(allow('sts:AssumeRole', 'arn:*:iam::111111111111:role/*')) },
  trap: {
    'by a tag, as CDK Pipelines does': pass(policy(allow('sts:AssumeRole', 'arn:*:iam::111111111111:role/*', { Condition: { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } } }))),
    'another action of STS': pass(policy(allow('sts:GetCallerIdentity', '*'))),
  },
}));

verdicts(noDecryptAll, everywhere(allow('kms:Decrypt', '*'), allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:111111111111:key/1'), {
  fail: {
    'all but some resources': elsewhere('kms:Decrypt'), 'every key by ARN': policy(allow('kms:Decrypt', 'arn:aws:kms:*:*:key/*')),
    'by wildcard': policy(allow('kms:*', '*')), 'as re-encryption': policy(allow('kms:ReEncrypt*', '*')),
  },
  trap: {
    'by alias': pass(policy(allow('kms:Decrypt', '*', { Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } } }))),
    'encryption only': pass(policy(allow(['kms:Encrypt', 'kms:GenerateDataKey'], '*'))),
    'the condition by parameter': unknown(policy(allow('kms:Decrypt', '*', { Condition: P }))),
  },
}));

const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/t';
verdicts(noAuditTampering, everywhere(allow('cloudtrail:StopLogging', '*'), allow('cloudtrail:StopLogging', TRAIL), {
  fail: { 'all but some resources': elsewhere('cloudtrail:StopLogging'), 'by wildcard': policy(allow('guardduty:*', '*')), 'of logs': policy(allow('logs:DeleteLogGroup', '*')),
    'of every log group': policy(allow('logs:DeleteLogGroup', { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:*' })),
    'of every detector': policy(allow('guardduty:DeleteDetector', 'arn:aws:guardduty:*:*:detector/*')),
  },
  trap: {
    'of no detector, among trails': pass(policy(allow('guardduty:DeleteDetector', 'arn:aws:cloudtrail:*:*:trail/*'))),
    'reading of trails': pass(policy(allow(['cloudtrail:LookupEvents', 'cloudtrail:Get*', 'config:Describe*'], '*'))) },
}));

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-??????';
verdicts(noBulkRead, everywhere(allow('secretsmanager:GetSecretValue', '*'), allow('secretsmanager:GetSecretValue', SECRET), {
  fail: { 'all but some resources': elsewhere('dynamodb:Scan'), 'of objects': policy(allow('s3:Get*', '*')), 'of parameters': policy(allow('ssm:GetParameter*', '*')),
    'of every secret': policy(allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:*')),
    'of every table, beside a secret': policy(allow(['dynamodb:Scan', 'secretsmanager:GetSecretValue'], [SECRET, 'arn:aws:dynamodb:*:*:table/*'])),
    'of every bucket': policy(allow('s3:GetObject', ['arn:aws:s3:::*/*'])),
  },
  trap: {
    'of one secret, beside tables': pass(policy(allow('secretsmanager:GetSecretValue', [SECRET, 'arn:aws:dynamodb:*:*:table/*']))),
    'all objects of one bucket': pass(policy(allow('s3:GetObject', BUCKET))),
    'all objects of the buckets of a prefix': pass(policy(allow('s3:GetObject', 'arn:aws:s3:::data-*/*'))),
    'everything, written out': fail(policy(allow('s3:GetObject', 'arn:aws:*:*:*:*'))),
    'listing of secrets': pass(policy(allow(['secretsmanager:ListSecrets', 's3:ListAllMyBuckets'], '*'))),
    'bound by a tag': pass(policy(allow('dynamodb:Scan', '*', { Condition: { StringEquals: { 'aws:ResourceTag/app': 'x' } } }))),
  },
}));
