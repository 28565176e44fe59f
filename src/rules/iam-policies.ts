import { all, any, both, not, Property, rule, serviceOfAction, Statement, Truth } from './kernel';
import { isBounded } from './shared/escalation';
import { noAllow, POLICY_HOLDERS } from './shared/iam-documents';

/** A condition asks for a value of one of the keys. */
const bound = (statement: Statement, key: RegExp): Truth => statement.conditions().binds((one) => key.test(one));

type ByService = readonly (readonly string[])[];

/** Actions by the service that they are of: which resources are wide depends on it. */
const byService = (...actions: readonly string[]): ByService => [...new Set(actions.map(serviceOfAction))]
  .map((service) => actions.filter((action) => serviceOfAction(action) === service));

const NOT_EVERYWHERE = Truth.no('the resources are named, or the actions are others');

/** The statement allows one of the actions everywhere. Most statements are about other services or name their resources, so that is asked first. */
function everywhereOneOf(statement: Statement, services: ByService, more: () => Truth = () => Truth.YES): Truth {
  const own = statement.services();
  const asked = own ? services.filter(([action]) => own.has(serviceOfAction(action))) : services;
  if (!asked.length) return NOT_EVERYWHERE;
  return both(any(asked.map((actions) => both(statement.wideResource(actions[0]), () => statement.coversOneOf(actions)))), more);
}

/** Rights that make one's own rights unbounded, each by itself. */
const ADMINISTRATION = ['iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy', 'iam:CreateAccessKey'];

/** All of IAM, or all but a list that leaves IAM out. */
const administersIam = (statement: Statement): Truth => both(statement.coversAction(ADMINISTRATION[0]), () => all(
  ...ADMINISTRATION.slice(1).map((action) => statement.coversAction(action)), not(isBounded(statement), 'a condition binds it'),
));

export const noAdminAccess = rule({
  id: 'IAM.NoAdminAccess',
  resourceTypes: POLICY_HOLDERS,
  title: 'No policy allows everything everywhere',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.3'] },
  rationale: 'A policy with every action on every resource, or all of IAM, makes its holder an administrator: roles and reviews have nothing left to tell apart.',
  remediation: { l2: 'grant methods, or a PolicyStatement with named actions and resources', cfn: 'statements that name their actions and resources' },
  configRule: 'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS',
  nagRules: ['IAMPolicyNoStatementsWithAdminAccess'],
  sources: ['IAM user guide, "Security best practices in IAM": least privilege', 'CIS AWS Foundations 1.16'],
  check: (resource, model) => noAllow(resource, model, (statement) => both(statement.anyResource(), () => any([statement.everyAction(), administersIam(statement)])), 'a statement allows every action on every resource, or all of IAM'),
});

/** `*`, or `s3:*`. */
const isWholeService = (action: string): boolean => action.endsWith('*') && /^([\w-]+:|\*:)?\*+$/.test(action);

export const noFullServiceAccess = rule({
  id: 'IAM.NoFullServiceAccess',
  resourceTypes: POLICY_HOLDERS,
  title: 'No policy allows all actions of a service',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'All actions of a service include its administration: who needs to read a bucket may then delete it, or open it to the world.',
  remediation: { l2: 'grant methods, or a PolicyStatement with named actions', cfn: 'actions by name, such as s3:GetObject in place of s3:*' },
  configRule: 'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
  nagRules: ['IAMPolicyNoStatementsWithFullAccess'],
  sources: ['AWS Security Hub IAM.21'],
  check: (resource, model) => noAllow(resource, model, (statement) => statement.someAction(isWholeService),
    'a statement allows all actions of a service'),
});

/**
 * Actions for which IAM knows no resource but `*` (Service authorization reference: no resource type listed), and logs:DescribeLogGroups, by which services
 * that deliver logs look through the names of all groups (CloudWatch Logs user guide, "Enable logging from AWS services").
 */
const UNSCOPED = new RegExp(`^(${[
  'ec2:Describe.*', 'ec2:CreateDhcpOptions', 'autoscaling:Describe.*', 'elasticloadbalancing:Describe.*',
  'cloudwatch:(PutMetricData|GetMetricData|GetMetricStatistics|ListMetrics|ListDashboards)', 'xray:(Put.*|GetSampling.*|BatchGet.*|GetTrace.*|GetService.*)',
  'ecr(-public)?:GetAuthorizationToken',
  'sts:(GetCallerIdentity|GetServiceBearerToken|GetSessionToken|DecodeAuthorizationMessage)', 'codeartifact:ListRepositories',
  's3:(ListAllMyBuckets|GetAccountPublicAccessBlock)', 'ssm:(DescribeParameters|DescribeInstanceInformation|ListCommands|ListDocuments)', 'ssmmessages:.*',
  'ec2messages:.*', 'sqs:ListQueues', 'sns:(ListTopics|ListSubscriptions|ListPlatformApplications)',
  'kms:(CreateKey|ListKeys|ListAliases|GenerateRandom|DescribeCustomKeyStores)',
  'iam:(ListRoles|ListUsers|ListGroups|ListPolicies|ListAccountAliases|GetAccountSummary|GetAccountPasswordPolicy|ListInstanceProfiles|ListServerCertificates)',
  'tag:.*', 'resource-groups:(ListGroups|SearchResources)', 'cloudformation:(ListStacks|ListExports|ListImports|ValidateTemplate|DescribeAccountLimits)',
  'route53:(ListHostedZones.*|GetHostedZoneCount|ListHealthChecks|GetChange)', 'acm:ListCertificates', 'cloudfront:List.*',
  'lambda:(ListFunctions|ListLayers|ListEventSourceMappings|GetAccountSettings)', 'dynamodb:(ListTables|ListBackups|DescribeLimits|DescribeReservedCapacity.*)',
  'secretsmanager:(ListSecrets|GetRandomPassword|BatchGetSecretValue)',
  'ecs:(ListClusters|ListTaskDefinitions|ListTaskDefinitionFamilies|DescribeTaskDefinition|DiscoverPollEndpoint|CreateCluster)',
  'eks:(ListClusters|DescribeAddonVersions)', 'ce:Get.*', 'pricing:.*', 'health:Describe.*', 'support:.*', 'trustedadvisor:Describe.*',
  'organizations:(DescribeOrganization|ListAccounts|ListRoots)', 'textract:(Detect|Analyze).*', 'rekognition:Detect.*', 'comprehend:(Batch)?Detect.*',
  'translate:TranslateText', 'mobiletargeting:PhoneNumberValidate', 'application-autoscaling:Describe.*',
  'servicediscovery:(ListNamespaces|ListServices|DiscoverInstances)', 'config:(PutEvaluations|SelectResourceConfig|Describe.*)', 'guardduty:ListDetectors',
  'access-analyzer:ListAnalyzers', 'redshift-data:(DescribeStatement|GetStatementResult|CancelStatement|ListStatements)',
  'logs:((Create|Get|Update|Delete)LogDelivery|ListLogDeliveries|PutResourcePolicy|Describe(Queries|ResourcePolicies|Destinations|LogGroups))',
].join('|')})$`, 'i');

/**
 * Condition keys that say what is acted on, by its ARN, its id, its alias or its tags: with them a statement on every resource is about those alone
 * (Service authorization reference, condition keys of each service; IAM user guide, "AWS global condition context keys": properties of the resource).
 * Not among them are keys of the request (aws:RequestTag, kms:EncryptionContext), of the caller, of the way (kms:ViaService), of a role that is passed, of
 * parts of a resource (dynamodb:LeadingKeys), and those that hold whole accounts (aws:ResourceAccount).
 */
const RESOURCE_KEYS = new RegExp(`^(${[
  '[a-z0-9-]+:resourcetag/.+', 's3:existingobjecttag/.+', 'rds:(cluster|cluster-pg|cluster-snapshot|db|es|og|pg|ri|secgrp|snapshot|subgrp)-tag/.+',
  'ec2:(vpc|subnet|vpcid|subnetid|instanceid|volumeid|networkinterfaceid|securitygroupid)', 'ecs:(cluster|service)', 'elasticfilesystem:accesspointarn',
  'kms:(resourcealiases|requestalias)', 'lambda:functionarn', 's3:dataaccesspointarn', 'secretsmanager:secretid', 'servicediscovery:(namespacearn|servicearn)',
].join('|')})$`);

/** The value is for every resource of a kind: `*`, or an ARN that ends in nothing but a wildcard, such as `arn:aws:ecs:*:*:cluster/*`. */
function namesAll(_key: string, item: Property): Truth {
  const { parts } = item.seen();
  if (parts.length < 2 && typeof parts[0] !== 'string') return item.is('*');
  const text = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return Truth.of(/^([*?]+|(arn|[*?]+):([^:]*:){4}([a-z\d-]+[:/])?[*?]+([:/][*?]+)*)$/i.test(text), 'a value of its own');
}

export const noWildcardResource = rule({
  id: 'IAM.NoWildcardResource',
  resourceTypes: POLICY_HOLDERS,
  title: 'Policies name the resources they allow',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'A right on every resource reaches data of other systems in the account. Actions that IAM cannot bind to a resource are left out of this check.',
  remediation: { l2: 'grant methods, or resources: [bucket.arnForObjects(\'*\')]', cfn: 'Resource with ARNs in place of *, or a condition on the ARN or the tags of the resource' },
  nagRules: ['IAMNoWildcardPermissions'],
  sources: [
    'IAM user guide, "Security best practices in IAM": least privilege',
    'Service authorization reference, "Actions, resources, and condition keys for AWS services"',
  ],
  check: (resource, model) => noAllow(resource, model, (statement) => both(both(statement.anyResource(), () => any([
    statement.someAction((action) => !UNSCOPED.test(action)),
    statement.usesNot('NotAction'),
  ])), () => not(statement.conditions().binds((key) => RESOURCE_KEYS.test(key), namesAll), 'a condition binds the resources')), 'a statement allows its actions on every resource'),
});

/** Part of an ARN that is not a wildcard over everything of its kind, but holds one. */
const holdsWildcard = (item: Property): Truth => item.includes('*');

export const noWildcards = rule({
  id: 'IAM.NoWildcards',
  resourceTypes: POLICY_HOLDERS,
  title: 'Policies hold no wildcard at all',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3'] },
  rationale: 'The strictest form of least privilege. Objects of a bucket or versions of a function cannot be named without a wildcard, so it finds much that is sound.',
  remediation: { l2: 'PolicyStatement with named actions and resources', cfn: 'Action and Resource without *' },
  nagRules: ['IAMNoWildcardPermissions'],
  sources: ['IAM user guide, "IAM JSON policy elements: Resource"'],
  onByDefault: false,
  check: (resource, model) => noAllow(
    resource, model,
    (statement) => any([
      statement.hasAction(holdsWildcard), statement.property.get('Resource').some(holdsWildcard), statement.usesNot('NotAction', 'NotResource'),
    ]),
    'a statement holds a wildcard',
  ),
});

const PASS_ROLE = byService('iam:PassRole');

export const noPassRoleWildcard = rule({
  id: 'IAM.NoPassRoleWildcard',
  resourceTypes: POLICY_HOLDERS,
  title: 'Only named roles may be passed on',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Who may pass any role to a service can have it act with the strongest role of the account, and so gains those rights.',
  remediation: { l2: 'role.grantPassRole(identity)', cfn: 'Resource with the ARNs of the roles for iam:PassRole, or a condition on iam:PassedToService' },
  sources: ['IAM user guide, "Granting a user permissions to pass a role to an AWS service"'],
  check: (resource, model) => noAllow(resource, model, (statement) => everywhereOneOf(statement, PASS_ROLE,
    // The condition names the services that may be handed a role, which AWS's own policies rely on.
    () => not(isBounded(statement), 'a condition binds the service')), 'a statement allows to pass any role'),
});

export const noNotAction = rule({
  id: 'IAM.NoAllowByExclusion',
  resourceTypes: POLICY_HOLDERS,
  title: 'Policies allow by naming, not by leaving out',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'NotAction and NotResource in an Allow grant whatever is not listed, with every service AWS will ever add; nobody can review that.',
  remediation: { l2: 'actions and resources', cfn: 'Action and Resource in place of NotAction and NotResource' },
  sources: ['IAM user guide, "IAM JSON policy elements: NotAction"'],
  check: (resource, model) => noAllow(resource, model, (statement) => statement.usesNot('NotAction', 'NotResource'), 'a statement allows all but a list'),
});

const ASSUME_ROLE = byService('sts:AssumeRole');

export const noAssumeAnyRole = rule({
  id: 'IAM.NoAssumeAnyRole',
  resourceTypes: POLICY_HOLDERS,
  title: 'Only named roles may be assumed',
  severity: 'medium',
  criteria: { direct: ['CC6.3'] },
  rationale: 'The right to assume any role reaches every account and role that trusts this one.',
  remediation: { l2: 'role.grantAssumeRole(identity)', cfn: 'Resource with the ARNs of the roles for sts:AssumeRole' },
  sources: ['IAM user guide, "Granting a user permissions to switch roles"'],
  check: (resource, model) => noAllow(
    resource, model, (statement) => everywhereOneOf(statement, ASSUME_ROLE, () =>
      not(bound(statement, /^(iam|aws):resourcetag\/./), 'a condition binds the roles')), 'a statement allows to assume any role',
  ),
});

const DECRYPTION = byService('kms:Decrypt', 'kms:ReEncryptFrom');

export const noDecryptAll = rule({
  id: 'IAM.NoDecryptAll',
  resourceTypes: POLICY_HOLDERS,
  title: 'Only named keys may be used to decrypt',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'The right to decrypt with every key undoes the separation that keys per data domain are made for.',
  remediation: { l2: 'key.grantDecrypt(identity)', cfn: 'Resource with the ARNs of the keys, or a condition on kms:ViaService or kms:ResourceAliases' },
  configRule: 'IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS',
  sources: ['AWS Security Hub KMS.1 and KMS.2'],
  check: (resource, model) => noAllow(resource, model, (statement) => everywhereOneOf(statement, DECRYPTION, () =>
    not(bound(statement, /^(kms:(viaservice|resourcealiases|requestalias|encryptioncontext.*)|aws:resourcetag\/.+)$/), 'a condition binds the keys'),
  ), 'a statement allows to decrypt with every key'),
});

const TAMPERING = byService(
  'cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:DeleteEventDataStore',
  'cloudtrail:StopEventDataStoreIngestion', 'config:StopConfigurationRecorder', 'config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel',
  'guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'guardduty:StopMonitoringMembers', 'guardduty:DisassociateFromAdministratorAccount',
  'securityhub:DisableSecurityHub', 'macie2:DisableMacie', 'access-analyzer:DeleteAnalyzer', 'ec2:DeleteFlowLogs', 'logs:DeleteLogGroup', 'logs:DeleteLogStream',
);

export const noAuditTampering = rule({
  id: 'IAM.NoAuditTampering',
  resourceTypes: POLICY_HOLDERS,
  title: 'No policy lets its holder switch off the records',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'Who can stop trails, recorders or detectors, or delete logs, can act without a trace.',
  remediation: {
    l2: 'actions without those of CloudTrail, Config, GuardDuty and log deletion',
    cfn: 'named actions and log groups; leave stopping records to a break-glass role',
  },
  sources: ['AWS CloudTrail user guide, "Security best practices in AWS CloudTrail"'],
  check: (resource, model) => noAllow(
    resource, model, (statement) => everywhereOneOf(statement, TAMPERING), 'a statement allows to stop or delete records of activity',
  ),
});

const BULK_READ = byService(
  's3:GetObject', 'secretsmanager:GetSecretValue', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'dynamodb:Scan', 'dynamodb:GetItem',
);

export const noBulkRead = rule({
  id: 'IAM.NoBulkRead',
  resourceTypes: POLICY_HOLDERS,
  title: 'Data may be read from named resources only',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.7', 'C1.1'] },
  rationale: 'The right to read objects, secrets or tables everywhere turns one stolen credential into a copy of all data in the account.',
  remediation: {
    l2: 'bucket.grantRead(identity), secret.grantRead(identity)…',
    cfn: 'Resource with the ARNs of the buckets, secrets, parameters and tables',
  },
  sources: ['IAM user guide, "Security best practices in IAM": least privilege'],
  check: (resource, model) => noAllow(resource, model, (statement) => everywhereOneOf(statement, BULK_READ, () =>
    not(bound(statement, /^(aws:resourcetag\/.+|s3:existingobjecttag\/.+|ssm:resourcetag\/.+|secretsmanager:.+|dynamodb:leadingkeys)$/), 'a condition binds the resources'),
  ), 'a statement allows to read data from every resource'),
});
