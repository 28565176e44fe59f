/*
 * Mutation testing of the rules. Two kinds of mutants:
 *   - of the whole check: inverted, always passing, always failing… (test/rules/verdicts.ts; the tests themselves refuse survivors);
 *   - of one question: wherever the rule asks `place.isTrue()` of one property path, the answer is turned round.
 * A mutant survives when no case of the rule's table gives another verdict than it should. Questions that survive are not always defects of the
 * tests: some are asked only to shape a message.
 */
import { suites, survivors } from './tables';
import { allRules } from '../src/rules';
import { Property, Truth } from '../src/rules/kernel';

const QUESTIONS = ['is', 'isNot', 'isTrue', 'isFalse', 'oneOf', 'atLeast', 'atMost', 'isPresent', 'isAbsent', 'matches', 'startsWith', 'endsWith', 'includes', 'names'] as const;

let asked: Set<string> | undefined;
let turned: string | undefined;
let depth = 0;

/** A question by what is asked of which path, without positions in lists and names of resources. */
function nameOf(method: string, path: string, argument: unknown): string {
  const plain = path.replace(/^.*?(Properties|DeletionPolicy|UpdateReplacePolicy|Metadata)/, '$1').split('.').map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
  return `${plain} ${method}(${argument === undefined ? '' : argument instanceof RegExp ? String(argument) : JSON.stringify(argument) ?? ''})`;
}

const prototype = Property.prototype as unknown as Record<string, (this: { path: string }, ...args: unknown[]) => Truth>;
for (const method of QUESTIONS) {
  const original = prototype[method];
  prototype[method] = function (...args: unknown[]): Truth {
    depth++;
    const answer = original.apply(this, args);
    depth--;
    if (depth > 0) return answer;
    const name = nameOf(method, this.path, typeof args[0] === 'object' && !Array.isArray(args[0]) && !(args[0] instanceof RegExp) ? undefined : args[0]);
    asked?.add(name);
    if (name !== turned) return answer;
    return answer.yes ? Truth.no('turned round') : answer.no ? Truth.YES : answer;
  };
}

const prefix = process.argv[2];
const chosen = allRules().filter(({ id }) => prefix === undefined || id.startsWith(prefix));
let questions = 0;
let killed = 0;
const whole: string[] = [];
const left: string[] = [];
for (const rule of chosen) {
  const suite = suites.get(rule);
  if (!suite) {
    whole.push(`${rule.id}: no table`);
    continue;
  }
  for (const survivor of survivors(rule, suite)) whole.push(`${rule.id}: ${survivor}`);
  asked = new Set();
  for (const { run } of suite) run(rule);
  const names = [...asked];
  asked = undefined;
  for (const name of names) {
    questions++;
    turned = name;
    if (suite.some(({ verdict, run }) => run(rule).verdict !== verdict)) killed++;
    else left.push(`${rule.id}: ${name}`);
  }
  turned = undefined;
}
if (prefix !== undefined) for (const line of left) console.log(`survives  ${line}`);
for (const line of whole) console.log(`SURVIVES  ${line}`);
console.log(`${chosen.length} rules; mutants of the whole check that survive: ${whole.length}; single questions turned round: ${questions}, noticed ${killed} (${(100 * killed / Math.max(1, questions)).toFixed(1)} %)`);
process.exitCode = whole.length ? 1 : 0;
