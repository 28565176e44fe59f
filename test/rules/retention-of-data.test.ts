import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import { dataRetained } from '../../src/rules/retention-of-data';

const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const store = (Type: string, Properties: object = {}, attributes: object = {}): Case => ({ ...param, Subject: { Type, Properties, ...attributes } });
const kept = (DeletionPolicy?: unknown, UpdateReplacePolicy: unknown = DeletionPolicy) => ({ DeletionPolicy, UpdateReplacePolicy });
const volume = (attributes?: object) => store('AWS::EC2::Volume', {}, attributes);
const instance = (properties?: object, attributes?: object) => store('AWS::RDS::DBInstance', { Engine: 'postgres', ...properties }, attributes);

verdicts(dataRetained, {
  pass: {
    'kept': volume(kept('Retain')),
    'saved': volume(kept('Snapshot')),
    'kept except when its creation fails': volume(kept('RetainExceptOnCreate', 'Retain')),
    'a database that refuses': instance({ DeletionProtection: true }),
    'a pool of users that refuses': store('AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }),
    'a cluster of DSQL that refuses': store('AWS::DSQL::Cluster', { DeletionProtectionEnabled: 'true' }),
    'a warehouse that leaves a snapshot': store('AWS::RedshiftServerless::Namespace', { FinalSnapshotName: 'last' }),
  },
  fail: {
    'absent': volume(),
    'deleted': store('AWS::OpenSearchService::Domain', {}, kept('Delete')),
    'a pool of users': store('AWS::Cognito::UserPool', { DeletionProtection: 'INACTIVE' }),
    'a cluster of documents': store('AWS::DocDB::DBCluster'),
    'a table of Iceberg': store('AWS::S3Tables::Table'),
  },
  unknown: { 'the policy is a parameter': volume(kept('Retain', P)), 'whether it refuses is a parameter': instance({ DeletionProtection: P }) },
  notApplicable: { 'a member of a cluster': instance({ DBClusterIdentifier: 'c' }), 'a replica': instance({ SourceDBInstanceIdentifier: 'primary' }) },
  trap: {
    'kept with the stack, not when it is replaced': fail(volume({ DeletionPolicy: 'Retain' }), { message: /UpdateReplacePolicy/ }),
    'a database is saved with its stack by default, not when it is replaced': fail(instance(), { message: /UpdateReplacePolicy is absent/ }),
    'a database, saved when it is replaced too': pass(instance({}, { UpdateReplacePolicy: 'Snapshot' })),
    'the same, where defaults do not count': fail(instance({}, { UpdateReplacePolicy: 'Snapshot' }), { options: { requireExplicit: true } }),
    'a cluster, saved when it is replaced too': pass(store('AWS::RDS::DBCluster', {}, { UpdateReplacePolicy: 'Snapshot' })),
    'another cluster is not saved by default': fail(store('AWS::Neptune::DBCluster', {}, { UpdateReplacePolicy: 'Snapshot' })),
    'a cluster names itself': fail(store('AWS::RDS::DBCluster', { DBClusterIdentifier: 'orders' })),
    'a replica of a cluster': notApplicable(store('AWS::RDS::DBCluster', { ReplicationSourceIdentifier: 'arn' })),
    'a switch of another type': fail(store('AWS::FSx::FileSystem', { DeletionProtection: true })),
    'a cluster of documents may name its instance': fail(store('AWS::DocDB::DBCluster', { DBClusterIdentifier: 'd' })),
  },
});
