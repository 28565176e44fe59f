import { all, any, applies, both, not, Truth, when } from '../../../src/rules/kernel';
import fc, { runs } from '../../properties';

const YES = Truth.YES;
const NO = Truth.no('no');
const OPEN = Truth.unknown('open');
const SKIP = Truth.skip('skip');
const value = (truth: Truth) => (truth.skipped ? 'skip' : truth.value === undefined ? 'open' : truth.value ? 'yes' : 'no');
const truths = fc.constantFrom(YES, NO, OPEN);

describe('tables', () => {
  test.each([[YES, 'no'], [NO, 'yes'], [OPEN, 'open'], [SKIP, 'skip']])('not %#', (truth, expected) => expect(value(not(truth, 'm'))).toBe(expected));
  test.each([
    [[], 'yes', 'no'], [[YES], 'yes', 'yes'], [[NO], 'no', 'no'], [[OPEN], 'open', 'open'], [[YES, NO], 'no', 'yes'], [[YES, OPEN], 'open', 'yes'], [[NO, OPEN], 'no', 'open'], [[OPEN, NO, YES], 'no', 'yes'],
    [[SKIP], 'yes', 'no'], [[SKIP, NO], 'no', 'no'], [[SKIP, YES], 'yes', 'yes'], [[SKIP, OPEN], 'open', 'open'],
  ])('all and any %#', (list, every, some) => expect([value(all(...list)), value(any(list))]).toEqual([every, some]));
  test.each([
    [YES, YES, 'yes', 'yes'], [YES, NO, 'no', 'no'], [YES, OPEN, 'open', 'open'], [NO, NO, 'yes', 'skip'], [NO, OPEN, 'yes', 'skip'], [OPEN, YES, 'yes', 'yes'], [OPEN, NO, 'open', 'open'], [OPEN, OPEN, 'open', 'open'], [SKIP, NO, 'yes', 'skip'],
  ])('when and applies %#', (condition, then, whenever, applicable) => expect([value(when(condition, () => then)), value(applies(condition, 'reason', () => then))]).toEqual([whenever, applicable]));
  test.each([[YES, YES], [YES, NO], [YES, OPEN], [NO, YES], [OPEN, NO], [OPEN, YES], [SKIP, NO], [SKIP, YES]])('both is all of two %#', (first, second) => expect(value(both(first, () => second))).toBe(value(all(first, second))));
  test('both does not ask the second when the first is no', () => {
    const second = jest.fn(() => YES);
    both(NO, second);
    expect(second).not.toHaveBeenCalled();
  });
  test('what does not apply is not asked', () => {
    const then = jest.fn(() => NO);
    when(NO, then);
    applies(NO, '', then);
    expect(then).not.toHaveBeenCalled();
  });
});

describe('laws', () => {
  const list = fc.array(truths, { maxLength: 6 });
  test('De Morgan', () => fc.assert(fc.property(list, (all_) => {
    expect(value(not(all(...all_), ''))).toBe(value(any(all_.map((truth) => not(truth, '')))));
    expect(value(not(any(all_), ''))).toBe(value(all(...all_.map((truth) => not(truth, '')))));
  })));
  test('twice not', () => fc.assert(fc.property(truths, (truth) => expect(value(not(not(truth, ''), ''))).toBe(value(truth)))));
  test('order does not matter', () => fc.assert(fc.property(list.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length }))), ([one, other]) => {
    expect([value(all(...one)), value(any(one))]).toEqual([value(all(...other)), value(any(other))]);
  })));
  test('grouping does not matter', () => fc.assert(fc.property(fc.array(list, { minLength: 1, maxLength: 3 }), (lists) => {
    const some = lists.filter((one) => one.length > 0);
    expect(value(all(...some.map((one) => all(...one))))).toBe(value(all(...some.flat())));
    if (some.length) expect(value(any(some.map((one) => any(one))))).toBe(value(any(some.flat())));
  })));
  test('what comes to be known never contradicts what was said before', () => fc.assert(fc.property(list, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (before, answers) => {
    const after = before.map((truth, at) => (truth.open ? (answers[at] ? YES : NO) : truth));
    for (const combine of [(some: Truth[]) => all(...some), (some: Truth[]) => any(some), (some: Truth[]) => not(all(...some), ''), ([first, ...rest]: Truth[]) => when(first ?? YES, () => all(...rest))]) {
      const said = value(combine(before));
      if (said !== 'open') expect(value(combine(after))).toBe(said);
    }
  }), runs(500)));
});

describe('messages', () => {
  test('all tells each failure once', () => expect(all(Truth.no('a'), YES, Truth.no('b'), Truth.no('a')).message).toBe('a; b'));
  test('any tells all, or that there was nothing', () => expect([any([Truth.no('a'), Truth.no('a')]).message, any([]).message, any([], 'none').message, any([], () => 'later').message, any([SKIP], 'none').message]).toEqual(['a', 'nothing was found', 'none', 'later', 'none']));
  test('the first open reason is told', () => expect([all(YES, Truth.unknown('a'), Truth.unknown('b')).message, any([NO, Truth.unknown('a'), Truth.unknown('b')]).message]).toEqual(['a', 'a']));
  test('hundreds are not', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => Truth.no(`m${at}`));
    expect(any(many).message).toBe('m0; m1; m2; m3; m4; m5; m6; m7; m8; m9; and 99990 more');
    expect(all(...many.slice(0, 12)).message).toMatch(/^m0; .*m9; and 2 more$/);
  });
  test('one is made when it is asked for', () => {
    const made = jest.fn(() => 'm');
    const truth = not(YES, 'x').no ? Truth.no(made) : YES;
    all(truth, OPEN);
    any([truth]);
    expect(made).not.toHaveBeenCalled();
    expect(all(truth).message).toBe('m');
  });
  test('because rewords a no only', () => expect([NO, YES, OPEN].map((truth) => truth.because('b').message)).toEqual(['b', '', 'open']));
  test('of', () => expect([Truth.of(true, 'm'), Truth.of(false, 'm'), Truth.of(false, () => 'n')].map((truth) => [value(truth), truth.message])).toEqual([['yes', ''], ['no', 'm'], ['no', 'n']]));
});
