import { parse } from 'yaml';
import { judgeEnvironment } from './environment-verdicts';
import { Case, judge } from './verdicts';
import { RawVerdict, Rule } from '../../src/rules';

/** What a rule says of the template that its page shows: of the resource `Example`, or of an account and region that hold nothing else. */
export function verdictOfExample(rule: Rule, yaml: string): RawVerdict {
  const { Resources: { Example, ...others }, ...sections } = parse(yaml) as { Resources: Record<string, object> };
  const written = JSON.stringify({ ...others, ...Example && { Subject: Example } }).replace(/"Example"/g, '"Subject"').replace(/\$\{Example([.}])/g, '${Subject$1');
  const case_: Case = { ...Object.fromEntries(Object.entries(sections).map(([name, section]) => [`$${name}`, section])), ...JSON.parse(written) as Case };
  return (rule.scope === 'resource' ? judge(rule, case_) : judgeEnvironment(rule, case_)).verdict;
}
