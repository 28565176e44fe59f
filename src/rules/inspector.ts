import { all, environmentRule } from './kernel';
import { API_CALLS, callParameter, calls } from './shared/custom-resource';

export const enabled = environmentRule({
  id: 'Inspector.Enabled',
  resourceTypes: API_CALLS,
  within: 'region',
  title: 'Inspector scans what is deployed for known vulnerabilities',
  severity: 'medium',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'Vulnerabilities are published after software is deployed; a scan that goes on finds them in hosts, images and functions.',
  remediation: {
    l2: 'new AwsCustomResource(…, { onCreate: { service: \'Inspector2\', action: \'enable\', … } })',
    cfn: 'no resource type exists; a custom resource that calls inspector2:Enable with resourceTypes',
  },
  sources: ['Amazon Inspector API reference, Enable', 'AWS Security Hub Inspector.1 to Inspector.4'],
  candidate: (resource) => calls(resource, 'Inspector2', 'enable|disable'),
  check: (resource) => all(
    calls(resource, 'Inspector2', 'enable'),
    callParameter(resource, 'resourceTypes').some((type) => type.oneOf(['EC2', 'ECR', 'LAMBDA'])),
  ),
});
