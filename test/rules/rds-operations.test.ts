import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import {
  copyTagsToSnapshot, managedMasterPassword, masterUsernameNotPlaintext, noClassicSecurityGroup, nonDefaultMasterUsername, nonDefaultPort, performanceInsights,
  proxyIamAuthentication, storageAutoscaling,
} from '../../src/rules/rds-operations';

const instance = subject('AWS::RDS::DBInstance', { Engine: 'postgres' });
const cluster = subject('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' });
const member = subject('AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' });
const secret = '{{resolve:secretsmanager:db:SecretString:password}}';
const joined = (part: string) => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, `:SecretString:${part}::}}`]] });
const withSecret = { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } };

verdicts(managedMasterPassword, {
  pass: {
    'kept by RDS': instance({ ManageMasterUserPassword: true }),
    'looked up': instance({ MasterUserPassword: secret }),
    'looked up as CDK writes it': cluster({ MasterUserPassword: joined('password') }, withSecret),
  },
  fail: { 'a literal': instance({ MasterUserPassword: 'hunter2hunter2' }), 'a parameter': instance({ MasterUserPassword: P }), 'none': cluster() },
  unknown: { 'the switch by parameter': instance({ ManageMasterUserPassword: P }) },
  notApplicable: {
    'a member of a cluster': member(),
    'a read replica': instance({ SourceDBInstanceIdentifier: 'db' }),
    'restored from a snapshot': instance({ DBSnapshotIdentifier: 's' }),
  },
  trap: {
    'looked up in Parameter Store': fail(instance({ MasterUserPassword: '{{resolve:ssm-secure:db}}' })),
    'kept by RDS in one branch': fail(instance({ ManageMasterUserPassword: ifProd(true, false) }), { message: /IsProd is false/ }),
  },
});

verdicts(masterUsernameNotPlaintext, {
  pass: {
    'looked up': instance({ MasterUsername: '{{resolve:secretsmanager:db:SecretString:username}}' }),
    'a hidden parameter': { ...instance({ MasterUsername: P }), $Parameters: { P: { Type: 'String', NoEcho: true } } },
  },
  fail: { 'a literal': instance({ MasterUsername: 'owner' }), 'a parameter that is shown': instance({ MasterUsername: P }) },
  unknown: { 'of a custom resource': instance({ MasterUsername: { 'Fn::GetAtt': ['Maker', 'Name'] } }, { Maker: { Type: 'Custom::Names' } }) },
  notApplicable: { 'none': instance(), 'a member of a cluster, without': member() },
  trap: {
    'a literal in a member of a cluster is one all the same': fail(member({ MasterUsername: 'owner' })),
    'looked up in plain text': fail(instance({ MasterUsername: '{{resolve:ssm:db}}' })),
    'as CDK writes it': pass(cluster({ MasterUsername: joined('username') }, withSecret)),
  },
});

verdicts(nonDefaultMasterUsername, setting(instance, 'MasterUsername', {
  good: 'owner',
  bad: 'postgres',
  absent: 'elsewhere',
  notApplicable: { 'none': instance() },
  trap: { 'in capitals': fail(instance({ MasterUsername: 'Admin' })), 'only begins like one': pass(instance({ MasterUsername: 'admin_of_payments' })) },
}));

verdicts(nonDefaultPort, setting(instance, 'Port', {
  good: 5433,
  bad: 5432,
  pass: { 'another port of MySQL': cluster({ Port: 3307 }) },
  fail: { 'a cluster, by default': cluster(), 'a cluster that says so': cluster({ Port: 3306 }), 'as text': instance({ Port: '5432' }) },
  unknown: { 'an engine by parameter': subject('AWS::RDS::DBInstance')({ Engine: P, Port: 5432 }) },
  notApplicable: { 'a member of a cluster': member({ Port: 5432 }), 'restored from a snapshot': subject('AWS::RDS::DBInstance')() },
  trap: {
    'the port of another engine': pass(instance({ Port: 3306 })),
    'a default counts whatever is asked for': fail(instance(), { options: { requireExplicit: true } }),
    'an engine that is not known here': notApplicable(subject('AWS::RDS::DBInstance')({ Engine: 'newdb' })),
  },
}));

verdicts(performanceInsights, setting(instance, 'EnablePerformanceInsights', {
  good: true,
  bad: false,
  pass: { 'a cluster': cluster({ PerformanceInsightsEnabled: true }), 'Database Insights, advanced': cluster({ DatabaseInsightsMode: 'advanced' }) },
  trap: { 'Database Insights, standard': fail(cluster({ DatabaseInsightsMode: 'standard' })) },
}));

verdicts(copyTagsToSnapshot, setting(instance, 'CopyTagsToSnapshot', { good: true, bad: false, notApplicable: { 'a member of a cluster': member() } }));

verdicts(storageAutoscaling, presence(instance, 'MaxAllocatedStorage', {
  value: '500',
  pass: { 'above the first size': instance({ AllocatedStorage: '100', MaxAllocatedStorage: 500 }), 'the size by parameter': instance({ AllocatedStorage: P, MaxAllocatedStorage: 500 }) },
  notApplicable: { 'an Aurora instance': subject('AWS::RDS::DBInstance')({ Engine: 'aurora-mysql' }) },
  trap: { 'a ceiling that leaves no room': fail(instance({ AllocatedStorage: '100', MaxAllocatedStorage: 100 }), { message: /at least 101/ }) },
}));

const proxy = subject('AWS::RDS::DBProxy');
verdicts(proxyIamAuthentication, {
  pass: { 'required of all': proxy({ Auth: [{ IAMAuth: 'REQUIRED' }, { IAMAuth: 'REQUIRED' }] }), 'by default': proxy({ DefaultAuthScheme: 'IAM_AUTH' }) },
  fail: { 'disabled': proxy({ Auth: [{ IAMAuth: 'DISABLED' }] }), 'absent': proxy({ Auth: [{ AuthScheme: 'SECRETS' }] }), 'none': proxy() },
  unknown: { 'by parameter': proxy({ Auth: [{ IAMAuth: P }] }) },
  trap: { 'required of one only': fail(proxy({ Auth: [{ IAMAuth: 'REQUIRED' }, {}] })) },
});

verdicts(noClassicSecurityGroup, {
  pass: { 'security groups of the VPC': instance({ VPCSecurityGroups: ['sg-1'] }) },
  fail: {
    'DB security groups': instance({ DBSecurityGroups: ['classic'] }), 'the group itself': subject('AWS::RDS::DBSecurityGroup')(),
    'of Redshift': subject('AWS::Redshift::ClusterSecurityGroup')({ Description: 'x' }),
    'of ElastiCache': subject('AWS::ElastiCache::SecurityGroupIngress')({}),
    'a warehouse that names some': subject('AWS::Redshift::Cluster')({ ClusterSecurityGroups: ['classic'] }),
    'a cache that names some': subject('AWS::ElastiCache::CacheCluster')({ CacheSecurityGroupNames: ['classic'] }),
    'a group of caches that names some': subject('AWS::ElastiCache::ReplicationGroup')({ CacheSecurityGroupNames: 'classic' }),
  },
  unknown: { 'by a macro': instance({ DBSecurityGroups: MACRO }) },
  trap: {
    'a warehouse in a VPC': pass(subject('AWS::Redshift::Cluster')({ VpcSecurityGroupIds: ['sg-1'] })),
    'an empty list': pass(instance({ DBSecurityGroups: [] })),
    'in one branch': fail(instance({ DBSecurityGroups: ifProd({ Ref: 'AWS::NoValue' }, ['classic']) })),
    'a parameter is a group all the same': fail(instance({ DBSecurityGroups: [P] })),
  },
});
