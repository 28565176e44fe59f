import { all, any, applies, not, Property, rule, Statement, Truth } from './kernel';
import { noNegation, notPublic } from './shared/resource-policy';
import { retained } from './shared/retention';

const KEY = ['AWS::KMS::Key'];
const ANY_KEY = [...KEY, 'AWS::KMS::ReplicaKey'];

export const keyRotation = rule({
  id: 'KMS.KeyRotation',
  resourceTypes: KEY,
  title: 'Key material is rotated yearly',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key that is never rotated protects ever more data, so that one leak of its material exposes all of it.',
  remediation: { construct: 'EncryptionKey', l2: 'enableKeyRotation: true', cfn: 'EnableKeyRotation: true' },
  configRule: 'CMK_BACKING_KEY_ROTATION_ENABLED',
  nagRules: ['KMSBackingKeyRotationEnabled'],
  sources: ['AWS KMS developer guide, "Rotate AWS KMS keys": automatic rotation is for symmetric encryption keys with key material from AWS KMS', 'CIS AWS Foundations 3.6'],
  check: (key) => applies(
    all(key.get('KeySpec').awsDefault('SYMMETRIC_DEFAULT', 'AWS::KMS::Key').is('SYMMETRIC_DEFAULT'),
      key.get('Origin').awsDefault('AWS_KMS', 'AWS::KMS::Key').is('AWS_KMS')),
    'automatic rotation exists only for symmetric keys with key material from AWS KMS',
    () => key.get('EnableKeyRotation').isTrue(),
  ),
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
function isAccount(principal: Property): Truth {
  if (principal.target()) return Truth.no('it is a resource');
  const { parts } = principal;
  if (parts.length !== 1) return principal.endsWith(':root');
  const [part] = parts;
  if (typeof part === 'object' && 'parameter' in part && part.parameter === 'AWS::AccountId') return Truth.YES;
  return principal.matches(/(:root|^\d{12})$/, 'an account');
}

/** The statement is for somebody other than an account as a whole. */
function forOthers(statement: Statement): Truth {
  const { property } = statement.principal();
  if (!property.isMap) return statement.principal().everyone();
  return any([
    property.get('AWS').some((item) => not(isAccount(item), 'it is an account')),
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
  check: (key) => key.get('KeyPolicy').policy().none('Allow', (statement) => all(
    statement.hasAction((item) => any([item.is('*'), item.matches(/^kms:\*+$/i, 'kms:*')])),
    forOthers(statement),
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
  check: (key) => key.get('Enabled').awsDefault(true, 'AWS::KMS::Key').isTrue(),
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
  check: (key) => key.get('PendingWindowInDays').awsDefault(30, 'AWS::KMS::Key').atLeast(30),
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
