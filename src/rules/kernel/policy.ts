import { Property } from './property';
import { all, any, not, Truth } from './truth';

/** Reads an IAM policy document, wherever it stands. Scalars stand for lists of one, as IAM reads them. */
export class Policy {
  constructor(readonly property: Property) {}

  /** Yes when some statement with the effect answers yes. What cannot be read leaves the answer open. */
  some(effect: 'Allow' | 'Deny', check: (statement: Statement) => Truth): Truth {
    const statements = this.property.get('Statement');
    // A document that holds no statement says nothing; one that is not known may say anything.
    return statements.some((item) => {
      const statement = new Statement(item);
      const applies = statement.property.get('Effect').is(effect);
      return applies.no ? applies : all(applies, check(statement));
    }, `no statement with Effect ${effect}`);
  }

  /** No statement with the effect answers yes. The message names what was found. */
  none(effect: 'Allow' | 'Deny', check: (statement: Statement) => Truth, message: string): Truth {
    return not(this.some(effect, check), message);
  }

  /** A statement allows everyone, and no condition says who may call. */
  allowsEveryone(): Truth {
    return this.some('Allow', (statement) => all(statement.principal().everyone(), not(statement.narrowed(), 'a condition narrows the callers')));
  }
}

/** Condition keys that bind a request to named callers, places or accounts (IAM user guide, "AWS global condition context keys"). */
const NARROWING = /^(aws:(sourcearn|sourceaccount|sourceorgid|sourceorgpaths|sourceowner|sourceip|sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|principalarn|principalaccount|principalorgid|principalorgpaths|principaltag\/.+|principalservicename|userid|username|resourceorgid|calledvia|viaawsservice)|kms:(calleraccount|viaservice|encryptioncontext.*|grantisforawsresource)|s3:(dataaccesspointarn|dataaccesspointaccount)|sns:endpoint|lambda:(functionurlauthtype|eventsourcetoken)|elasticfilesystem:(accesspointarn|accessedviamounttarget)|aws:principalisawsservice)$/i;

/** One statement. */
export class Statement {
  constructor(readonly property: Property) {}

  principal(): Principal {
    return new Principal(this.property);
  }

  /** Yes when an `Action` pattern matches the action, case-insensitively and with wildcards. `NotAction` matches all but its list. */
  coversAction(action: string): Truth {
    return this.coversOneOf([action]);
  }

  /** Yes when the statement covers one of the actions. */
  coversOneOf(actions: readonly string[]): Truth {
    const negative = this.property.get('NotAction');
    if (!negative.missing) {
      return any(actions.map((action) => not(negative.some((item) => covers(item, action)), () => `NotAction leaves out ${action}`)));
    }
    const place = this.property.get('Action');
    const { texts } = place;
    if (texts?.length) {
      place.seen();
      return Truth.of(texts.some((text) => actions.some((action) => wildcard(text, action))), () => `the actions do not cover ${actions.join(', ')}`);
    }
    return any(actions.map((action) => place.some((item) => covers(item, action), 'the statement has no Action')));
  }

  /** Some action is exactly the text, compared as IAM does. */
  hasAction(check: (item: Property) => Truth): Truth {
    return this.property.get('Action').some(check, 'the statement has no Action');
  }

  /** Some action is `*`. */
  everyAction(): Truth {
    const place = this.property.get('Action');
    const { texts } = place;
    if (texts?.length) return place.seen() && Truth.of(texts.some((text) => text === '*' || text === '*:*'), 'the actions are named');
    return this.hasAction((item) => any([item.is('*'), item.is('*:*')]));
  }

  /** Some action is `*`, or the statement allows all but a list. */
  anyAction(): Truth {
    return any([this.everyAction(), this.property.get('NotAction').isPresent()]);
  }

  /** Some resource is `*`, or the statement covers all but a list. */
  anyResource(): Truth {
    const place = this.property.get('Resource');
    const { texts } = place;
    const every = texts?.length ? place.seen() && Truth.of(texts.includes('*'), 'the resources are named')
      : place.some((item) => item.is('*'), 'the statement has no Resource');
    return any([every, this.property.get('NotResource').isPresent()]);
  }

  usesNot(...elements: ('NotAction' | 'NotPrincipal' | 'NotResource')[]): Truth {
    return any(elements.map((element) => this.property.get(element).isPresent()));
  }

  /**
   * The condition key is compared by one of the operators with the value, and that is all that is asked: conditions hold together, so any
   * other one leaves requests out. Keys and operators compare case-insensitively.
   */
  condition(operators: readonly string[], key: string, value: string | boolean): Truth {
    const { items, open } = this.property.get('Condition').entries();
    const found: Truth[] = [];
    const others: Truth[] = [];
    for (const operator of items) {
      const pairs = operator.value.entries();
      const wanted = operators.some((one) => one.toLowerCase() === operator.key.toLowerCase());
      for (const entry of pairs.items) {
        if (wanted && entry.key.toLowerCase() === key.toLowerCase()) found.push(entry.value.some((item) => item.is(value)));
        else others.push(Truth.no(`the condition on ${entry.key} leaves requests out`));
      }
      if (pairs.open !== undefined) found.push(operator.value.openTruth());
    }
    if (open) found.push(Truth.unknown(open));
    return all(any(found, `no condition on ${key}`), ...others);
  }

  /** A condition binds the caller, e.g. to an account, an organization, a network or a source resource. */
  narrowed(): Truth {
    const { items, open } = this.property.get('Condition').entries();
    const found: Truth[] = [];
    for (const operator of items) {
      // A negated or "if exists" comparison lets through what it does not name, and so does "for all values" where there is none
      // (IAM user guide, "Multivalued context keys").
      if (/not|^null$|ifexists$|^forallvalues:/i.test(operator.key)) continue;
      const pairs = operator.value.entries();
      for (const entry of pairs.items) {
        if (NARROWING.test(entry.key)) found.push(not(entry.value.some((item) => isEveryValue(entry.key, item)), 'the condition allows every value'));
      }
      if (pairs.open !== undefined) found.push(operator.value.openTruth());
    }
    if (open) found.push(Truth.unknown(open));
    return any(found, 'no condition narrows the callers');
  }
}

/** The principals of a statement: `"*"`, or an object of lists by kind. */
export class Principal {
  readonly property: Property;
  private readonly negative: Property;

  constructor(private readonly statement: Property) {
    this.property = statement.get('Principal');
    this.negative = statement.get('NotPrincipal');
  }

  /**
   * The statement is for everyone: `"*"`, `{"AWS": "*"}`, `{"CanonicalUser": "*"}` and the like. One that allows all but a list is for
   * everyone too; one that denies all but a list spares those who are on it.
   */
  everyone(): Truth {
    if (!this.negative.missing) {
      const present = this.negative.isPresent();
      return present.yes ? not(this.statement.get('Effect').is('Deny'), 'NotPrincipal leaves somebody out') : any([present, this.named()]);
    }
    return this.named();
  }

  private named(): Truth {
    const { property } = this;
    if (!property.isMap) return property.some(isEveryone, 'the statement has no Principal');
    const { items, open } = property.entries();
    // A denial of every service or identity provider still lets people and roles through.
    const denies = this.statement.get('Effect').is('Deny').yes;
    const found = items.map(({ key, value }) => (denies && key !== 'AWS' ? Truth.no(`the principal is a ${key}`) : value.some(isEveryone)));
    return any([...found, ...open === undefined ? [] : [Truth.unknown(open)]], 'the principal is named');
  }
}

/** A condition on the key that every request, or every stranger's, meets. Addresses are compared with blocks, everything else with patterns. */
function isEveryValue(key: string, item: Property): Truth {
  const { scalar } = item;
  // Only wildcards, or an ARN of which nothing but the service is named: `arn:aws:iam::*:*`.
  if (typeof scalar === 'string' && /[*?]/.test(scalar) && /^([*?]+|arn:[^:]*:[a-z\d*?-]*:[*?]*:[*?]*:([a-z-]+[:/])?[*?]+)$/i.test(scalar)) {
    return item.seen() && Truth.YES;
  }
  // A key that says whether an AWS service calls narrows nothing where the answer must be no.
  const more = /sourceip$/i.test(key) ? ['0.0.0.0/0', '::/0'] : /awsservice$|awsresource$/i.test(key) ? ['false'] : [];
  return any(['*', ...more].map((every) => item.is(every)));
}

/** `*`, or an ARN with a wildcard for the account: IAM refuses that, but its author meant everyone. */
function isEveryone(item: Property): Truth {
  return any([item.is('*'), Truth.of(/^arn:[^:]+:iam::\*/.test(String(item.scalar)), 'the principal is named')]);
}

function covers(item: Property, action: string): Truth {
  const pattern = item.scalar;
  // What is not known may hold a wildcard, so all that tells against it are the known pieces.
  const widest = pattern !== undefined ? String(pattern) : item.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (pattern === undefined && (widest === '' || wildcard(widest, action))) return item.openTruth();
  item.seen();
  return Truth.of(wildcard(widest, action), () => `${widest} does not cover ${action}`);
}

/** IAM's `*` and `?` wildcards, case-insensitive. Greedy with one point of return, so a hostile pattern costs pattern × text at most. */
export function wildcard(pattern: string, text: string): boolean {
  if (!pattern.includes('*') && !pattern.includes('?')) return pattern.length === text.length && pattern.toLowerCase() === text.toLowerCase();
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < t.length;) {
    if (at < p.length && p[at] === '*') {
      star = at++;
      resume = i;
    } else if (at < p.length && (p[at] === '?' || p[at] === t[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (p[at] === '*') at++;
  return at === p.length;
}
