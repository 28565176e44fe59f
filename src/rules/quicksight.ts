import { awsDefaults } from './aws-defaults';
import { not, rule } from './kernel';

export const dataSourceTls = rule({
  id: 'QuickSight.DataSourceTls',
  resourceTypes: ['AWS::QuickSight::DataSource'],
  title: 'Connections to the data source are encrypted',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Credentials and rows travel from the database to the service; without TLS they travel in the clear.',
  remediation: { cfn: 'SslProperties: { DisableSsl: false }, or none' },
  nagRules: ['QuicksightSSLConnections'],
  sources: ['AWS::QuickSight::DataSource SslProperties: not disabled by default'],
  check: (source) => not(
    source.get('SslProperties.DisableSsl').awsDefault(awsDefaults['AWS::QuickSight::DataSource.SslProperties.DisableSsl']).isTrue(), 'SSL is disabled',
  ),
});
