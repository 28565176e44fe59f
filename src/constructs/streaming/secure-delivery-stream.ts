import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import { Construct } from 'constructs';
import { bucketDeliveryOf, deliveryStreamHardening, httpDeliveryOf } from './delivery-stream-hardening';
import { OptOut } from '../../declarations/opt-out';
import { deliveryStreamDefaults as d } from '../../defaults/delivery-stream';
import { hardened } from '../support/hardening';
import { uphold } from '../support/uphold';

/** Properties of a `SecureDeliveryStream`. Those of `kinesisfirehose.DeliveryStream` keep their meaning; where they are left out, the secure default stands. */
export interface SecureDeliveryStreamProps extends firehose.DeliveryStreamProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * A Firehose delivery stream that is encrypted with a customer managed key and logs what it could not deliver.
 *
 * What the destination leaves open is filled in: errors go to a log group of its own, the role is open to Firehose for this account only, and
 * records that are kept go to a `SecureBucket`. In an `S3Bucket` destination objects are encrypted with the key of the bucket and compressed, and
 * what could not be delivered goes to `errors/`.
 *
 * Supports CC6.1, CC7.2, C1.1 and PI1.4. Billed: records by size, the shared keys (1 USD a month each for the stack), and logs.
 */
export class SecureDeliveryStream extends firehose.DeliveryStream {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `encryption: StreamEncryption.unencrypted()`. */
  constructor(scope: Construct, id: string, props: SecureDeliveryStreamProps) {
    const secure = hardened(deliveryStreamHardening, scope, id, { ...props, destination: compressed(props.destination) });
    super(scope, id, secure);
    const { encryption } = secure;
    const toBucket = bucketDeliveryOf(secure.destination);
    const loggingConfig = (toBucket?.props ?? httpDeliveryOf(secure.destination))?.loggingConfig;
    const unencrypted = encryption?.type === firehose.StreamEncryptionType.UNENCRYPTED;
    uphold(this, 'SecureDeliveryStream', props.optOuts, [{
      resource: this.node.defaultChild as firehose.CfnDeliveryStream,
      upheld: [
        // With a data stream as source, the encryption of that stream counts.
        ...props.source ? [] : [{ by: d.encryption, weakened: unencrypted && 'encryption: unencrypted()' }],
        ...loggingConfig ? [{ by: d.loggingConfig, weakened: !loggingConfig.logging && !loggingConfig.logGroup && 'destination with DisableLogging' }] : [],
        // A bucket without a key of its own, or from elsewhere, is left to its default encryption.
        ...toBucket?.props.encryptionKey ? [{ by: d.destinationKey }] : [],
      ],
    }]);
  }
}

/** Format and place of objects are for a new stream to choose; those of a plain one, readers rely on. */
function compressed(destination: firehose.IDestination): firehose.IDestination {
  const delivery = bucketDeliveryOf(destination);
  if (!delivery) return destination;
  const { bucket, props } = delivery;
  return new firehose.S3Bucket(bucket, {
    ...props,
    // Where the format of records is converted, it says how they are compressed.
    compression: props.compression ?? (props.dataFormatConversion ? undefined : firehose.Compression.of(d.compression.value)),
    errorOutputPrefix: props.errorOutputPrefix ?? d.errorOutputPrefix.value,
  });
}
