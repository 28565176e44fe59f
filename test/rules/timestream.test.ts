import { P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { customerKey, influxMultiAz, influxNotPublic, noPlaintextSecret } from '../../src/rules/timestream';

const database = subject('AWS::Timestream::Database');
const instance = subject('AWS::Timestream::InfluxDBInstance');
const cluster = subject('AWS::Timestream::InfluxDBCluster');

verdicts(customerKey, presence(database, 'KmsKeyId', {
  unknown: { 'by parameter': database({ KmsKeyId: P }) },
  trap: {
    'the AWS managed key': fail(database({ KmsKeyId: 'alias/aws/timestream' })),
    'a key of the template': pass(database({ KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } })),
  },
}));

verdicts(influxNotPublic, setting(instance, 'PubliclyAccessible', {
  good: false,
  bad: true,
  absent: 'pass',
  pass: { 'a cluster': cluster() },
  fail: { 'a cluster': cluster({ PubliclyAccessible: 'true' }) },
  trap: { 'asked for what is written': fail(cluster(), { options: { requireExplicit: true } }) },
}));

verdicts(influxMultiAz, setting(instance, 'DeploymentType', { good: 'WITH_MULTIAZ_STANDBY', bad: 'SINGLE_AZ' }));

verdicts(noPlaintextSecret, {
  pass: { 'looked up': instance({ Password: '{{resolve:secretsmanager:influx:SecretString:password}}' }) },
  fail: { 'a literal': cluster({ Password: 'hunter2hunter2' }), 'a parameter that is shown': instance({ Password: P }) },
  unknown: { 'of a custom resource': instance({ Password: { 'Fn::GetAtt': ['Maker', 'Password'] } }, { Maker: { Type: 'Custom::Passwords' } }) },
  notApplicable: { 'none': instance() },
  trap: {
    'looked up in plain text': fail(instance({ Password: '{{resolve:ssm:influx}}' })),
    'a hidden parameter': pass({ ...cluster({ Password: P }), $Parameters: { P: { Type: 'String', NoEcho: true } } }),
  },
});
