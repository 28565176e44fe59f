import { P, setting, subject } from './cases';
import { fail, unknown, verdicts } from './verdicts';
import { enforcedConfiguration, metrics, resultEncryption } from '../../src/rules/athena';

const group = subject('AWS::Athena::WorkGroup');
const configured = (WorkGroupConfiguration: object) => group({ WorkGroupConfiguration });
const option = (EncryptionOption: unknown) => ({ ResultConfiguration: { EncryptionConfiguration: { EncryptionOption } } });

verdicts(resultEncryption, setting(group, 'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption', {
  good: 'SSE_KMS',
  bad: 'NONE',
  pass: { 'client-side': configured(option('CSE_KMS')), 'with the key of S3': configured(option('SSE_S3')), 'results kept by Athena': configured({ ManagedQueryResultsConfiguration: { Enabled: 'true' } }) },
  fail: { 'results not kept by Athena': configured({ ManagedQueryResultsConfiguration: { Enabled: false } }), 'a location alone': configured({ ResultConfiguration: { OutputLocation: 's3://b' } }) },
  trap: {
    'at the wrong level': fail(configured({ EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } })),
    'whether Athena keeps them is a parameter': unknown(configured({ ManagedQueryResultsConfiguration: { Enabled: P } })),
  },
}));
verdicts(enforcedConfiguration, setting(group, 'WorkGroupConfiguration.EnforceWorkGroupConfiguration', {
  good: true, bad: 'false', absent: 'elsewhere', unknown: { 'absent: no default is documented': group(), 'absent among others': configured({ RequesterPaysEnabled: false }) },
}));
verdicts(metrics, setting(group, 'WorkGroupConfiguration.PublishCloudWatchMetricsEnabled', {
  good: true, bad: false, absent: 'elsewhere', unknown: { 'absent: no default is documented': group() },
}));
