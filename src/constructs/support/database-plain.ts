import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { EncryptionKey } from '../security/encryption-key';

/** How a database says that it is encrypted. */
interface Encryption {
  readonly storageEncrypted?: boolean;
  readonly storageEncryptionKey?: kms.IKeyRef;
}

export function saysEncryption({ storageEncrypted, storageEncryptionKey }: Encryption): boolean {
  return storageEncrypted !== undefined || storageEncryptionKey !== undefined;
}

/** The key of a database: the one given, else the one that the stack shares. A plain database that is encrypted keeps its key, see the hardening. */
export function keyOf(scope: Construct, plain: boolean, props: Encryption): kms.IKeyRef | undefined {
  const none = plain ? saysEncryption(props) : isOff(props.storageEncrypted);
  return props.storageEncryptionKey ?? (none ? undefined : EncryptionKey.shared(scope, 'data'));
}

const NAMEABLE = new WeakSet<object>();

/** Notes that a database with these properties may be given an identifier, which replaces one that is deployed. */
export function nameable(secure: object): void {
  NAMEABLE.add(secure);
}

export function isNameable(secure: object): boolean {
  return NAMEABLE.has(secure);
}
