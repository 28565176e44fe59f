import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { admitToQueue, isElsewhere } from './delivery';
import { SecurityEvent, securityEvents } from './security-events';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { securityEventRuleDefaults as d } from '../../defaults/security-event-rules';
import { SecureDeadLetterQueue } from '../messaging/secure-dead-letter-queue';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

const EVENTBRIDGE = 'events.amazonaws.com';

/** Properties of `SecurityEventRules`. */
export interface SecurityEventRulesProps {
  /**
   * Where the events go: a topic of the same region, not a FIFO one.
   *
   * @default - the alarm topic that the stack shares
   */
  readonly topic?: sns.ITopic;
  /**
   * The queue for events that could not be delivered to the topic, not a FIFO one.
   *
   * @default - a `SecureDeadLetterQueue`, whose alarm goes to the topic
   */
  readonly deadLetterQueue?: sqs.IQueue;
  /**
   * Keeps events that could not be delivered. EventBridge tries for a day, but drops an event at once when it has lost the right to the topic or its key.
   *
   * @default true
   */
  readonly keepUndelivered?: boolean;
  /**
   * Tells of the root user: sign-ins, and calls that read or write. Sign-ins are told in us-east-1, calls in the region that is called.
   *
   * @default true
   */
  readonly rootUse?: boolean;
  /**
   * Tells of IAM users that sign in to the console without a second factor, in the region whose console it is.
   *
   * @default true
   */
  readonly signInWithoutMfa?: boolean;
  /**
   * Tells of every API call that is denied. `TrailAlarms` counts them instead.
   *
   * @default false
   */
  readonly unauthorizedCalls?: boolean;
  /**
   * Tells of changes of IAM: policies, users, access keys, identity providers. Heard in us-east-1 only (cn-north-1, us-gov-west-1).
   *
   * @default - true, unless the stack is known to be in another region
   */
  readonly iamChanges?: boolean;
  /**
   * Tells of changes of the organization. Heard in us-east-1 (cn-northwest-1, us-gov-west-1) of the management account only.
   *
   * @default false
   */
  readonly organizationChanges?: boolean;
  /**
   * Tells of changes of security groups.
   *
   * @default true
   */
  readonly securityGroupChanges?: boolean;
  /**
   * Tells of changes of network ACLs.
   *
   * @default true
   */
  readonly networkAclChanges?: boolean;
  /**
   * Tells of changes of route tables.
   *
   * @default true
   */
  readonly routeTableChanges?: boolean;
  /**
   * Tells of changes of internet, customer, NAT and VPN gateways.
   *
   * @default true
   */
  readonly gatewayChanges?: boolean;
  /**
   * Tells of changes of VPCs and peerings.
   *
   * @default true
   */
  readonly vpcChanges?: boolean;
  /**
   * Tells of changes of bucket policies, ACLs and blocks of public access.
   *
   * @default true
   */
  readonly bucketPolicyChanges?: boolean;
  /**
   * Tells of keys that are disabled or set to be deleted.
   *
   * @default true
   */
  readonly keyDisabling?: boolean;
  /**
   * Tells of trails that are changed or stopped.
   *
   * @default true
   */
  readonly trailChanges?: boolean;
  /**
   * Tells of AWS Config that is changed or stopped.
   *
   * @default true
   */
  readonly configChanges?: boolean;
  /**
   * Tells of severe findings of GuardDuty.
   *
   * @default true
   */
  readonly guardDutyFindings?: boolean;
  /**
   * The least severity of findings of GuardDuty that are told of, from 1 to 10.
   *
   * @default 7
   */
  readonly guardDutySeverity?: number;
  /**
   * Tells of findings of Security Hub that are CRITICAL or HIGH, as long as their workflow is NEW.
   *
   * @default true
   */
  readonly securityHubFindings?: boolean;
  /**
   * Tells of backup, restore and copy jobs that failed. A `RecoveryPlan` with a `notificationTopic` tells of them too.
   *
   * @default true
   */
  readonly backupFailures?: boolean;
  /**
   * Tells of resources that no longer comply with a rule of AWS Config, those of Security Hub aside.
   *
   * @default true
   */
  readonly configNonCompliance?: boolean;
  /**
   * Tells of problems, abuse reports and planned changes of AWS Health.
   *
   * @default true
   */
  readonly healthEvents?: boolean;
  /**
   * Tells of changes by CloudFormation too: of IAM, networks, buckets and the organization. Each deployment is then told of.
   *
   * @default false
   */
  readonly changesByCloudFormation?: boolean;
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * Rules of EventBridge that tell somebody of what happens in an account: use of the root user, changes of IAM, networks, keys and records, findings, failed
 * backups. One for each region in use; those of global services are heard in us-east-1 only.
 *
 * Supports A1.2, CC4.2, CC7.1, CC7.2, CC7.3, CC7.4, CC8.1 and PI1.3. Billed: the shared keys of alarms and of messages (1 USD a month each for the stack), an
 * alarm (0.10 USD a month), and messages. Rules for events of AWS are free.
 */
export class SecurityEventRules extends Construct {
  /** The rules, by the name of the property that leaves them out. */
  public readonly rules: { [name: string]: events.Rule } = {};
  /** Where the events go. */
  public readonly topic: sns.ITopic;
  /** The queue for events that could not be delivered, unless `keepUndelivered` is false. */
  public readonly deadLetterQueue?: sqs.IQueue;

  /**
   * @throws Error when the topic or the queue is one that EventBridge does not deliver to, when `guardDutySeverity` is none, when nothing is left to tell of, or when `keepUndelivered: false`
   * has no opt-out.
   */
  constructor(scope: Construct, id: string, props: SecurityEventRulesProps = {}) {
    super(scope, id);
    const severity = props.guardDutySeverity ?? d.guardDutySeverity.value;
    if (!Token.isUnresolved(severity) && !(severity >= 1 && severity <= 10)) this.refuse(`guardDutySeverity is from 1 to 10, got ${severity}`);
    this.topic = props.topic ?? AlarmTopic.shared(this);
    if (this.topic.fifo) this.refuse('EventBridge does not deliver to FIFO topics; give another topic');
    if (props.deadLetterQueue?.fifo) this.refuse('EventBridge does not set events aside in FIFO queues; give another deadLetterQueue, or leave it out');
    if (props.deadLetterQueue && isOff(props.keepUndelivered)) this.refuse('keepUndelivered: false makes no use of deadLetterQueue; leave out one of them');
    const keeps = props.keepUndelivered ?? d.deadLetterQueue.value;
    this.deadLetterQueue = keeps ? props.deadLetterQueue ?? new SecureDeadLetterQueue(this, 'Undelivered', { alarmTopic: this.topic }) : undefined;
    for (const target of [this.topic, this.deadLetterQueue]) {
      if (target && isElsewhere(target, this)) this.refuse(`EventBridge delivers within a region, and ${target.node.path} is in ${target.env.region}; give one of ${Stack.of(this).region}`);
    }

    const told = securityEvents({ guardDutySeverity: severity, changesByCloudFormation: props.changesByCloudFormation ?? d.changesByCloudFormation.value });
    for (const name of Object.keys(told) as (keyof typeof told)[]) {
      if (this.isWanted(name, told[name], props[name])) this.rules[name] = this.tell(name, told[name]);
    }
    const rules = Object.values(this.rules);
    if (rules.length === 0) this.refuse('nothing is left to tell of; leave out one of its properties, or the construct');

    admitPublisher(this.topic, EVENTBRIDGE);
    if (this.deadLetterQueue) admitToQueue(this.deadLetterQueue, EVENTBRIDGE);
    uphold(this, 'SecurityEventRules', props.optOuts, rules.map((rule) => ({
      resource: rule.node.defaultChild as events.CfnRule,
      upheld: [
        { by: d.deadLetterQueue, rule: 'Events.TargetRetries' },
        { by: d.deadLetterQueue, rule: 'Events.TargetDeadLetterQueue', weakened: !keeps && 'keepUndelivered: false' },
      ],
    })));
  }

  /** Events of a global service are not heard elsewhere: a rule there would look as if it did something. */
  private isWanted(name: keyof ReturnType<typeof securityEvents>, { global }: SecurityEvent, asked: boolean | undefined): boolean {
    const wanted = asked ?? d[name].value;
    const { region } = Stack.of(this);
    const heardIn = regionOf(name, region);
    if (!wanted || !global || Token.isUnresolved(region) || region === heardIn) return wanted;
    Annotations.of(this).addWarningV2(`cdk-soc2:globalEvents:${name}`,
      `nothing of ${name} is heard in ${region}: EventBridge hands it out in ${heardIn} only; make SecurityEventRules there, and give ${name}: false here`);
    return asked ?? false;
  }

  private tell(name: string, { description, pattern, reads }: SecurityEvent): events.Rule {
    const letters = this.deadLetterQueue;
    const rule = new events.Rule(this, `${name[0].toUpperCase()}${name.slice(1)}`, {
      description,
      eventPattern: pattern,
      // The L2 targets add a statement for each rule to the policies of the topic and the queue, and that of a queue holds 20.
      targets: [{ bind: () => ({ arn: this.topic.topicArn, deadLetterConfig: letters && { arn: letters.queueArn } }) }],
    });
    // The L2 knows on and off only.
    if (reads) (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    return rule;
  }

  private refuse(why: string): never {
    throw new Error(`SecurityEventRules at ${this.node.path}: ${why}`);
  }
}

/** Where the events of a global service are handed out, in the partition of a region. */
function regionOf(name: string, region: string): string {
  if (region.startsWith('cn-')) return name === 'organizationChanges' ? 'cn-northwest-1' : 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
