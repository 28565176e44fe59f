import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';

/** What the engine of a database needs for TLS, and what it can export. */
export interface EngineSettings {
  /** The logs that the engine can export. Those it does not write, such as the general log of MySQL, stay empty and cost nothing. */
  readonly logs: readonly string[];
  /** The parameter that refuses clients without TLS. Oracle and Db2 have none: they need an option group and a certificate. */
  readonly tlsParameter?: string;
  /** What that parameter takes for yes. */
  readonly tlsOn: string;
  /** Further parameters, which the user's win over. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether users can sign in with IAM. */
  readonly iam: boolean;
  /** Whether RDS offers a standby. */
  readonly multiAz: boolean;
}

// On RDS for MySQL and MariaDB the slow query log is exported only when it is on and goes to files.
const MYSQL: EngineSettings = {
  logs: ['audit', 'error', 'general', 'slowquery'],
  tlsParameter: 'require_secure_transport',
  tlsOn: '1',
  parameters: { slow_query_log: '1', log_output: 'FILE' },
  iam: true,
  multiAz: true,
};

const SQL_SERVER: EngineSettings = { logs: ['agent', 'error'], tlsParameter: 'rds.force_ssl', tlsOn: '1', parameters: {}, iam: false, multiAz: true };

// pgaudit writes its part of the log only when its library is loaded: https://github.com/pgaudit/pgaudit
const POSTGRES: EngineSettings = {
  logs: ['postgresql', 'upgrade'],
  tlsParameter: 'rds.force_ssl',
  tlsOn: '1',
  parameters: { 'shared_preload_libraries': 'pg_stat_statements,pgaudit', 'pgaudit.log': 'ddl,role' },
  iam: true,
  multiAz: true,
};

// The audit log of Aurora MySQL holds what its events name (Amazon Aurora user guide, "Using Advanced Auditing with an Amazon Aurora MySQL DB cluster").
const AURORA_MYSQL: EngineSettings = {
  ...MYSQL,
  tlsOn: 'ON',
  parameters: { server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL', slow_query_log: '1' },
};

const UNKNOWN: EngineSettings = { logs: [], tlsOn: '1', parameters: {}, iam: false, multiAz: true };

/**
 * Settings by the beginning of the engine's name (Amazon RDS user guide, "Publishing database logs to Amazon CloudWatch Logs" and
 * "Multi-AZ deployments for Amazon RDS for Microsoft SQL Server": Standard and Enterprise Edition).
 */
const ENGINES: readonly (readonly [string, EngineSettings])[] = [
  ['aurora-postgresql', { ...POSTGRES, logs: ['postgresql'] }],
  ['aurora-mysql', AURORA_MYSQL],
  ['postgres', POSTGRES],
  ['mysql', MYSQL],
  ['mariadb', MYSQL],
  ['sqlserver-ex', { ...SQL_SERVER, logs: ['error'], multiAz: false }],
  ['sqlserver-web', { ...SQL_SERVER, multiAz: false }],
  ['sqlserver', SQL_SERVER],
  ['oracle', { ...UNKNOWN, logs: ['alert', 'audit', 'listener', 'trace'] }],
  ['db2', { ...UNKNOWN, logs: ['diag.log', 'notify.log'] }],
];

/** The settings of an engine by its type, e.g. `postgres` or `sqlserver-ee`; nothing is known of others, or where the engine cannot be seen. */
export function engineSettings(engineType: string | undefined): EngineSettings {
  return ENGINES.find(([name]) => engineType?.startsWith(name))?.[1] ?? UNKNOWN;
}

/** Engines that have insights, and the classes that are too small for them. */
const INSIGHTS: readonly (readonly [engine: RegExp, refused: RegExp | undefined])[] = [
  [/^aurora-mysql/, /^(t[23]\.|t4g\.(micro|small)$)/],
  [/^aurora-postgresql|^postgres|^oracle|^sqlserver/, undefined],
  [/^(mysql|mariadb)/, /^(t2|t3|t4g)\.(micro|small)$/],
];

/**
 * Whether an instance of a class, such as `t4g.small`, has Performance Insights (Amazon RDS user guide and Amazon Aurora user guide, "DB engine, Region,
 * and instance class support for Database Insights"): RDS refuses to make one that is asked for them and has none. Without a class it is that of CDK.
 */
export function hasInsights(engineType: string | undefined, instanceType: ec2.InstanceType | string | undefined): boolean {
  const known = INSIGHTS.find(([engine]) => engine.test(engineType ?? ''));
  const type = instanceType?.toString();
  return known !== undefined && (known[1] === undefined || type === undefined || !(Token.isUnresolved(type) || known[1].test(type)));
}

/** What stands in the parameter group of an engine, unless one is given: TLS, and what the logs need. Absent where the engine has none. */
export function parametersOf(engine: rds.IEngine, given: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const { tlsParameter, tlsOn, parameters } = engineSettings(engine.engineType);
  const all = { ...parameters, ...tlsParameter !== undefined && { [tlsParameter]: tlsOn }, ...given };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** @throws Error when an engine has no version, hence no parameter group, which it needs for TLS. */
export function requireVersion(construct: string, path: string, engine: rds.IEngine, example: string): void {
  if (engine.parameterGroupFamily || !parametersOf(engine, undefined)) return;
  throw new Error(`${construct} at ${path}: an engine without a version has no parameter group, which TLS needs; name one, e.g. ${example}`);
}

/** Values by which engines say that a parameter is on. */
export function isParameterOn(value: string | undefined): boolean {
  return value !== undefined && /^(1|on|true|enabled)$/i.test(value);
}
