import { Rule, rule } from './kernel';
import { secretsKept } from './shared/plaintext-secret';

/** One rule for each service whose resources take a secret: the same meaning, at other places (`[]`: every element of a list). */
function noPlaintextSecret(service: string, places: Readonly<Record<string, readonly string[]>>, nagRules?: readonly string[]): Rule {
  return rule({
    id: `${service}.NoPlaintextSecret`,
    resourceTypes: Object.keys(places),
    title: 'Secrets are not written in the template',
    severity: 'high',
    criteria: { direct: ['CC6.1'], supporting: ['CC6.2', 'C1.1'] },
    rationale: 'A secret in a template, in the default of a parameter or in a parameter that is shown is known to everyone who reads the repository, the stack or a change set.',
    remediation: {
      l2: 'SecretValue.secretsManager(…), or a secret that the service manages',
      cfn: `${[...new Set(Object.values(places).flat())].slice(0, 3).join(', ')}: {{resolve:secretsmanager:…}}, or a NoEcho parameter without a default`,
    },
    nagRules,
    sources: [
      'AWS CloudFormation user guide, "Security best practices": do not embed credentials in templates',
      'AWS CloudFormation user guide, "Dynamic references"',
    ],
    check: (resource) => secretsKept(resource, places[resource.type]),
  });
}

export const rds = noPlaintextSecret('RDS', {
  'AWS::RDS::DBInstance': ['MasterUserPassword', 'TdeCredentialPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
});

export const docDb = noPlaintextSecret('DocDB', {
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::DocDBElastic::Cluster': ['AdminUserPassword'],
}, ['DocumentDBCredentialsInSecretsManager']);

export const redshift = noPlaintextSecret('Redshift', {
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::RedshiftServerless::Namespace': ['AdminUserPassword'],
});

export const elastiCache = noPlaintextSecret('ElastiCache', {
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::ElastiCache::User': ['Passwords[]', 'AuthenticationMode.Passwords[]'],
});

export const memoryDb = noPlaintextSecret('MemoryDB', { 'AWS::MemoryDB::User': ['AuthenticationMode.Passwords[]'] });

export const openSearch = noPlaintextSecret('OpenSearch', {
  'AWS::OpenSearchService::Domain': ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
  'AWS::Elasticsearch::Domain': ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
});

export const dms = noPlaintextSecret('DMS', {
  'AWS::DMS::Endpoint': [
    'Password', 'MongoDbSettings.Password', 'OracleSettings.AsmPassword', 'RedisSettings.AuthPassword', 'KafkaSettings.SaslPassword',
    'DocDbSettings.Password',
    'PostgreSqlSettings.Password',
    'MySqlSettings.Password',
    'MicrosoftSqlServerSettings.Password',
    'SybaseSettings.Password',
    'RedshiftSettings.Password',
    'IbmDb2Settings.Password',
  ],
});

export const amazonMq = noPlaintextSecret('AmazonMQ', { 'AWS::AmazonMQ::Broker': ['Users[].Password', 'LdapServerMetadata.ServiceAccountPassword'] });

export const emr = noPlaintextSecret('EMR', {
  'AWS::EMR::Cluster': [
    'KerberosAttributes.KdcAdminPassword',
    'KerberosAttributes.ADDomainJoinPassword',
    'KerberosAttributes.CrossRealmTrustPrincipalPassword',
  ],
});

export const iam = noPlaintextSecret('IAM', { 'AWS::IAM::User': ['LoginProfile.Password'] });

export const lambda = noPlaintextSecret('Lambda', { 'AWS::Lambda::Permission': ['EventSourceToken'] });

export const directoryService = noPlaintextSecret('DirectoryService', {
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::DirectoryService::SimpleAD': ['Password'],
});

export const amplify = noPlaintextSecret('Amplify', {
  'AWS::Amplify::App': ['AccessToken', 'OauthToken', 'BasicAuthConfig.Password', 'AutoBranchCreationConfig.BasicAuthConfig.Password'],
  'AWS::Amplify::Branch': ['BasicAuthConfig.Password'],
});

export const appStream = noPlaintextSecret('AppStream', { 'AWS::AppStream::DirectoryConfig': ['ServiceAccountCredentials.AccountPassword'] });

export const codePipeline = noPlaintextSecret('CodePipeline', {
  'AWS::CodePipeline::Webhook': ['AuthenticationConfiguration.SecretToken'],
  'AWS::CodePipeline::Pipeline': ['Stages[].Actions[].Configuration.OAuthToken'],
});

export const codeBuild = noPlaintextSecret('CodeBuild', { 'AWS::CodeBuild::SourceCredential': ['Token'] });

export const firehose = noPlaintextSecret('KinesisFirehose', {
  'AWS::KinesisFirehose::DeliveryStream': [
    'RedshiftDestinationConfiguration.Password',
    'SplunkDestinationConfiguration.HECToken',
    'HttpEndpointDestinationConfiguration.EndpointConfiguration.AccessKey',
    'SnowflakeDestinationConfiguration.PrivateKey',
    'SnowflakeDestinationConfiguration.KeyPassphrase',
  ],
});

export const managedBlockchain = noPlaintextSecret('ManagedBlockchain', {
  'AWS::ManagedBlockchain::Member': ['MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword'],
});

export const opsWorks = noPlaintextSecret('OpsWorks', {
  'AWS::OpsWorks::App': ['AppSource.Password', 'AppSource.SshKey', 'SslConfiguration.PrivateKey'],
  'AWS::OpsWorks::Stack': ['CustomCookbooksSource.Password', 'CustomCookbooksSource.SshKey', 'RdsDbInstances[].DbPassword'],
});

const APNS = ['PrivateKey', 'TokenKey'];

export const pinpoint = noPlaintextSecret('Pinpoint', {
  'AWS::Pinpoint::APNSChannel': APNS,
  'AWS::Pinpoint::APNSSandboxChannel': APNS,
  'AWS::Pinpoint::APNSVoipChannel': APNS,
  'AWS::Pinpoint::APNSVoipSandboxChannel': APNS,
  'AWS::Pinpoint::ADMChannel': ['ClientSecret'],
  'AWS::Pinpoint::BaiduChannel': ['SecretKey'],
  'AWS::Pinpoint::GCMChannel': ['ApiKey'],
});

export const alexa = noPlaintextSecret(
  'ASK', { 'Alexa::ASK::Skill': ['AuthenticationConfiguration.ClientSecret', 'AuthenticationConfiguration.RefreshToken'] },
);

export const fsx = noPlaintextSecret('FSx', {
  'AWS::FSx::FileSystem': [
    'WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password', 'OntapConfiguration.FsxAdminPassword',
  ],
  'AWS::FSx::StorageVirtualMachine': ['SvmAdminPassword', 'ActiveDirectoryConfiguration.SelfManagedActiveDirectoryConfiguration.Password'],
});

export const dataSync = noPlaintextSecret('DataSync', {
  'AWS::DataSync::LocationSMB': ['Password'],
  'AWS::DataSync::LocationFSxWindows': ['Password'],
  'AWS::DataSync::LocationObjectStorage': ['SecretKey'],
});

export const vpn = noPlaintextSecret('EC2', { 'AWS::EC2::VPNConnection': ['VpnTunnelOptionsSpecifications[].PreSharedKey'] });

export const lightsail = noPlaintextSecret('Lightsail', { 'AWS::Lightsail::Database': ['MasterUserPassword'] });

export const events = noPlaintextSecret('Events', {
  'AWS::Events::Connection': [
    'AuthParameters.ApiKeyAuthParameters.ApiKeyValue',
    'AuthParameters.BasicAuthParameters.Password',
    'AuthParameters.OAuthParameters.ClientParameters.ClientSecret',
  ],
});

export const listener = noPlaintextSecret('ELBv2', {
  'AWS::ElasticLoadBalancingV2::Listener': ['DefaultActions[].AuthenticateOidcConfig.ClientSecret'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['Actions[].AuthenticateOidcConfig.ClientSecret'],
});

export const cognito = noPlaintextSecret('Cognito', { 'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails.client_secret'] });
