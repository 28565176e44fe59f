import { readFileSync } from 'node:fs';
import { CATEGORIES, Category } from '../criteria';
import { Failure } from './failure';
import { asOfDay } from '../declarations/dates';
import type { InheritedControl } from '../declarations/environment';
import { AcknowledgementMode, assess, Ledger, runContext } from '../ledger';
import { Rule, ruleById } from '../rules';
import { isObject } from '../template/json';
import { loadInputs } from '../template/load';
import { parseText } from '../template/parse';
import { nearest } from '../template/text';

/** Options shared by the commands that judge. */
export interface AssessmentFlags {
  readonly categories: readonly string[];
  readonly parameters: readonly string[];
  readonly asOf?: string;
  readonly acknowledgements: AcknowledgementMode;
  readonly requireExplicit: boolean;
  readonly require: readonly string[];
  readonly inherit: readonly string[];
}

/** Loads what was named and judges it. */
export function assessPaths(command: string, given: readonly string[], flags: AssessmentFlags): Ledger {
  const paths = given.length ? given : ['cdk.out'];
  const categories = flags.categories.length ? flags.categories.map(category) : (['security', 'availability'] as const);
  let asOf: string;
  try {
    asOf = asOfDay(flags.asOf);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
  const model = loadInputs(paths, { parameters: parameters(flags.parameters) });
  return assess(model, {
    categories, asOf, acknowledgements: flags.acknowledgements, requireExplicit: flags.requireExplicit, ...runContext(),
    required: flags.require.map(environmentRuleNamed), inherited: flags.inherit.map(inheritance),
    command: reperform(command, paths, categories, asOf, flags),
  });
}

function category(text: string): Category {
  const found = CATEGORIES.find((one) => one === text.toLowerCase());
  if (found) return found;
  const near = nearest(text, CATEGORIES);
  throw new Failure(`unknown category ${JSON.stringify(text)}${near ? `; did you mean ${JSON.stringify(near)}?` : ''} (categories are ${CATEGORIES.join(', ')})`);
}

/** The command that gives the same ledger again, whatever formats it is written in. */
function reperform(command: string, paths: readonly string[], categories: readonly Category[], asOf: string, flags: AssessmentFlags): string {
  const quote = (text: string) => (/^[\w./:=@,+-]+$/.test(text) ? text : `'${text.replace(/'/g, '\'\\\'\'')}'`);
  return ['cdk-soc2', command, ...paths.map(quote), '--categories', categories.join(','), ...flags.parameters.flatMap((one) => ['--parameters', quote(redacted(one))]), '--as-of', asOf,
    ...flags.acknowledgements === 'refuse' ? ['--acknowledgements', 'refuse'] : [], ...flags.requireExplicit ? ['--require-explicit'] : [],
    ...flags.require.flatMap((one) => ['--require', quote(one)]), ...flags.inherit.flatMap((one) => ['--inherit', quote(one)])].join(' ');
}

/** The id of a rule about accounts and regions; no other rule can be required or inherited. */
function environmentRuleNamed(id: string): string {
  let found: Rule;
  try {
    found = ruleById(id);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
  if (found.scope === 'resource') {
    throw new Failure(`${id} judges resources, not an account and region, so it can neither be required nor inherited; cdk-soc2 rules --scope environment lists those that can`);
  }
  return id;
}

/** `Rule.Id=who provides it`, with ` | where that is shown` at its end if wanted. */
function inheritance(text: string): InheritedControl {
  const [, rule, providedBy, evidence] = /^([^=]+)=([^|]*[^|\s])\s*(?:\|\s*(.+))?$/.exec(text) ?? [];
  if (rule === undefined) throw new Failure(`--inherit: expected "<rule>=<who provides it> | <evidence>", got ${JSON.stringify(text)}`);
  return { rule: environmentRuleNamed(rule), providedBy, ...evidence !== undefined && { evidence } };
}

/** A value given on the command line may be a secret; the ledger holds its name only. */
function redacted(parameter: string): string {
  const [, name] = /^([A-Za-z0-9]+)=/.exec(parameter) ?? [];
  return name === undefined ? parameter : `${name}=…`;
}

/** Parameter values from files and `Name=Value` pairs; later ones win. */
function parameters(given: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const one of given) {
    const pair = /^([A-Za-z0-9]+)=([^]*)$/.exec(one);
    if (pair) values[pair[1]] = pair[2];
    else Object.assign(values, parametersFile(one));
  }
  return values;
}

/** `{Name: Value}`, `{Parameters: {Name: Value}}`, or the AWS CLI's list of `{ParameterKey, ParameterValue}`. */
function parametersFile(path: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = parseText(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(`--parameters ${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file, nor is it Name=Value' : (error as Error).message}`);
  }
  const body = isObject(parsed) && isObject(parsed.Parameters) ? parsed.Parameters : parsed;
  const pair = (entry: unknown): [unknown, unknown] => (isObject(entry) ? [entry.ParameterKey, entry.ParameterValue] : [undefined, undefined]);
  const pairs: [unknown, unknown][] = Array.isArray(body) ? body.map(pair)
    : isObject(body) ? Object.entries(body) : [[undefined, undefined]];
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    const list = Array.isArray(value) && value.every((item) => typeof item !== 'object');
    if (typeof name !== 'string' || (!scalar && !list)) {
      throw new Failure(`--parameters ${path}: expected {"Name": "Value"} or [{"ParameterKey": "Name", "ParameterValue": "Value"}]`);
    }
    values[name] = list ? (value as unknown[]).join(',') : String(value);
  }
  return values;
}
