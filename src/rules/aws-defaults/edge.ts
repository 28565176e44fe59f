import type { AwsDefault } from '../kernel';

export const edge = {
  'AWS::AppSync::GraphQLApi.Visibility': { value: 'GLOBAL', source: 'AWS::AppSync::GraphQLApi', read: '2026-11' },
  'AWS::CertificateManager::Certificate.CertificateTransparencyLoggingPreference': {
    value: 'ENABLED', source: 'AWS::CertificateManager::Certificate', read: '2026-11',
  },
  'AWS::CertificateManager::Certificate.KeyAlgorithm': { value: 'RSA_2048', source: 'AWS::CertificateManager::Certificate', read: '2026-11' },
  'AWS::CertificateManager::Certificate.ValidationMethod': { value: 'EMAIL', source: 'AWS::CertificateManager::Certificate', read: '2026-11' },
  'AWS::ElasticLoadBalancingV2::Listener.SslPolicy': {
    value: 'ELBSecurityPolicy-2016-08', source: 'Elastic Load Balancing user guide, "Security policies"', read: '2026-11',
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer.Scheme': { value: 'internet-facing', source: 'AWS::ElasticLoadBalancingV2::LoadBalancer', read: '2026-11' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer.Type': { value: 'application', source: 'AWS::ElasticLoadBalancingV2::LoadBalancer', read: '2026-11' },
  'AWS::ElasticLoadBalancingV2::TargetGroup.HealthCheckEnabled': { value: true, source: 'AWS::ElasticLoadBalancingV2::TargetGroup', read: '2026-11' },
  'AWS::ElasticLoadBalancingV2::TargetGroup.TargetType': { value: 'instance', source: 'AWS::ElasticLoadBalancingV2::TargetGroup', read: '2026-11' },
  'AWS::Events::Rule.Targets.RetryPolicy.MaximumRetryAttempts': {
    value: 185, source: 'Amazon EventBridge user guide, "How EventBridge retries delivering events"', read: '2026-11',
  },
  'AWS::Pipes::Pipe.SourceParameters.MaximumRecordAgeInSeconds': { value: -1, source: 'AWS::Pipes::Pipe PipeSourceKinesisStreamParameters', read: '2026-11' },
  'AWS::Pipes::Pipe.SourceParameters.MaximumRetryAttempts': { value: -1, source: 'AWS::Pipes::Pipe PipeSourceKinesisStreamParameters', read: '2026-11' },
  'AWS::SQS::Queue.MessageRetentionPeriod': { value: 345600, source: 'AWS::SQS::Queue', read: '2026-11' },
  'AWS::Scheduler::Schedule.Target.RetryPolicy.MaximumRetryAttempts': {
    value: 185, source: 'AWS CDK API reference, aws-scheduler-targets ScheduleTargetBaseProps', read: '2026-11',
  },
  'AWS::StepFunctions::StateMachine.LoggingConfiguration.Level': {
    value: 'OFF', source: 'AWS::StepFunctions::StateMachine LoggingConfiguration', read: '2026-11',
  },
} as const satisfies Readonly<Record<string, AwsDefault>>;
