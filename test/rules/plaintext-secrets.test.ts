import { caseOf, ifProd, MACRO, P } from './cases';
import { Case, fail, judge, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/plaintext-secrets';

/** One place of each rule, `[]` for a list. The meaning is the same everywhere; the table below tries it at each of these. */
const PLACES: Readonly<Record<keyof typeof rules, readonly [type: string, path: string]>> = {
  rds: ['AWS::RDS::DBInstance', 'MasterUserPassword'],
  docDb: ['AWS::DocDB::DBCluster', 'MasterUserPassword'],
  redshift: ['AWS::RedshiftServerless::Namespace', 'AdminUserPassword'],
  elastiCache: ['AWS::ElastiCache::User', 'AuthenticationMode.Passwords[]'],
  memoryDb: ['AWS::MemoryDB::User', 'AuthenticationMode.Passwords[]'],
  openSearch: ['AWS::OpenSearchService::Domain', 'AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
  dms: ['AWS::DMS::Endpoint', 'MongoDbSettings.Password'],
  amazonMq: ['AWS::AmazonMQ::Broker', 'Users[].Password'],
  emr: ['AWS::EMR::Cluster', 'KerberosAttributes.KdcAdminPassword'],
  iam: ['AWS::IAM::User', 'LoginProfile.Password'],
  lambda: ['AWS::Lambda::Permission', 'EventSourceToken'],
  directoryService: ['AWS::DirectoryService::MicrosoftAD', 'Password'],
  amplify: ['AWS::Amplify::Branch', 'BasicAuthConfig.Password'],
  appStream: ['AWS::AppStream::DirectoryConfig', 'ServiceAccountCredentials.AccountPassword'],
  codePipeline: ['AWS::CodePipeline::Pipeline', 'Stages[].Actions[].Configuration.OAuthToken'],
  codeBuild: ['AWS::CodeBuild::SourceCredential', 'Token'],
  firehose: ['AWS::KinesisFirehose::DeliveryStream', 'SplunkDestinationConfiguration.HECToken'],
  managedBlockchain: ['AWS::ManagedBlockchain::Member', 'MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword'],
  opsWorks: ['AWS::OpsWorks::Stack', 'RdsDbInstances[].DbPassword'],
  pinpoint: ['AWS::Pinpoint::APNSVoipSandboxChannel', 'TokenKey'],
  alexa: ['Alexa::ASK::Skill', 'AuthenticationConfiguration.RefreshToken'],
  fsx: ['AWS::FSx::StorageVirtualMachine', 'SvmAdminPassword'],
  dataSync: ['AWS::DataSync::LocationSMB', 'Password'],
  vpn: ['AWS::EC2::VPNConnection', 'VpnTunnelOptionsSpecifications[].PreSharedKey'],
  lightsail: ['AWS::Lightsail::Database', 'MasterUserPassword'],
  events: ['AWS::Events::Connection', 'AuthParameters.BasicAuthParameters.Password'],
  listener: ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Actions[].AuthenticateOidcConfig.ClientSecret'],
  cognito: ['AWS::Cognito::UserPoolIdentityProvider', 'ProviderDetails.client_secret'],
};

/** The value at the path; in a list, beside an element that is right. */
function at(path: string, value: unknown): object {
  const secret = '{{resolve:secretsmanager:one}}';
  const build = (keys: readonly string[], inner: unknown): unknown => keys.reduceRight(
    (below, key) => (key.endsWith('[]') ? { [key.slice(0, -2)]: [below] } : { [key]: below }), inner,
  );
  const keys = path.split('.');
  const last = keys.map((key) => key.endsWith('[]')).lastIndexOf(true);
  if (last < 0) return build(keys, value) as object;
  const below = keys.slice(last + 1);
  const items = below.length ? [build(below, secret), build(below, value)] : [secret, value];
  return build([...keys.slice(0, last), keys[last].slice(0, -2)], items) as object;
}

for (const [name, rule] of Object.entries(rules)) {
  const [Type, path] = PLACES[name as keyof typeof rules];
  const holding = (value: unknown, others: Case = {}): Case => caseOf({ Subject: { Type, Properties: at(path, value) }, ...others });
  const parameter = (more: object): Case => ({ ...holding({ Ref: 'S' }), $Parameters: { S: { Type: 'String', ...more }, Env: { Type: 'String' } } });
  verdicts(rule, {
    pass: {
      'looked up in Secrets Manager': holding('{{resolve:secretsmanager:db:SecretString:password}}'),
      'looked up as a SecureString': holding('{{resolve:ssm-secure:/db/password:1}}'),
      'a hidden parameter without default': parameter({ NoEcho: true }),
      'a hidden parameter, NoEcho as text': parameter({ NoEcho: 'true' }),
    },
    fail: {
      'a literal': holding('hunter2hunter2'),
      'a literal that is a number': holding(12345678),
      'a parameter that is shown': parameter({ NoEcho: false }),
      'a hidden parameter with a default': parameter({ NoEcho: true, Default: 'hunter2hunter2' }),
      'looked up in plain text': holding('{{resolve:ssm:/db/password:1}}'),
    },
    unknown: {
      'of a custom resource': holding({ 'Fn::GetAtt': ['Maker', 'Password'] }, { Maker: { Type: 'Custom::Password' } }),
      'imported': holding({ 'Fn::ImportValue': 'password' }),
      'by a macro': holding(MACRO),
    },
    notApplicable: { 'none': caseOf({ Subject: { Type, Properties: {} } }) },
    trap: {
      'looked up as CDK writes it': pass(
        holding(
          { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:password::}}']] },
          { Secret: { Type: 'AWS::SecretsManager::Secret' } },
        ),
      ),
      'looked up by a name that is put together': pass(holding({ 'Fn::Sub': '{{resolve:secretsmanager:${AWS::StackName}-db:SecretString:password}}' })),
      'looked up in plain text by such a name': fail(holding({ 'Fn::Sub': '{{resolve:ssm:/${AWS::StackName}/password}}' })),
      'a default behind Fn::Sub': fail(
        {
          ...parameter({ NoEcho: true, Default: 'hunter2' }),
          ...holding({ 'Fn::Sub': '${S}' }),
          $Parameters: { S: { Type: 'String', NoEcho: true, Default: 'hunter2' } },
        },
      ),
      'out of a mapping': fail({ ...holding({ 'Fn::FindInMap': ['M', 'a', 'b'] }), $Mappings: { M: { a: { b: 'hunter2hunter2' } } } }),
      'a literal in one branch': fail(holding(ifProd('{{resolve:secretsmanager:db}}', 'hunter2hunter2')), { message: /when IsProd is false/ }),
      'a plain parameter of the template': fail(holding({ 'Fn::GetAtt': ['Plain', 'Value'] }, { Plain: { Type: 'AWS::SSM::Parameter' } })),
      'a lookup that is not closed': unknown(holding('{{resolve:secretsmanager:db')),
    },
  });
}

test('a list of users that is known at deployment only is not judged', () => {
  expect(judge(rules.amazonMq, caseOf({ Subject: { Type: 'AWS::AmazonMQ::Broker', Properties: { Users: P } } })).verdict).not.toBe('pass');
});

test.each(Object.entries(PLACES))('the value is never part of the message or the evidence: %s', (name, [Type, path]) => {
  const result = judge(rules[name as keyof typeof rules], caseOf({ Subject: { Type, Properties: at(path, 'hunter2hunter2') } }));
  expect(JSON.stringify(result)).not.toContain('hunter2');
});
