import { accountOf } from './accounts';
import type { Property } from '../property';
import { any, not, Truth } from '../truth';

/** The principals of a statement: `"*"`, or an object of lists by kind. */
export class Principal {
  readonly property: Property;
  private readonly negative: Property;
  private kept?: Truth;

  constructor(private readonly statement: Property) {
    this.property = statement.get('Principal');
    this.negative = statement.get('NotPrincipal');
  }

  /**
   * The statement is for everyone: `"*"`, `{"AWS": "*"}`, `{"CanonicalUser": "*"}` and the like. One that allows all but a list is for
   * everyone too; one that denies all but a list spares those who are on it.
   */
  everyone(): Truth {
    this.property.seen();
    return this.kept ??= this.isEveryone();
  }

  private isEveryone(): Truth {
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

  /** A denial that reaches whoever is not named: everyone, or all but a list that names them. */
  strangers(): Truth {
    if (this.negative.missing) return this.everyone();
    if (!this.negative.isMap) return not(this.negative.some(isEveryone, 'it is named'), 'NotPrincipal leaves everyone out');
    const { items, open } = this.negative.entries();
    const found = items.map(({ value }) => value.some(isEveryone));
    return not(any([...found, ...open === undefined ? [] : [Truth.unknown(open)]], 'it is named'), 'NotPrincipal leaves everyone out');
  }

  /**
   * Some principal belongs to an account other than `own`, the one of the stack where it is known. With `whole` only an account as such
   * counts (`…:root`, or its number), whose administrators decide who of it comes.
   */
  ofOtherAccount(own: string | undefined, whole = false): Truth {
    const { property } = this;
    const check = (item: Property): Truth => isOtherAccount(item, own, whole);
    return property.isMap ? property.get('AWS').some(check, 'no principal is an account or of one') : property.some(check, 'no principal is an account or of one');
  }

  /** The values under one kind: `Service`, `Federated`, `AWS`. */
  kind(name: 'AWS' | 'Service' | 'Federated', check: (item: Property) => Truth): Truth {
    const { property } = this;
    if (property.isMap) return property.get(name).some(check, `no principal is a ${name}`);
    return property.undecided ? property.openTruth() : Truth.no(`no principal is a ${name}`);
  }
}

/** `*`, or an ARN with a wildcard for the account: IAM refuses that, but its author meant everyone. */
function isEveryone(item: Property): Truth {
  const { scalar } = item;
  if (typeof scalar !== 'string') return item.is('*');
  item.seen();
  return Truth.of(scalar === '*' || /^arn:[^:]+:iam::\*/.test(scalar), 'the principal is named');
}

function isOtherAccount(item: Property, own: string | undefined, whole: boolean): Truth {
  const account = accountOf(item);
  if (account === undefined) return item.openTruth();
  if (account.id === undefined || account.id === own) return item.seen() && Truth.no('it belongs to this account');
  item.seen();
  return Truth.of(!whole || account.whole, 'it is a principal of another account, and no account');
}
