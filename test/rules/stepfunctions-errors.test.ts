import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { callbackTimeout, errorHandling } from '../../src/rules/stepfunctions-errors';

const machine = subject('AWS::StepFunctions::StateMachine');
const sam = subject('AWS::Serverless::StateMachine');
const LAMBDA = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const RETRY = { Retry: [{ ErrorEquals: ['States.ALL'] }] };
const CATCH = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell' }] };
const DONE = { Type: 'Succeed' };
const flow = (States: unknown, more: object = {}) => ({ StartAt: 'Work', States, ...more });
const of = (States: unknown, more: object = {}) => machine({ Definition: flow(States, more) });
const text = (value: unknown) => machine({ DefinitionString: value });
const work = (more: object = {}) => of({ Work: { ...LAMBDA, ...more }, Done: DONE });

/** What a CDK app makes: JSON text that is joined around references. */
const joined = (handler: string): Case => machine({
  DefinitionString: { 'Fn::Join': ['', [
    `{"StartAt":"Work","States":{"Work":{"Type":"Task",${handler}"Resource":"arn:`, { Ref: 'AWS::Partition' }, ':states:::lambda:invoke","Parameters":{"FunctionName":"', { 'Fn::GetAtt': ['Fn', 'Arn'] }, '"},"End":true}}}',
  ]] },
}, { Fn: { Type: 'AWS::Lambda::Function' } });

const parallel = (handler: object, inner: object = LAMBDA) => of({ Both: { Type: 'Parallel', Branches: [flow({ Inner: DONE }), flow({ Work: inner })], ...handler } });
const map = (handler: object, key = 'ItemProcessor') => of({ Each: { Type: 'Map', [key]: flow({ Work: LAMBDA }), ...handler } });

/** Maps within maps, around a task. */
const nested = (levels: number): object => (levels === 0 ? { Deep: LAMBDA } : { Each: { Type: 'Map', ItemProcessor: flow(nested(levels - 1)) } });

verdicts(errorHandling, {
  pass: {
    'a retry': work(RETRY),
    'a catch': work(CATCH),
    'as text': text(JSON.stringify(flow({ Work: { ...LAMBDA, ...RETRY } }))),
    'as text that is joined': joined('"Retry":[{"ErrorEquals":["States.ALL"]}],'),
    'SAM': sam({ Definition: flow({ Work: { ...LAMBDA, ...CATCH } }) }),
    'the states around it catch': parallel(CATCH),
    'the map around it retries': map(RETRY),
  },
  fail: {
    'neither': work(),
    'as text': text(JSON.stringify(flow({ Work: LAMBDA }))),
    'as text that is joined': joined(''),
    'SAM': sam({ Definition: flow({ Work: LAMBDA }) }),
    'in a branch': parallel({}),
    'in a map': map({}),
    'in a map, by its old name': map({}, 'Iterator'),
  },
  unknown: {
    'a parameter': text(P),
    'in a file': machine({ DefinitionS3Location: { Bucket: 'b', Key: 'k' } }),
    'in a file, SAM': sam({ DefinitionUri: 'machine.json' }),
    'no JSON': text('{"States": ${states}}'),
    'the handler is a macro': work({ Retry: MACRO }),
    'the branches are a macro': of({ Both: { Type: 'Parallel', Branches: MACRO } }),
    'no states': machine({ Definition: { StartAt: 'Work' } }),
  },
  notApplicable: { 'no task': of({ Wait: { Type: 'Wait', Seconds: 1 }, Done: DONE }) },
  trap: {
    'one task of two': fail(of({ Work: { ...LAMBDA, ...RETRY }, More: LAMBDA }), { message: /the task More has neither/ }),
    'an empty list': fail(work({ Retry: [] })),
    'another state of the workflow handles its own': fail(of({ Both: { Type: 'Parallel', Branches: [flow({ Inner: DONE })], ...CATCH }, Work: LAMBDA })),
    'in one branch of a condition': fail(work({ Retry: ifProd(RETRY.Retry) }), { message: /IsProd is false/ }),
    'a task in a branch of a branch': fail(of({ Both: { Type: 'Parallel', Branches: [flow({ In: { Type: 'Map', ItemProcessor: flow({ Deep: LAMBDA }) } })] } }), { message: /Deep/ }),
    'nested more deeply than anybody does': unknown(of(nested(60)), { message: /too deeply/ }),
    'nested somewhat': fail(of(nested(20))),
    'a state that only looks like a task': notApplicable(of({ Task: { Type: 'Pass', Result: { Type: 'Task' } } })),
  },
});

const TOKEN = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true };
const ask = (more: object = {}, workflow: object = {}) => of({ Ask: { ...TOKEN, ...more } }, workflow);

verdicts(callbackTimeout, {
  pass: {
    'a timeout': ask({ TimeoutSeconds: 3600 }),
    'a heartbeat': ask({ HeartbeatSeconds: 600 }),
    'a timeout by path': ask({ TimeoutSecondsPath: '$.timeout' }),
    'of the workflow': ask({}, { TimeoutSeconds: 86400 }),
  },
  fail: {
    'none': ask(),
    'as text': text(JSON.stringify(flow({ Ask: TOKEN }))),
    'an activity': of({ Ask: { ...TOKEN, Resource: 'arn:aws:states:eu-west-1:111111111111:activity:approve' } }),
  },
  unknown: { 'a macro decides': ask({ TimeoutSeconds: MACRO }), 'the resource is a parameter': of({ Ask: { ...TOKEN, Resource: P } }), 'in a file': sam({ DefinitionUri: 'machine.json' }) },
  notApplicable: { 'nothing waits': work() },
  trap: {
    'an activity by reference': fail(machine({ Definition: flow({ Ask: { ...TOKEN, Resource: { Ref: 'Approve' } } }) }, { Approve: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'approve' } } })),
    'a function by reference does not wait': notApplicable(machine({ Definition: flow({ Ask: { ...TOKEN, Resource: { 'Fn::GetAtt': ['Fn', 'Arn'] } } }) }, { Fn: { Type: 'AWS::Lambda::Function' } })),
    'a partition that is known at deployment': notApplicable(joined('')),
    'a token, the partition known at deployment': fail(of({ Ask: { ...TOKEN, Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken' } } })),
    'a timeout of another state': fail(of({ Ask: TOKEN, Work: { ...LAMBDA, TimeoutSeconds: 60 } })),
    'the resource is a parameter, and there is a timeout': pass(of({ Ask: { ...TOKEN, Resource: P, TimeoutSeconds: 5 } })),
    'in a branch': fail(parallel(CATCH, TOKEN)),
    'a heartbeat that is a macro': unknown(ask({ HeartbeatSeconds: MACRO })),
  },
});
