import { Evaluation, Property } from '../../../src/rules/kernel';
import { filterTakes } from '../../../src/rules/shared/filter-pattern';
import { World } from '../../../src/template/world';
import { SOON, worked } from '../../soon';
import { modelOf } from '../verdicts';

const EVENT = { a: { b: 'Create*Thing', n: 5, t: true, z: null }, name: 'CreateThing', list: ['x'] };
function taken(pattern: string): string {
  const [template] = modelOf({ Filter: { Type: 'AWS::Logs::MetricFilter' } }).templates;
  const evaluation = new Evaluation(template.unit, template.resources.get('Filter')!, new World(), {});
  const truth = filterTakes(new Property(evaluation, 'Properties.FilterPattern', { kind: 'known', json: pattern, template }), EVENT);
  return truth.yes ? 'taken' : truth.no ? 'left out' : 'not known';
}

test.each([
  ['{ $.name = CreateThing }', 'taken'], ['{$.name="CreateThing"}', 'taken'], ['  { $.name = "Create*" } ', 'taken'], ['{ $.name = *Thing }', 'taken'], ['{ $.name = C*e*g }', 'taken'],
  ['{ $.name = creatething }', 'left out'], ['{ $.name = Create }', 'left out'], ['{ $.name = Create*Create* }', 'left out'], ['{ $.name = CreateThing*CreateThing }', 'left out'],
  ['{ $.name != CreateThing }', 'left out'], ['{ $.name != "Delete*" }', 'taken'], ['{ $.a.b = "Create*Thing" }', 'taken'],
  ['{ $.a.n = 5 }', 'taken'], ['{ $.a.n > 4 }', 'taken'], ['{ $.a.n > 5 }', 'left out'], ['{ $.a.n >= 5 }', 'taken'], ['{ $.a.n < 5 }', 'left out'], ['{ $.a.n <= 5 }', 'taken'], ['{ $.a.n < 6 }', 'taken'],
  ['{ $.a.n >= 6 }', 'left out'], ['{ $.a.n <= 4 }', 'left out'],
  ['{ $.name > 4 }', 'not known'], ['{ $.a.n = "\\5" }', 'taken'], ['{ $.a.t IS TRUE }', 'taken'], ['{ $.a.t is false }', 'left out'], ['{ $.a.t IS NOT FALSE }', 'taken'], ['{ $.a.z IS NULL }', 'taken'],
  ['{ $.a.t IS NULL }', 'left out'],
  ['{ $.c NOT EXISTS }', 'taken'], ['{ $.a.b NOT EXISTS }', 'left out'], ['{ $.a.b EXISTS }', 'taken'], ['{ $.a.c.d EXISTS }', 'left out'],
  ['{ $.c = 1 }', 'left out'], ['{ $.c != 1 }', 'not known'], ['{ $.c > 1 }', 'not known'], ['{ $.a = 1 }', 'left out'],
  ['{ $.name = %Create% }', 'not known'], ['{ $.name = "${P}" }', 'not known'], ['{ $.c != 1 || $.name = CreateThing }', 'taken'], ['{ $.c != 1 && $.name = Other }', 'left out'], ['{ $.c != 1 && $.a.n = 5 }', 'not known'],
  ['{ $.c != 1 || $.name = Other }', 'not known'],
  ['{ ($.name = Other) || ($.a.n = 5 && ($.a.t IS TRUE)) }', 'taken'], ['{ $.name = Other && $.a.n = 5 || $.a.t IS TRUE }', 'taken'], ['{ $.name = CreateThing || $.a.n = 6 && $.a.t IS FALSE }', 'taken'],
  ['{ ($.name = CreateThing || $.a.n = 6) && $.a.t IS FALSE }', 'left out'],
  ['CreateThing', 'left out'], ['[a, b]', 'left out'], ['%x%', 'left out'], ['', 'left out'],
  ['{', 'not known'], ['{ }', 'not known'], ['{ $.name }', 'not known'], ['{ $.name = }', 'not known'], ['{ name = x }', 'not known'], ['{ $.name = a } x', 'not known'], ['{ ($.name = a }', 'not known'],
  ['{ $.name = a && }', 'not known'], ['{ $.name IS ODD }', 'not known'], ['{ $.name NOT THERE }', 'not known'], ['{ $.name ( a }', 'not known'],
])('%s is %s', (pattern, verdict) => expect(taken(pattern)).toBe(verdict));

test('a hostile pattern costs little', () => {
  const began = process.cpuUsage();
  expect(taken(`{ $.name = "${'*a'.repeat(5000)}" }`)).toBe('left out');
  expect(taken(`{ ${'$.name = x || '.repeat(20000)} $.name = CreateThing }`)).toBe('taken');
  expect(taken(`{ $.name = "${'\\'.repeat(50000)}`)).toBe('not known');
  expect(worked(began)).toBeLessThan(SOON);
});
