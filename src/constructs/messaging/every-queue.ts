import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueDefaults as d } from '../../defaults/queue';
import { EncryptionKey } from '../security/encryption-key';

const { KMS } = sqs.QueueEncryption;

/** What every secure queue has, whether it holds messages or those that failed. */
export function everyQueueProps(scope: Construct, props: sqs.QueueProps): sqs.QueueProps {
  const encryption = props.encryption ?? KMS;
  const encryptionMasterKey = props.encryptionMasterKey ?? (encryption === KMS ? EncryptionKey.shared(scope, 'messages') : undefined);
  return {
    ...props,
    encryption,
    encryptionMasterKey,
    dataKeyReuse: props.dataKeyReuse ?? (encryptionMasterKey ? Duration.minutes(d.dataKeyReuseMinutes.value) : undefined),
    enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
  };
}
