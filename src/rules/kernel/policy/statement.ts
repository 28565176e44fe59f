import { Conditions } from './condition';
import { Principal } from './principal';
import { isPattern, serviceOfAction, wildcard } from './wildcard';
import { isReference } from '../../../template/value';
import type { Property } from '../property';
import { isAnyText } from '../text-parts';
import { any, not, Truth } from '../truth';

const NO_RESOURCE = Truth.no('the resources are named');
const NO_ACTION = Truth.no('the actions are named');

/** One statement. What it reads is kept, as many rules ask the same of it; every question names what it read as evidence. */
export class Statement {
  private who?: Principal;
  private under?: Conditions;
  private patterns?: readonly string[] | null;
  private ofServices?: ReadonlySet<string> | null;
  private onAnything?: Truth;
  private onAllOfAKind?: Map<string, Truth>;
  private named?: boolean;

  constructor(readonly property: Property) {}

  effect(effect: 'Allow' | 'Deny'): Truth {
    return this.property.get('Effect').is(effect);
  }

  principal(): Principal {
    return this.who ??= new Principal(this.property);
  }

  conditions(): Conditions {
    return (this.under ??= new Conditions(this.property.get('Condition'))).seen();
  }

  /** The patterns of `Action`, in lower case, when all of them are known and there is one. */
  private actions(): readonly string[] | undefined {
    if (this.patterns === undefined) {
      const texts = this.property.get('Action').texts;
      this.patterns = texts?.length && this.property.get('NotAction').missing ? texts.map((text) => text.toLowerCase()) : null;
    }
    return this.patterns ?? undefined;
  }

  /** The services, in lower case, that the actions can be of; undefined where they may be of any. */
  services(): ReadonlySet<string> | undefined {
    if (this.ofServices === undefined) {
      const services = this.actions()?.map(serviceOfAction);
      this.ofServices = services && !services.some((service) => service === '' || isPattern(service)) ? new Set(services) : null;
    }
    this.property.get('Action').seen();
    return this.ofServices ?? undefined;
  }

  /** Yes when an `Action` pattern matches the action, case-insensitively and with wildcards. `NotAction` matches all but its list. */
  coversAction(action: string): Truth {
    return this.coversOneOf([action]);
  }

  /** Yes when the statement covers one of the actions. */
  coversOneOf(actions: readonly string[]): Truth {
    const patterns = this.actions();
    if (patterns) {
      this.property.get('Action').seen();
      return Truth.of(patterns.some((pattern) => actions.some((action) => wildcard(pattern, action))), () => `the actions do not cover ${actions.join(', ')}`);
    }
    const negative = this.property.get('NotAction');
    if (!negative.missing) {
      return any(actions.map((action) => not(negative.some((item) => covers(item, action)), () => `NotAction leaves out ${action}`)));
    }
    return any(actions.map((action) => this.property.get('Action').some((item) => covers(item, action), 'the statement has no Action')));
  }

  /** Some action is exactly the text, compared as IAM does. */
  hasAction(check: (item: Property) => Truth): Truth {
    return this.property.get('Action').some(check, 'the statement has no Action');
  }

  /** Some action, in lower case, is of a kind: a test that is cheaper than {@link hasAction}. */
  someAction(test: (pattern: string) => boolean): Truth {
    const patterns = this.actions();
    if (!patterns) {
      return this.hasAction((item) => (typeof item.scalar === 'string' ? item.seen() && (test(item.scalar.toLowerCase()) ? Truth.YES : NO_ACTION) : item.openTruth()));
    }
    this.property.get('Action').seen();
    return patterns.some(test) ? Truth.YES : NO_ACTION;
  }

  /** Some action is `*`. */
  everyAction(): Truth {
    const patterns = this.actions();
    if (!patterns) return this.hasAction((item) => any([item.is('*'), item.is('*:*')]));
    this.property.get('Action').seen();
    return patterns.some(isEveryAction) ? Truth.YES : NO_ACTION;
  }

  /** Some action is `*`, or the statement allows all but a list. */
  anyAction(): Truth {
    return any([this.everyAction(), this.property.get('NotAction').isPresent()]);
  }

  /** Some resource is `*`, however it is written, or the statement covers all but a list. */
  anyResource(): Truth {
    this.property.get('Resource').seen();
    return this.onAnything ??= this.somewhere(
      (item) => (typeof item.scalar === 'string' ? item.seen() && Truth.of(isEverything(item.scalar), 'the resources are named') : item.is('*')), isEverything);
  }

  /**
   * Some resource is `*`, or all of a kind: `arn:aws:iam::111122223333:role/*`; or the statement covers all but a list. Resources that the
   * action is never about do not count: `arn:aws:s3:::*` holds no role that could be passed.
   */
  wideResource(action: string): Truth {
    this.property.get('Resource').seen();
    // Most statements name what they are about.
    if (this.namesResources()) return NO_RESOURCE;
    const service = serviceOfAction(action);
    let known = this.onAllOfAKind?.get(service);
    if (!known) {
      const services = ACTS_ON[service] ?? [service];
      known = this.somewhere((item) => isAllOfAKind(item, services), (text) => isAllOfAKindText(text, services));
      (this.onAllOfAKind ??= new Map()).set(service, known);
    }
    return known;
  }

  /** Every resource is named: by a known text without a wildcard, or by a text that begins with a reference, such as all objects of a bucket. */
  private namesResources(): boolean {
    return this.named ??= this.property.get('NotResource').missing && isNamed(this.property.get('Resource'));
  }

  private somewhere(item: (item: Property) => Truth, known: (text: string) => boolean): Truth {
    const place = this.property.get('Resource');
    const { texts } = place;
    const named = texts?.length ? (texts.some(known) ? Truth.YES : NO_RESOURCE) : place.some(item, 'the statement has no Resource');
    const negative = this.property.get('NotResource');
    return named.yes || negative.missing ? named : any([named, negative.isPresent()]);
  }

  usesNot(...elements: ('NotAction' | 'NotPrincipal' | 'NotResource')[]): Truth {
    return any(elements.map((element) => this.property.get(element).isPresent()));
  }

  /**
   * The condition key is compared by one of the operators with the value, and that is all that is asked: conditions hold together, so any
   * other one leaves requests out. Keys and operators compare case-insensitively.
   */
  condition(operators: readonly string[], key: string, value: string | boolean): Truth {
    return this.conditions().only(operators, key, value);
  }

  /** A condition binds the caller, e.g. to an account, an organization, a network or a source resource, or by one of further keys in lower case. */
  narrowed(...alsoBy: readonly string[]): Truth {
    return this.conditions().narrowed(alsoBy);
  }
}

function isNamed(resource: Property): boolean {
  const { items, open } = resource.list();
  return open === undefined && items.every(({ parts: [first, ...more] }) => first !== undefined
    && (typeof first === 'string' ? !more.length && !first.includes('*') && !first.includes('?') : isReference(first) && !isAnyText(first)));
}

export function isEveryAction(pattern: string): boolean {
  return pattern === '*' || pattern === '*:*' || /^\*+(:\*+)?$/.test(pattern);
}

/** The resource part of an ARN is a wildcard, after its kind: `role/*`, `secret:*`, `*`, and of objects `*` + `/*`. */
const ALL_OF_A_KIND = /^(arn|\*):[^:]*:[^:]*:[^:]*:[^:]*:([a-z\d-]+[:/])?[*?]+([:/][*?]+)*$/i;

/** `*`, or an ARN of which every part is a wildcard: `arn:aws:*:*:*:*`. */
function isEverything(text: string): boolean {
  return text === '*' || /^(\*+(:\*+)*|arn:[^:]*:\*+(:\*+)+)$/.test(text);
}

/** Services whose ARNs end in the name of a resource, without a kind before it: `arn:aws:s3:::bucket/*` is one bucket (Service Authorization Reference). */
const WITHOUT_KIND = /^(s3|sns|sqs|execute-api|codecommit)$/i;

/** Services whose actions are about resources of others (Service Authorization Reference, "Resource types defined by …"). */
const ACTS_ON: Readonly<Record<string, readonly string[]>> = { 'sts': ['iam', 'sts'], 'ssm': ['ssm', 'ec2', 'ecs'], 'ec2-instance-connect': ['ec2'], 'sso': ['sso', 'iam'] };

function isAllOfAKindText(text: string, services: readonly string[]): boolean {
  if (text === '*') return true;
  if (!text.includes('*')) return false;
  if (!ALL_OF_A_KIND.test(text)) return /^[*?]+(:[*?]+)*$/.test(text);
  const [,, service, ,, ...resource] = text.split(':');
  return services.some((one) => wildcard(service, one)) && !(WITHOUT_KIND.test(service) && !/^[*?]/.test(resource.join(':')));
}

/** A place that is known in part is named by the part that is not, unless that is only the partition, the account or the Region. */
function isAllOfAKind(item: Property, services: readonly string[]): Truth {
  const { scalar } = item;
  if (typeof scalar === 'string') return item.seen() && (isAllOfAKindText(scalar, services) ? Truth.YES : NO_RESOURCE);
  if (item.value.kind !== 'text') return item.is('*');
  item.seen();
  return isAllOfAKindText(item.parts.map((part) => (typeof part === 'string' ? part : '\uE000')).join(''), services) ? Truth.YES : NO_RESOURCE;
}

function covers(item: Property, action: string): Truth {
  const pattern = item.scalar;
  // What is not known may hold a wildcard, so all that tells against it are the known pieces.
  const widest = pattern !== undefined ? String(pattern) : item.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (pattern === undefined && (widest === '' || wildcard(widest, action))) return item.openTruth();
  item.seen();
  return Truth.of(wildcard(widest, action), () => `${widest} does not cover ${action}`);
}
