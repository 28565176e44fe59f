import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import {
  asyncFailureDestination, codeSigning, codeSigningEnforced, deadLetterQueue, environmentKey, eventSourceFailureDestination, inVpc, managedLogGroup,
  reservedConcurrency,
  roleNotShared, supportedRuntime, tracing, vpcMultiAz,
} from '../../src/rules/lambda';

const fn = subject('AWS::Lambda::Function');
const sam = subject('AWS::Serverless::Function');
const other = (Type: string, Properties: object = {}) => ({ Other: { Type, Properties } });

verdicts(supportedRuntime, setting(fn, 'Runtime', {
  good: 'nodejs22.x',
  bad: 'nodejs18.x',
  absent: 'pass',
  fail: {
    'an old Python': sam({ Runtime: 'python3.8' }),
    'the first custom one': fn({ Runtime: 'provided' }),
    'Go': fn({ Runtime: 'go1.x' }),
    'Java 8 on the first Amazon Linux': fn({ Runtime: 'java8' }),
    'since October 2026': fn({ Runtime: 'python3.10' }),
    'since November 2026': sam({ Runtime: 'dotnet8' }),
  },
  notApplicable: { 'an image': fn({ PackageType: 'Image' }) },
  trap: {
    'Python 3.12 is no 3.1': pass(fn({ Runtime: 'python3.12' })),
    'a later custom one': pass(fn({ Runtime: 'provided.al2023' })),
    'Java 8 on Amazon Linux 2': pass(fn({ Runtime: 'java8.al2' })),
    'one that is newer than this list': pass(fn({ Runtime: 'nodejs30.x' })),
    '.NET 10 is no .NET 1': pass(fn({ Runtime: 'dotnet10' })),
  },
}));
verdicts(tracing, setting(fn, 'TracingConfig.Mode', {
  good: 'Active',
  bad: 'PassThrough',
  pass: { 'SAM': sam({ Tracing: 'Active' }) },
  notApplicable: { 'one that CDK makes for a custom resource': fn({ Handler: '__entrypoint__.handler' }) },
  trap: {
    'SAM, by the other name': fail(sam({ TracingConfig: { Mode: 'Active' } })),
    'the entry point by parameter': fail(fn({ Handler: P })),
    'an entry point of one\'s own': fail(fn({ Handler: 'entrypoint.handler' })),
  },
}));
verdicts(inVpc, presence(fn, 'VpcConfig.SubnetIds', {
  value: ['subnet-1'],
  fail: { 'security groups only': sam({ VpcConfig: { SecurityGroupIds: ['sg-1'] } }) },
}));
const vpc = (SubnetIds: unknown) => fn({ VpcConfig: { SubnetIds } });
verdicts(vpcMultiAz, {
  pass: { 'two': vpc(['a', P]) },
  fail: { 'one': vpc(['a']) },
  unknown: { 'a list by parameter': vpc(P) },
  notApplicable: { 'no VPC': fn() },
  trap: { 'one in one branch': fail(vpc(['a', ifProd('b')]), { message: /IsProd is false/ }) },
});
verdicts(deadLetterQueue, presence(fn, 'DeadLetterConfig.TargetArn', {
  pass: {
    'SAM': sam({ DeadLetterQueue: { Type: 'SQS', TargetArn: P } }),
    'SAM, a destination': sam({ EventInvokeConfig: { DestinationConfig: { OnFailure: { Destination: P } } } }),
    'a destination': fn(
      {}, other('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'Subject' }, DestinationConfig: { OnFailure: { Destination: 'arn' } } }),
    ),
  },
  trap: {
    'the destination of another function': fail(
      fn({}, other('AWS::Lambda::EventInvokeConfig', { FunctionName: 'x', DestinationConfig: { OnFailure: { Destination: 'arn' } } })),
    ),
  },
}));
const ofOther = (properties: object) => subject('AWS::Lambda::EventInvokeConfig')({ FunctionName: { Ref: 'Other' }, MaximumRetryAttempts: 1 }, other('AWS::Lambda::Function', properties));
verdicts(asyncFailureDestination, presence(subject('AWS::Lambda::EventInvokeConfig'), 'DestinationConfig.OnFailure.Destination', {
  pass: { 'SAM': sam({ EventInvokeConfig: { DestinationConfig: { OnFailure: { Destination: P } } } }) },
  fail: {
    'for success only': subject('AWS::Lambda::EventInvokeConfig')({ DestinationConfig: { OnSuccess: { Destination: 'arn' } } }),
    'SAM, retries only': sam({ EventInvokeConfig: { MaximumRetryAttempts: 1 } }),
  },
  notApplicable: { 'SAM, nothing said of it': sam() },
  trap: {
    'retries only, and the function has a dead-letter queue': pass(ofOther({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111111111111:q' } })),
    'retries only, and the function has none': fail(ofOther({}), { message: /^failed events have nowhere to go/ }),
    'retries only, and the function may have one': unknown(ofOther({ DeadLetterConfig: { 'Fn::Transform': { Name: 'M' } } })),
    'SAM, retries only beside a dead-letter queue': pass(sam({ EventInvokeConfig: { MaximumRetryAttempts: 1 }, DeadLetterQueue: { Type: 'SQS', TargetArn: 'arn:aws:sqs:eu-west-1:111111111111:q' } })),
  },
}));

const mapping = subject('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:kinesis:eu-west-1:111111111111:stream/s' });
const samStream = (Properties: object, Type: unknown = 'Kinesis') => sam({ Events: { Records: { Type, Properties } } });
verdicts(eventSourceFailureDestination, presence(mapping, 'DestinationConfig.OnFailure.Destination', {
  pass: { 'SAM': samStream({ DestinationConfig: { OnFailure: { Type: 'SQS', Destination: 'arn' } } }) },
  fail: {
    'a table of the template': subject('AWS::Lambda::EventSourceMapping')(
      { EventSourceArn: { 'Fn::GetAtt': ['Other', 'StreamArn'] } }, other('AWS::DynamoDB::Table'),
    ),
    'SAM': samStream({ Stream: 'arn' }, 'DynamoDB'),
  },
  unknown: { 'a source by parameter': subject('AWS::Lambda::EventSourceMapping')({ EventSourceArn: P }) },
  notApplicable: {
    'a queue': subject('AWS::Lambda::EventSourceMapping')({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }, other('AWS::SQS::Queue')),
    'a queue elsewhere': subject('AWS::Lambda::EventSourceMapping')({ EventSourceArn: 'arn:aws:sqs:eu-west-1:111111111111:q' }),
    'SAM, an API': samStream({ Path: '/' }, 'Api'),
    'SAM, no events': sam(),
  },
}));
verdicts(reservedConcurrency, presence(sam, 'ReservedConcurrentExecutions', {
  value: '5',
  trap: { 'none at all is a reserve too': pass(fn({ ReservedConcurrentExecutions: 0 })) },
}));
const variables = subject('AWS::Lambda::Function', { Environment: { Variables: { A: 'b' } } });
verdicts(environmentKey, presence(variables, 'KmsKeyArn', {
  fail: { 'the key that AWS manages': variables({ KmsKeyArn: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/lambda' }) },
  notApplicable: { 'no variables': fn({ Environment: { Variables: {} } }) },
}));
verdicts(codeSigning, presence(fn, 'CodeSigningConfigArn', { notApplicable: { 'an image': fn({ PackageType: 'Image' }) } }));
verdicts(codeSigningEnforced, setting(subject('AWS::Lambda::CodeSigningConfig'), 'CodeSigningPolicies.UntrustedArtifactOnDeployment', {
  good: 'Enforce',
  bad: 'Warn',
}));

const logs = (Properties: object) => other('AWS::Logs::LogGroup', Properties);
const own = { LoggingConfig: { LogGroup: { Ref: 'Other' } } };
verdicts(managedLogGroup, {
  pass: {
    'a group of the template': fn(own, logs({ RetentionInDays: 30 })),
    'by the name Lambda would give': fn({}, logs({ LogGroupName: { 'Fn::Sub': '/aws/lambda/${Subject}' }, RetentionInDays: 30 })),
    'by name': fn({ LoggingConfig: { LogGroup: 'app' } }, logs({ LogGroupName: 'app', RetentionInDays: 7 })),
    'CDK\'s logRetention': fn({}, other('Custom::LogRetention', { LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', { Ref: 'Subject' }]] }, RetentionInDays: 30 })),
  },
  fail: { 'none': fn(), 'kept for ever': fn(own, logs({})), 'of another function': fn({}, logs({ LogGroupName: '/aws/lambda/other', RetentionInDays: 30 })),
    'CDK\'s logRetention, for ever': fn({}, other('Custom::LogRetention', { LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', { Ref: 'Subject' }]] } })) },
  unknown: { 'a group elsewhere': fn({ LoggingConfig: { LogGroup: 'app' } }), 'the period by a macro': fn(own, logs({ RetentionInDays: MACRO })) },
  trap: {
    'the function\'s name, fixed': pass(fn({ FunctionName: 'pay' }, logs({ LogGroupName: '/aws/lambda/pay', RetentionInDays: 30 }))),
    'kept for ever in one branch': fail(fn(own, logs({ RetentionInDays: ifProd(365) })), { message: /IsProd is false/ }),
  },
});

const TEN = Array.from({ length: 10 }, (_, n) => n);
const role = subject('AWS::IAM::Role');
const withRole = (Role: unknown = { 'Fn::GetAtt': ['Subject', 'Arn'] }, more: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Role }, ...more });
verdicts(roleNotShared, {
  pass: { 'one function': role({}, { A: withRole() }) },
  fail: { 'two functions': role({}, { A: withRole(), B: withRole() }), 'one of SAM': role({}, { A: withRole(), B: withRole(undefined, { Type: 'AWS::Serverless::Function' }) }) },
  unknown: {
    'a macro gives another function its role': role({}, { A: withRole(), B: withRole(MACRO) }),
    'more conditions than can be tried': {
      ...role({}, Object.fromEntries(TEN.map((n) => [`F${n}`, withRole(undefined, { Condition: `C${n}` })]))),
      $Parameters: Object.fromEntries(TEN.map((n) => [`P${n}`, { Type: 'String' }])),
      $Conditions: Object.fromEntries(TEN.map((n) => [`C${n}`, { 'Fn::Equals': [{ Ref: `P${n}` }, 'on'] }])),
    },
  },
  notApplicable: { 'no function': role(), 'a function with a role elsewhere': role({}, { A: withRole('arn:aws:iam::111111111111:role/x') }) },
  trap: {
    'the second in production only': fail(role({}, { A: withRole(), B: withRole(undefined, { Condition: 'IsProd' }) }), { message: /IsProd is true/ }),
    'the second elsewhere': pass(role({}, { A: withRole(), B: withRole(P) })),
  },
});
