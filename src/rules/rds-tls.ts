import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { caCurrent, isOn, parameterNamed, unlessInCluster } from './shared/database';

const INSTANCE_GROUP = 'AWS::RDS::DBParameterGroup';
const CLUSTER_GROUP = 'AWS::RDS::DBClusterParameterGroup';

/**
 * Families whose parameters force TLS when nobody says otherwise: RDS for PostgreSQL from version 15, Aurora PostgreSQL from version 17,
 * MariaDB from version 11.8.
 */
const POSTGRES_BY_DEFAULT = /^(default\.)?(postgres(1[5-9]|[2-9]\d)|aurora-postgresql(1[7-9]|[2-9]\d))/i;
const MARIADB_BY_DEFAULT = /^(default\.)?mariadb(11\.([89]|[1-9]\d)|(1[2-9]|[2-9]\d)\.)/i;

/** The same by engine and by version of the database. Engines that are not named here never force TLS by default. */
const VERSIONS: readonly (readonly [engine: RegExp, version: RegExp])[] = [
  [/^postgres$/i, /^(1[5-9]|[2-9]\d)(\D|$)/],
  [/^aurora-postgresql$/i, /^(1[7-9]|[2-9]\d)(\D|$)/],
  [/^mariadb$/i, /^(11\.([89]|[1-9]\d)|(1[2-9]|[2-9]\d)(\.|$))/],
];

export const tlsEnforced = rule({
  id: 'RDS.TlsEnforced',
  resourceTypes: [INSTANCE_GROUP, CLUSTER_GROUP, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  title: 'Database refuses connections without TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'The engines offer TLS but accept clients without it until the parameter group says otherwise, so passwords and rows may travel in the clear.',
  remediation: {
    construct: 'SecureDatabaseInstance',
    l2: 'parameterGroup with rds.force_ssl or require_secure_transport',
    cfn: 'Parameters: rds.force_ssl = 1 (PostgreSQL, SQL Server), require_secure_transport = ON (MySQL, MariaDB)',
  },
  configRule: 'RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT',
  sources: [
    'Amazon RDS user guide, "Using SSL with a PostgreSQL DB instance": rds.force_ssl is 1 by default from version 15',
    'Amazon RDS user guide, "Requiring SSL/TLS for all connections to a MySQL DB instance"',
    'Amazon RDS user guide, "Requiring SSL/TLS for all connections to a MariaDB DB instance": on by default from version 11.8',
  ],
  check: (resource, model) => {
    if (resource.type === INSTANCE_GROUP || resource.type === CLUSTER_GROUP) return groupForcesTls(resource);
    return unlessInCluster(resource, () => databaseForcesTls(resource, model));
  },
});

function groupForcesTls(group: ResourceReader): Truth {
  const family = group.get('Family');
  const postgres = family.matches(/postgres/i, 'a PostgreSQL family');
  const sqlserver = family.startsWith('sqlserver');
  const mysql = family.matches(/mysql|mariadb/i, 'a MySQL or MariaDB family');
  // Aurora's TLS parameters are the cluster's.
  const belongs = group.type === INSTANCE_GROUP ? not(family.startsWith('aurora'), 'Aurora sets this in the cluster parameter group') : Truth.YES;
  return applies(all(belongs, any([postgres, sqlserver, mysql])), 'TLS is not a setting of this parameter group', () => {
    const parameters = group.get('Parameters');
    const force = parameterNamed(parameters, 'rds.force_ssl');
    if (mysql.yes) {
      const secure = parameterNamed(parameters, 'require_secure_transport');
      const byDefault = family.matches(MARIADB_BY_DEFAULT, 'a version that forces TLS').yes;
      const value = byDefault ? secure.awsDefault(awsDefaults['AWS::RDS::DBParameterGroup.Parameters.require_secure_transport']) : secure;
      return isOn(value).because('require_secure_transport is not ON');
    }
    if (postgres.yes) {
      const byDefault = family.matches(POSTGRES_BY_DEFAULT, 'a version that forces TLS').yes;
      const fact = family.startsWith('aurora').yes ? awsDefaults['AWS::RDS::DBClusterParameterGroup.Parameters.rds.force_ssl']
        : awsDefaults['AWS::RDS::DBParameterGroup.Parameters.rds.force_ssl'];
      return isOn(byDefault ? force.awsDefault(fact) : force).because('rds.force_ssl is not 1');
    }
    return sqlserver.yes ? isOn(force).because('rds.force_ssl is not 1') : family.openTruth();
  });
}

/** A database under the default parameter group, which nobody can change. Any other group is judged by itself, where it is among the templates. */
function databaseForcesTls(database: ResourceReader, model: Evaluation): Truth {
  const [property, type] = database.type === 'AWS::RDS::DBCluster' ? ['DBClusterParameterGroupName', CLUSTER_GROUP] : ['DBParameterGroupName', INSTANCE_GROUP];
  const name = database.get(property);
  if (name.missing) return byEngine(database, name);
  if (name.target()?.type === type || model.ofType(type).some((group) => name.names(group).yes)) return Truth.skip('its parameter group is judged');
  const byDefault = name.startsWith('default.');
  if (byDefault.yes) return byFamily(name);
  return byDefault.no ? Truth.unknown('the parameter group is not among the templates given') : byDefault;
}

function byFamily(group: Property): Truth {
  return applies(group.matches(/^default\.(postgres|sqlserver|mysql|mariadb|aurora)/i, 'a group with a parameter for TLS'), 'TLS is not a setting of this engine\'s parameter groups', () => any([
    group.matches(POSTGRES_BY_DEFAULT, 'a group that forces TLS'), group.matches(MARIADB_BY_DEFAULT, 'a group that forces TLS'),
  ]).because('the default parameter group accepts connections without TLS'));
}

function byEngine(database: ResourceReader, group: Property): Truth {
  const engine = database.get('Engine');
  group.seen();
  const replica = any(['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'].map((name) => database.get(name).isPresent()));
  if (engine.missing || !replica.no) return Truth.unknown('the parameter group, or the engine that tells the default one, is that of its source');
  return applies(engine.matches(/^(postgres|sqlserver|mysql|mariadb|aurora)/i, 'an engine with a parameter for TLS'), 'TLS is not a setting of this engine\'s parameter groups', () => {
    const version = database.get('EngineVersion');
    const pattern = VERSIONS.find(([one]) => engine.matches(one, 'the engine').yes)?.[1];
    if (pattern === undefined) return engine.scalar === undefined ? engine.openTruth() : Truth.no('no parameter group is named: the default one accepts connections without TLS');
    if (version.missing) return Truth.unknown('the version is left to RDS, and with it what the default parameter group says');
    return version.matches(pattern, 'a version that forces TLS').because('no parameter group is named: that of this version accepts connections without TLS by default');
  });
}

export const proxyRequiresTls = rule({
  id: 'RDS.ProxyRequiresTls',
  resourceTypes: ['AWS::RDS::DBProxy'],
  title: 'Database proxy refuses connections without TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'The proxy stands between applications and the database; without this setting a client may send its password and queries in the clear.',
  remediation: { l2: 'requireTLS: true', cfn: 'RequireTLS: true' },
  configRule: 'RDS_PROXY_TLS_ENCRYPTION',
  sources: ['AWS::RDS::DBProxy, RequireTLS'],
  check: (proxy) => proxy.get('RequireTLS').isTrue(),
});

export const caCertificateCurrent = rule({
  id: 'RDS.CaCertificateCurrent',
  resourceTypes: ['AWS::RDS::DBInstance'],
  title: 'Certificate authority of the database has not expired',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'Clients that verify the server cannot connect under an expired authority, and so somebody turns verification off.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'caCertificate: CaCertificate.RDS_CA_RSA2048_G1', cfn: 'CACertificateIdentifier: rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1' },
  sources: ['Amazon RDS user guide, "Rotating your SSL/TLS certificate": rds-ca-2015 expired in March 2020, rds-ca-2019 in August 2024'],
  check: (instance) => caCurrent(instance.get('CACertificateIdentifier').awsDefault(awsDefaults['AWS::RDS::DBInstance.CACertificateIdentifier'])),
});
