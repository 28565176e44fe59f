import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, judge, pass, unknown, verdicts } from './verdicts';
import { enhancedHealth, inVpc, logs, managedUpdates, noEnvironmentSecrets } from '../../src/rules/elasticbeanstalk';

const environment = subject('AWS::ElasticBeanstalk::Environment');
const option = (Namespace: string, OptionName: string, Value: unknown) => ({ Namespace, OptionName, Value });
const options = (...OptionSettings: unknown[]) => environment({ OptionSettings });
const saved = (...OptionSettings: unknown[]): Case => ({ Saved: { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { OptionSettings } } });

const MANAGED = 'aws:elasticbeanstalk:managedactions';
const enabled = (value: unknown) => option(MANAGED, 'ManagedActionsEnabled', value);
const level = (value: unknown) => option(`${MANAGED}:platformupdate`, 'UpdateLevel', value);
verdicts(managedUpdates, {
  pass: { 'minor ones': options(enabled('true'), level('minor')), 'as a boolean': options(level('patch'), enabled(true)) },
  fail: { 'absent': environment(), 'off': options(enabled('false'), level('minor')), 'no level': options(enabled('true')) },
  unknown: { 'by parameter': options(enabled(P), level('minor')), 'options by a macro': environment({ OptionSettings: MACRO }) },
  trap: {
    'from a saved configuration': pass(environment({ TemplateName: { Ref: 'Saved' } }, saved(enabled('true'), level('minor')))),
    'the level in a saved configuration': pass(environment({ TemplateName: { Ref: 'Saved' }, OptionSettings: [enabled('true')] }, saved(level('minor')))),
    'the environment overrides what is saved': fail(environment({ TemplateName: { Ref: 'Saved' }, OptionSettings: [enabled('false')] }, saved(enabled('true'), level('minor')))),
    'a saved configuration elsewhere': unknown(environment({ TemplateName: 'standard' })),
    'a saved configuration that nobody names': fail(environment({}, saved(enabled('true'), level('minor')))),
    'in another namespace': fail(options(option('aws:elasticbeanstalk:command', 'ManagedActionsEnabled', 'true'), level('minor'))),
    'in one branch': fail(options(ifProd(enabled('true')), level('minor')), { message: /IsProd is false/ }),
  },
});

const health = (value: unknown) => option('aws:elasticbeanstalk:healthreporting:system', 'SystemType', value);
verdicts(enhancedHealth, {
  pass: { 'enhanced': options(health('enhanced')) },
  fail: { 'absent': environment(), 'basic': options(health('basic')) },
  unknown: { 'by parameter': options(health(P)) },
  trap: { 'another option of the namespace': fail(options(option('aws:elasticbeanstalk:healthreporting:system', 'ConfigDocument', 'enhanced'))) },
});

const stream = (value: unknown) => option('aws:elasticbeanstalk:cloudwatch:logs', 'StreamLogs', value);
const copy = (value: unknown) => option('aws:elasticbeanstalk:hostmanager', 'LogPublicationControl', value);
verdicts(logs, {
  pass: { 'to CloudWatch': options(stream('true')), 'to S3': options(copy('true')) },
  fail: { 'absent': environment(), 'neither': options(stream('false'), copy('false')) },
  unknown: { 'by parameter': options(stream(P)) },
  trap: {
    'to S3 though not to CloudWatch': pass(options(stream('false'), copy('true'))),
    'health logs are not the instances\'': fail(options(option('aws:elasticbeanstalk:cloudwatch:logs:health', 'StreamLogs', 'true'), option('aws:elasticbeanstalk:cloudwatch:logs:health', 'HealthStreamingEnabled', 'true'))),
  },
});

const vpc = (value: unknown) => option('aws:ec2:vpc', 'VPCId', value);
verdicts(inVpc, {
  pass: { 'a VPC': options(vpc('vpc-1')), 'a VPC by parameter': options(vpc(P)) },
  fail: { 'absent': environment(), 'subnets only': options(option('aws:ec2:vpc', 'Subnets', 'subnet-1')) },
  unknown: { 'by a macro': options(vpc(MACRO)) },
  trap: { 'an empty text': fail(options(vpc(''))), 'in one branch': fail(options(vpc(ifProd('vpc-1'))), { message: /IsProd is false/ }) },
});

const variable = (name: string, value: unknown) => option('aws:elasticbeanstalk:application:environment', name, value);
verdicts(noEnvironmentSecrets, {
  pass: { 'settings': options(variable('STAGE', 'prod')), 'none': environment() },
  fail: {
    'a password': options(variable('STAGE', 'prod'), variable('DB_PASSWORD', 'hunter2hunter2')),
    'the password of the database': options(option('aws:rds:dbinstance', 'DBPassword', 'hunter2hunter2')),
    'in a saved configuration': subject('AWS::ElasticBeanstalk::ConfigurationTemplate')({ OptionSettings: [variable('API_KEY', 'abcdef')] }),
  },
  unknown: { 'options by a macro': environment({ OptionSettings: MACRO }) },
  trap: {
    'known at deployment': pass(options(variable('DB_PASSWORD', P))),
    'a secret by its ARN': pass(options(option('aws:elasticbeanstalk:application:environmentsecrets', 'DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db'))),
    'a setting about tokens elsewhere': pass(options(option('aws:autoscaling:launchconfiguration', 'DisableIMDSv1Token', 'enabled'))),
    'in one branch': fail(options(variable('TOKEN', ifProd(P, 'abcdef'))), { message: /option TOKEN.*IsProd is false/ }),
  },
});

test('the credential that was found is not repeated', () => {
  const result = judge(noEnvironmentSecrets, options(variable('DB_PASSWORD', 'hunter2hunter2')));
  expect(result.message).toContain('DB_PASSWORD');
  expect(JSON.stringify(result)).not.toContain('hunter2');
});
