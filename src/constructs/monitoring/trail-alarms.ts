import { Duration, Names, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { isElsewhere } from './delivery';
import { TRAIL_FILTERS } from './trail-filters';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { trailAlarmDefaults as d } from '../../defaults/trail-alarms';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

/** Properties of `TrailAlarms`. */
export interface TrailAlarmsProps {
  /** The log group of the trail, of the same account and region, e.g. `auditTrail.logGroup`. */
  readonly logGroup: logs.ILogGroupRef;
  /**
   * Where the alarms go.
   *
   * @default - the alarm topic that the stack shares
   */
  readonly topic?: sns.ITopic;
  /**
   * The namespace of the metrics that are made of the events: 1 to 255 characters, not beginning with AWS/.
   *
   * @default - TrailAlarms/ and a name made of the construct's path
   */
  readonly metricNamespace?: string;
  /**
   * Whether the alarms tell anybody. Switch it off while you look at the metrics for the first weeks.
   *
   * @default true
   */
  readonly actionsEnabled?: boolean;
  /**
   * Rings when API calls are denied.
   *
   * @default true
   */
  readonly unauthorizedCalls?: boolean;
  /**
   * How many denied calls within five minutes ring.
   *
   * @default 1
   */
  readonly unauthorizedCallsThreshold?: number;
  /**
   * Rings when an IAM user signs in to the console without a second factor.
   *
   * @default true
   */
  readonly signInWithoutMfa?: boolean;
  /**
   * Rings when the root user is used.
   *
   * @default true
   */
  readonly rootUse?: boolean;
  /**
   * Rings when policies of IAM are changed, by deployments too.
   *
   * @default true
   */
  readonly iamChanges?: boolean;
  /**
   * Rings when a trail is changed or stopped.
   *
   * @default true
   */
  readonly trailChanges?: boolean;
  /**
   * Rings when sign-ins to the console fail.
   *
   * @default true
   */
  readonly signInFailures?: boolean;
  /**
   * How many failed sign-ins within five minutes ring.
   *
   * @default 1
   */
  readonly signInFailuresThreshold?: number;
  /**
   * Rings when a key is disabled or set to be deleted.
   *
   * @default true
   */
  readonly keyDisabling?: boolean;
  /**
   * Rings when the policy of a bucket is changed, by deployments too.
   *
   * @default true
   */
  readonly bucketPolicyChanges?: boolean;
  /**
   * Rings when AWS Config is changed or stopped.
   *
   * @default true
   */
  readonly configChanges?: boolean;
  /**
   * Rings when a security group is changed, by deployments too.
   *
   * @default true
   */
  readonly securityGroupChanges?: boolean;
  /**
   * Rings when a network ACL is changed, by deployments too.
   *
   * @default true
   */
  readonly networkAclChanges?: boolean;
  /**
   * Rings when an internet or customer gateway is changed, by deployments too.
   *
   * @default true
   */
  readonly gatewayChanges?: boolean;
  /**
   * Rings when a route table is changed, by deployments too.
   *
   * @default true
   */
  readonly routeTableChanges?: boolean;
  /**
   * Rings when a VPC or a peering is changed, by deployments too.
   *
   * @default true
   */
  readonly vpcChanges?: boolean;
  /**
   * Rings when the organization is changed. For a trail of the management account, or of the organization.
   *
   * @default false
   */
  readonly organizationChanges?: boolean;
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * The alarms on the log group of a trail that the CIS AWS Foundations Benchmark asks for, with the filters that it prescribes.
 *
 * With a trail of all regions they see what happens in each of them, IAM included. Deployments ring too: `SecurityEventRules` leave those out.
 *
 * Supports A1.2, CC7.1, CC7.2, CC7.3 and CC8.1. Billed: each alarm (0.10 USD a month) and each metric in months with such events (0.30 USD), and the shared
 * key of alarms (1 USD a month for the stack).
 */
export class TrailAlarms extends Construct {
  /** The alarms, by the name of the property that leaves them out. */
  public readonly alarms: { [name: string]: cloudwatch.Alarm } = {};
  /** Where the alarms go. */
  public readonly topic: sns.ITopic;

  /**
   * @throws Error when the topic or the log group is in another region, when the log group takes no metric filters, when a threshold is less than 1, when
   * `metricNamespace` is none, when no alarm is left, or when `actionsEnabled: false` has no opt-out.
   */
  constructor(scope: Construct, id: string, props: TrailAlarmsProps) {
    super(scope, id);
    this.topic = props.topic ?? AlarmTopic.shared(this);
    for (const [name, one] of Object.entries({ topic: this.topic, logGroup: props.logGroup })) {
      if (isElsewhere(one, this)) this.refuse(`its ${name} is in ${one.env.region}, and alarms work within a region; make it in ${Stack.of(this).region}`);
    }
    this.refuseWithoutFilters(props.logGroup);

    const namespace = props.metricNamespace ?? `TrailAlarms/${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`;
    if (!Token.isUnresolved(namespace) && !/^(?!AWS\/)[^:*$]{1,255}$/.test(namespace)) {
      this.refuse(`metricNamespace is 1 to 255 characters without colons, asterisks and dollar signs, and not one of AWS, got ${JSON.stringify(namespace)}`);
    }
    for (const name of Object.keys(TRAIL_FILTERS) as (keyof typeof TRAIL_FILTERS)[]) {
      if (props[name] ?? d[name].value) this.alarms[name] = this.ring(name, namespace, props);
    }
    const alarms = Object.values(this.alarms);
    if (alarms.length === 0) this.refuse('no alarm is left; leave out one of its properties, or the construct');
    admitPublisher(this.topic, 'cloudwatch.amazonaws.com');
    uphold(this, 'TrailAlarms', props.optOuts, alarms.map((alarm) => ({
      resource: alarm.node.defaultChild as cloudwatch.CfnAlarm,
      upheld: [
        { by: d.actionsEnabled, rule: 'CloudWatch.AlarmAction' },
        { by: d.actionsEnabled, rule: 'CloudWatch.AlarmActionsEnabled', weakened: isOff(props.actionsEnabled) && 'actionsEnabled: false' },
      ],
    })));
  }

  private ring(name: keyof typeof TRAIL_FILTERS, metricNamespace: string, props: TrailAlarmsProps): cloudwatch.Alarm {
    const { description, pattern } = TRAIL_FILTERS[name];
    const id = `${name[0].toUpperCase()}${name.slice(1)}`;
    const filter = new logs.MetricFilter(this, `${id}Filter`, {
      logGroup: props.logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace,
      metricName: id,
    });
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: description,
      metric: filter.metric({ period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
      threshold: this.thresholdOf(name, props),
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // The filter makes no data where nothing happens.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      actionsEnabled: props.actionsEnabled ?? d.actionsEnabled.value,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  private thresholdOf(name: keyof typeof TRAIL_FILTERS, props: TrailAlarmsProps): number {
    if (name !== 'unauthorizedCalls' && name !== 'signInFailures') return 1;
    const property = `${name}Threshold` as const;
    const threshold = props[property] ?? d[property].value;
    if (!Token.isUnresolved(threshold) && !(threshold >= 1)) this.refuse(`${property} is 1 or more, got ${threshold}`);
    return threshold;
  }

  private refuseWithoutFilters(logGroup: logs.ILogGroupRef): void {
    const cfn = logGroup.node.defaultChild;
    if (cfn instanceof logs.CfnLogGroup && cfn.logGroupClass !== undefined && cfn.logGroupClass !== logs.LogGroupClass.STANDARD) {
      this.refuse(`metric filters work on log groups of the class STANDARD only, and ${logGroup.node.path} is of ${cfn.logGroupClass}`);
    }
  }

  private refuse(why: string): never {
    throw new Error(`TrailAlarms at ${this.node.path}: ${why}`);
  }
}
