import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, judge, pass, verdicts } from './verdicts';
import {
  awsvpcNetworking, efsTransitEncryption, hostModeUser, hostNamespaces, imagePinned, memoryLimit, noEnvironmentSecrets, nonRootUser, notPrivileged,
  readonlyRoot, taskLogging,
} from '../../src/rules/ecs';

const task = subject('AWS::ECS::TaskDefinition');
const containers = (...ContainerDefinitions: object[]) => task({ ContainerDefinitions });
const host = (...ContainerDefinitions: object[]) => task({ NetworkMode: 'host', ContainerDefinitions });
const none = { 'no container': task() };

verdicts(notPrivileged, {
  pass: { 'absent': containers({ Name: 'a' }), 'off': containers({ Privileged: 'false' }) },
  fail: { 'on': containers({ Privileged: true }), 'the second one, as text': containers({ Name: 'a' }, { Name: 'b', Privileged: 'True' }),
    'of a daemon': subject('AWS::ECS::DaemonTaskDefinition')({ ContainerDefinitions: [{ Privileged: true }] }) },
  unknown: { 'by parameter': containers({ Privileged: P }), 'containers by a macro': task({ ContainerDefinitions: MACRO }) },
  notApplicable: none,
  trap: { 'in one branch': fail(containers({ Name: 'a', Privileged: ifProd(false, true) }), { message: /container a is privileged.*IsProd is false/ }) },
});

verdicts(hostModeUser, {
  pass: {
    'another user': host({ User: 'app' }),
    'declared to be root': host({ User: 'root', Privileged: true }),
    'another user of the root group': host({ User: 'app:root' }),
  },
  fail: { 'no user': host({}), 'root': host({ User: 'root' }), 'root by number and group': host({ User: 'app' }, { User: '0:0', Privileged: false }) },
  unknown: { 'the user by parameter': host({ User: P }), 'the mode by parameter': task({ NetworkMode: P, ContainerDefinitions: [{}] }) },
  notApplicable: { 'another network': task({ NetworkMode: 'awsvpc', ContainerDefinitions: [{ User: 'root' }] }), 'no network is named': containers({}) },
  trap: {
    'a user whose name begins like root': pass(host({ User: 'rootless' })),
    'one privileged container does not excuse the other': fail(host({ Privileged: true }, { Name: 'b' }), { message: /container b/ }),
  },
});

verdicts(nonRootUser, {
  pass: { 'a name': containers({ User: 'app' }), 'a number': containers({ User: '1000:1000' }) },
  fail: { 'absent': containers({}), 'root': containers({ User: 'root:root' }), 'zero': containers({ User: 0 }) },
  unknown: { 'by parameter': containers({ User: P }) },
  notApplicable: none,
  trap: { 'ten is not zero': pass(containers({ User: '01000' })) },
});

verdicts(readonlyRoot, {
  pass: { 'on': containers({ ReadonlyRootFilesystem: true }) },
  fail: { 'absent': containers({}), 'off': containers({ ReadonlyRootFilesystem: false }) },
  unknown: { 'by parameter': containers({ ReadonlyRootFilesystem: P }) },
  notApplicable: none,
  trap: { 'one of two': fail(containers({ ReadonlyRootFilesystem: 'true' }, { Name: 'b' }), { message: /container b/ }) },
});

const external = (...RequiresCompatibilities: unknown[]) => task({ RequiresCompatibilities, NetworkMode: 'bridge' });
verdicts(awsvpcNetworking, setting(task, 'NetworkMode', {
  good: 'awsvpc',
  bad: 'bridge',
  fail: { 'on instances too': external('EXTERNAL', 'EC2') },
  unknown: { 'where it runs is known at deployment': external(P) },
  notApplicable: { 'external instances': external('EXTERNAL') },
  trap: { 'an empty list of platforms': fail(task({ RequiresCompatibilities: [], NetworkMode: 'host' })) },
}));

verdicts(hostNamespaces, {
  pass: { 'absent': task(), 'of the task': task({ PidMode: 'task', IpcMode: 'none' }) },
  fail: { 'processes': task({ PidMode: 'host' }), 'memory': task({ IpcMode: 'host' }) },
  unknown: { 'by parameter': task({ PidMode: P }) },
  trap: { 'in one branch': fail(task({ IpcMode: ifProd('none', 'host') }), { message: /IsProd is false/ }) },
});

const env = (...Environment: object[]) => containers({ Name: 'a', Environment });
verdicts(noEnvironmentSecrets, {
  pass: { 'settings': env({ Name: 'STAGE', Value: 'prod' }), 'none': containers({}) },
  fail: {
    'a password': env({ Name: 'STAGE', Value: 'prod' }, { Name: 'DB_PASSWORD', Value: 'hunter2hunter2' }),
    'an access key': env({ Name: 'X', Value: 'AKIAABCDEFGHIJKLMNOP' }),
    'of an express service': subject('AWS::ECS::ExpressGatewayService')({ PrimaryContainer: { Environment: [{ Name: 'API_KEY', Value: 'abcdef' }] } }),
  },
  unknown: { 'variables by parameter': containers({ Environment: P }) },
  notApplicable: none,
  trap: {
    'known at deployment': pass(env({ Name: 'DB_PASSWORD', Value: P })),
    'a secret by its own property': pass(containers({ Secrets: [{ Name: 'DB_PASSWORD', ValueFrom: 'arn:aws:ssm:x' }] })),
    'where the secret lies': pass(env({ Name: 'DB_PASSWORD', Value: '/run/secrets/db' })),
  },
});

verdicts(taskLogging, {
  pass: {
    'awslogs': containers({ LogConfiguration: { LogDriver: 'awslogs' } }),
    'the router of the others': containers({ FirelensConfiguration: { Type: 'fluentbit' } }, { LogConfiguration: { LogDriver: 'awsfirelens' } }),
  },
  fail: {
    'absent': containers({}),
    'the second one': containers({ LogConfiguration: { LogDriver: 'awslogs' } }, { Name: 'b' }),
    'a driver that drops': containers({ LogConfiguration: { LogDriver: 'none' } }),
  },
  unknown: { 'by a macro': containers({ LogConfiguration: MACRO }) },
  notApplicable: none,
  trap: { 'in one branch': fail(containers({ LogConfiguration: ifProd({ LogDriver: 'awslogs' }) }), { message: /IsProd is false/ }) },
});

const volumes = (...Volumes: object[]) => task({ Volumes });
verdicts(efsTransitEncryption, {
  pass: {
    'enabled': volumes({ EFSVolumeConfiguration: { TransitEncryption: 'ENABLED' } }),
    'beside a scratch volume': volumes({ Name: 'tmp' }, { EFSVolumeConfiguration: { TransitEncryption: 'ENABLED' } }),
  },
  fail: {
    'absent': volumes({ EFSVolumeConfiguration: { FilesystemId: 'fs-1' } }),
    'disabled': volumes({ EFSVolumeConfiguration: { TransitEncryption: 'DISABLED' } }),
  },
  unknown: { 'by parameter': volumes({ EFSVolumeConfiguration: { TransitEncryption: P } }) },
  notApplicable: { 'no volume': task(), 'no EFS volume': volumes({ Host: { SourcePath: '/data' } }) },
  trap: {
    'one of two': fail(volumes({ EFSVolumeConfiguration: { TransitEncryption: 'ENABLED' } }, { EFSVolumeConfiguration: { FilesystemId: 'fs-2' } })),
    'the other spelling': pass(volumes({ EfsVolumeConfiguration: { TransitEncryption: 'ENABLED' } })),
  },
});

const image = (Image: unknown) => containers({ Image });
verdicts(imagePinned, {
  pass: { 'a tag': image('repo/app:1.2.3'), 'a digest': image('repo/app@sha256:abc') },
  fail: { 'latest': image('repo/app:latest'), 'no tag': image('nginx'), 'no image': containers({}) },
  unknown: { 'by parameter': image(P), 'ends in a parameter': image({ 'Fn::Sub': 'repo/app:${P}' }) },
  notApplicable: none,
  trap: { 'latest behind a reference': fail(image({ 'Fn::Sub': '${P}:latest' })), 'a tag behind a reference': pass(image({ 'Fn::Sub': '${P}:1.2' })),
    'the port of a registry is no tag': fail(image('registry.example.com:5000/app')),
    'a repository of the account without a tag': fail(image({ 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/app' })) },
});

verdicts(memoryLimit, presence(task, 'Memory', {
  pass: { 'of the container': containers({ Memory: 512 }) },
  trap: { 'of one container only': fail(containers({ Memory: 512 }, {})) },
}));

test('the credential that was found is not repeated', () => {
  const result = judge(noEnvironmentSecrets, env({ Name: 'DB_PASSWORD', Value: 'hunter2hunter2' }));
  expect(result.message).toMatch(/DB_PASSWORD/);
  expect(JSON.stringify(result)).not.toContain('hunter2');
});
