import { awsDefaults } from './aws-defaults';
import { any, applies, rule } from './kernel';

const APPLICATION = ['AWS::KinesisAnalyticsV2::Application'];
const CHECKPOINTS = 'ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration';
const BY_DEFAULT = awsDefaults['AWS::KinesisAnalyticsV2::Application.ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration.ConfigurationType'];

export const checkpointing = rule({
  id: 'KinesisAnalytics.Checkpointing',
  resourceTypes: APPLICATION,
  title: 'Flink application keeps checkpoints',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['A1.2'] },
  rationale: 'After a failure the application goes on from its last checkpoint; without one it loses its state, or counts records twice.',
  remediation: { cfn: `${CHECKPOINTS}: { ConfigurationType: DEFAULT }, or CUSTOM with CheckpointingEnabled: true` },
  nagRules: ['KinesisDataAnalyticsFlinkCheckpointing'],
  sources: ['AWS::KinesisAnalyticsV2::Application CheckpointConfiguration: DEFAULT switches checkpointing on, whatever else it says', BY_DEFAULT.source],
  check: (application) => applies(application.get('RuntimeEnvironment').startsWith('FLINK'), 'it is no Flink application', () => any([
    application.get(`${CHECKPOINTS}.ConfigurationType`).awsDefault(BY_DEFAULT).is('DEFAULT'),
    application.get(`${CHECKPOINTS}.CheckpointingEnabled`).isTrue(),
  ]).because('CheckpointConfiguration is CUSTOM and does not switch checkpointing on')),
});

export const inVpc = rule({
  id: 'KinesisAnalytics.InVpc',
  resourceTypes: APPLICATION,
  title: 'Application runs in a VPC',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'In a VPC security groups and endpoints bound what an application reaches. One that reads and writes AWS services only needs none, so this is asked for.',
  remediation: { cfn: 'ApplicationConfiguration.VpcConfigurations' },
  sources: ['Managed Service for Apache Flink developer guide, "Configure Managed Service for Apache Flink to access resources in an Amazon VPC"'],
  onByDefault: false,
  check: (application) => application.get('ApplicationConfiguration.VpcConfigurations').isPresent(),
});
