import { ifProd, MACRO, P, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import { alarms, autoRollback, gradual } from '../../src/rules/codedeploy';

const group = subject('AWS::CodeDeploy::DeploymentGroup');
const sam = (DeploymentPreference?: object) => subject('AWS::Serverless::Function')({ DeploymentPreference });

const rollback = (Enabled: unknown, ...Events: unknown[]) => group({ AutoRollbackConfiguration: { Enabled, Events } });
verdicts(autoRollback, {
  pass: { 'on failure': rollback(true, 'DEPLOYMENT_FAILURE'), 'among others': rollback('true', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_FAILURE') },
  fail: { 'absent': group(), 'off': rollback(false, 'DEPLOYMENT_FAILURE'), 'no event': rollback(true) },
  unknown: { 'by parameter': rollback(P, 'DEPLOYMENT_FAILURE') },
  trap: {
    'on request only': fail(rollback(true, 'DEPLOYMENT_STOP_ON_REQUEST')),
    'in one branch': fail(rollback(true, ifProd('DEPLOYMENT_FAILURE')), { message: /IsProd is false/ }),
  },
});

const watched = (Enabled: unknown, ...Alarms: unknown[]) => group({ AlarmConfiguration: { Enabled, Alarms } });
verdicts(alarms, {
  pass: { 'an alarm': watched(true, { Name: 'errors' }), 'SAM': sam({ Type: 'Linear10PercentEvery1Minute', Alarms: [{ Ref: 'P' }] }) },
  fail: { 'absent': group(), 'off': watched('false', { Name: 'errors' }), 'none': watched(true), 'SAM, none': sam({ Type: 'Linear10PercentEvery1Minute' }) },
  unknown: { 'by parameter': watched(P, { Name: 'errors' }), 'SAM, by a macro': sam({ Alarms: MACRO }) },
  notApplicable: { 'SAM does not deploy with it': sam() },
  trap: {
    'SAM, switched off': notApplicable(sam({ Enabled: false, Type: 'AllAtOnce' })),
    'in one branch': fail(watched(true, ifProd({ Name: 'errors' })), { message: /IsProd is false/ }),
  },
});

const config = (Properties: object) => ({ Config: { Type: 'AWS::CodeDeploy::DeploymentConfig', Properties } });
const named = (DeploymentConfigName: unknown, others: object = {}) => group({ DeploymentConfigName }, { ...others });
const application = (ComputePlatform?: unknown) => ({ App: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform } } });
const unnamed = (more: object, others = {}) => group({ ApplicationName: { Ref: 'App' }, ...more }, others);
verdicts(gradual, {
  pass: {
    'half at a time': named('CodeDeployDefault.HalfAtATime'),
    'a canary of one\'s own': named({ Ref: 'Config' }, config({ TrafficRoutingConfig: { Type: 'TimeBasedCanary' } })),
    'servers, one at a time by default': unnamed({}, application('Server')),
    'SAM': sam({ Type: 'Canary10Percent5Minutes' }),
  },
  fail: {
    'all at once': named('CodeDeployDefault.AllAtOnce'),
    'functions all at once': named('CodeDeployDefault.LambdaAllAtOnce'),
    'one\'s own, all at once': named({ Ref: 'Config' }, config({ TrafficRoutingConfig: { Type: 'AllAtOnce' } })),
    'functions, by default': unnamed({}, application('Lambda')),
    'SAM': sam({ Type: 'AllAtOnce' }),
  },
  unknown: { 'by parameter': named(P), 'an application elsewhere': group({ ApplicationName: 'shop' }) },
  notApplicable: { 'SAM does not deploy with it': sam() },
  trap: {
    'no host has to stay healthy': fail(named({ Ref: 'Config' }, config({ MinimumHealthyHosts: { Type: 'HOST_COUNT', Value: '0' } }))),
    'some hosts have to': pass(named({ Ref: 'Config' }, config({ MinimumHealthyHosts: { Type: 'FLEET_PERCENT', Value: 75 } }))),
    'servers are the default platform': pass(unnamed({}, application())),
    'services of ECS, whatever the application': fail(unnamed({ ECSServices: [{ ServiceName: 's' }] })),
    'in one branch': fail(named(ifProd('CodeDeployDefault.OneAtATime', 'CodeDeployDefault.AllAtOnce')), { message: /IsProd is false/ }),
  },
});
