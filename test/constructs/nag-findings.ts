const NOT_REPLICATED = 'a copy in another region is a matter of the recovery objectives, and billed twice; give replicationRules where it is wanted';
const LOGS_UNDER_SSE_S3 = 'S3 delivers access logs to buckets with SSE-S3 only';
const LOGS_NOT_LOGGED = 'it receives access logs: logging the log bucket would not end; cdk-nag knows it by the buckets that log to it, of which there is none here';

const AWS_POLICY = 'a role for the service alone: AWS keeps its managed policy in step with what the service needs';

/** The log bucket that the buckets of a stack share. */
const SHARED_LOGS = {
  'NIST.800.53.R5-S3BucketReplicationEnabled S/SharedAccessLogs/Resource': NOT_REPLICATED,
  'NIST.800.53.R5-S3DefaultEncryptionKMS S/SharedAccessLogs/Resource': LOGS_UNDER_SSE_S3,
};

/** What cdk-nag's packs NIST 800-53 r5 and AWS Solutions still find in a stack with one of each construct, with the reason why it stays. */
export const NAG_FINDINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SecureBucket: {
    ...SHARED_LOGS,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Resource': NOT_REPLICATED,
  },
  AccessLogBucket: {
    'AwsSolutions-S1 S/X/Resource': LOGS_NOT_LOGGED,
    'NIST.800.53.R5-S3BucketLoggingEnabled S/X/Resource': LOGS_NOT_LOGGED,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Resource': NOT_REPLICATED,
    'NIST.800.53.R5-S3DefaultEncryptionKMS S/X/Resource': LOGS_UNDER_SSE_S3,
  },
  SecureDatabase: {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole] S/X/MonitoringRole/Resource':
      AWS_POLICY,
    'AwsSolutions-RDS11 S/X/Resource': 'another port hides nothing from a scan',
    'NIST.800.53.R5-RDSInBackupPlan S/X/Resource': 'it is backed up by the tag soc2:backup=true, which cdk-nag does not follow; see Backup.StatefulResourceSelected',
  },
  AuditTrail: {
    ...SHARED_LOGS,
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/Trail/LogsRole/DefaultPolicy/Resource': 'CDK\'s role for the log group: a policy of its own for two actions on one group, which nobody else shall have',
    'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Bucket/Resource': NOT_REPLICATED,
  },
  RecoveryPlan: Object.fromEntries([
    'AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore', 'service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores',
  ].map((name) => [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}] S/X/Role/Resource`, AWS_POLICY])),
};
