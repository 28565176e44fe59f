import { all, any, applies, environmentRule, ResourceReader, Rule, rule, Truth } from './kernel';
import { API_CALLS, callParameter, calls } from './shared/custom-resource';
import { featureOn, withFeature } from './shared/guardduty-feature';

const DETECTOR = ['AWS::GuardDuty::Detector'];

export const enabled = environmentRule({
  id: 'GuardDuty.Enabled',
  resourceTypes: [...DETECTOR, ...API_CALLS],
  within: 'region',
  title: 'GuardDuty watches the account and Region',
  severity: 'high',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.6', 'CC6.8', 'CC7.1'] },
  rationale: 'GuardDuty reads API calls, network flows and DNS queries for signs of an intruder; without it, or something like it, nobody does.',
  remediation: { l2: 'new CfnDetector(this, …, { enable: true })', cfn: 'an AWS::GuardDuty::Detector with Enable: true' },
  configRule: 'GUARDDUTY_ENABLED_CENTRALIZED',
  sources: ['AWS Security Hub GuardDuty.1', 'AWS::GuardDuty::Detector, Enable'],
  candidate: (resource) => (isCall(resource) ? calls(resource, 'GuardDuty', 'createDetector') : Truth.YES),
  check: (resource) => (isCall(resource)
    ? any(['Enable', 'enable'].map((name) => callParameter(resource, name).isTrue())) : resource.get('Enable').isTrue()),
});

function isCall(resource: ResourceReader): boolean {
  return API_CALLS.includes(resource.type);
}

interface Feature extends Pick<Rule, 'id' | 'title' | 'severity' | 'criteria' | 'rationale' | 'configRule'> {
  /** As GuardDuty calls it. */
  readonly feature: string;
}

/** GuardDuty turns these on by itself, so that only a detector which switches one off fails. */
function feature({ feature: name, ...spec }: Feature): Rule {
  return rule({
    ...spec,
    resourceTypes: DETECTOR,
    remediation: { l2: `features: [{ name: '${name}', status: 'ENABLED' }]`, cfn: `Features with Name: ${name} and Status: ENABLED` },
    sources: [`Amazon GuardDuty API reference, DetectorFeatureConfiguration: ${name}`, 'Amazon GuardDuty API reference, CreateDetector: features are on by default'],
    check: (detector, model) => applies(detector.get('Enable').isTrue(), 'the detector is switched off', () => featureOn(detector, model, name)),
  });
}

export const s3Protection = feature({
  id: 'GuardDuty.S3Protection',
  feature: 'S3_DATA_EVENTS',
  title: 'GuardDuty watches access to objects',
  severity: 'medium',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Theft of data from buckets shows in calls on objects, which the trail of management events does not hold.',
  configRule: 'GUARDDUTY_S3_PROTECTION_ENABLED',
});

export const eksAuditLogs = feature({
  id: 'GuardDuty.EksAuditLogs',
  feature: 'EKS_AUDIT_LOGS',
  title: 'GuardDuty watches the audit logs of clusters',
  severity: 'medium',
  criteria: { direct: ['CC7.2'] },
  rationale: 'What an intruder does inside a cluster shows in its audit logs only. Without clusters the feature costs nothing.',
  configRule: 'GUARDDUTY_EKS_PROTECTION_AUDIT_ENABLED',
});

export const malwareProtection = feature({
  id: 'GuardDuty.MalwareProtection',
  feature: 'EBS_MALWARE_PROTECTION',
  title: 'Volumes of suspicious instances are scanned for malware',
  severity: 'medium',
  criteria: { direct: ['CC6.8'], supporting: ['CC7.2'] },
  rationale: 'When an instance behaves like an infected one, GuardDuty looks at its volumes, without an agent on it.',
  configRule: 'GUARDDUTY_MALWARE_PROTECTION_ENABLED',
});

export const rdsProtection = feature({
  id: 'GuardDuty.RdsProtection',
  feature: 'RDS_LOGIN_EVENTS',
  title: 'GuardDuty watches logins to databases',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Guessed and stolen database passwords show as unusual logins, which no other log of AWS holds.',
  configRule: 'GUARDDUTY_RDS_PROTECTION_ENABLED',
});

export const lambdaProtection = feature({
  id: 'GuardDuty.LambdaProtection',
  feature: 'LAMBDA_NETWORK_LOGS',
  title: 'GuardDuty watches the network traffic of functions',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'A function that was taken over talks to hosts that it never talked to, even where the VPC keeps no flow logs.',
  configRule: 'GUARDDUTY_LAMBDA_PROTECTION_ENABLED',
});

export const runtimeMonitoring = rule({
  id: 'GuardDuty.RuntimeMonitoring',
  resourceTypes: DETECTOR,
  title: 'GuardDuty watches what runs on hosts, by agents that it manages',
  severity: 'low',
  criteria: { direct: ['CC6.8', 'CC7.2'] },
  rationale: 'An agent on the host sees processes and files, which logs of the network do not. It is billed by vCPU, and another agent may do the same.',
  remediation: {
    l2: 'features: [{ name: \'RUNTIME_MONITORING\', status: \'ENABLED\', additionalConfiguration: […] }]',
    cfn: 'Features with Name: RUNTIME_MONITORING, Status: ENABLED and an AdditionalConfiguration that is ENABLED',
  },
  configRule: 'GUARDDUTY_RUNTIME_MONITORING_ENABLED',
  sources: ['Amazon GuardDuty user guide, "GuardDuty Runtime Monitoring"', 'Amazon GuardDuty API reference, CreateDetector: the one feature that is off by default'],
  onByDefault: false,
  check: (detector) => applies(detector.get('Enable').isTrue(), 'the detector is switched off', () => withFeature(detector, 'RUNTIME_MONITORING', (one) => all(
    one.get('Status').is('ENABLED'), one.get('AdditionalConfiguration').some((agent) => agent.get('Status').is('ENABLED')),
  ))),
});

/** Methods by which a web page sends a file. */
const UPLOADS = ['PUT', 'POST', '*'];

export const uploadsScanned = rule({
  id: 'GuardDuty.UploadsScanned',
  resourceTypes: ['AWS::S3::Bucket'],
  title: 'What users upload is scanned for malware',
  severity: 'low',
  criteria: { direct: ['CC6.8'] },
  rationale: 'A file from outside may carry malware to whoever opens it next. That a bucket takes uploads is read from its CORS rules, which is a guess.',
  remediation: { l2: 'new CfnMalwareProtectionPlan(…)', cfn: 'an AWS::GuardDuty::MalwareProtectionPlan whose ProtectedResource names the bucket' },
  sources: ['Amazon GuardDuty user guide, "GuardDuty Malware Protection for S3"', 'Amazon S3 user guide, "Elements of a CORS configuration"'],
  onByDefault: false,
  check: (bucket, model) => applies(
    bucket.get('CorsConfiguration.CorsRules').some((one) => one.get('AllowedMethods').some((method) => method.oneOf(UPLOADS))),
    'no CORS rule lets web pages upload to it',
    () => Truth.of(
      model.referrers(bucket, 'AWS::GuardDuty::MalwareProtectionPlan', 'ProtectedResource.S3Bucket.BucketName').length > 0, 'no malware protection plan names the bucket',
    ),
  ),
});
