import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { catalogEncrypted, connectionPasswordEncrypted, connectionTls, jobLogging, mlTransformEncrypted } from '../../src/rules/glue';

const catalog = subject('AWS::Glue::DataCatalogEncryptionSettings', { CatalogId: { Ref: 'AWS::AccountId' } });
const SETTINGS = 'DataCatalogEncryptionSettings';

verdicts(catalogEncrypted, setting(catalog, `${SETTINGS}.EncryptionAtRest.CatalogEncryptionMode`, {
  good: 'SSE-KMS',
  bad: 'DISABLED',
  pass: { 'with a role': catalog({ [SETTINGS]: { EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS-WITH-SERVICE-ROLE' } } }) },
  trap: { 'passwords only': fail(catalog({ [SETTINGS]: { ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true } } })) },
}));
verdicts(connectionPasswordEncrypted, setting(catalog, `${SETTINGS}.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted`, {
  good: true, bad: 'false', trap: { 'a key alone': fail(catalog({ [SETTINGS]: { ConnectionPasswordEncryption: { KmsKeyId: 'k' } } })) },
}));

const ARGUMENT = '--enable-continuous-cloudwatch-log';
const job = (properties: object, name: unknown = 'glueetl') => subject('AWS::Glue::Job', { Command: { Name: name } })(properties);
const told = (value: unknown, place = 'DefaultArguments') => ({ [place]: { [ARGUMENT]: value } });

verdicts(jobLogging, {
  pass: { 'told to': job({ GlueVersion: '4.0', ...told('true') }), 'told in a way that nobody can change': job({ GlueVersion: '3.0', ...told('true', 'NonOverridableArguments') }) },
  fail: { 'not told': job({ GlueVersion: '4.0' }), 'told not to': job({ GlueVersion: '4.0', ...told('false') }), 'streaming': job({ GlueVersion: '4.0' }, 'gluestreaming'), 'an old version': job({ GlueVersion: '0.9' }) },
  unknown: { 'by parameter': job({ GlueVersion: '4.0', ...told(P) }), 'the version by parameter': job({ GlueVersion: P }), 'arguments by a macro': job({ GlueVersion: '4.0', DefaultArguments: MACRO }), 'absent: its default has changed': job({}) },
  notApplicable: { '5.0': job({ GlueVersion: '5.0' }), 'a later one': job({ GlueVersion: '10.0' }), 'no Spark': job({ GlueVersion: '3.0' }, 'pythonshell') },
  trap: {
    'told, whatever the version': pass(job({ GlueVersion: P, ...told('true') })),
    'told, without a version': pass(job(told('true'))),
    'a number': fail(job({ GlueVersion: 4 })),
    'another argument': fail(job({ GlueVersion: '4.0', DefaultArguments: { '--enable-metrics': 'true' } })),
    'an old version in one branch': fail(job({ GlueVersion: ifProd('5.0', '4.0') }), { message: /IsProd is false/ }),
  },
});

const connection = (ConnectionType: unknown, ConnectionProperties?: unknown) => subject('AWS::Glue::Connection')({ ConnectionInput: { ConnectionType, ConnectionProperties } });

verdicts(connectionTls, {
  pass: { 'insists': connection('JDBC', { JDBC_ENFORCE_SSL: 'true' }), 'Kafka does by default': connection('KAFKA', {}), 'Kafka is told to': connection('KAFKA', { KAFKA_SSL_ENABLED: true }) },
  fail: { 'does not insist': connection('JDBC', { JDBC_ENFORCE_SSL: 'false' }), 'absent': connection('JDBC', { JDBC_CONNECTION_URL: 'jdbc:x' }), 'Kafka without': connection('KAFKA', { KAFKA_SSL_ENABLED: 'false' }) },
  unknown: { 'by parameter': connection('JDBC', { JDBC_ENFORCE_SSL: P }), 'the kind by parameter': connection(P, {}), 'by a macro': connection('JDBC', MACRO) },
  notApplicable: { 'a network': connection('NETWORK'), 'a marketplace': connection('MARKETPLACE', {}) },
  trap: {
    'the setting of Kafka on JDBC': fail(connection('JDBC', { KAFKA_SSL_ENABLED: 'true' })),
    'the setting of JDBC on Kafka': pass(connection('KAFKA', { JDBC_ENFORCE_SSL: 'false' })),
    'both set, the kind by parameter': pass(connection(P, { JDBC_ENFORCE_SSL: 'true', KAFKA_SSL_ENABLED: 'true' })),
    'in one branch': fail(connection('JDBC', { JDBC_ENFORCE_SSL: ifProd('true', 'false') }), { message: /IsProd is false/ }),
  },
});

const transform = subject('AWS::Glue::MLTransform');
const mode = (MLUserDataEncryptionMode: unknown) => transform({ TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode, KmsKeyId: 'k' } } });
verdicts(mlTransformEncrypted, {
  pass: { 'with KMS': mode('SSE-KMS'), 'as CloudFormation has it': mode('SSEKMS') },
  fail: { 'absent': transform(), 'disabled': mode('DISABLED') },
  unknown: { 'by parameter': mode(P) },
  trap: {
    'a configuration for its tasks alone': fail(transform({ TransformEncryption: { TaskRunSecurityConfigurationName: 'c' } })),
    'disabled in one branch': fail(mode(ifProd('SSE-KMS', 'DISABLED')), { message: /IsProd is false/ }),
    'by a macro': unknown(transform({ TransformEncryption: MACRO })),
  },
});
