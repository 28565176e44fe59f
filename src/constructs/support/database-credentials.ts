import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';

const USUAL_NAME = /^(admin|postgres|administrator|root|sa|master)$/i;

/** Credentials that hold a password or a secret, or ask CDK to generate one: then RDS cannot manage it. */
export function bringsPassword(credentials: rds.Credentials | undefined): boolean {
  return Boolean(credentials?.password ?? credentials?.secret ?? credentials?.secretName ?? credentials?.excludeCharacters ?? credentials?.replicaRegions)
    || Boolean(credentials?.usernameAsString);
}

/** The name, and the key for the password that RDS makes. */
export function managedCredentials(given: rds.Credentials | undefined, username: string, key: kms.IKeyRef | undefined): rds.Credentials {
  const encryptionKey = given?.encryptionKey ?? asKey(key);
  return rds.Credentials.fromUsername(given?.username ?? username, { encryptionKey });
}

/** A key that takes part in grants; a bare reference to one does not. */
export function asKey(key: kms.IKeyRef | undefined): kms.IKey | undefined {
  return key && 'addToResourcePolicy' in key ? key as kms.IKey : undefined;
}

/** A password that no secret of Secrets Manager holds. */
export function isPlainPassword(scope: Construct, credentials: rds.Credentials | undefined): boolean {
  return credentials?.password !== undefined && !JSON.stringify(Stack.of(scope).resolve(credentials.password.unsafeUnwrap())).includes('{{resolve:secretsmanager:');
}

/** True for names that every attacker tries first. */
export function isUsualName(username: string): boolean {
  return USUAL_NAME.test(username);
}
