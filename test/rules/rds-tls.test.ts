import { MACRO, P, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import { caCertificateCurrent, proxyRequiresTls, tlsEnforced } from '../../src/rules/rds-tls';

const instance = (Engine: unknown, more: object = {}, others = {}) => subject('AWS::RDS::DBInstance', { Engine })(more, others);
const cluster = (Engine: unknown, more: object = {}, others = {}) => subject('AWS::RDS::DBCluster', { Engine })(more, others);
const other = (Type: string, Properties: object = {}) => ({ Type, Properties });
const group = (Family: unknown, Parameters?: unknown, Type = 'AWS::RDS::DBParameterGroup') => subject(Type)({ Family, Parameters });
const clusterGroup = (Family: unknown, Parameters?: unknown) => group(Family, Parameters, 'AWS::RDS::DBClusterParameterGroup');
verdicts(tlsEnforced, {
  pass: {
    'an instance under the default group of PostgreSQL 16': instance('postgres', { EngineVersion: '16.3' }),
    'under the default group of PostgreSQL 17, by name': instance('postgres', { DBParameterGroupName: 'default.postgres17' }),
    'under the default group of MariaDB 11.8': instance('mariadb', { EngineVersion: '11.8.3' }),
    'an Aurora cluster under the default group of PostgreSQL 17': cluster('aurora-postgresql', { EngineVersion: '17.4' }),
    'PostgreSQL': group('postgres14', { 'rds.force_ssl': '1' }),
    'SQL Server': group('sqlserver-se-15.0', { 'rds.force_ssl': 1 }),
    'MySQL': group('mysql8.0', { require_secure_transport: 'ON' }),
    'MariaDB': group('mariadb10.6', { require_secure_transport: '1' }),
    'Aurora, in the cluster group': clusterGroup('aurora-mysql8.0', { require_secure_transport: 'on' }),
  },
  fail: {
    'MariaDB 11.4, absent': group('mariadb11.4', { log_output: 'FILE' }),
    'an instance under the default group of MySQL': instance('mysql', { EngineVersion: '8.0' }),
    'under the default group of SQL Server': instance('sqlserver-se'),
    'under the default group of PostgreSQL 14': instance('postgres', { EngineVersion: '14.9' }),
    'under the default group, by name': instance('mysql', { DBParameterGroupName: 'default.mysql8.0' }),
    'an Aurora cluster under the default group': cluster('aurora-mysql'),
    'PostgreSQL, off': group('postgres14', { 'rds.force_ssl': 0 }),
    'PostgreSQL 14, absent': group('postgres14', { log_connections: 1 }),
    'MySQL, absent': group('mysql8.0'),
    'Aurora PostgreSQL 15, absent': clusterGroup('aurora-postgresql15', {}),
  },
  unknown: {
    'the version is left to RDS': instance('postgres'),
    'the version by parameter': instance('postgres', { EngineVersion: P }),
    'the engine by parameter': instance(P),
    'the group by parameter': instance('mysql', { DBParameterGroupName: P }),
    'a group that is made elsewhere': instance('mysql', { DBParameterGroupName: 'house-rules' }),
    'a replica, whose group may be that of its source': instance('mysql', { SourceDBInstanceIdentifier: 'db' }),
    'restored from a snapshot': subject('AWS::RDS::DBInstance')({ DBSnapshotIdentifier: 's' }),
    'the value by parameter': group('postgres14', { 'rds.force_ssl': P }),
    'the family by parameter': group(P, {}),
    'parameters by a macro': group('mysql8.0', MACRO),
  },
  notApplicable: {
    'an instance under Oracle\'s default group': instance('oracle-ee', { DBParameterGroupName: 'default.oracle-ee-19' }),
    'Oracle without a group': instance('oracle-se2'),
    'a member of a cluster': instance('aurora-mysql', { DBClusterIdentifier: 'c' }),
    'its group is judged': instance('mysql', { DBParameterGroupName: { Ref: 'Group' } }, { Group: other('AWS::RDS::DBParameterGroup', { Family: 'mysql8.0' }) }),
    'Oracle': group('oracle-se2-19'), 'Aurora, in the instance group': group('aurora-mysql8.0'),
  },
  trap: {
    'its group is judged, by name': notApplicable(cluster('aurora-mysql', { DBClusterParameterGroupName: 'strict' }, {
      Group: other('AWS::RDS::DBClusterParameterGroup', { DBClusterParameterGroupName: 'strict' }),
    })),
    'Aurora PostgreSQL forces TLS later than RDS does': fail(cluster('aurora-postgresql', { EngineVersion: '16.1' })),
    'version 1 is not version 15': fail(instance('postgres', { EngineVersion: '9.15' })),
    'MariaDB 11.8, absent: on by default': pass(group('mariadb11.8', { log_output: 'FILE' })),
    'MariaDB 11.8, switched off': fail(group('mariadb11.8', { require_secure_transport: '0' })),
    'a default does not count when asked for what is written': fail(group('mariadb11.8', {}), { options: { requireExplicit: true } }),
    'PostgreSQL 15, absent: on by default': pass(group('postgres15', { log_connections: 1 })),
    'PostgreSQL 16, switched off': fail(group('postgres16', { 'rds.force_ssl': '0' })),
    'Aurora PostgreSQL 17, absent: on by default': pass(clusterGroup('aurora-postgresql17', { log_connections: 1 })),
    'the wrong parameter for the engine': fail(group('mysql8.0', { 'rds.force_ssl': 1 })),
    'Db2 has none': notApplicable(group('db2-se-11.5')),
  },
});

verdicts(proxyRequiresTls, setting(subject('AWS::RDS::DBProxy'), 'RequireTLS', { good: true, bad: false }));

verdicts(caCertificateCurrent, setting(subject('AWS::RDS::DBInstance'), 'CACertificateIdentifier', {
  good: 'rds-ca-ecc384-g1',
  bad: 'rds-ca-2019',
  absent: 'pass',
  fail: { 'the one before': instance('mysql', { CACertificateIdentifier: 'rds-ca-2015' }) },
}));
