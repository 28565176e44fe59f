import { any, applies, not, Property, ResourceReader, Truth } from '../kernel';

/** The check of a DB instance, unless it belongs to a cluster: then the cluster holds the setting. Other resources are checked as they are. */
export function unlessInCluster(database: ResourceReader, check: () => Truth): Truth {
  if (database.type !== 'AWS::RDS::DBInstance') return check();
  const member = any([database.get('DBClusterIdentifier').isPresent(), database.get('Engine').startsWith('aurora')]);
  return applies(not(member, 'it belongs to a DB cluster'), 'it belongs to a DB cluster, which holds this setting', check);
}

/** Where a restored or replicated database takes its encryption, users and engine from. */
const SOURCES = [
  'SourceDBInstanceIdentifier', 'SourceDbiResourceId', 'SourceDBInstanceAutomatedBackupsArn', 'DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier',
  'SourceDBClusterIdentifier', 'SourceDbClusterResourceId', 'ReplicationSourceIdentifier', 'SnapshotIdentifier', 'GlobalClusterIdentifier',
];

/**
 * Whether storage is encrypted. A replica whose source is among the templates follows it; what is made of a snapshot, or of a source
 * elsewhere, inherits a setting that cannot be seen here.
 */
export function storageEncrypted(database: ResourceReader, depth = 0): Truth {
  const encrypted = database.get('StorageEncrypted');
  if (!encrypted.missing) return encrypted.isTrue();
  const sources = SOURCES.map((name) => database.get(name)).filter((source) => !source.missing);
  const source = sources.map((place) => place.target()).find((target) => target && ENCRYPTED_TYPES.includes(target.type));
  if (source && depth < 3) return storageEncrypted(source, depth + 1);
  if (sources.length === 0) {
    const asked = encrypted.isTrue();
    const aurora = database.type === 'AWS::RDS::DBCluster' && database.get('Engine').startsWith('aurora').yes;
    // When a cluster was made, a template does not say: absent proves nothing.
    return aurora ? asked.because('StorageEncrypted is absent: only Aurora clusters made since February 2026 are then encrypted') : asked;
  }
  encrypted.seen();
  return Truth.unknown(`storage encryption is inherited through ${lastName(sources[0])}`);
}

const ENCRYPTED_TYPES = [
  'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster',
  'AWS::DocDB::DBCluster', 'AWS::DocDB::GlobalCluster', 'AWS::Neptune::DBCluster', 'AWS::Neptune::GlobalCluster',
];

function lastName(place: Property): string {
  return place.path.slice(place.path.lastIndexOf('.') + 1);
}

/** The certificate authority is none of those that have expired. */
export function caCurrent(authority: Property): Truth {
  return not(authority.matches(/^rds-ca-20(10|15|19)$/i, 'an expired authority'), () => `the certificate authority ${String(authority.scalar)} has expired`);
}

/** Values by which engines say that a parameter is on. */
export function isOn(parameter: Property): Truth {
  return any([parameter.is(1), parameter.matches(/^(on|true|enabled)$/i, 'on')]);
}

/** The parameter of a parameter group, whose name may hold dots. */
export function parameterNamed(parameters: Property, name: string): Property {
  return parameters.entries().items.find((entry) => entry.key === name)?.value ?? parameters.get(name);
}
