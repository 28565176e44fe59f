import { awsDefaults } from './aws-defaults';
import { all, any, applies, Property, ResourceReader, rule, Truth } from './kernel';
import { deliversLogs } from './shared/log-delivery';
import { isNamedBy } from './shared/resource-policy';
import { everySamEvent, SAM_TARGETS } from './shared/sam-events';

const RULE = 'AWS::Events::Rule';
const BUS = ['AWS::Events::EventBus'];
/** Event sources for which SAM makes a rule with one target. */
const SAM_RULES = ['EventBridgeRule', 'CloudWatchEvent', 'Schedule'];

function everyTarget(resource: ResourceReader, ask: (target: Property) => Truth): Truth {
  if (resource.type !== RULE) return everySamEvent(resource, SAM_RULES, ask);
  const targets = resource.get('Targets');
  return applies(targets.isPresent(), 'the rule has no target', () => targets.every(ask));
}

/** The queue for what could not be delivered; SAM makes one when told so by `Type: SQS`. */
const keepsFailures = (target: Property) => any([target.get('DeadLetterConfig.Arn').isPresent(), target.get('DeadLetterConfig.Type').is('SQS')]);

export const targetDeadLetterQueue = rule({
  id: 'Events.TargetDeadLetterQueue',
  resourceTypes: [RULE, ...SAM_TARGETS],
  title: 'Events that cannot be delivered are kept',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'EventBridge drops an event when its retries run out, and at once when the target or the right to call it is gone. A dead-letter queue keeps it.',
  remediation: { construct: 'SecureDeadLetterQueue', l2: 'new LambdaFunction(fn, { deadLetterQueue })', cfn: 'Targets with DeadLetterConfig: { Arn }' },
  nagRules: ['EventBusDLQ'],
  sources: ['Amazon EventBridge user guide, "Using dead-letter queues to process undelivered events in EventBridge"', 'Amazon EventBridge user guide, "How EventBridge retries delivering events": for 24 hours'],
  // EventBridge tries for a day by itself; for most targets that is enough.
  onByDefault: false,
  check: (resource) => everyTarget(resource, (target) => keepsFailures(target).because('a target has no dead-letter queue')),
});

export const targetRetries = rule({
  id: 'Events.TargetRetries',
  resourceTypes: [RULE, ...SAM_TARGETS],
  title: 'Delivery of events is tried again',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'With no retries and no dead-letter queue one throttled call loses the event. EventBridge retries for a day unless it is told not to.',
  remediation: { l2: 'retryAttempts above 0, or deadLetterQueue', cfn: 'Targets without RetryPolicy: { MaximumRetryAttempts: 0 }, or with DeadLetterConfig' },
  sources: ['Amazon EventBridge user guide, "How EventBridge retries delivering events": 185 attempts within 24 hours by default'],
  check: (resource) => everyTarget(resource, (target) => any([
    target.get('RetryPolicy.MaximumRetryAttempts').awsDefault(awsDefaults['AWS::Events::Rule.Targets.RetryPolicy.MaximumRetryAttempts']).atLeast(1),
    keepsFailures(target),
  ]).because('a target takes each event once, and what fails is lost')),
});

export const busDeadLetterQueue = rule({
  id: 'Events.BusDeadLetterQueue',
  resourceTypes: BUS,
  title: 'Bus with its own key keeps what it cannot encrypt',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'When the key is disabled or its policy is wrong, EventBridge can process no event of the bus; a dead-letter queue keeps them until the key works again.',
  remediation: { construct: 'SecureEventBus', l2: 'deadLetterQueue', cfn: 'DeadLetterConfig: { Arn }' },
  sources: ['Amazon EventBridge user guide, "Using dead-letter queues to capture encrypted event errors in EventBridge"'],
  check: (bus) => applies(bus.get('KmsKeyIdentifier').isPresent(), 'the bus uses the key of AWS', () => bus.get('DeadLetterConfig.Arn').isPresent()),
});

export const archive = rule({
  id: 'Events.Archive',
  resourceTypes: BUS,
  title: 'Events of the bus can be replayed',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.3', 'A1.2'] },
  rationale: 'After a fault in a consumer an archive lets the events be processed again. It costs storage and suits consumers that tolerate repeats.',
  remediation: { construct: 'SecureEventBus', l2: 'bus.archive()', cfn: 'an AWS::Events::Archive with the bus as SourceArn' },
  sources: ['Amazon EventBridge user guide, "Archiving and replaying events"'],
  check: (bus, model) => isNamedBy(bus, model, { type: 'AWS::Events::Archive', property: 'SourceArn' }),
});

export const eventsCustomerKey = rule({
  id: 'Events.CustomerKey',
  resourceTypes: [...BUS, 'AWS::Events::Archive'],
  title: 'Events are encrypted with a key of the organization',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Events are always encrypted; a key of one\'s own adds a policy and an audit trail of its use.',
  remediation: { construct: 'SecureEventBus', l2: 'kmsKey', cfn: 'KmsKeyIdentifier' },
  sources: ['AWS::Events::EventBus, KmsKeyIdentifier: an AWS owned key by default'],
  check: (resource) => resource.get('KmsKeyIdentifier').isPresent(),
});

export const busLogging = rule({
  id: 'Events.BusLogging',
  resourceTypes: BUS,
  title: 'Bus logs what it could not process',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'The log tells which event failed where. Metrics and dead-letter queues tell that something failed, so this is off by default.',
  remediation: { construct: 'SecureEventBus', l2: 'logConfig: { level: Level.ERROR }', cfn: 'LogConfig: { Level: ERROR }, with an AWS::Logs::DeliverySource and an AWS::Logs::Delivery' },
  sources: ['Amazon EventBridge user guide, "Configuring logs for Amazon EventBridge event buses": OFF by default, delivered through CloudWatch Logs deliveries'],
  check: (bus, model) => all(
    bus.get('LogConfig.Level').oneOf(['ERROR', 'INFO', 'TRACE']).because('the bus writes no log'),
    deliversLogs(bus, model, /_LOGS$/),
  ),
});

export const busLogsNoDetail = rule({
  id: 'Events.NoDetailInLogs',
  resourceTypes: BUS,
  title: 'Contents of events are not copied to logs',
  severity: 'low',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1'] },
  rationale: 'Full detail writes whole events, personal data included and unredacted, to logs that more people can read than the events themselves.',
  remediation: { construct: 'SecureEventBus', l2: 'logConfig: { includeDetail: IncludeDetail.NONE }', cfn: 'LogConfig: { IncludeDetail: NONE }, or none' },
  sources: ['Amazon EventBridge user guide, "Configuring logs for Amazon EventBridge event buses": including detail data'],
  check: (bus) => applies(bus.get('LogConfig').isPresent(), 'the bus writes no log', () => bus.get('LogConfig.IncludeDetail').isNot('FULL')),
});
