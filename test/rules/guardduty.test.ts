import { ifProd, MACRO, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, notApplicable, pass, Table, unknown, verdicts } from './verdicts';
import {
  eksAuditLogs, enabled, lambdaProtection, malwareProtection, rdsProtection, runtimeMonitoring, s3Protection, uploadsScanned,
} from '../../src/rules/guardduty';

const bare = subject('AWS::GuardDuty::Detector');
const detector = subject('AWS::GuardDuty::Detector', { Enable: true });
const call = (parameters: object) => subject('Custom::AWS')({ Create: JSON.stringify({ service: 'GuardDuty', action: 'createDetector', parameters }) });

environmentVerdicts(enabled, {
  pass: { 'enabled': detector(), 'by an API call': call({ Enable: true }), 'by an API call of the old SDK': call({ enable: true }) },
  fail: { 'switched off': bare({ Enable: false }), 'not said': bare(), 'switched off by a call': call({ Enable: false }) },
  unknown: { 'by parameter': bare({ Enable: P }), 'another call': subject('Custom::AWS')({ Create: JSON.stringify({ service: 'GuardDuty', action: 'listDetectors', parameters: { Enable: true } }) }) },
  trap: {
    'the text False': fail(bare({ Enable: 'False' })),
    'in one branch': fail(bare({ Enable: ifProd(true, false) }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: detector() })),
    'off in another Region': pass(deployed({ [HERE]: detector(), [OTHER_REGION]: bare({ Enable: false }) })),
    'a member account only': unknown({ Master: { Type: 'AWS::GuardDuty::Master', Properties: { Enable: true } } }),
  },
});

const features = (...Features: unknown[]) => detector({ Features });
const byDefault = (Name: string, legacy?: (on: unknown) => object): Table => ({
  pass: {
    'named': features({ Name: 'OTHER', Status: 'DISABLED' }, { Name, Status: 'ENABLED' }),
    'no features': detector(),
    'others are named': features({ Name: 'OTHER', Status: 'DISABLED' }),
    ...legacy && { 'by the deprecated property': detector({ DataSources: legacy(true) }) },
  },
  fail: {
    'switched off': features({ Name, Status: 'DISABLED' }),
    ...legacy && { 'by the deprecated property': detector({ DataSources: legacy(false) }) },
  },
  unknown: {
    'by parameter': features({ Name, Status: P }),
    'which one by parameter': features({ Name: P, Status: 'DISABLED' }),
    'features by macro': detector({ Features: MACRO }),
  },
  notApplicable: { 'a detector that is off': bare({ Enable: false, Features: [{ Name, Status: 'ENABLED' }] }) },
  trap: {
    'in one branch': fail(features({ Name, Status: ifProd('ENABLED', 'DISABLED') }), { message: /IsProd is false/ }),
    'left out in one branch': pass(features(ifProd({ Name, Status: 'ENABLED' }))),
    'not stated, where it must be': fail(detector(), { options: { requireExplicit: true } }),
    'it may be named, and on': unknown(features({ Name: P, Status: 'ENABLED' })),
    ...legacy && { 'the feature outranks the deprecated property': fail(detector({ Features: [{ Name, Status: 'DISABLED' }], DataSources: legacy(true) })) },
  },
});
verdicts(s3Protection, byDefault('S3_DATA_EVENTS', (Enable) => ({ S3Logs: { Enable } })));
verdicts(eksAuditLogs, byDefault('EKS_AUDIT_LOGS', (Enable) => ({ Kubernetes: { AuditLogs: { Enable } } })));
verdicts(malwareProtection, byDefault('EBS_MALWARE_PROTECTION', (EbsVolumes) => ({ MalwareProtection: { ScanEc2InstanceWithFindings: { EbsVolumes } } })));
verdicts(rdsProtection, byDefault('RDS_LOGIN_EVENTS'));
verdicts(lambdaProtection, byDefault('LAMBDA_NETWORK_LOGS'));

const runtime = (Status: unknown, agent: unknown, Name = 'RUNTIME_MONITORING') => features({
  Name, Status, AdditionalConfiguration: [{ Name: 'ECS_FARGATE_AGENT_MANAGEMENT', Status: 'DISABLED' }, { Name: 'EC2_AGENT_MANAGEMENT', Status: agent }],
});
verdicts(runtimeMonitoring, {
  pass: { 'with an agent': runtime('ENABLED', 'ENABLED') },
  fail: { 'not named': detector(), 'off': runtime('DISABLED', 'ENABLED'), 'no agent is managed': runtime('ENABLED', 'DISABLED'), 'no agents': features({ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' }) },
  unknown: { 'by parameter': runtime(P, 'ENABLED') },
  notApplicable: { 'a detector that is off': bare({ Enable: false }) },
  trap: { 'of EKS only': fail(runtime('ENABLED', 'ENABLED', 'EKS_RUNTIME_MONITORING')), 'in one branch': fail(runtime(ifProd('ENABLED', 'DISABLED'), 'ENABLED')) },
});

const bucket = subject('AWS::S3::Bucket');
const cors = (...AllowedMethods: unknown[]) => ({ CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'] }, { AllowedMethods }] } });
const plan = (BucketName: unknown, more: object = {}) => ({ Plan: { Type: 'AWS::GuardDuty::MalwareProtectionPlan', Properties: { ProtectedResource: { S3Bucket: { BucketName } } }, ...more } });
verdicts(uploadsScanned, {
  pass: {
    'by reference': bucket(cors('PUT'), plan({ Ref: 'Subject' })),
    'by name': bucket({ BucketName: 'uploads', ...cors('POST') }, plan('uploads')),
  },
  fail: { 'no plan': bucket(cors('PUT')), 'a plan for another bucket': bucket(cors('POST'), plan('elsewhere')), 'every method': bucket(cors('*')) },
  unknown: { 'methods by parameter': bucket(cors(P)) },
  notApplicable: { 'no CORS': bucket(), 'reading only': bucket(cors('HEAD')) },
  trap: {
    'a plan in production only': fail(bucket(cors('PUT'), plan({ Ref: 'Subject' }, { Condition: 'IsProd' })), { message: /IsProd is false/ }),
    'a method of no upload': notApplicable(bucket(cors('GET', 'DELETE'))),
  },
});
