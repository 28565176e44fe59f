import { ifProd, P, presence, setting, subject } from './cases';
import { fail, unknown, verdicts } from './verdicts';
import { autoMinorVersionUpgrade, customerKey, encryptionOptions, logging, multiAz, notPublic } from '../../src/rules/mq';

const active = subject('AWS::AmazonMQ::Broker', { EngineType: 'ACTIVEMQ' });
const rabbit = subject('AWS::AmazonMQ::Broker', { EngineType: 'RabbitMQ' });

verdicts(notPublic, setting(active, 'PubliclyAccessible', { good: false, bad: 'true', absent: 'pass' }));
verdicts(encryptionOptions, presence(active, 'EncryptionOptions', { value: { UseAwsOwnedKey: true } }));
const key = (EncryptionOptions: object) => active({ EncryptionOptions });
verdicts(customerKey, {
  pass: {
    'named': key({ KmsKeyId: 'k', UseAwsOwnedKey: false }),
    'of the template': active({ EncryptionOptions: { KmsKeyId: { Ref: 'Key' }, UseAwsOwnedKey: 'false' } }, { Key: { Type: 'AWS::KMS::Key' } }),
  },
  fail: { 'absent': active(), 'the key of AWS': key({ UseAwsOwnedKey: true }) },
  unknown: { 'by parameter': key({ KmsKeyId: 'k', UseAwsOwnedKey: P }) },
  trap: {
    'named, and not used': fail(key({ KmsKeyId: 'k', UseAwsOwnedKey: true })),
    'the key of the service': fail(key({ KmsKeyId: 'alias/aws/mq', UseAwsOwnedKey: false })),
  },
});
verdicts(logging, {
  pass: { 'both': active({ Logs: { General: true, Audit: 'true' } }), 'RabbitMQ has one': rabbit({ Logs: { General: true } }) },
  fail: { 'absent': active(), 'without audit': active({ Logs: { General: true } }), 'RabbitMQ, off': rabbit({ Logs: { General: false } }) },
  unknown: { 'by parameter': active({ Logs: { General: P, Audit: true } }) },
  trap: {
    'the engine by parameter': unknown(subject('AWS::AmazonMQ::Broker')({ EngineType: P, Logs: { General: true } })),
    'audit in one branch': fail(active({ Logs: { General: true, Audit: ifProd(true, false) } }), { message: /IsProd is false/ }),
  },
});
verdicts(multiAz, setting(active, 'DeploymentMode', {
  good: 'ACTIVE_STANDBY_MULTI_AZ',
  bad: 'SINGLE_INSTANCE',
  pass: { 'a cluster': rabbit({ DeploymentMode: 'CLUSTER_MULTI_AZ' }) },
}));
verdicts(autoMinorVersionUpgrade, setting(active, 'AutoMinorVersionUpgrade', { good: true, bad: false, absent: 'pass' }));
