import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { autoMinorVersionUpgrade, customerKey, endpointTls, multiAz, notPublic, streamTls } from '../../src/rules/dms';

const instance = subject('AWS::DMS::ReplicationInstance');
const endpoint = subject('AWS::DMS::Endpoint');
const mysql = subject('AWS::DMS::Endpoint', { EngineName: 'mysql' });

verdicts(notPublic, setting(instance, 'PubliclyAccessible', { good: false, bad: true }));
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
verdicts(multiAz, setting(instance, 'MultiAZ', { good: true, bad: false }));
verdicts(autoMinorVersionUpgrade, setting(instance, 'AutoMinorVersionUpgrade', { good: true, bad: false, absent: 'pass' }));
verdicts(customerKey, presence(instance, 'KmsKeyId'));
