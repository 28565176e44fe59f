import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth, when } from './kernel';
import { ownKey } from './shared/own-key';
import { notPlaintext } from './shared/plaintext-secret';
import { looksSecret } from './shared/secret-names';

const PROJECT = ['AWS::CodeBuild::Project'];

/** What a project says once of its first and as a list of its other sources or artifacts. */
const each = (project: ResourceReader, first: string, others: string): Property[] =>
  [project.get(first), ...project.get(others).list().items].filter((place) => !place.missing);

export const artifactEncryption = rule({
  id: 'CodeBuild.ArtifactEncryption',
  resourceTypes: PROJECT,
  title: 'Build artifacts are encrypted',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1', 'C1.1'] },
  rationale: 'CodeBuild encrypts what it builds unless a project switches that off; nothing but public downloads is a reason to.',
  remediation: { l2: 'encryption: true of the artifacts', cfn: 'no EncryptionDisabled in Artifacts and SecondaryArtifacts' },
  configRule: 'CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION',
  sources: ['AWS::CodeBuild::Project Artifacts, EncryptionDisabled: for artifacts in S3'],
  check: (project) => {
    const artifacts = each(project, 'Artifacts', 'SecondaryArtifacts');
    return applies(any(artifacts.map((place) => not(place.get('Type').is('NO_ARTIFACTS'), 'it makes no artifacts'))), 'it makes no artifacts',
      () => all(...artifacts.map((place) => place.get('EncryptionDisabled').awsDefault(awsDefaults['AWS::CodeBuild::Project.Artifacts.EncryptionDisabled']).isNot(true))));
  },
});

export const customerKey = rule({
  id: 'CodeBuild.CustomerKey',
  resourceTypes: PROJECT,
  title: 'Build artifacts are encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1', 'C1.1'] },
  rationale: 'A named key has a policy that says who may read what is built, and a record of each use; without it CodeBuild uses the AWS managed key of S3.',
  remediation: { construct: 'EncryptionKey', l2: 'encryptionKey', cfn: 'EncryptionKey' },
  nagRules: ['CodeBuildProjectKMSEncryptedArtifacts'],
  sources: ['AWS::CodeBuild::Project, EncryptionKey: aws/s3 without it'],
  check: (project) => ownKey(project.get('EncryptionKey'), 's3'),
});

export const logging = rule({
  id: 'CodeBuild.Logging',
  resourceTypes: PROJECT,
  title: 'Builds are logged',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC8.1'] },
  rationale: 'The log of a build shows what was run with the project\'s rights, and what went into a release.',
  remediation: { l2: 'logging', cfn: 'LogsConfig with CloudWatchLogs or S3Logs ENABLED, or none' },
  configRule: 'CODEBUILD_PROJECT_LOGGING_ENABLED',
  sources: ['AWS::CodeBuild::Project CloudWatchLogsConfig: enabled by default'],
  check: (project) => any([
    project.get('LogsConfig.CloudWatchLogs.Status').awsDefault(awsDefaults['AWS::CodeBuild::Project.LogsConfig.CloudWatchLogs.Status']).is('ENABLED'),
    project.get('LogsConfig.S3Logs.Status').is('ENABLED'),
  ]).because('logs to CloudWatch are disabled, and none go to S3'),
});

export const logEncryption = rule({
  id: 'CodeBuild.LogEncryption',
  resourceTypes: PROJECT,
  title: 'Build logs in S3 are encrypted',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Build logs show the environment of a build, now and then with its secrets.',
  remediation: { l2: 'logging: { s3: { encrypted: true } }', cfn: 'no EncryptionDisabled in LogsConfig.S3Logs' },
  configRule: 'CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED',
  sources: ['AWS::CodeBuild::Project S3LogsConfig, EncryptionDisabled: encrypted by default'],
  check: (project) => applies(project.get('LogsConfig.S3Logs.Status').is('ENABLED'), 'it writes no logs to S3',
    () => project.get('LogsConfig.S3Logs.EncryptionDisabled').awsDefault(awsDefaults['AWS::CodeBuild::Project.LogsConfig.S3Logs.EncryptionDisabled']).isNot(true)),
});

export const reportEncryption = rule({
  id: 'CodeBuild.ReportEncryption',
  resourceTypes: ['AWS::CodeBuild::ReportGroup'],
  title: 'Exported test reports are encrypted',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Test reports hold output of the system, with test data that may be real.',
  remediation: { l2: 'exportBucket', cfn: 'no EncryptionDisabled in ExportConfig.S3Destination' },
  configRule: 'CODEBUILD_REPORT_GROUP_ENCRYPTED_AT_REST',
  sources: ['AWS::CodeBuild::ReportGroup S3ReportExportConfig'],
  check: (group) => applies(group.get('ExportConfig.ExportConfigType').is('S3'), 'it exports no reports',
    () => group.get('ExportConfig.S3Destination.EncryptionDisabled')
      .awsDefault(awsDefaults['AWS::CodeBuild::ReportGroup.ExportConfig.S3Destination.EncryptionDisabled']).isNot(true)),
});

const AWS_KEY = /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/i;
const SECRET_NAME = /(PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|SECRET_?KEY)$/i;

/** A plain variable holds no AWS key, whatever its value, and no secret that the template or a parameter shows. */
function holdsNoSecret(variable: Property): Truth {
  const name = variable.get('Name');
  return when(variable.get('Type').awsDefault(awsDefaults['AWS::CodeBuild::Project.Environment.EnvironmentVariables.Type']).is('PLAINTEXT'), () => all(
    not(name.matches(AWS_KEY, 'an AWS key'), 'a plain variable holds an AWS key'),
    not(looksSecret(name.scalar, variable.get('Value')), () => `variable ${String(name.scalar ?? '')} holds a credential`),
    when(name.matches(SECRET_NAME, 'a secret'), () => notPlaintext(variable.get('Value'))),
  ));
}

export const noPlaintextSecrets = rule({
  id: 'CodeBuild.NoPlaintextSecrets',
  resourceTypes: PROJECT,
  title: 'No build variable holds a secret in plain text',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1'] },
  rationale: 'Whoever may look at a project or a build sees its plain variables; AWS keys among them outlive the build that needed them.',
  remediation: { l2: 'type: BuildEnvironmentVariableType.SECRETS_MANAGER', cfn: 'Type: SECRETS_MANAGER or PARAMETER_STORE, and the service role instead of AWS keys' },
  configRule: 'CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK',
  nagRules: ['CodeBuildProjectEnvVarAwsCred'],
  sources: ['AWS CodeBuild user guide, "Environment variables in build environments"', 'Security Hub CodeBuild.2'],
  check: (project) => applies(project.get('Environment.EnvironmentVariables').isPresent(), 'it sets no variables',
    () => project.get('Environment.EnvironmentVariables').every(holdsNoSecret)),
});

/** `token@github.com` is a credential, and so is `user:password@` anywhere. Bitbucket's own clone URLs begin with a bare user name. */
const CREDENTIAL = /^[a-z]+:\/\/([^/@]*:[^/@]*@|[^/@]+@(?!bitbucket\.org))/i;

export const sourceNoCredentials = rule({
  id: 'CodeBuild.SourceNoCredentials',
  resourceTypes: PROJECT,
  title: 'Source URL holds no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1'] },
  rationale: 'A token in a URL shows in the console, in logs and in the history of every clone.',
  remediation: { l2: 'Source.gitHub() with a connection', cfn: 'Location without user name, and Auth with a connection' },
  configRule: 'CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK',
  nagRules: ['CodeBuildProjectSourceRepoUrl'],
  sources: ['Security Hub CodeBuild.1'],
  check: (project) => applies(
    any(each(project, 'Source', 'SecondarySources').map((source) => source.get('Location').isPresent())), 'its source has no URL',
    () => all(...each(project, 'Source', 'SecondarySources').map((source) => when(source.get('Location').isPresent(), () => withoutCredentials(source.get('Location'))))),
  ),
});

/** Where a part is known at deployment only, what stands around it tells: a parameter before the `@` is as visible in the URL as a text. */
function withoutCredentials(location: Property): Truth {
  const found = location.value.kind === 'text'
    ? Truth.of(CREDENTIAL.test(location.seen().parts.map((part) => (typeof part === 'string' ? part : 'x')).join('')), 'no credentials')
    : location.matches(CREDENTIAL, 'credentials');
  return not(found, 'the source URL holds credentials');
}

export const notPrivileged = rule({
  id: 'CodeBuild.NotPrivileged',
  resourceTypes: PROJECT,
  title: 'Builds have no root rights on their host',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.8'] },
  rationale: 'Privileged mode gives a build the devices of its host. It is needed to build container images, so this is asked for.',
  remediation: { l2: 'privileged: false', cfn: 'no PrivilegedMode' },
  configRule: 'CODEBUILD_PROJECT_ENVIRONMENT_PRIVILEGED_CHECK',
  sources: ['AWS::CodeBuild::Project Environment, PrivilegedMode: false by default'],
  onByDefault: false,
  check: (project) => project.get('Environment.PrivilegedMode').awsDefault(awsDefaults['AWS::CodeBuild::Project.Environment.PrivilegedMode']).isNot(true),
});

export const notPublic = rule({
  id: 'CodeBuild.NotPublic',
  resourceTypes: PROJECT,
  title: 'Build results are not public',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'The logs and artifacts of a public project can be read by anybody, past builds included.',
  remediation: { l2: 'visibility: ProjectVisibility.PRIVATE', cfn: 'Visibility: PRIVATE, or none' },
  sources: ['AWS CodeBuild user guide, "Get public build project URLs"', 'AWS CodeBuild API reference, ProjectVisibility: private unless changed'],
  check: (project) => project.get('Visibility').awsDefault(awsDefaults['AWS::CodeBuild::Project.Visibility']).isNot('PUBLIC_READ')
    .because('Visibility is PUBLIC_READ: anybody can read logs and artifacts'),
});

/** Builds of pull requests run code that nobody has reviewed, so who opened them must be named or somebody must approve. */
function reviewed(group: Property): Truth {
  return any([
    not(group.some((filter) => all(filter.get('Type').is('EVENT'), filter.get('Pattern').matches(/PULL_REQUEST_(CREATED|UPDATED|REOPENED|CLOSED)/, 'open pull requests'))), 'it builds pull requests'),
    group.some((filter) => all(filter.get('Type').is('ACTOR_ACCOUNT_ID'), filter.get('ExcludeMatchedPattern').isNot(true))),
  ]);
}

export const webhookFiltered = rule({
  id: 'CodeBuild.WebhookFiltered',
  resourceTypes: PROJECT,
  title: 'Webhook builds no pull request of a stranger',
  severity: 'medium',
  criteria: { direct: ['CC8.1'], supporting: ['CC6.1', 'CC6.8'] },
  rationale: 'A build of a pull request runs its author\'s code with the rights of the project. Unless actors are named or a comment approves, anybody who can open one has those rights.',
  remediation: { l2: 'webhookFilters with andActorAccountIs()', cfn: 'ACTOR_ACCOUNT_ID in each of FilterGroups, or PullRequestBuildPolicy: { RequiresCommentApproval }' },
  sources: [
    'AWS CodeBuild user guide, "Best practices for webhooks"', 'AWS CodeBuild user guide, "Pull request comment approval"',
    'AWS::CodeBuild::Project WebhookFilter, ExcludeMatchedPattern: all events but those that match',
  ],
  check: (project) => applies(project.get('Triggers.Webhook').isTrue(), 'it has no webhook', () => any([
    project.get('Triggers.PullRequestBuildPolicy.RequiresCommentApproval').oneOf(['ALL_PULL_REQUESTS', 'FORK_PULL_REQUESTS']),
    all(project.get('Triggers.FilterGroups').isPresent(), project.get('Triggers.FilterGroups').every(reviewed)),
  ]).because('the webhook builds pull requests of anybody')),
});

export const managedImage = rule({
  id: 'CodeBuild.ManagedImage',
  resourceTypes: PROJECT,
  title: 'Builds run in an image of AWS or of the account',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.8', 'CC8.1'] },
  rationale: 'What is in the build image gets into what is built. Images of third parties may be well chosen too, so this is asked for.',
  remediation: { l2: 'buildImage: LinuxBuildImage.STANDARD_7_0', cfn: 'Environment.Image that begins with aws/codebuild/, or one of Amazon ECR' },
  nagRules: ['CodeBuildProjectManagedImages'],
  sources: ['AWS CodeBuild user guide, "Docker images provided by CodeBuild"'],
  onByDefault: false,
  check: (project) => {
    const image = project.get('Environment.Image');
    return any([image.startsWith('aws/codebuild/'), image.includes('.dkr.ecr.')]).because('the image is neither of CodeBuild nor of Amazon ECR');
  },
});
