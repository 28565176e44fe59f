import { criterion, isCriterionId } from '../../criteria';
import { allRules, ruleById } from '../../rules';
import { explainRule } from '../../rules/document';
import { ExitCode, Failure } from '../failure';

/** `cdk-soc2 explain` */
export function explain(id: string): ExitCode {
  if (isCriterionId(id)) {
    process.stdout.write(explainCriterion(id));
    return ExitCode.OK;
  }
  if (/^(CC|A|PI|C|P)\d+\.\d+$/.test(id)) {
    try {
      criterion(id);
    } catch (error) {
      throw new Failure((error as Error).message);
    }
  }
  // People who come from AWS Config or cdk-nag know a control by the name that it has there.
  const elsewhere = allRules().filter(({ configRule, nagRules }) => configRule === id || nagRules.includes(id));
  if (elsewhere.length) {
    process.stdout.write(elsewhere.map(explainRule).join('\n'));
    return ExitCode.OK;
  }
  try {
    process.stdout.write(explainRule(ruleById(id)));
  } catch (error) {
    throw new Failure((error as Error).message);
  }
  return ExitCode.OK;
}

function explainCriterion(id: string): string {
  const { title, class: kind, shows, doesNotShow, evidenceNeeded } = criterion(id);
  const rules = allRules().filter((rule) => rule.allCriteria.some((one) => one === id));
  const lines = [`${id}  ${title}`, '', `class              ${kind}`, `templates show     ${shows}`, `they cannot show   ${doesNotShow}`, `evidence besides   ${evidenceNeeded}`, ''];
  lines.push(rules.length ? 'Rules:' : 'No rule maps to it.');
  for (const rule of rules) lines.push(`  ${rule.id}  ${rule.criteria.direct.some((one) => one === id) ? 'direct' : 'supporting'}  ${rule.title}`);
  return `${lines.join('\n')}\n`;
}
