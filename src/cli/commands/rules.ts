import { criterion } from '../../criteria';
import { allRules } from '../../rules';
import { rulesMarkdown } from '../../rules/document';
import { ExitCode, Failure } from '../failure';

export interface RulesFlags {
  readonly format: 'text' | 'json' | 'md';
  readonly criterion?: string;
  readonly type?: string;
  readonly scope?: 'resource' | 'environment';
}

/** `cdk-soc2 rules` */
export function rules(flags: RulesFlags): ExitCode {
  if (flags.criterion !== undefined) {
    try {
      criterion(flags.criterion);
    } catch (error) {
      throw new Failure((error as Error).message);
    }
  }
  const chosen = allRules().filter((rule) => (flags.criterion === undefined || rule.allCriteria.some((id) => id === flags.criterion))
    && (flags.type === undefined || rule.resourceTypes.includes(flags.type))
    && (flags.scope === undefined || (rule.scope === 'resource') === (flags.scope === 'resource')));
  if (flags.format === 'json') {
    const plain = chosen.map(({ check: _, allCriteria: __, ...rest }) => rest);
    process.stdout.write(`${JSON.stringify(plain, undefined, 2)}\n`);
  } else if (flags.format === 'md') {
    process.stdout.write(rulesMarkdown(chosen));
  } else {
    const width = Math.max(0, ...chosen.map((rule) => rule.id.length));
    const ids = Math.max(0, ...chosen.map((rule) => rule.allCriteria.join(' ').length));
    for (const rule of chosen) {
      process.stdout.write(`${rule.id.padEnd(width)}  ${(rule.onByDefault ? rule.severity : 'advisory').padEnd(8)}  ${rule.allCriteria.join(' ').padEnd(ids)}  ${rule.title}\n`);
    }
    const types = new Set(chosen.flatMap((rule) => rule.resourceTypes)).size;
    process.stderr.write(`${chosen.length} rules over ${types} resource types; cdk-soc2 explain <rule> tells more\n`);
  }
  return ExitCode.OK;
}
