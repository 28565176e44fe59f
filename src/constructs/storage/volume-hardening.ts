import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { isOff } from '../../declarations/declare';
import { volumeDefaults as d } from '../../defaults/volume';
import { EncryptionKey } from '../security/encryption-key';
import { tagForBackup } from '../support/backup-tag';
import { Hardening } from '../support/hardening';

/** Secure properties of an EBS volume. */
export const volumeHardening: Hardening<ec2.VolumeProps> = {
  injectionId: ec2.Volume.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => ({
    ...props,
    encrypted: props.encrypted ?? d.encrypted.value,
    encryptionKey: props.encryptionKey ?? (isOff(props.encrypted) ? undefined : EncryptionKey.shared(scope, 'data')),
    volumeType: props.volumeType ?? ec2.EbsDeviceVolumeType.GP3,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
  }),
  complete: tagForBackup,
};
