import { Model, Resource, Template, Unit } from './model';
import { compareText } from './text';

/**
 * An account and region that templates are deployed to. Stacks that leave them open are deployed to whatever the caller's credentials and
 * profile name, which is one place for all of them: they share an environment too.
 */
export interface Environment {
  /** As CDK writes it: `aws://111111111111/eu-central-1`, with `unknown-account` and `unknown-region` where a stack leaves it open. */
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
  /** The templates that are deployed there, by path. */
  readonly templates: readonly Template[];
  /** Stands for the environment where a resource is asked for, and reaches every template of the same account and region. */
  readonly inRegion: Resource;
  /** The same, and reaches every template of the account. */
  readonly inAccount: Resource;
}

/** The type under which an environment is listed. No template holds it. */
export const ENVIRONMENT_TYPE = 'environment';

/** The environments of a model, by id. */
export function environmentsOf(model: Model): Environment[] {
  const byRegion = new Map<string, Template[]>();
  const byAccount = new Map<string, Template[]>();
  for (const template of [...model.templates].sort((a, b) => compareText(a.path, b.path))) {
    push(byRegion, environmentId(template), template);
    push(byAccount, template.context.account ?? '', template);
  }
  return [...byRegion].sort(([a], [b]) => compareText(a, b)).map(([id, templates]) => {
    const { account, region } = templates[0].context;
    return { id, account, region, templates, inRegion: standIn(model, id, templates), inAccount: standIn(model, id, byAccount.get(account ?? '')!) };
  });
}

function environmentId({ context }: Template): string {
  return `aws://${context.account ?? 'unknown-account'}/${context.region ?? 'unknown-region'}`;
}

/** A resource without properties, in a unit of the given templates. They stay in the units that they belong to. */
function standIn(model: Model, id: string, templates: readonly Template[]): Resource {
  const template = new Template(id, { Resources: { [id]: { Type: ENVIRONMENT_TYPE } } });
  template.unit = new Unit(model);
  template.unit.templates.push(...templates);
  return template.resources.get(id)!;
}

function push(map: Map<string, Template[]>, key: string, template: Template): void {
  const list = map.get(key);
  if (list) list.push(template);
  else map.set(key, [template]);
}
