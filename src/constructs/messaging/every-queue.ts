import { Duration, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueDefaults as d } from '../../defaults/queue';
import { EncryptionKey } from '../security/encryption-key';
import { admitPublishersAndSenders, admitSenders } from '../support/message-senders';

const { KMS } = sqs.QueueEncryption;

/** What every secure queue has, whether it holds messages or those that failed. */
export function everyQueueProps(scope: Construct, props: sqs.QueueProps): sqs.QueueProps {
  const encryption = props.encryption ?? KMS;
  const encryptionMasterKey = props.encryptionMasterKey ?? (encryption === KMS ? messagesKey(scope) : undefined);
  return {
    ...props,
    encryption,
    encryptionMasterKey,
    dataKeyReuse: props.dataKeyReuse ?? (encryptionMasterKey ? Duration.minutes(d.dataKeyReuseMinutes.value) : undefined),
    enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
  };
}

/** The key that the queues of a stack share. Any of them may take dead letters, so services may use it for all. */
function messagesKey(scope: Construct): EncryptionKey {
  const key = EncryptionKey.shared(scope, 'messages');
  admitSenders(key, Stack.of(scope));
  admitPublishersAndSenders(key, 'sqs');
  return key;
}
