import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { SecureBucket } from '../storage/secure-bucket';
import { Hardening } from '../support/hardening';

/** A bucket that records are delivered to, and how. */
export interface BucketDelivery {
  readonly bucket: s3.IBucket;
  readonly props: firehose.S3BucketProps;
}

/** What an S3 destination was made of, which the L2 keeps to itself. None for other destinations. */
export function bucketDeliveryOf(destination: firehose.IDestination): BucketDelivery | undefined {
  const { bucket, props } = destination as unknown as Partial<BucketDelivery>;
  return isPlain(destination, firehose.S3Bucket) && bucket && props ? { bucket, props } : undefined;
}

/** What an HTTP destination was made of. One of Datadog is such a one with other defaults. */
export function httpDeliveryOf(destination: firehose.IDestination): firehose.HttpEndpointProps | undefined {
  const plain = isPlain(destination, firehose.HttpEndpoint) || isPlain(destination, firehose.Datadog);
  return plain ? (destination as unknown as { props?: firehose.HttpEndpointProps }).props : undefined;
}

/** It is of this class, and of none that somebody made of it: that may do otherwise. */
function isPlain(destination: firehose.IDestination, { prototype }: { prototype: object }): boolean {
  return Object.getPrototypeOf(destination) === prototype;
}

/** Secure properties of a delivery stream. Neither format nor place of what it delivers changes: somebody reads it. */
export const deliveryStreamHardening: Hardening<firehose.DeliveryStreamProps> = {
  injectionId: firehose.DeliveryStream.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const role = props.role ?? deliveryRole(scope, id);
    return {
      ...props,
      role,
      // Firehose refuses a key where a data stream is the source: nothing is stored then.
      encryption: props.encryption ?? (props.source ? undefined : firehose.StreamEncryption.customerManagedKey(EncryptionKey.shared(scope, 'data'))),
      destination: new Destinations(scope, id, role).secured(props.destination),
    };
  },
};

/** The L2 lets in Firehose on behalf of anybody, for S3; for HTTP it sets these conditions itself. */
function deliveryRole(scope: Construct, id: string): iam.Role {
  const stack = Stack.of(scope);
  return new iam.Role(scope, `${id}DeliveryRole`, {
    description: `lets Firehose encrypt and deliver for ${scope.node.path}/${id}`,
    assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'firehose', resource: 'deliverystream', resourceName: '*' }) },
      },
    }),
  });
}

/** Fills in what a destination leaves open. */
class Destinations {
  private group?: logs.ILogGroup;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: iam.IRole) {}

  public secured(destination: firehose.IDestination): firehose.IDestination {
    const [toBucket, toHttp] = [bucketDeliveryOf(destination), httpDeliveryOf(destination)];
    if (toBucket) {
      const { bucket, props } = toBucket;
      return new firehose.S3Bucket(bucket, {
        ...props,
        ...this.every(props),
        encryptionKey: props.encryptionKey ?? bucket.encryptionKey,
        // Source records are kept only where it was asked for: they are stored, and billed, twice.
        s3Backup: props.s3Backup && (props.s3Backup.bucket || props.s3Backup.mode !== undefined) ? this.backup(props.s3Backup) : undefined,
      });
    }
    // Firehose sends nothing over HTTP without a bucket for what was not taken.
    return toHttp ? new firehose.HttpEndpoint({ ...toHttp, ...this.every(toHttp), s3Backup: this.backup(toHttp.s3Backup ?? {}) }) : destination;
  }

  private every({ role, loggingConfig }: firehose.CommonDestinationProps): Pick<firehose.CommonDestinationProps, 'role' | 'loggingConfig'> {
    return { role: role ?? this.role, loggingConfig: this.logged(loggingConfig) };
  }

  private logged(given: firehose.ILoggingConfig | undefined): firehose.ILoggingConfig {
    if (given && (given.logGroup || !given.logging)) return given;
    this.group ??= new SecureLogGroup(this.scope, `${this.id}DeliveryLogs`);
    return new firehose.EnableLogging(this.group);
  }

  private backup(given: firehose.DestinationS3BackupProps): firehose.DestinationS3BackupProps {
    const bucket = given.bucket ?? new SecureBucket(this.scope, `${this.id}DeliveryBackup`);
    return { ...given, bucket, encryptionKey: given.encryptionKey ?? bucket.encryptionKey, loggingConfig: this.logged(given.loggingConfig) };
  }
}
