import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { encryptedInTransit, logging } from '../../src/rules/msk-connect';

const connector = subject('AWS::KafkaConnect::Connector');
const logs = (WorkerLogDelivery: object) => connector({ LogDelivery: { WorkerLogDelivery } });

verdicts(encryptedInTransit, setting(connector, 'KafkaClusterEncryptionInTransit.EncryptionType', { good: 'TLS', bad: 'PLAINTEXT' }));
verdicts(logging, {
  pass: { 'to CloudWatch': logs({ CloudWatchLogs: { Enabled: true, LogGroup: 'workers' } }), 'to a bucket': logs({ CloudWatchLogs: { Enabled: false }, S3: { Enabled: 'true' } }), 'to a delivery stream': logs({ Firehose: { Enabled: true } }) },
  fail: { absent: connector(), off: logs({ CloudWatchLogs: { Enabled: false } }) },
  unknown: { 'by parameter': logs({ CloudWatchLogs: { Enabled: P } }) },
  trap: {
    'a log group, but off': fail(logs({ CloudWatchLogs: { Enabled: 'false', LogGroup: 'workers' } })),
    'in one branch': fail(logs({ S3: { Enabled: ifProd(true, false) } }), { message: /IsProd is false/ }),
    'one way is known, the other not': pass(logs({ S3: { Enabled: true }, Firehose: { Enabled: P } })),
  },
});
