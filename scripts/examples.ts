import { stringify } from 'yaml';
import { suites } from './tables';
import { allRules, Rule } from '../src/rules';
import { verdictOfExample } from '../test/rules/example';

const MOST_LINES = 32;

type Section = Readonly<Record<string, unknown>>;

/** For each rule a template that passes, as short as its tests have one, in YAML. */
export function examples(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const rule of allRules()) {
    const cases = (suites.get(rule) ?? []).filter(({ verdict }) => verdict === 'pass').map((one) => templateOf(one.case));
    const texts = cases.sort((a, b) => weightOf(rule, a) - weightOf(rule, b)).map((template) => stringify(template, { lineWidth: 120 }));
    // What needs a whole network, or a certain Region, to pass shows nobody what to write.
    const best = texts.find((text) => text.split('\n').length <= MOST_LINES && verdictOfExample(rule, text) === 'pass');
    if (best !== undefined) found[rule.id] = best;
  }
  return found;
}

/** A case as a template, without the parameters and conditions that it does not use. */
function templateOf(case_: Section): Section {
  const environments = case_.$$environments as Readonly<Record<string, Section>> | undefined;
  const one = environments ? Object.values(environments).find((template) => Object.keys(template).length > 0) ?? {} : case_;
  const resources = Object.fromEntries(Object.entries(one).filter(([key]) => !key.startsWith('$')));
  const text = JSON.stringify(resources).replace(/"Subject"/g, '"Example"').replace(/\$\{Subject([.}])/g, '${Example$1');
  const used = (section: unknown, ...inside: string[]): Section => Object.fromEntries(Object.entries((section ?? {}) as Section)
    .filter(([name]) => [text, ...inside].some((where) => where.includes(`"${name}"`) || where.includes(`\${${name}}`))));
  const conditions = used(one.$Conditions);
  const parameters = used(one.$Parameters, JSON.stringify(conditions));
  const others = Object.fromEntries(Object.entries(one).filter(([key]) => key.startsWith('$') && !['$Conditions', '$Parameters', '$$environments'].includes(key))
    .map(([key, section]) => [key.slice(1), section]));
  return {
    ...Object.keys(parameters).length && { Parameters: parameters }, ...Object.keys(conditions).length && { Conditions: conditions }, ...others,
    Resources: JSON.parse(text),
  };
}

/** Short ones first; what passes because nothing is said, or by a parameter, shows nobody what to write. */
function weightOf(rule: Rule, template: Section): number {
  const resources = Object.values(template.Resources as Record<string, { Type: string; Properties?: object }>);
  const { Example } = template.Resources as Record<string, { Properties?: object; DeletionPolicy?: string }>;
  const subject = Example ?? resources.find(({ Type }) => rule.resourceTypes.includes(Type));
  const silent = !subject || (Object.keys(subject.Properties ?? {}).length === 0 && resources.length === 1 && !('DeletionPolicy' in subject));
  const written = JSON.stringify(template);
  return written.length + (silent ? 100_000 : 0) + (template.Parameters ? 10_000 : 0) + (/"something"|\["[a-z]"\]|:"[a-z]"/.test(written) ? 500 : 0);
}
