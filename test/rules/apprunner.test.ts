import { ifProd, P, presence, setting, subject } from './cases';
import { fail, judge, pass, verdicts } from './verdicts';
import { customerKey, inVpc, noEnvironmentSecrets, notPublic, observability } from '../../src/rules/apprunner';

const service = subject('AWS::AppRunner::Service');

verdicts(notPublic, setting(service, 'NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible', { good: false, bad: true }));
verdicts(inVpc, setting(service, 'NetworkConfiguration.EgressConfiguration.EgressType', { good: 'VPC', bad: 'DEFAULT' }));
verdicts(observability, setting(service, 'ObservabilityConfiguration.ObservabilityEnabled', { good: true, bad: false }));
verdicts(customerKey, presence(service, 'EncryptionConfiguration.KmsKey', {
  fail: { 'the key that AWS manages': service({ EncryptionConfiguration: { KmsKey: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/apprunner' } }) },
}));

const env = (...RuntimeEnvironmentVariables: object[]) => service({ SourceConfiguration: { ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables } } } });
const code = (...RuntimeEnvironmentVariables: object[]) => service({
  SourceConfiguration: { CodeRepository: { CodeConfiguration: { CodeConfigurationValues: { RuntimeEnvironmentVariables } } } },
});
const secret = { Name: 'DB_PASSWORD', Value: 'hunter2hunter2' };
verdicts(noEnvironmentSecrets, {
  pass: { 'settings': env({ Name: 'STAGE', Value: 'prod' }), 'none': service() },
  fail: { 'of an image': env({ Name: 'STAGE', Value: 'prod' }, secret), 'of code': code(secret) },
  unknown: { 'variables by parameter': service({ SourceConfiguration: { ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: P } } } }) },
  trap: {
    'known at deployment': pass(env({ Name: 'DB_PASSWORD', Value: P })),
    'in one branch': fail(code({ Name: 'TOKEN', Value: ifProd(P, 'abcdef') }), { message: /variable TOKEN.*IsProd is false/ }),
    'a secret by its own property': pass(service({
      SourceConfiguration: { ImageRepository: { ImageConfiguration: { RuntimeEnvironmentSecrets: [{ Name: 'DB_PASSWORD', Value: 'hunter2hunter2' }] } } },
    })),
  },
});

test('the credential that was found is not repeated', () => {
  const result = judge(noEnvironmentSecrets, env(secret));
  expect(result.message).toContain('DB_PASSWORD');
  expect(JSON.stringify(result)).not.toContain('hunter2');
});
