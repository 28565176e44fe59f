import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { KEPT } from './shared/retention';

/** How a data store refuses to be deleted, by type. Buckets, tables of DynamoDB, EFS, keys and log groups have rules of their own. */
const PROTECTION: Readonly<Record<string, ((store: ResourceReader) => Truth) | undefined>> = {
  'AWS::RDS::DBInstance': on('DeletionProtection'),
  'AWS::RDS::DBCluster': on('DeletionProtection'),
  'AWS::DocDB::DBCluster': on('DeletionProtection'),
  'AWS::Neptune::DBCluster': on('DeletionProtection'),
  'AWS::DSQL::Cluster': on('DeletionProtectionEnabled'),
  'AWS::Cognito::UserPool': (pool) => pool.get('DeletionProtection').is('ACTIVE'),
  // It takes a last snapshot of its own.
  'AWS::RedshiftServerless::Namespace': (namespace) => namespace.get('FinalSnapshotName').isPresent(),
  'AWS::DocDBElastic::Cluster': undefined,
  'AWS::Redshift::Cluster': undefined,
  'AWS::OpenSearchService::Domain': undefined,
  'AWS::Elasticsearch::Domain': undefined,
  'AWS::MemoryDB::Cluster': undefined,
  'AWS::Timestream::Table': undefined,
  'AWS::Timestream::InfluxDBInstance': undefined,
  'AWS::Cassandra::Table': undefined,
  'AWS::S3Tables::Table': undefined,
  'AWS::EC2::Volume': undefined,
  'AWS::FSx::FileSystem': undefined,
};

function on(property: string): (store: ResourceReader) => Truth {
  return (store) => store.get(property).isTrue();
}

/** CloudFormation takes a snapshot of databases that it deletes with their stack, without being told. Of those that it replaces, it does not say so. */
function deletionPolicy(store: ResourceReader): Property {
  const policy = store.attribute('DeletionPolicy');
  if (store.type === 'AWS::RDS::DBInstance') return policy.awsDefault(awsDefaults['AWS::RDS::DBInstance.DeletionPolicy']);
  return store.type === 'AWS::RDS::DBCluster' ? policy.awsDefault(awsDefaults['AWS::RDS::DBCluster.DeletionPolicy']) : policy;
}

/** A member of a cluster holds none of the data, and a replica holds a copy. */
function holdsNone(store: ResourceReader): Truth {
  if (!/^AWS::RDS::/.test(store.type)) return Truth.no('it holds data');
  const names = store.type === 'AWS::RDS::DBCluster' ? ['ReplicationSourceIdentifier'] : ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'];
  return any(names.map((name) => store.get(name).isPresent()));
}

export const dataRetained = rule({
  id: 'Data.Retained',
  resourceTypes: Object.keys(PROTECTION),
  title: 'Data store outlives its stack',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'CloudFormation deletes a data store with its stack, or when a change replaces it, unless it is told to keep it, to take a snapshot, or the data store refuses.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'removalPolicy: RemovalPolicy.RETAIN or SNAPSHOT', cfn: 'DeletionPolicy and UpdateReplacePolicy: Retain or Snapshot' },
  sources: ['CloudFormation user guide, "DeletionPolicy attribute"', 'CloudFormation user guide, "UpdateReplacePolicy attribute"'],
  check: (store) => applies(not(holdsNone(store), 'it holds none of the data'), 'it is a member of a cluster or a replica: the original holds the data', () => {
    const kept = all(deletionPolicy(store).oneOf(KEPT), store.attribute('UpdateReplacePolicy').oneOf(KEPT));
    const refuses = PROTECTION[store.type]?.(store);
    return refuses ? any([kept, refuses]) : kept;
  }),
});
