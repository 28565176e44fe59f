import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { noPlaintextSecret, sessionLogging } from '../../src/rules/ssm';

const parameter = (Name: unknown, Value: unknown, others: Case = {}) => subject('AWS::SSM::Parameter', { Type: 'String' })({ Name, Value }, others);
const hidden: Case = { $Parameters: { P: { Type: 'String' }, Env: { Type: 'String' }, Hidden: { Type: 'String', NoEcho: true }, Shown: { Type: 'String', Default: 'hunter2hunter2' } } };
verdicts(noPlaintextSecret, {
  pass: {
    'no secret': parameter('/app/db/host', 'db.example.com'),
    'the address of a secret': parameter('/app/db/password', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:x'),
    'a resource': parameter('/app/secret', { Ref: 'Secret' }, { Secret: { Type: 'AWS::SecretsManager::Secret' } }),
    'no secret, by parameter': parameter('/app/db/host', P),
    'where a secret is': parameter('/app/DB_PASSWORD_ARN', 'something'),
  },
  fail: {
    'by its name': parameter('/app/db/password', 'hunter2hunter2'),
    'by the name of the resource': { DbPassword: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'hunter2hunter2' } } },
    'an access key': parameter('/app/key', 'AKIAABCDEFGHIJKLMNOP'),
    'a copy of a secret': parameter('/app/db/login', '{{resolve:secretsmanager:db:SecretString:password}}'),
    'a hidden parameter': parameter('/app/db/login', { Ref: 'Hidden' }, hidden),
    'the default of a parameter': parameter('/app/db/password', { Ref: 'Shown' }, hidden),
  },
  unknown: { 'by parameter': parameter('/app/db/password', P), 'by a macro': parameter('/app/api-key', MACRO) },
  trap: {
    'in one branch': fail(parameter('/app/token', ifProd('arn:aws:x', 'hunter2hunter2')), { message: /IsProd is false/ }),
    'a switch': pass(parameter('/app/rotate-password', 'true')),
    'a look-up in plain parameters': unknown(parameter('/app/db/password', '{{resolve:ssm:/other}}')),
    'a text around a secret': fail(parameter('/app/db/url', 'postgres://me:{{resolve:secretsmanager:db:SecretString:password}}@host')),
  },
});

const session = (Content: unknown, DocumentType: unknown = 'Session') => subject('AWS::SSM::Document')({ DocumentType, Content });
const content = (inputs: object, sessionType: unknown = 'Standard_Stream') => ({ schemaVersion: '1.0', sessionType, inputs });
verdicts(sessionLogging, {
  pass: {
    'to CloudWatch Logs': session(content({ cloudWatchLogGroupName: 'sessions', s3BucketName: '' })),
    'to a bucket': session(content({ s3BucketName: P })),
    'as JSON text': session(JSON.stringify(content({ s3BucketName: 'sessions' }))),
    'as JSON text around a reference': session({ 'Fn::Sub': JSON.stringify(content({ s3BucketName: '${P}' })) }),
  },
  fail: { 'nowhere': session(content({ s3BucketName: '', cloudWatchLogGroupName: '' })), 'no inputs': session({ sessionType: 'Standard_Stream' }), 'nowhere, as JSON text': session(JSON.stringify(content({ runAsEnabled: true }))) },
  unknown: { 'by parameter': session(P), 'as YAML': session('sessionType: Standard_Stream'), 'the type by parameter': session(content({}), P) },
  notApplicable: { 'a runbook': session({ mainSteps: [] }, 'Command'), 'forwarding of a port': session(content({}, 'Port')), 'no type': subject('AWS::SSM::Document')({ Content: content({}) }) },
  trap: {
    'in one branch': fail(session(content({ s3BucketName: ifProd('sessions') })), { message: /IsProd is false/ }),
    'at the wrong level': fail(session({ ...content({}), s3BucketName: 'sessions' })),
    'inputs of a runbook': notApplicable(session(content({ s3BucketName: 'x' }), 'Automation')),
  },
});
