import { bucketDefaults } from './bucket';
import { Defaults } from './default';
import { keyDefaults } from './key';
import { logGroupDefaults } from './log-group';
import { queueDefaults } from './queue';
import { vaultDefaults } from './recovery-plan';
import { tableDefaults } from './table';
import { topicDefaults } from './topic';
import { trailDefaults } from './trail';

/** What the template says at a path of a resource: `undefined` where it says nothing. */
export type Said = (path: string) => unknown;

/** How the defaults of a kind of resource are filled in where a template leaves them out. */
export interface TypeDefaults {
  readonly table: Defaults;
  /** Defaults that hold only for some resources of the type, by name: others would be refused, or contradict what is said. */
  readonly only?: Readonly<Record<string, (said: Said) => boolean>>;
  /** Defaults whose paths say things of their own. Of all others one path that is said leaves the default alone. */
  readonly each?: readonly string[];
  /** Defaults that can be changed by replacing the resource only: an empty one takes the place of what is deployed. */
  readonly replaces?: readonly string[];
  /** Defaults that delete data of what is deployed already. */
  readonly deletes?: readonly string[];
}

const without = (...paths: readonly string[]) => (said: Said): boolean => paths.every((path) => said(path) === undefined);
const isSymmetric = (said: Said): boolean => ['SYMMETRIC_DEFAULT', undefined].includes(said('KeySpec') as string) && ['ENCRYPT_DECRYPT', undefined].includes(said('KeyUsage') as string);

/** The secure defaults by the type of the resources that they are filled into. */
export const DEFAULTS_BY_TYPE: Readonly<Record<string, TypeDefaults>> = {
  'AWS::Backup::BackupVault': { table: vaultDefaults, replaces: ['encryptionKey'] },
  'AWS::CloudTrail::Trail': { table: trailDefaults },
  'AWS::DynamoDB::Table': {
    table: tableDefaults,
    only: {
      recoveryPeriodDays: (said) => [true, 'true', undefined].includes(said('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled') as boolean),
      billing: without('ProvisionedThroughput'),
    },
  },
  'AWS::KMS::Key': { table: keyDefaults, only: { enableKeyRotation: isSymmetric, rotationPeriodDays: (said) => isSymmetric(said) && said('EnableKeyRotation') !== false } },
  'AWS::Logs::LogGroup': { table: logGroupDefaults, only: { retentionDays: (said) => said('LogGroupClass') !== 'DELIVERY' }, deletes: ['retentionDays'] },
  'AWS::S3::Bucket': {
    table: bucketDefaults,
    each: ['blockPublicAccess'],
    only: {
      // S3 refuses to disable the ACLs of a bucket that is given one.
      objectOwnership: (said) => ['Private', undefined].includes(said('AccessControl') as string),
      // A bucket that kept versions keeps them: somebody may rely on the old ones.
      noncurrentVersionDays: without('VersioningConfiguration', 'LifecycleConfiguration'),
    },
  },
  'AWS::SNS::Topic': { table: topicDefaults },
  'AWS::SQS::Queue': { table: queueDefaults, only: { encryption: without('SqsManagedSseEnabled'), dataKeyReuseMinutes: without('SqsManagedSseEnabled') } },
};
