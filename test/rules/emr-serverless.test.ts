import { P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { logging } from '../../src/rules/emr-serverless';

const application = subject('AWS::EMRServerless::Application');
const logs = (MonitoringConfiguration: object) => application({ MonitoringConfiguration });
const off = { ManagedPersistenceMonitoringConfiguration: { Enabled: false } };

verdicts(logging, {
  pass: {
    'absent: EMR keeps them': application(),
    'CloudWatch': logs({ ...off, CloudWatchLoggingConfiguration: { Enabled: true } }),
    'S3': logs({ ...off, S3MonitoringConfiguration: { LogUri: 's3://b/' } }),
  },
  fail: { 'EMR is told not to': logs(off), 'CloudWatch neither': logs({ ...off, CloudWatchLoggingConfiguration: { Enabled: 'false', LogGroupName: 'g' } }) },
  unknown: { 'by parameter': logs({ ManagedPersistenceMonitoringConfiguration: { Enabled: P } }) },
  trap: {
    'a key alone leaves EMR keeping them': pass(logs({ ManagedPersistenceMonitoringConfiguration: { EncryptionKeyArn: 'k' } })),
    'a log group alone switches nothing on': fail(logs({ ...off, CloudWatchLoggingConfiguration: { LogGroupName: 'g' } })),
    'CloudWatch by parameter': unknown(logs({ ...off, CloudWatchLoggingConfiguration: { Enabled: P } })),
    'said explicitly only': { verdict: 'fail', case: application(), options: { requireExplicit: true } },
  },
});
