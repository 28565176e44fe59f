import { all, any, applies, Property, rule, Truth } from './kernel';
import { isReference } from '../template/value';
import { handlesErrors, State, Workflow, workflowOf } from './shared/workflow';

const MACHINE = ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'];

/** The check of every task that is asked about. A definition that cannot be read leaves the answer open. */
function everyTask({ states, open }: Workflow, asked: (task: Property) => Truth, check: (task: State) => Truth): Truth {
  const tasks = states.map((state) => ({ state, is: all(state.at.get('Type').is('Task'), asked(state.at)) }));
  const more = open === undefined ? [] : [Truth.unknown(open)];
  return applies(any([...tasks.map(({ is }) => is), ...more]), 'the workflow has no such task', () => all(
    ...tasks.filter(({ is }) => !is.no).map(({ state, is }) => {
      const truth = check(state);
      return is.yes || !truth.no ? truth : Truth.unknown(is.message);
    }), ...more,
  ));
}

export const errorHandling = rule({
  id: 'StepFunctions.ErrorHandling',
  resourceTypes: MACHINE,
  title: 'Tasks retry or catch errors',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['A1.1'] },
  rationale: 'Without a retry or a catch the first fault of a service ends the whole execution in the middle, and what was done so far stays half done.',
  remediation: { l2: 'addRetry(), addCatch()', cfn: 'Retry or Catch in every Task state, or in the Parallel or Map state around it' },
  sources: ['AWS Step Functions developer guide, "Handling errors in Step Functions workflows": by default an error fails the execution'],
  check: (machine) => everyTask(workflowOf(machine), () => Truth.YES,
    ({ name, at, enclosing }) => any([handlesErrors(at), enclosing]).because(`the task ${name} has neither Retry nor Catch`)),
});

/** The task waits for somebody to call back: a token that was handed out, or a worker that polls an activity. */
function waits(task: Property): Truth {
  const resource = task.get('Resource');
  const target = resource.target();
  if (target) return Truth.of(target.type === 'AWS::StepFunctions::Activity', 'it calls a service');
  const activity = resource.parts.some((part) => typeof part === 'string' && part.includes(':activity:'))
    || resource.parts.some((part) => isReference(part) && part.target.type === 'AWS::StepFunctions::Activity');
  return activity ? Truth.YES : resource.endsWith('.waitForTaskToken');
}

const LIMITS = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];

export const callbackTimeout = rule({
  id: 'StepFunctions.CallbackTimeout',
  resourceTypes: MACHINE,
  title: 'Tasks that wait for an answer give up in time',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'When the answer never comes, an execution without a timeout waits for up to a year, and nobody learns that its work was not done.',
  remediation: { construct: 'SecureStateMachine', l2: 'taskTimeout or heartbeatTimeout', cfn: 'TimeoutSeconds or HeartbeatSeconds in the Task state, or TimeoutSeconds of the workflow' },
  sources: ['AWS Step Functions developer guide, "Use timeouts to avoid stuck executions"'],
  check: (machine) => {
    const workflow = workflowOf(machine);
    return everyTask(workflow, waits, ({ name, at }) => any([
      ...LIMITS.map((limit) => at.get(limit).isPresent()), workflow.definition.get('TimeoutSeconds').isPresent(),
    ]).because(`the task ${name} may wait forever`));
  },
});
