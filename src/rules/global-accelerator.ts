import { all, rule } from './kernel';

export const flowLogs = rule({
  id: 'GlobalAccelerator.FlowLogs',
  resourceTypes: ['AWS::GlobalAccelerator::Accelerator'],
  title: 'Accelerator keeps flow logs',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Flow logs show which clients reached which endpoint through the accelerator, behind which their addresses may no longer be seen.',
  remediation: { cfn: 'FlowLogsEnabled: true, with FlowLogsS3Bucket' },
  sources: ['AWS::GlobalAccelerator::Accelerator, FlowLogsEnabled: false by default'],
  check: (accelerator) => all(accelerator.get('FlowLogsEnabled').isTrue(), accelerator.get('FlowLogsS3Bucket').isPresent()),
});
