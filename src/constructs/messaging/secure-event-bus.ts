import { Annotations, Duration, Names } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { eventBusHardening } from './event-bus-hardening';
import { OptOut } from '../../declarations/opt-out';
import { eventBusDefaults as d } from '../../defaults/event-bus';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { hardened } from '../support/hardening';
import { admitService, isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';
import { plainLogGroupArn, vendedLogGroupName } from '../support/vended-logs';

/** Properties of a `SecureEventBus`. Those of `events.EventBus` keep their meaning; where they are left out, the secure default stands. */
export interface SecureEventBusProps extends events.EventBusProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Where the logs go.
   *
   * @default - a `SecureLogGroup` of its own
   */
  readonly logGroup?: logs.ILogGroup;
  /**
   * Keeps every event for so many days in an archive, so that it can be replayed. Billed by size, and 1 USD a month for the key of the archive.
   *
   * @default - no archive
   */
  readonly archiveRetention?: Duration;
}

/** The logs of a level are those of the ones before it, too, and each kind is delivered by itself. */
const LEVELS = [events.Level.ERROR, events.Level.INFO, events.Level.TRACE];

/**
 * An EventBridge event bus that is encrypted with a customer managed key, sets aside what it cannot encrypt, and logs its errors without the
 * contents of events.
 *
 * Rules on the bus need dead-letter queues of their own for what a target does not take.
 *
 * Supports CC6.1, CC7.2, C1.1 and PI1.3, and A1.2 with `archiveRetention`. Billed: the shared keys of data, of messages, of alarms and of logs (1 USD a
 * month each for the stack), an alarm (0.10 USD a month), events, and logs.
 */
export class SecureEventBus extends events.EventBus {
  /** The log group that receives the logs, unless they are turned off. */
  public readonly logGroup?: logs.ILogGroup;
  private readonly key: kms.IKey;

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `logConfig: { includeDetail: IncludeDetail.FULL }`, or the dead-letter queue is a FIFO one. */
  constructor(scope: Construct, id: string, props: SecureEventBusProps = {}) {
    const hard = hardened(eventBusHardening, scope, id, props);
    if (hard.deadLetterQueue?.fifo) {
      throw new Error(`SecureEventBus at ${scope.node.path}/${id}: EventBridge does not set events aside in FIFO queues; give another deadLetterQueue, or leave it out`);
    }
    const { includeDetail = events.IncludeDetail.NONE, level = events.Level.ERROR } = props.logConfig ?? {};
    super(scope, id, { ...hard, logConfig: { includeDetail, level } });
    this.key = hard.kmsKey!;
    eventBusHardening.complete!(this, hard);
    if (level !== events.Level.OFF) {
      this.logGroup = props.logGroup ?? new SecureLogGroup(this, 'Logs', { logGroupName: vendedLogGroupName(scope, id, 'events') });
      this.deliver(LEVELS.slice(0, LEVELS.indexOf(level) + 1), this.logGroup);
    }
    if (props.archiveRetention) this.archive('Archive', { eventPattern: { source: events.Match.prefix('') }, retention: props.archiveRetention });
    uphold(this, 'SecureEventBus', props.optOuts, [{
      resource: this.node.defaultChild as events.CfnEventBus,
      upheld: [
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...isOwnKey(this.key) ? [{ by: d.kmsKey }] : [],
        { by: d.deadLetterQueue },
        { by: d.logLevel, weakened: level === events.Level.OFF && 'logConfig: { level: OFF }' },
        { by: d.includeDetail, weakened: includeDetail === events.IncludeDetail.FULL && 'logConfig: { includeDetail: FULL }' },
        ...props.archiveRetention ? [{ by: d.archive }] : [],
      ],
    }]);
  }

  /**
   * Makes an archive, under a key of its own unless one is given; the L2 drops the key.
   *
   * @param id the id of the archive below the bus
   * @param props as for any archive
   * @throws Error when the key is that of the bus: the two would depend on each other.
   */
  public archive(id: string, props: events.BaseArchiveProps): events.Archive {
    if (props.kmsKey === this.key) {
      throw new Error(`SecureEventBus at ${this.node.path}: an archive under the key of its bus is a circular dependency; leave kmsKey out, or give another`);
    }
    const kmsKey = props.kmsKey ?? new EncryptionKey(this, `${id}Key`, { description: `archive ${id} of ${this.node.path}` });
    const archive = new events.Archive(this, id, { ...props, sourceEventBus: this, kmsKey });
    uphold(archive, 'SecureEventBus', undefined, [{ resource: archive.node.defaultChild as events.CfnArchive, upheld: isOwnKey(kmsKey) ? [{ by: d.archiveKey }] : [] }]);
    return archive;
  }

  /** The bus only says what to log; CloudWatch Logs has to be told to fetch it, and to be let use the key of the bus. */
  private deliver(levels: readonly events.Level[], group: logs.ILogGroup): void {
    const encryptionContext = { SourceArn: this.stack.formatArn({ service: 'logs', resource: '*' }) };
    const admitted = [
      admitService(this.key, { service: 'events.amazonaws.com', actions: ['kms:GenerateDataKey'], encryptionContext }),
      admitService(this.key, { service: 'delivery.logs.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], encryptionContext }),
    ];
    if (!admitted.every(Boolean)) {
      Annotations.of(this).addWarningV2('cdk-soc2:eventBusUnderForeignKey',
        'the policy of its key cannot be seen; it must let events.amazonaws.com and delivery.logs.amazonaws.com do kms:Decrypt and kms:GenerateDataKey, or there are neither events nor logs');
    }
    const nameOf = (suffix: string): string => `${Names.uniqueResourceName(this, { maxLength: 50, separator: '-' })}-${suffix}`;
    const destination = new logs.CfnDeliveryDestination(this, 'LogDestination', { name: nameOf('Logs'), destinationResourceArn: plainLogGroupArn(group) });
    let before: Construct | undefined;
    for (const level of levels) {
      const source = new logs.CfnDeliverySource(this, `LogSource${level}`, { name: nameOf(level), resourceArn: this.eventBusArn, logType: `${level}_LOGS` });
      const delivery = new logs.CfnDelivery(this, `LogDelivery${level}`, { deliverySourceName: source.ref, deliveryDestinationArn: destination.attrArn });
      // CloudWatch Logs refuses to change deliveries to one destination at the same time.
      if (before) delivery.node.addDependency(before);
      before = delivery;
    }
  }
}
