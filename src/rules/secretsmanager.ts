import { any, applies, Evaluation, Property, ResourceReader, rule, Truth } from './kernel';
import { ownKey } from './shared/own-key';
import { notPlaintext } from './shared/plaintext-secret';
import { notPublic } from './shared/resource-policy';

const SECRET = ['AWS::SecretsManager::Secret'];
const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';

export const customerKey = rule({
  id: 'SecretsManager.CustomerKey',
  resourceTypes: SECRET,
  title: 'Secret is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The policy of one\'s own key is a second lock: who may read the secret must be allowed to decrypt it as well. The AWS managed key lets everybody in the account who may read it.',
  remediation: { construct: 'SecureSecret', l2: 'encryptionKey', cfn: 'KmsKeyId' },
  configRule: 'SECRETSMANAGER_USING_CMK',
  nagRules: ['SecretsManagerUsingKMSKey'],
  sources: ['AWS::SecretsManager::Secret, KmsKeyId: aws/secretsmanager without it'],
  check: (secret) => ownKey(secret.get('KmsKeyId'), 'secretsmanager'),
});

/** The schedules of a secret. CDK sets them on the attachment to a database, whose `Ref` is the secret's ARN too. */
function schedulesOf(secret: ResourceReader, model: Evaluation): ResourceReader[] {
  const attachments = model.referrers(secret, 'AWS::SecretsManager::SecretTargetAttachment', 'SecretId');
  return [secret, ...attachments].flatMap((one) => model.referrers(one, SCHEDULE, 'SecretId'));
}

const interval = (schedule: ResourceReader): Truth => any([
  schedule.get('RotationRules.AutomaticallyAfterDays').isPresent(),
  schedule.get('RotationRules.ScheduleExpression').isPresent(),
]).because('the rotation schedule sets no interval in RotationRules');

export const rotation = rule({
  id: 'SecretsManager.Rotation',
  resourceTypes: SECRET,
  title: 'Secret is rotated',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'A password that never changes stays useful to whoever once saw it: a former employee, a log, a leaked backup.',
  remediation: { construct: 'SecureSecret', l2: 'addRotationSchedule()', cfn: 'an AWS::SecretsManager::RotationSchedule with RotationRules' },
  configRule: 'SECRETSMANAGER_ROTATION_ENABLED_CHECK',
  nagRules: ['SecretsManagerRotationEnabled'],
  sources: ['AWS Secrets Manager user guide, "Rotate AWS Secrets Manager secrets"'],
  check: (secret, model) => any(schedulesOf(secret, model).map(interval), `no ${SCHEDULE} rotates it`),
});

const LONGEST_DAYS = 90;
const DAYS_OF: Readonly<Record<string, number>> = { hour: 1 / 24, hours: 1 / 24, day: 1, days: 1 };

/** `rate(30 days)` tells its interval; a cron expression is left open, as its dates depend on the calendar. */
function shortEnough(expression: Property): Truth {
  if (typeof expression.scalar !== 'string') return expression.openTruth();
  const [, count, unit] = /^rate\(\s*(\d+)\s+(hours?|days?)\s*\)$/.exec(expression.scalar) ?? [];
  if (count === undefined) return Truth.unknown('the interval of a cron schedule is not worked out');
  expression.seen();
  return Truth.of(Number(count) * DAYS_OF[unit] <= LONGEST_DAYS, `the secret is rotated every ${count} ${unit}, expected ${LONGEST_DAYS} days or less`);
}

export const rotationInterval = rule({
  id: 'SecretsManager.RotationInterval',
  resourceTypes: [SCHEDULE],
  title: 'Secret is rotated every 90 days or sooner',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'How often a secret changes bounds how long a stolen one is of use. Ninety days is what most access policies promise.',
  remediation: { construct: 'SecureSecret', l2: 'addRotationSchedule(…, { automaticallyAfter: Duration.days(30) })', cfn: 'RotationRules: { AutomaticallyAfterDays: 30 }' },
  configRule: 'SECRETSMANAGER_SECRET_PERIODIC_ROTATION',
  sources: ['AWS::SecretsManager::RotationSchedule, RotationRules'],
  check: (schedule) => {
    const days = schedule.get('RotationRules.AutomaticallyAfterDays');
    const expression = schedule.get('RotationRules.ScheduleExpression');
    return expression.missing ? days.atMost(LONGEST_DAYS) : shortEnough(expression);
  },
});

export const noPlaintext = rule({
  id: 'SecretsManager.NoPlaintext',
  resourceTypes: SECRET,
  title: 'Secret\'s value is not in the template',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1'] },
  rationale: 'A secret that is written in a template is in version control, in pipelines and in the stack\'s history: it is no secret any more.',
  remediation: { construct: 'SecureSecret', l2: 'generateSecretString', cfn: 'GenerateSecretString, or a NoEcho parameter without default' },
  sources: ['CloudFormation user guide, "Security best practices": do not embed credentials in templates'],
  check: (secret) => {
    const value = secret.get('SecretString');
    // An empty object is a place for a value to come.
    return applies(value.isPresent(), 'no value is given to it', () => (value.scalar === '{}' ? Truth.YES : notPlaintext(value)));
  },
});

export const policyNotPublic = rule({
  id: 'SecretsManager.PolicyNotPublic',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  title: 'Secret\'s policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.3'], supporting: ['CC6.6'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, offers the secret to every AWS account.',
  remediation: { construct: 'SecureSecret', l2: 'name principals in addToResourcePolicy()', cfn: 'ResourcePolicy whose Allow statements name their principals' },
  sources: ['AWS Secrets Manager user guide, "Resource-based policies"'],
  check: (policy) => notPublic(policy.get('ResourcePolicy')),
});

export const blocksPublicPolicy = rule({
  id: 'SecretsManager.BlocksPublicPolicy',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  title: 'Broad policies are refused for the secret',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'Secrets Manager proves, when a policy is set, that it does not give broad access; switching that off leaves only the reviewer.',
  remediation: { construct: 'SecureSecret', l2: 'new CfnResourcePolicy({ blockPublicPolicy: true, … })', cfn: 'BlockPublicPolicy: true' },
  sources: ['AWS::SecretsManager::ResourcePolicy, BlockPublicPolicy: blocks by default', 'Secrets Manager API reference, PutResourcePolicy: does not block by default'],
  check: (policy) => {
    const block = policy.get('BlockPublicPolicy');
    // The two pages of AWS contradict each other, so silence proves nothing.
    return block.missing ? block.seen() && Truth.unknown('BlockPublicPolicy is absent, and AWS documents two different defaults') : block.isTrue();
  },
});
