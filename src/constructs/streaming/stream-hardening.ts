import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { streamDefaults as d } from '../../defaults/stream';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';

const { KMS } = kinesis.StreamEncryption;

/** Secure properties of a data stream. */
export const streamHardening: Hardening<kinesis.StreamProps> = {
  injectionId: kinesis.Stream.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const encryption = props.encryption ?? KMS;
    return {
      ...props,
      encryption,
      encryptionKey: props.encryptionKey ?? (encryption === KMS ? EncryptionKey.shared(scope, 'data') : undefined),
      retentionPeriod: props.retentionPeriod ?? Duration.days(d.retentionPeriodDays.value),
      // Who counts shards wants them provisioned.
      streamMode: props.streamMode ?? (props.shardCount === undefined ? kinesis.StreamMode.ON_DEMAND : undefined),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
  },
};
