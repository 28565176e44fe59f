import { Annotations, Duration, Names, Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SecureLogGroup } from './secure-log-group';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { trailDefaults as d } from '../../defaults/trail';
import { EncryptionKey } from '../security/encryption-key';
import { SecureBucket } from '../storage/secure-bucket';
import { admitService, isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of an `AuditTrail`. */
export interface AuditTrailProps extends cloudtrail.TrailProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Records who reads and writes objects in every S3 bucket of the account. Billed by event: 0.10 USD for 100,000.
   *
   * @default false
   */
  readonly s3DataEvents?: boolean;
  /**
   * Records who invokes the Lambda functions of the account. Billed by event: 0.10 USD for 100,000.
   *
   * @default false
   */
  readonly lambdaDataEvents?: boolean;
}

const SERVICE = 'cloudtrail.amazonaws.com';

/**
 * A CloudTrail trail of all regions, with its key, its bucket and its log group, all of which CloudTrail may use for this trail only.
 *
 * It is a construct that holds a `Trail`, not a `Trail` itself, for two reasons: the key, the bucket and the log group belong to it and
 * stand below it, and the L2 lets CloudTrail write to the bucket for any trail of any account, which can only be avoided by not showing it
 * the bucket's policy. No construct takes a trail as a parameter; what a `Trail` can do is at `trail`.
 *
 * The trail has a fixed name, made from the construct's path unless given, because CloudTrail refuses a key whose policy does not name it.
 *
 * Supports CC2.1, CC6.1, CC7.2, CC7.3, C1.1 and PI1.5, and PI1.2 with `s3DataEvents`. Billed: one key (1 USD a month), storage and ingestion
 * of logs. The first trail of management events in an account is free, further ones and data events are billed.
 */
export class AuditTrail extends Construct {
  /** The trail itself. */
  public readonly trail: cloudtrail.Trail;
  /** The bucket that receives the log files. */
  public readonly bucket: s3.IBucket;
  /** The key that encrypts the log files. */
  public readonly key: kms.IKey;
  /** The log group that receives the events, unless `sendToCloudWatchLogs` is false. */
  public readonly logGroup?: logs.ILogGroupRef;

  /** @throws Error when a property weakens a claim without an opt-out, or a trail of an organization is not given its `orgId`. */
  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    if (props.isOrganizationTrail && props.orgId === undefined) {
      throw new Error(`AuditTrail at ${this.node.path}: isOrganizationTrail needs orgId, or the bucket refuses the logs of the other accounts; give orgId: 'o-…'`);
    }
    const stack = Stack.of(this);
    const trailName = props.trailName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
    const toLogs = props.sendToCloudWatchLogs ?? d.sendToCloudWatchLogs.value;
    const ofGroup = toLogs && !props.cloudWatchLogGroup ? ofLogGroup : () => false;

    this.key = props.encryptionKey ?? new EncryptionKey(this, 'Key', { description: `log files of the trail ${trailName}` });
    this.bucket = props.bucket ?? new SecureBucket(this, 'Bucket', {
      encryptionKey: this.key,
      objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(d.lockDays.value)),
      lifecycleRules: [{ id: 'Expire', expiration: Duration.days(d.logFileDays.value) }],
    });
    this.logGroup = toLogs ? props.cloudWatchLogGroup ?? new SecureLogGroup(this, 'Logs', {
      encryptionKey: this.key,
      retention: props.cloudWatchLogsRetention ?? d.retentionDays.value,
      optOuts: props.optOuts?.filter(({ rule }) => ofGroup(rule)),
    }) : undefined;
    this.admitTrail(trailArn, props);

    this.trail = new cloudtrail.Trail(this, 'Trail', {
      ...props,
      trailName,
      isMultiRegionTrail: props.isMultiRegionTrail ?? d.isMultiRegionTrail.value,
      includeGlobalServiceEvents: props.includeGlobalServiceEvents ?? d.includeGlobalServiceEvents.value,
      enableFileValidation: props.enableFileValidation ?? d.enableFileValidation.value,
      managementEvents: props.managementEvents ?? cloudtrail.ReadWriteType.ALL,
      sendToCloudWatchLogs: toLogs,
      cloudWatchLogGroup: this.logGroup,
      cloudWatchLogsRetention: undefined,
      encryptionKey: this.key,
      // By name, so that the L2 cannot add its statements: they let CloudTrail in for any trail of any account.
      bucket: s3.Bucket.fromBucketName(this, 'Target', this.bucket.bucketName),
    });
    // CloudTrail refuses a trail whose bucket or topic does not let it in yet. The L2 waits for neither of them.
    for (const policy of [this.bucket.policy, props.snsTopic?.node.tryFindChild('Policy')]) if (policy) this.trail.node.addDependency(policy);
    if (props.s3DataEvents) this.trail.logAllS3DataEvents();
    if (props.lambdaDataEvents) this.trail.logAllLambdaDataEvents();

    uphold(this, 'AuditTrail', props.optOuts?.filter(({ rule }) => !ofGroup(rule)), [{
      resource: this.trail.node.defaultChild as cloudtrail.CfnTrail,
      upheld: [
        { by: d.isLogging },
        { by: d.isMultiRegionTrail, weakened: isOff(props.isMultiRegionTrail) && 'isMultiRegionTrail: false' },
        { by: d.includeGlobalServiceEvents, weakened: isOff(props.includeGlobalServiceEvents) && 'includeGlobalServiceEvents: false' },
        { by: d.enableFileValidation, weakened: isOff(props.enableFileValidation) && 'enableFileValidation: false' },
        // Nothing here knows whose key it is when it comes from elsewhere, or how a bucket from elsewhere or of another kind is protected.
        ...isOwnKey(this.key) ? [{ by: d.encryptionKey }] : [],
        ...this.bucket instanceof SecureBucket ? [{ by: d.bucket }] : [],
        { by: d.sendToCloudWatchLogs, weakened: isOff(props.sendToCloudWatchLogs) && 'sendToCloudWatchLogs: false' },
        ...props.s3DataEvents ? [{ by: d.s3DataEvents }] : [],
        ...props.lambdaDataEvents ? [{ by: d.lambdaDataEvents }] : [],
      ],
    }]);
  }

  /** Lets CloudTrail use the key and write to the bucket for this trail, and for no other (AWS CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"). */
  private admitTrail(trailArn: string, { s3KeyPrefix, isOrganizationTrail, orgId }: AuditTrailProps): void {
    const admitted = admitService(this.key, { service: SERVICE, actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'], sourceArn: trailArn });
    if (!admitted) {
      Annotations.of(this).addWarningV2('cdk-soc2:auditTrailUnderForeignKey',
        'the policy of its key cannot be seen; it must let cloudtrail.amazonaws.com do kms:GenerateDataKey* and kms:DescribeKey, or the trail cannot be made');
    }
    const prefix = s3KeyPrefix === undefined ? '' : `${s3KeyPrefix}/`;
    const owners = [Stack.of(this).account, ...isOrganizationTrail && orgId !== undefined ? [orgId] : []];
    const statements = [
      { actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn], conditions: { StringEquals: { 'aws:SourceArn': trailArn } } },
      {
        actions: ['s3:PutObject'],
        resources: owners.map((owner) => this.bucket.arnForObjects(`${prefix}AWSLogs/${owner}/*`)),
        conditions: { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ];
    const principals = [new iam.ServicePrincipal(SERVICE)];
    const added = statements.map((statement) => this.bucket.addToResourcePolicy(new iam.PolicyStatement({ ...statement, principals })));
    if (!added.every(({ statementAdded }) => statementAdded)) {
      Annotations.of(this).addWarningV2('cdk-soc2:auditTrailIntoForeignBucket',
        'the policy of its bucket cannot be seen; it must let cloudtrail.amazonaws.com do s3:GetBucketAcl and s3:PutObject, or the trail cannot be made');
    }
  }
}

function ofLogGroup(rule: string): boolean {
  return rule.startsWith('Logs.');
}
