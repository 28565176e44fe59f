import { RemovalPolicy, TagManager } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { isOff } from '../../declarations/declare';
import { volumeDefaults as d } from '../../defaults/volume';
import { EncryptionKey } from '../security/encryption-key';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
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
  // Tags that are given come last, so that they can say otherwise.
  complete: (made) => TagManager.of(made.node.defaultChild)?.setTag(BACKUP_TAG, BACKUP_TAG_VALUE, 0),
};
