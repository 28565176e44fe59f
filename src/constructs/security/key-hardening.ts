import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { keyDefaults as d } from '../../defaults/key';
import { Hardening } from '../support/hardening';

const SYMMETRIC = kms.KeySpec.SYMMETRIC_DEFAULT;

/** AWS KMS rotates symmetric encryption keys only, and refuses the setting on others. */
export function rotates({ keySpec, keyUsage }: kms.KeyProps): boolean {
  return (keySpec ?? SYMMETRIC) === SYMMETRIC && (keyUsage ?? kms.KeyUsage.ENCRYPT_DECRYPT) === kms.KeyUsage.ENCRYPT_DECRYPT;
}

/** Secure properties of a key. */
export const keyHardening: Hardening<kms.KeyProps> = {
  injectionId: kms.Key.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const enableKeyRotation = props.enableKeyRotation ?? (rotates(props) ? d.enableKeyRotation.value : undefined);
    return {
      ...props,
      enableKeyRotation,
      rotationPeriod: props.rotationPeriod ?? (enableKeyRotation ? Duration.days(d.rotationPeriodDays.value) : undefined),
      pendingWindow: props.pendingWindow ?? Duration.days(d.pendingWindowDays.value),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      description: props.description ?? `made for ${scope.node.path}/${id}`,
    };
  },
};
