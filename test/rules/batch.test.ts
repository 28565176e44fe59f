import { ifProd, MACRO, P, subject } from './cases';
import { fail, judge, pass, verdicts } from './verdicts';
import { noEnvironmentSecrets, notPrivileged, retry } from '../../src/rules/batch';

const job = subject('AWS::Batch::JobDefinition');
const container = (Privileged: unknown) => job({ ContainerProperties: { Privileged } });
const node = (range: object) => job({ NodeProperties: { NodeRangeProperties: [{ Container: {} }, range] } });

verdicts(notPrivileged, {
  pass: { 'absent': job(), 'off': container('False') },
  fail: {
    'on': container('true'), 'of a node': node({ Container: { Privileged: true } }),
    'of a task': job({ EcsProperties: { TaskProperties: [{ Containers: [{ Privileged: true }] }] } }),
    'of a pod': job({ EksProperties: { PodProperties: { Containers: [{ SecurityContext: { Privileged: true } }] } } }),
    'of the task of a node': node({ EcsProperties: { TaskProperties: [{ Containers: [{ Privileged: true }] }] } }),
    'of what runs first in a pod': job({ EksProperties: { PodProperties: { Containers: [{}], InitContainers: [{ SecurityContext: { Privileged: true } }] } } }),
    'of the pod of a node': node({ EksProperties: { PodProperties: { Containers: [{ SecurityContext: { Privileged: true } }] } } }),
  },
  unknown: { 'by parameter': container(P), 'nodes by parameter': job({ NodeProperties: { NodeRangeProperties: P } }) },
  trap: { 'in one branch': fail(container(ifProd(false, true)), { message: /IsProd is false/ }) },
});

const env = (...Environment: object[]) => job({ ContainerProperties: { Environment } });
const secret = { Name: 'DB_PASSWORD', Value: 'hunter2hunter2' };
verdicts(noEnvironmentSecrets, {
  pass: { 'settings': env({ Name: 'STAGE', Value: 'prod' }), 'none': job() },
  fail: {
    'a password': env({ Name: 'STAGE', Value: 'prod' }, secret),
    'an access key': env({ Name: 'X', Value: 'AKIAABCDEFGHIJKLMNOP' }),
    'of a node': node({ Container: { Environment: [secret] } }),
    'of a task': job({ EcsProperties: { TaskProperties: [{ Containers: [{}, { Environment: [secret] }] }] } }),
    'of a pod': job({ EksProperties: { PodProperties: { Containers: [{ Env: [secret] }] } } }),
  },
  unknown: { 'variables by parameter': job({ ContainerProperties: { Environment: P } }) },
  trap: {
    'known at deployment': pass(env({ Name: 'DB_PASSWORD', Value: P })),
    'where the secret lies': pass(env({ Name: 'DB_PASSWORD', Value: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db' })),
    'a secret by its own property': pass(job({ ContainerProperties: { Secrets: [{ Name: 'DB_PASSWORD', ValueFrom: 'arn:aws:ssm:x' }] } })),
    'in one branch': fail(env({ Name: 'TOKEN', Value: ifProd(P, 'abcdef') }), { message: /variable TOKEN.*IsProd is false/ }),
  },
});

test.each([['a password', secret, 'hunter2'], ['an access key', { Name: 'NOTE', Value: 'AKIAABCDEFGHIJKLMNOP' }, 'AKIA']])('the credential that was found is not repeated: %s', (_name, variable, text) => {
  const result = judge(noEnvironmentSecrets, env(variable));
  expect(result.message).toContain(variable.Name);
  expect(JSON.stringify(result)).not.toContain(text);
});

const kept = (Attempts: unknown, AttemptDurationSeconds: unknown) => job({ RetryStrategy: { Attempts }, Timeout: { AttemptDurationSeconds } });
verdicts(retry, {
  pass: { 'both': kept(3, 3600), 'as text, the time by parameter': kept('2', P) },
  fail: { 'absent': job(), 'one attempt': kept(1, 3600), 'no timeout': job({ RetryStrategy: { Attempts: 3 } }) },
  unknown: { 'attempts by parameter': kept(P, 60), 'a macro decides': job({ RetryStrategy: { Attempts: 3 }, Timeout: MACRO }) },
  trap: { 'in one branch': fail(kept(ifProd(3, 1), 60), { message: /IsProd is false/ }) },
});
