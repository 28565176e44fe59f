import { Evaluation, Property } from '../../../src/rules/kernel';
import { takesEvent } from '../../../src/rules/shared/event-pattern';
import { JsonObject } from '../../../src/template/json';
import { World } from '../../../src/template/world';
import { modelOf } from '../verdicts';

const EVENT: JsonObject = { source: 'aws.ec2', detail: { state: 'Running', level: 7, ok: true, none: null, tags: ['a', 'b'], parts: [{ x: 1, y: 2 }, { x: 3 }] } };
function taken(pattern: unknown): string {
  const [template] = modelOf({ Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: pattern } } }).templates;
  const resource = template.resources.get('Rule')!;
  const evaluation = new Evaluation(template.unit, resource, new World(), {});
  const truth = takesEvent(new Property(evaluation, '', evaluation.property(resource, 'Properties').value).get('EventPattern'), EVENT);
  return truth.yes ? 'taken' : truth.no ? 'left out' : 'not known';
}
const detail = (value: unknown) => ({ detail: value });
const state = (...values: unknown[]) => detail({ state: values });
const level = (...values: unknown[]) => detail({ level: values });

test.each([
  [{ source: ['aws.ec2'] }, 'taken'], [{ source: ['aws.s3', 'aws.ec2'] }, 'taken'], [{ source: ['aws.s3'] }, 'left out'], [{ source: ['aws.ec2'], account: ['1'] }, 'left out'], [{}, 'taken'],
  [state('Running'), 'taken'], [state('running'), 'left out'], [state({ 'equals-ignore-case': 'running' }), 'taken'], [state({ 'equals-ignore-case': 'run' }), 'left out'],
  [state({ prefix: 'Run' }), 'taken'], [state({ prefix: 'run' }), 'left out'], [state({ suffix: 'ning' }), 'taken'], [state({ suffix: 'run' }), 'left out'],
  [state({ wildcard: 'R*n*' }), 'taken'], [state({ wildcard: 'R*x' }), 'left out'],
  [state({ 'anything-but': 'Stopped' }), 'taken'], [state({ 'anything-but': ['Stopped', 'Running'] }), 'left out'], [state({ 'anything-but': { prefix: 'Run' } }), 'left out'],
  [state({ 'anything-but': { prefix: 'Stop' } }), 'taken'], [detail({ gone: [{ 'anything-but': 'x' }] }), 'left out'],
  [state({ exists: true }), 'taken'], [state({ exists: false }), 'left out'], [detail({ gone: [{ exists: false }] }), 'taken'], [detail({ gone: [{ exists: true }] }), 'left out'],
  [level(7), 'taken'], [level(8), 'left out'], [level({ numeric: ['=', 7] }), 'taken'], [level({ numeric: ['=', 8] }), 'left out'], [level({ numeric: ['>', 6, '<', 8] }), 'taken'], [level({ numeric: ['>', 7] }), 'left out'],
  [level({ numeric: ['>=', 7, '<=', 7] }), 'taken'], [level({ numeric: ['<', 7] }), 'left out'], [level({ numeric: ['>', 6, '<', 7] }), 'left out'], [level({ numeric: ['<=', 6] }), 'left out'],
  [level({ numeric: ['>=', 8] }), 'left out'], [state({ numeric: ['>', 1] }), 'left out'], [level({ numeric: 'all' }), 'left out'], [level({ numeric: ['>', { Ref: 'P' }] }), 'not known'],
  [detail({ ok: [true] }), 'taken'], [detail({ ok: [false] }), 'left out'], [detail({ none: ['x'] }), 'left out'],
  [detail({ tags: ['b'] }), 'taken'], [detail({ tags: ['c'] }), 'left out'], [detail({ parts: { x: [3] } }), 'taken'], [detail({ parts: { x: [3], y: [2] } }), 'left out'], [detail({ state: { deeper: ['x'] } }), 'left out'],
  [{ $or: [{ source: ['aws.s3'] }, { detail: { level: [7] } }] }, 'taken'], [{ $or: [{ source: ['aws.s3'] }, { detail: { level: [8] } }] }, 'left out'],
  [state({ 'cidr': '10.0.0.0/8' }), 'not known'], [state({ prefix: 'a', suffix: 'b' }), 'not known'], [state({ Ref: 'P' }), 'not known'], [state('Running', { Ref: 'P' }), 'taken'],
  [state({ prefix: { Ref: 'P' } }), 'not known'], [{ Ref: 'P' }, 'not known'], ['text', 'left out'], [undefined, 'left out'],
])('%j is %s', (pattern, verdict) => expect(taken(pattern)).toBe(verdict));
