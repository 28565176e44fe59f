import { awsDefaults } from './aws-defaults';
import { any, Property, ResourceReader, rule, Truth } from './kernel';
import { everySamEvent, SAM_TARGETS } from './shared/sam-events';

const SCHEDULE = 'AWS::Scheduler::Schedule';

/** What a schedule calls, and what becomes of calls that fail. SAM says it of its event source. */
function onTarget(resource: ResourceReader, ask: (target: Property) => Truth): Truth {
  return resource.type === SCHEDULE ? ask(resource.get('Target')) : everySamEvent(resource, ['ScheduleV2'], ask);
}

const keepsFailures = (target: Property) => any([target.get('DeadLetterConfig.Arn').isPresent(), target.get('DeadLetterConfig.Type').is('SQS')]);

export const scheduleDeadLetterQueue = rule({
  id: 'Scheduler.DeadLetterQueue',
  resourceTypes: [SCHEDULE, ...SAM_TARGETS],
  title: 'Scheduled calls that fail are kept',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'When its retries run out a scheduled call is dropped, and a night\'s processing with it; a dead-letter queue keeps it for whoever must catch up.',
  remediation: { l2: 'new LambdaInvoke(fn, { deadLetterQueue })', cfn: 'Target: { DeadLetterConfig: { Arn } }' },
  sources: ['EventBridge Scheduler user guide, "Configuring a dead-letter queue for EventBridge Scheduler"'],
  check: (resource) => onTarget(resource, (target) => keepsFailures(target).because('the schedule has no dead-letter queue')),
});

export const scheduleRetries = rule({
  id: 'Scheduler.Retries',
  resourceTypes: [SCHEDULE, ...SAM_TARGETS],
  title: 'Scheduled calls are tried again',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'With no retries and no dead-letter queue one throttled call means that the scheduled work is not done. Scheduler retries for a day unless told not to.',
  remediation: { l2: 'retryAttempts above 0, or deadLetterQueue', cfn: 'Target without RetryPolicy: { MaximumRetryAttempts: 0 }, or with DeadLetterConfig' },
  sources: ['EventBridge Scheduler API reference, RetryPolicy', 'AWS CDK API reference, aws-scheduler-targets ScheduleTargetBaseProps: 185 attempts by default'],
  check: (resource) => onTarget(resource, (target) => any([
    target.get('RetryPolicy.MaximumRetryAttempts').awsDefault(awsDefaults['AWS::Scheduler::Schedule.Target.RetryPolicy.MaximumRetryAttempts']).atLeast(1),
    keepsFailures(target),
  ]).because('the target is called once, and what fails is lost')),
});

export const scheduleCustomerKey = rule({
  id: 'Scheduler.CustomerKey',
  resourceTypes: [SCHEDULE],
  title: 'Schedule is encrypted with a key of the organization',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Schedules and their payloads are always encrypted; a key of one\'s own adds a policy and an audit trail of its use.',
  remediation: { construct: 'EncryptionKey', l2: 'key', cfn: 'KmsKeyArn' },
  sources: ['EventBridge Scheduler user guide, "Data encryption at rest in EventBridge Scheduler"'],
  check: (schedule) => schedule.get('KmsKeyArn').isPresent(),
});
