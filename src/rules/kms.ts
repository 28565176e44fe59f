import { awsDefaults } from './aws-defaults';
import { accountOf, all, any, applies, both, not, Property, ResourceReader, rule, Statement, Truth } from './kernel';
import { noNegation, notPublic } from './shared/resource-policy';
import { retained } from './shared/retention';

const KEY = ['AWS::KMS::Key'];
const ANY_KEY = [...KEY, 'AWS::KMS::ReplicaKey'];

export const keyRotation = rule({
  id: 'KMS.KeyRotation',
  resourceTypes: KEY,
  title: 'Key material is rotated automatically',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key that is never rotated protects ever more data, so that one leak of its material exposes all of it.',
  remediation: { construct: 'EncryptionKey', l2: 'enableKeyRotation: true', cfn: 'EnableKeyRotation: true' },
  configRule: 'CMK_BACKING_KEY_ROTATION_ENABLED',
  nagRules: ['KMSBackingKeyRotationEnabled'],
  sources: ['AWS KMS developer guide, "Rotate AWS KMS keys": automatic rotation is for symmetric encryption keys with key material from AWS KMS', 'CIS AWS Foundations 3.6'],
  check: (key) => whereRotated(key, () => key.get('EnableKeyRotation').isTrue()),
});

/** Symmetric encryption keys have no other usage. */
const OTHER_USAGES = ['SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];

function whereRotated(key: ResourceReader, check: () => Truth): Truth {
  return applies(
    all(not(key.get('KeyUsage').oneOf(OTHER_USAGES), 'it does not encrypt'), key.get('KeySpec').awsDefault(awsDefaults['AWS::KMS::Key.KeySpec']).is('SYMMETRIC_DEFAULT'),
      key.get('Origin').awsDefault(awsDefaults['AWS::KMS::Key.Origin']).is('AWS_KMS')),
    'automatic rotation exists only for symmetric keys with key material from AWS KMS', check,
  );
}

export const rotationPeriod = rule({
  id: 'KMS.RotationPeriod',
  resourceTypes: KEY,
  title: 'Key material is rotated yearly, or sooner',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'A year is what policies on keys commonly ask for, and what AWS KMS does unless told otherwise; a longer period should have a reason.',
  remediation: { construct: 'EncryptionKey', l2: 'rotationPeriod: Duration.days(365)', cfn: 'RotationPeriodInDays of 365 at most, or none' },
  sources: ['AWS::KMS::Key, RotationPeriodInDays: 365 by default', 'AWS KMS developer guide, "Rotate AWS KMS keys"'],
  onByDefault: false,
  check: (key) => whereRotated(key, () => applies(key.get('EnableKeyRotation').isTrue(), 'KMS.KeyRotation tells that it is not rotated',
    () => key.get('RotationPeriodInDays').awsDefault(awsDefaults['AWS::KMS::Key.RotationPeriodInDays']).atMost(365))),
});

export const keyPolicyNotPublic = rule({
  id: 'KMS.KeyPolicyNotPublic',
  resourceTypes: ANY_KEY,
  title: 'Key policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.3'], supporting: ['C1.1'] },
  rationale: 'Whoever may use a key can read what it protects; a wildcard principal without a narrowing condition means any AWS account.',
  remediation: { construct: 'EncryptionKey', l2: 'name principals in addToResourcePolicy(), or bind them with aws:PrincipalOrgID or kms:CallerAccount', cfn: 'a KeyPolicy whose Allow statements name their principals' },
  configRule: 'KMS_KEY_POLICY_NO_PUBLIC_ACCESS',
  sources: ['AWS KMS developer guide, "Key policies in AWS KMS"'],
  check: (key) => notPublic(key.get('KeyPolicy')).because('the key policy allows everyone, with no condition on who calls'),
});

/** The account itself: its root user's ARN or its number. Policies in IAM then decide who of it may. */
function isAccount(principal: Property, own: string | undefined): Truth {
  const account = accountOf(principal);
  if (account === undefined) return principal.openTruth();
  principal.seen();
  // Where the stack's own account is not known, a number in the template is taken for it.
  return Truth.of(account.whole && (account.id === undefined || own === undefined || account.id === own), 'it is not the account');
}

/** The statement is for somebody other than the account as a whole. */
function forOthers(statement: Statement, own: string | undefined): Truth {
  const { property } = statement.principal();
  if (!property.isMap) return statement.principal().everyone();
  return any([
    property.get('AWS').some((item) => not(isAccount(item, own), 'it is the account')),
    property.get('Service').isPresent(),
    property.get('Federated').isPresent(),
  ]);
}

export const fullAccessOfAccountOnly = rule({
  id: 'KMS.FullAccessOfAccountOnly',
  resourceTypes: ANY_KEY,
  title: 'Nobody but the account has every right to the key',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Who may both use a key and rewrite its policy or delete it holds two duties at once. kms:* belongs to the account, which hands out rights through IAM.',
  remediation: { construct: 'EncryptionKey', l2: 'grantAdmin() and grantEncryptDecrypt()', cfn: 'KeyPolicy statements that name actions for roles, users and services' },
  sources: ['AWS KMS developer guide, "Default key policy"', 'NIST SP 800-53 AC-5'],
  check: (key) => key.get('KeyPolicy').policy().none('Allow', (statement) => both(
    statement.someAction((action) => action === '*' || action === '*:*' || /^kms:\*+$/.test(action)),
    () => forOthers(statement, key.resource.template.context.account),
  ), 'a statement gives kms:* to more than the account'),
});

export const keyPolicyNoNegation = rule({
  id: 'KMS.KeyPolicyNoNegation',
  resourceTypes: ANY_KEY,
  title: 'Key policy allows nothing by exclusion',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Allow with NotAction or NotPrincipal gives all but a list, which grows with every new action and every new account.',
  remediation: { construct: 'EncryptionKey', l2: 'name actions and principals in addToResourcePolicy()', cfn: 'Action and Principal instead of NotAction and NotPrincipal' },
  sources: ['IAM user guide, "AWS JSON policy elements: NotPrincipal" and "NotAction"'],
  check: (key) => noNegation(key.get('KeyPolicy')),
});

export const keyEnabled = rule({
  id: 'KMS.KeyEnabled',
  resourceTypes: ANY_KEY,
  title: 'Key is enabled',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'CC6.1'] },
  rationale: 'What a disabled key encrypted cannot be read, backups included.',
  remediation: { construct: 'EncryptionKey', l2: 'enabled: true', cfn: 'Enabled: true, or none' },
  sources: ['AWS::KMS::Key, Enabled: true by default'],
  check: (key) => key.get('Enabled').awsDefault(awsDefaults['AWS::KMS::Key.Enabled']).isTrue(),
});

export const deletionWindow = rule({
  id: 'KMS.DeletionWindow',
  resourceTypes: ANY_KEY,
  title: 'Key waits long before it is deleted',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'C1.1'] },
  rationale: 'A deleted key takes all it encrypted with it. The waiting period is the time in which somebody can notice; a template that shortens it from the default of 30 days should have a reason.',
  remediation: { construct: 'EncryptionKey', l2: 'pendingWindow: Duration.days(30)', cfn: 'PendingWindowInDays: 30, or none' },
  configRule: 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
  sources: ['AWS::KMS::Key, PendingWindowInDays: 30 by default'],
  onByDefault: false,
  check: (key) => key.get('PendingWindowInDays').awsDefault(awsDefaults['AWS::KMS::Key.PendingWindowInDays']).atLeast(30),
});

export const keyRetained = rule({
  id: 'KMS.Retained',
  resourceTypes: ANY_KEY,
  title: 'Key outlives its stack',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'CloudFormation schedules a key for deletion when its stack goes or a change replaces it; what it encrypted, backups included, is lost when the waiting period ends.',
  remediation: { construct: 'EncryptionKey', l2: 'removalPolicy: RemovalPolicy.RETAIN', cfn: 'DeletionPolicy and UpdateReplacePolicy: Retain' },
  sources: ['CloudFormation user guide, "DeletionPolicy attribute"'],
  check: (key) => retained(key),
});
