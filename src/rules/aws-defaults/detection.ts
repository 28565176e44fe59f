import type { AwsDefault } from '../kernel';

const CREATE_DETECTOR = 'Amazon GuardDuty API reference, CreateDetector: features that are not named are on';
/** GuardDuty turns every feature of a new detector on but runtime monitoring. */
const guardDutyFeature = { value: 'ENABLED', source: CREATE_DETECTOR, read: '2026-11' } as const;

export const detection = {
  'AWS::CloudTrail::EventDataStore.MultiRegionEnabled': { value: true, source: 'AWS::CloudTrail::EventDataStore', read: '2026-11' },
  'AWS::CloudTrail::EventDataStore.TerminationProtectionEnabled': { value: true, source: 'AWS::CloudTrail::EventDataStore', read: '2026-11' },
  'AWS::CloudTrail::EventDataStore.AdvancedEventSelectors': {
    value: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
    source: 'AWS CloudTrail API reference, CreateEventDataStore: all management events',
    read: '2026-11',
  },
  'AWS::CloudTrail::Trail.EventSelectors': {
    value: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }],
    source: 'AWS::CloudTrail::Trail: all management events and no data events',
    read: '2026-11',
  },
  'AWS::CloudTrail::Trail.EventSelectors.IncludeManagementEvents': { value: true, source: 'AWS::CloudTrail::Trail EventSelector', read: '2026-11' },
  'AWS::CloudTrail::Trail.EventSelectors.ReadWriteType': { value: 'All', source: 'AWS::CloudTrail::Trail EventSelector', read: '2026-11' },
  'AWS::CloudWatch::Alarm.ActionsEnabled': { value: true, source: 'AWS::CloudWatch::Alarm', read: '2026-11' },
  'AWS::CloudWatch::CompositeAlarm.ActionsEnabled': { value: true, source: 'AWS::CloudWatch::CompositeAlarm', read: '2026-11' },
  'AWS::CloudWatch::LogAlarm.ActionsEnabled': { value: true, source: 'AWS::CloudWatch::LogAlarm', read: '2026-11' },
  'AWS::Config::ConfigurationRecorder.RecordingGroup': {
    value: { AllSupported: true },
    source: 'AWS Config API reference, PutConfigurationRecorder: all supported types but the global IAM ones',
    read: '2026-11',
  },
  'AWS::Config::ConfigRule.EvaluationModes': { value: [{ Mode: 'DETECTIVE' }], source: 'AWS::Config::ConfigRule', read: '2026-11' },
  'AWS::Events::Rule.EventBusName': { value: 'default', source: 'AWS::Events::Rule', read: '2026-11' },
  'AWS::GuardDuty::Detector.Features.S3_DATA_EVENTS': guardDutyFeature,
  'AWS::GuardDuty::Detector.Features.EKS_AUDIT_LOGS': guardDutyFeature,
  'AWS::GuardDuty::Detector.Features.EBS_MALWARE_PROTECTION': guardDutyFeature,
  'AWS::GuardDuty::Detector.Features.RDS_LOGIN_EVENTS': guardDutyFeature,
  'AWS::GuardDuty::Detector.Features.LAMBDA_NETWORK_LOGS': guardDutyFeature,
  'AWS::Macie::Session.Status': { value: 'ENABLED', source: 'AWS::Macie::Session', read: '2026-11' },
  'AWS::SecurityHub::Hub.EnableDefaultStandards': { value: true, source: 'AWS::SecurityHub::Hub', read: '2026-11' },
} as const satisfies Readonly<Record<string, AwsDefault>>;
