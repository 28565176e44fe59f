import { all, any, not, ResourceReader, rule, Truth } from './kernel';

export const logging = rule({
  id: 'VerifiedAccess.Logging',
  resourceTypes: ['AWS::EC2::VerifiedAccessInstance'],
  title: 'Access through Verified Access is logged',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC7.3'] },
  rationale: 'The log holds each request to an internal application with the identity and device that it was judged by.',
  remediation: { cfn: 'LoggingConfigurations with CloudWatchLogs, S3 or KinesisDataFirehose: { Enabled: true }' },
  sources: ['AWS Verified Access user guide, "Verified Access logs"'],
  check: (instance) => any(['CloudWatchLogs', 'S3', 'KinesisDataFirehose'].map((destination) => instance.get(`LoggingConfigurations.${destination}.Enabled`).isTrue()))
    .because('no destination of logs is enabled'),
});

/** A Cedar statement that lets in whoever asks: `permit(principal, action, resource);` with nothing after it. */
const PERMITS_ALL = /\bpermit\s*\(\s*principal\s*,\s*action\s*,\s*resource\s*\)\s*(when\s*\{\s*true\s*\}\s*)?;/i;

function narrows(holder: ResourceReader): Truth {
  const document = holder.get('PolicyDocument');
  return all(
    not(holder.get('PolicyEnabled').isFalse(), 'the policy is not enabled'),
    document.isPresent(),
    // A text that deployment supplies is some policy; what a known one permits can be read.
    document.scalar === undefined ? Truth.YES : not(document.matches(PERMITS_ALL, 'a condition'), 'the policy permits every request'),
  );
}

export const endpointPolicy = rule({
  id: 'VerifiedAccess.EndpointPolicy',
  resourceTypes: ['AWS::EC2::VerifiedAccessEndpoint'],
  title: 'A policy decides who reaches the application',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'The policy is the access control: one that permits every request lets in all who can sign in, and one that is kept elsewhere is not reviewed.',
  remediation: { cfn: 'PolicyDocument with conditions on the identity or device and PolicyEnabled: true, on the endpoint or its group' },
  sources: ['AWS Verified Access user guide, "Verified Access policy evaluation": both the policy of the group and that of the endpoint must allow access'],
  check: (endpoint) => {
    const group = endpoint.get('VerifiedAccessGroupId').target();
    return any([
      narrows(endpoint),
      group?.type === 'AWS::EC2::VerifiedAccessGroup' ? narrows(group) : Truth.unknown('the Verified Access group is not among the templates given'),
    ]);
  },
});
