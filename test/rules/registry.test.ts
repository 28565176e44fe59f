import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { rules as nag } from 'cdk-nag';
import { verdictOfExample } from './example';
import * as constructs from '../../src/constructs';
import { criterion } from '../../src/criteria';
import { allRules, Rule, ruleById, rulesForType } from '../../src/rules';
import { awsDefaults } from '../../src/rules/aws-defaults';
import { awsDefaultsPage, rulePages } from '../../src/rules/document';
import { AwsDefault } from '../../src/rules/kernel';

const root = join(__dirname, '..', '..');
const rules = allRules();
const each = rules.map((rule): [string, Rule] => [rule.id, rule]);

test('there are at least 400 rules over at least 130 resource types', () => {
  expect(rules.length).toBeGreaterThanOrEqual(400);
  expect(new Set(rules.flatMap(({ resourceTypes }) => resourceTypes)).size).toBeGreaterThanOrEqual(130);
});

test('every service module is registered, and ids are unique and sorted', () => {
  const files = readdirSync(join(root, 'src', 'rules')).filter((file) => file.endsWith('.ts') && !['index.ts', 'registry.ts', 'document.ts'].includes(file));
  const registry = readFileSync(join(root, 'src', 'rules', 'registry.ts'), 'utf8');
  for (const file of files) expect(registry).toContain(`from './${file.slice(0, -3)}';`);
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

describe('conventions', () => {
  const configRules = new Set([...JSON.parse(readFileSync(join(__dirname, 'config-rule-ids.json'), 'utf8')) as string[], ...Object.values(ManagedRuleIdentifiers).filter((id) => typeof id === 'string')]);
  const nagRules = new Set(Object.values(nag).flatMap((service) => Object.keys(service)));

  test.each(each)('%s', (id, rule) => {
    expect(id).toMatch(/^[A-Z][A-Za-z0-9]*\.[A-Z][A-Za-z0-9]*$/);
    for (const type of rule.resourceTypes) expect(type).toMatch(/^(AWS|Alexa|Custom)::[A-Za-z0-9-]+(::[A-Za-z0-9]+)?$/);
    expect(rule.resourceTypes.length).toBeGreaterThan(0);
    expect(new Set(rule.allCriteria).size).toBe(rule.allCriteria.length);
    expect(rule.allCriteria.length).toBeGreaterThan(0);
    // Infrastructure cannot show an organizational criterion, so no rule may claim one.
    for (const one of rule.allCriteria) expect({ one, class: criterion(one).class }).not.toEqual({ one, class: 'organizational' });
    if (rule.configRule !== undefined) expect([...configRules]).toContain(rule.configRule);
    for (const name of rule.nagRules) expect([...nagRules]).toContain(name);
    if (rule.remediation.construct !== undefined) expect(Object.keys(constructs)).toContain(rule.remediation.construct);
    for (const text of [rule.title, rule.rationale, rule.remediation.cfn]) {
      expect(text.length).toBeGreaterThan(5);
      expect(text).not.toMatch(/complian|certif(?!icate)|\d %/i);
    }
    if (!rule.onByDefault) expect(rule.severity).toBe('low');
    // A rule about accounts and regions is asked of none of the resources that show it.
    expect(rulesForType(rule.resourceTypes[0]).includes(rule)).toBe(rule.scope === 'resource');
  });
});

test('every rule is tested by a table', () => {
  const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.ts')).map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  const sources = readdirSync(join(root, 'src', 'rules')).filter((file) => file.endsWith('.ts'));
  const untested: string[] = [];
  for (const file of sources) {
    const source = readFileSync(join(root, 'src', 'rules', file), 'utf8');
    for (const [, name] of source.matchAll(/^export const (\w+) = \w+\(/gm)) {
      if (!new RegExp(`\\b[vV]erdicts\\(\\s*(\\w+\\.)?${name}\\b`).test(tests) && !new RegExp(`\\b${name}\\b`).test(tests)) untested.push(`${file}: ${name}`);
    }
  }
  expect(untested).toEqual([]);
});

test('docs/rules is what the rules say (npm run docs)', () => {
  const directory = join(root, 'docs', 'rules');
  const pages = rulePages(rules);
  expect(readdirSync(directory).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect({ name, same: readFileSync(join(directory, name), 'utf8') === text }).toEqual({ name, same: true });
});

test('docs/aws-defaults.md is what the facts say (npm run docs)', () => expect(readFileSync(join(root, 'docs', 'aws-defaults.md'), 'utf8')).toBe(awsDefaultsPage()));

test('every default is stated once', () => {
  const directory = join(root, 'src', 'rules', 'aws-defaults');
  const places = readdirSync(directory).flatMap((file) => [...readFileSync(join(directory, file), 'utf8').matchAll(/^ {2}'([A-Za-z0-9]+::[^']+)'/gm)].map(([, place]) => place));
  expect(places.length).toBe(Object.keys(awsDefaults).length);
});

const folders = ['.', 'shared', 'shared/reach'].map((folder) => join(root, 'src', 'rules', folder));
const sources = folders.flatMap((folder) => readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'))).join('\n');

test.each(Object.entries(awsDefaults as Readonly<Record<string, AwsDefault>>))('the default of %s has a source, a date, and a rule that uses it', (place, { source, since, read }) => {
  expect(place).toMatch(/^(AWS|Custom)::[A-Za-z0-9]+::[A-Za-z0-9]+\.[A-Za-z0-9_.-]+$/);
  expect(source.length).toBeGreaterThan(10);
  if (read !== undefined) expect(read).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  if (since !== undefined) expect(since).toMatch(/^20\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?$/);
  // Some rule names the fact, or reads the property through a fact of its type.
  expect([place, place.slice(place.indexOf('.') + 1), place.slice(place.lastIndexOf('.') + 1)].some((text) => sources.includes(text))).toBe(true);
});

const examples = JSON.parse(readFileSync(join(root, 'src', 'rules', 'examples.json'), 'utf8')) as Record<string, string>;

test('nearly every rule has an example (npm run docs)', () => {
  expect(Object.keys(examples).filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  expect(Object.keys(examples).length / rules.length).toBeGreaterThan(0.9);
});

test.each(Object.entries(examples))('the example of %s passes', (id, text) => expect(verdictOfExample(ruleById(id), text)).toBe('pass'));

test('a misspelt id is answered with the near one', () => {
  expect(() => ruleById('S3.Version')).toThrow('rule "S3.Version" does not exist; did you mean "S3.Versioning"?');
  expect(() => ruleById('nonsense')).toThrow('rule "nonsense" does not exist');
  expect(() => ruleById('__proto__')).toThrow('does not exist');
});
