import { P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, unknown } from './verdicts';
import { enabled } from '../../src/rules/inspector';

const call = (action: string, resourceTypes?: unknown, service = 'Inspector2') => subject('Custom::AWS')({ Create: { service, action, parameters: { resourceTypes } } });
environmentVerdicts(enabled, {
  pass: {
    'hosts': call('enable', ['EC2']),
    'images': call('Enable', ['CODE_REPOSITORY', 'ECR']),
    'functions, of the new SDK': call('EnableCommand', ['LAMBDA'], '@aws-sdk/client-inspector2'),
  },
  fail: { 'switched off': call('disable', ['EC2']), 'nothing to scan': call('enable', []), 'nothing of what is deployed': call('enable', ['CODE_REPOSITORY']) },
  unknown: { 'what by parameter': call('enable', P), 'another call': call('enableDelegatedAdminAccount', ['EC2']), 'the old service': call('enable', ['EC2'], 'Inspector') },
  trap: {
    'scanning by the registry': unknown({ Registry: { Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: { ScanType: 'ENHANCED' } } }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: call('enable', ['EC2']) })),
    'on deletion': fail(subject('Custom::AWS')({ Create: { service: 'Inspector2', action: 'disable', parameters: { resourceTypes: ['EC2'] } }, Delete: { service: 'Inspector2', action: 'enable' } })),
  },
});
