import { ruleById, Session } from '../../src/rules';
import { environmentsOf } from '../../src/template/environment';
import { Model } from '../../src/template/model';

/** What a rule about an account says of one of its environments. */
export function environmentVerdict(id: string, model: Model, environment: string): string {
  const rule = ruleById(id);
  const { inAccount, inRegion } = environmentsOf(model).find((one) => one.id === environment)!;
  return new Session(rule.scope === 'account' ? inAccount : inRegion).run(rule).verdict;
}
