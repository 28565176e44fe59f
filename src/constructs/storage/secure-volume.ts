import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { volumeHardening } from './volume-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { volumeDefaults as d } from '../../defaults/volume';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of a `SecureVolume`. Those of `ec2.Volume` keep their meaning; where they are left out, the secure default stands. */
export interface SecureVolumeProps extends ec2.VolumeProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Tags the volume `soc2:backup=true`, so that a `RecoveryPlan` backs it up.
   *
   * @default true
   */
  readonly backup?: boolean;
}

/**
 * An EBS volume that is encrypted with a customer managed key and leaves a snapshot when its stack is deleted.
 *
 * Supports CC6.1, A1.2 and C1.1. Billed: the volume by size, the shared key (1 USD a month for the stack), backups where a plan takes them, and the
 * last snapshot until it is deleted.
 */
export class SecureVolume extends ec2.Volume {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `encrypted: false`. */
  constructor(scope: Construct, id: string, props: SecureVolumeProps) {
    const secure = hardened(volumeHardening, scope, id, props);
    super(scope, id, secure);
    const { encryptionKey: key } = secure;
    if (props.backup ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE);
    uphold(this, 'SecureVolume', props.optOuts, [{
      resource: this.node.defaultChild as ec2.CfnVolume,
      upheld: [
        { by: d.encrypted, weakened: isOff(props.encrypted) && 'encrypted: false' },
        // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is none.
        ...key && isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
        { by: d.removalPolicy, weakened: props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
      ],
    }]);
  }
}
