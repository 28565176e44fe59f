import { ifProd, P, presence, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import { checkpointing, inVpc } from '../../src/rules/kinesis-analytics';

const flink = subject('AWS::KinesisAnalyticsV2::Application', { RuntimeEnvironment: 'FLINK-1_20' });
const notebook = subject('AWS::KinesisAnalyticsV2::Application', { RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0' });
const checkpoints = (CheckpointConfiguration: object) => flink({ ApplicationConfiguration: { FlinkApplicationConfiguration: { CheckpointConfiguration } } });

verdicts(checkpointing, {
  pass: { 'by default': flink(), 'as by default': checkpoints({ ConfigurationType: 'DEFAULT' }), 'on': checkpoints({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: 'true' }) },
  fail: { 'off': checkpoints({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: false }), 'not said': checkpoints({ ConfigurationType: 'CUSTOM' }) },
  unknown: { 'by parameter': checkpoints({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: P }) },
  notApplicable: { 'an application of SQL': subject('AWS::KinesisAnalyticsV2::Application', { RuntimeEnvironment: 'SQL-1_0' })() },
  trap: {
    'off, which DEFAULT overrides': pass(checkpoints({ ConfigurationType: 'DEFAULT', CheckpointingEnabled: false })),
    'a notebook': notApplicable(notebook()),
    'absent, where defaults do not count': fail(flink(), { options: { requireExplicit: true } }),
    'off in one branch': fail(checkpoints({ ConfigurationType: ifProd('DEFAULT', 'CUSTOM'), CheckpointingEnabled: false }), { message: /IsProd is false/ }),
  },
});

verdicts(inVpc, presence(flink, 'ApplicationConfiguration.VpcConfigurations', { value: [{ SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }], pass: { 'a notebook': notebook({ ApplicationConfiguration: { VpcConfigurations: [{ SubnetIds: [P] }] } }) } }));
