import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { authentication, brokerLogging, customerKey, encryptedInCluster, encryptedInTransit, enhancedMonitoring, notPublic } from '../../src/rules/msk';

const cluster = subject('AWS::MSK::Cluster');

verdicts(encryptedInTransit, setting(cluster, 'EncryptionInfo.EncryptionInTransit.ClientBroker', {
  good: 'TLS',
  bad: 'TLS_PLAINTEXT',
  absent: 'pass',
  fail: { 'plain only': cluster({ EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'PLAINTEXT' } } }) },
}));
verdicts(encryptedInCluster, setting(cluster, 'EncryptionInfo.EncryptionInTransit.InCluster', { good: true, bad: false, absent: 'pass' }));
verdicts(customerKey, presence(cluster, 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId', {
  trap: { 'the AWS managed key': fail(cluster({ EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: 'alias/aws/kafka' } } }), { message: /aws\/kafka/ }) },
}));
verdicts(notPublic, setting(cluster, 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', {
  good: 'DISABLED',
  bad: 'SERVICE_PROVIDED_EIPS',
  absent: 'pass',
}));
const client = (ClientAuthentication: object) => cluster({ ClientAuthentication });
verdicts(authentication, {
  pass: {
    'IAM': client({ Sasl: { Iam: { Enabled: true } } }),
    'passwords': client({ Sasl: { Scram: { Enabled: 'true' } }, Unauthenticated: { Enabled: false } }),
    'certificates': client({ Tls: { CertificateAuthorityArnList: ['arn'] } }),
  },
  fail: {
    'absent': cluster(),
    'everyone besides': client({ Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: true } }),
    'all off': client({ Sasl: { Iam: { Enabled: false } } }),
  },
  unknown: { 'by parameter': client({ Sasl: { Iam: { Enabled: P } } }) },
  trap: {
    'everyone in one branch': fail(
      client({ Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: ifProd(false, true) } }), { message: /IsProd is false/ },
    ),
    'one way is known, the other not': pass(client({ Sasl: { Iam: { Enabled: true }, Scram: { Enabled: P } } })),
  },
});
const logs = (BrokerLogs: object) => cluster({ LoggingInfo: { BrokerLogs } });
verdicts(brokerLogging, {
  pass: {
    'CloudWatch': logs({ CloudWatchLogs: { Enabled: true, LogGroup: 'g' } }),
    'S3': logs({ CloudWatchLogs: { Enabled: false }, S3: { Enabled: 'true' } }),
  },
  fail: { 'absent': cluster(), 'off': logs({ Firehose: { Enabled: false } }) },
  unknown: { 'by parameter': logs({ S3: { Enabled: P } }) },
  trap: { 'a group without the switch': fail(logs({ CloudWatchLogs: { LogGroup: 'g' } })) },
});
verdicts(enhancedMonitoring, setting(cluster, 'EnhancedMonitoring', { good: 'PER_BROKER', bad: 'DEFAULT' }));
