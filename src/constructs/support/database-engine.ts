/** What the engine of a database needs for TLS, and what it can export. */
export interface EngineSettings {
  /** The logs that the engine can export. Those it does not write, such as the general log of MySQL, stay empty and cost nothing. */
  readonly logs: readonly string[];
  /** The parameter that refuses clients without TLS. Oracle and Db2 have none: they need an option group and a certificate. */
  readonly tlsParameter?: string;
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
  parameters: { slow_query_log: '1', log_output: 'FILE' },
  iam: true,
  multiAz: true,
};

const SQL_SERVER: EngineSettings = { logs: ['agent', 'error'], tlsParameter: 'rds.force_ssl', parameters: {}, iam: false, multiAz: true };

// pgaudit writes its part of the log only when its library is loaded: https://github.com/pgaudit/pgaudit
const POSTGRES: EngineSettings = {
  logs: ['postgresql', 'upgrade'],
  tlsParameter: 'rds.force_ssl',
  parameters: { 'shared_preload_libraries': 'pg_stat_statements,pgaudit', 'pgaudit.log': 'ddl,role' },
  iam: true,
  multiAz: true,
};

/**
 * Settings by the beginning of the engine's name (Amazon RDS user guide, "Publishing database logs to Amazon CloudWatch Logs" and
 * "Multi-AZ deployments for Amazon RDS for Microsoft SQL Server": Standard and Enterprise Edition).
 */
const ENGINES: readonly (readonly [string, EngineSettings])[] = [
  ['postgres', POSTGRES],
  ['mysql', MYSQL],
  ['mariadb', MYSQL],
  ['sqlserver-ex', { ...SQL_SERVER, logs: ['error'], multiAz: false }],
  ['sqlserver-web', { ...SQL_SERVER, multiAz: false }],
  ['sqlserver', SQL_SERVER],
  ['oracle', { logs: ['alert', 'audit', 'listener', 'trace'], parameters: {}, iam: false, multiAz: true }],
  ['db2', { logs: ['diag.log', 'notify.log'], parameters: {}, iam: false, multiAz: true }],
];

/** The settings of an engine by its type, e.g. `postgres` or `sqlserver-ee`; nothing is known of others. */
export function engineSettings(engineType: string): EngineSettings {
  return ENGINES.find(([name]) => engineType.startsWith(name))?.[1] ?? { logs: [], parameters: {}, iam: false, multiAz: true };
}

/** Values by which engines say that a parameter is on. */
export function isParameterOn(value: string | undefined): boolean {
  return value !== undefined && /^(1|on|true|enabled)$/i.test(value);
}
