import { ifProd, P, presence, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { autoMinorVersionUpgrade, customerKey, endpointTls, multiAz, notPublic, streamTls, taskLogging, taskValidation } from '../../src/rules/dms';

const instance = subject('AWS::DMS::ReplicationInstance');
const endpoint = subject('AWS::DMS::Endpoint');
const mysql = subject('AWS::DMS::Endpoint', { EngineName: 'mysql' });

const profile = subject('AWS::DMS::InstanceProfile');
const serverless = subject('AWS::DMS::ReplicationConfig');

verdicts(notPublic, setting(instance, 'PubliclyAccessible', {
  good: false,
  bad: true,
  pass: { 'a profile': profile({ PubliclyAccessible: 'false' }) },
  trap: { 'absent: public': fail(instance(), { message: /public address/ }), 'a profile that is public': fail(profile({ PubliclyAccessible: true })), 'a profile that does not say': unknown(profile()) },
}));
verdicts(endpointTls, setting(mysql, 'SslMode', {
  good: 'verify-full',
  bad: 'none',
  pass: { 'required': mysql({ SslMode: 'require' }) },
  notApplicable: { 'S3': endpoint({ EngineName: 's3' }), 'Kafka has its own': endpoint({ EngineName: 'Kafka' }) },
}));
const kafka = (SecurityProtocol?: unknown) => endpoint({ EngineName: 'kafka', KafkaSettings: { SecurityProtocol } });
const redis = (SslSecurityProtocol?: unknown) => endpoint({ EngineName: 'redis', RedisSettings: { SslSecurityProtocol } });
verdicts(streamTls, {
  pass: { 'Kafka': kafka('sasl-ssl'), 'Redis': redis('ssl-encryption'), 'Redis, by default': redis() },
  fail: { 'Kafka, absent': kafka(), 'Kafka, plain': kafka('plaintext'), 'Redis, plain': redis('plaintext') },
  unknown: { 'by parameter': redis(P) },
  notApplicable: { 'another engine': mysql() },
  trap: {
    'in one branch': fail(kafka(ifProd('sasl-ssl', 'plaintext')), { message: /IsProd is false/ }),
    'the settings of the other engine': pass(endpoint({ EngineName: 'redis', KafkaSettings: { SecurityProtocol: 'plaintext' } })),
  },
});
verdicts(multiAz, setting(instance, 'MultiAZ', {
  good: true,
  bad: false,
  trap: { 'serverless': pass(serverless({ ComputeConfig: { MultiAZ: true } })), 'serverless, at the wrong level': fail(serverless({ MultiAZ: true })) },
}));
verdicts(autoMinorVersionUpgrade, setting(instance, 'AutoMinorVersionUpgrade', { good: true, bad: false, absent: 'pass' }));
verdicts(customerKey, presence(instance, 'KmsKeyId', {
  trap: { 'the AWS managed key': fail(instance({ KmsKeyId: 'alias/aws/dms' })), 'serverless': pass(serverless({ ComputeConfig: { KmsKeyId: 'arn' } })), 'serverless, without': fail(serverless({ KmsKeyId: 'arn' })) },
}));

const task = subject('AWS::DMS::ReplicationTask');
const withSettings = (settings: object) => task({ ReplicationTaskSettings: JSON.stringify(settings) });
const components = (Severity: unknown, Id = 'SOURCE_CAPTURE') => ({ Logging: { EnableLogging: true, LogComponents: [{ Id: 'TARGET_LOAD', Severity: 'LOGGER_SEVERITY_DEBUG' }, { Id, Severity }] } });

verdicts(taskLogging, {
  pass: {
    'on': withSettings({ Logging: { EnableLogging: true } }),
    'on, level by level': withSettings(components('LOGGER_SEVERITY_DEFAULT')),
    'serverless, as an object': serverless({ ReplicationSettings: { Logging: { EnableLogging: 'true' } } }),
    'a homogeneous migration': subject('AWS::DMS::DataMigration')({ DataMigrationSettings: { CloudwatchLogsEnabled: true } }),
  },
  fail: {
    'no settings': task(),
    'off': withSettings({ Logging: { EnableLogging: false } }),
    'errors only, of the source': withSettings(components('LOGGER_SEVERITY_ERROR')),
    'a homogeneous migration': subject('AWS::DMS::DataMigration')(),
  },
  unknown: { 'by parameter': task({ ReplicationTaskSettings: P }), 'no JSON': task({ ReplicationTaskSettings: 'on' }) },
  trap: {
    'errors only, of something else': pass(withSettings(components('LOGGER_SEVERITY_ERROR', 'SORTER'))),
    'a text that deployment completes': pass(task({ ReplicationTaskSettings: { 'Fn::Sub': '{"Logging":{"EnableLogging":true},"ControlTablesSettings":{"ControlSchema":"${P}"}}' } })),
    'serverless, as a text': fail(serverless({ ReplicationSettings: '{"Logging":{"EnableLogging":false}}' })),
    'the settings of the other kind': fail(serverless({ ReplicationTaskSettings: '{"Logging":{"EnableLogging":true}}' })),
  },
});

const validated = { ReplicationTaskSettings: '{"ValidationSettings":{"EnableValidation":true}}' };
const target = (EngineName: unknown) => ({ Target: { Type: 'AWS::DMS::Endpoint', Properties: { EngineName } } });

verdicts(taskValidation, {
  pass: { 'on': task(validated), 'to a database': task({ ...validated, TargetEndpointArn: { Ref: 'Target' } }, target('aurora-postgresql')) },
  fail: { 'absent': task(), 'off': withSettings({ ValidationSettings: { EnableValidation: false } }), 'serverless': serverless({ ReplicationSettings: {} }) },
  unknown: { 'by parameter': task({ ReplicationTaskSettings: P }), 'a macro makes the settings': serverless({ ReplicationSettings: { 'Fn::Transform': { Name: 'M' } } }) },
  notApplicable: { 'to a stream': task({ TargetEndpointArn: { Ref: 'Target' } }, target('kinesis')) },
  trap: {
    'the target may be a stream': unknown(task({ TargetEndpointArn: { Ref: 'Target' } }, target(P))),
    'logging is another thing': fail(withSettings({ Logging: { EnableLogging: true } })),
    'from MongoDB': notApplicable(task({ SourceEndpointArn: { Ref: 'Target' } }, target('MongoDB'))),
  },
});
