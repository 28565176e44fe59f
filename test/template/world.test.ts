import { DECISION_LIMIT } from '../../src/template/limits';
import { ABSENT, unknown } from '../../src/template/value';
import { explore, TooManyDecisions, World } from '../../src/template/world';

/** What a function answers in each world. */
function all<T>(ask: (world: World) => T): T[] {
  const answers: T[] = [];
  explore((world) => {
    answers.push(ask(world));
    return 'go on';
  });
  return answers;
}

test('one world when nothing is asked', () => expect(all((world) => world.untouched)).toEqual([true]));

test('each question is answered both ways, yes first', () => {
  expect(all((world) => [world.decide('a'), world.decide('b')])).toEqual([[true, true], [true, false], [false, true], [false, false]]);
});

test('the same question has one answer', () => expect(all((world) => [world.decide('a'), world.decide('a')])).toEqual([[true, true], [false, false]]));

test('a question that is asked in one world only', () => expect(all((world) => world.decide('a') && world.decide('b'))).toEqual([true, false, false]));

test('exploring stops when told to', () => {
  let runs = 0;
  explore((world) => {
    world.decide('a');
    runs++;
    return 'stop';
  });
  expect(runs).toBe(1);
});

describe('equality of a value with literals', () => {
  test('one literal at most is equal', () => {
    expect(all((world) => ['x', 'y', 'z'].map((literal) => world.decideEqual('p', literal)))).toEqual([[true, false, false], [false, true, false], [false, false, true], [false, false, false]]);
  });
  test('one of the allowed values is', () => {
    expect(all((world) => ['x', 'y', 'w'].map((literal) => world.decideEqual('p', literal, ['x', 'y'])))).toEqual([[true, false, false], [false, true, false]]);
  });
  test('the only allowed value needs no decision', () => expect(all((world) => [world.decideEqual('p', 'x', ['x']), world.taken.length])).toEqual([[true, 0]]));
  test('two values are apart', () => expect(all((world) => [world.decideEqual('p', 'x'), world.decideEqual('q', 'x')])).toHaveLength(4));
  test('what was decided can be read', () => expect(all((world) => [world.decideEqual('p', 'x'), world.equalTo('p'), world.equalTo('q')])).toEqual([[true, 'x', undefined], [false, undefined, undefined]]));
});

test('reading a decision counts as asking, as another world answers otherwise', () => {
  const world = new World();
  world.equalTo('p');
  expect(world.asked).toBe(0);
  world.decideEqual('p', 'x');
  world.equalTo('p');
  world.decide('a');
  expect(world.asked).toBe(3);
});

test('more questions than can be tried are refused', () => {
  const ask = (questions: number) => all((world) => Array.from({ length: questions }, (_, at) => world.decide(String(at))));
  expect(ask(DECISION_LIMIT)).toHaveLength(2 ** DECISION_LIMIT);
  expect(() => ask(DECISION_LIMIT + 1)).toThrow(TooManyDecisions);
});

describe('values that are worked out once', () => {
  test('are kept', () => {
    const world = new World();
    let times = 0;
    const work = () => (times++, ABSENT);
    expect([world.once('k', 'cycle', work), world.once('k', 'cycle', work), times]).toEqual([ABSENT, ABSENT, 1]);
  });
  test('that refer to themselves are not known, not even whether they are there', () => {
    const world = new World();
    expect(world.once('k', 'it refers to itself', () => world.once('k', 'it refers to itself', () => ABSENT))).toEqual(unknown('it refers to itself', { present: false }));
  });
  test('that rest on a decision say so again', () => {
    const world = new World();
    const open = () => (world.decide('a'), ABSENT);
    world.once('k', '', open);
    const { asked } = world;
    world.once('k', '', open);
    expect(world.asked).toBeGreaterThan(asked);
    world.once('closed', '', () => ABSENT);
    const before = world.asked;
    world.once('closed', '', () => ABSENT);
    expect(world.asked).toBe(before);
  });
});

test('the budget is shared by the worlds of an exploration', () => {
  const fuel = { steps: 10 };
  const left: boolean[] = [];
  explore((world) => {
    world.decide('a');
    for (let i = 0; i < 6; i++) world.step();
    left.push(world.step());
    return 'go on';
  }, new World([], fuel));
  expect(left).toEqual([true, false]);
});
