/*
 * Reasons why findings of cdk-nag stay, where several constructs share them.
 */
export const NOT_REPLICATED = 'a copy in another region is a matter of the recovery objectives, and billed twice; give replicationRules where it is wanted';
export const LOGS_UNDER_SSE_S3 = 'S3 delivers access logs to buckets with SSE-S3 only';
export const LOGS_NOT_LOGGED = 'it receives access logs: logging the log bucket would not end; cdk-nag knows it by the buckets that log to it, of which there is none here';

export const AWS_POLICY = 'a role for the service alone: AWS keeps its managed policy in step with what the service needs';

/** The log bucket that the buckets of a stack share. */
export const SHARED_LOGS = {
  'NIST.800.53.R5-S3BucketReplicationEnabled S/SharedAccessLogs/Resource': NOT_REPLICATED,
  'NIST.800.53.R5-S3DefaultEncryptionKMS S/SharedAccessLogs/Resource': LOGS_UNDER_SSE_S3,
};
export const BACKED_UP_BY_TAG = 'it is backed up by the tag soc2:backup=true, which cdk-nag does not follow; see Backup.StatefulResourceSelected';
