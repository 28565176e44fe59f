import { parseJsonText } from './json-text';
import { Statement } from './statement';
import { Denials } from './taken-back';
import type { Template } from '../../../template/model';
import { Property } from '../property';
import { any, both, not, Truth } from '../truth';

/** The statements of a document, each with what was read of it; `open` is asked where there may be more. */
interface Statements { readonly items: readonly Statement[]; readonly open?: () => Truth }

/** Reads an IAM policy document, wherever it stands: an object, or the JSON text of one. Scalars stand for lists of one, as IAM reads them. */
export class Policy {
  private kept?: Statements;
  private denials?: Denials;

  constructor(readonly property: Property) {}

  /** The document itself: where JSON text stands, the object that it is. */
  get document(): Property {
    return documentAt(this.property);
  }

  /** All statements, whatever their effect. */
  statements(): Statements {
    return this.kept ??= read(this.document.get('Statement'));
  }

  /** Yes when some statement with the effect answers yes. What cannot be read leaves the answer open. */
  some(effect: 'Allow' | 'Deny', check: (statement: Statement) => Truth): Truth {
    const { items, open } = this.statements();
    const found: Truth[] = [];
    for (const statement of items) {
      const applies = statement.effect(effect);
      if (!applies.no) found.push(both(applies, () => check(statement)));
    }
    if (open) found.push(open());
    if (!items.length) this.property.seen();
    return any(found, `no statement with Effect ${effect}`);
  }

  /** No statement with the effect answers yes. The message names what was found. */
  none(effect: 'Allow' | 'Deny', check: (statement: Statement) => Truth, message: string): Truth {
    return not(this.some(effect, check), message);
  }

  /** A statement allows everyone, no condition says who may call, and no denial takes it back from strangers. `alsoBy` are further keys that bind a caller. */
  allowsEveryone(...alsoBy: readonly string[]): Truth {
    return this.some('Allow', (statement) => both(statement.principal().everyone(), () => both(
      not(statement.narrowed(...alsoBy), 'a condition narrows the callers'), () => not(this.takesBack(statement), 'a denial takes it back'))));
  }

  /** Denials refuse strangers whatever the statement allows. */
  private takesBack(statement: Statement): Truth {
    const { items, open } = this.statements();
    return (this.denials ??= new Denials(items, open)).takeBack(statement);
  }
}

/** The document at a place that holds one, or the JSON text of one. `template` is the one that the place stands in, where that is known. */
export function documentAt(place: Property, template?: Template): Property {
  if (place.value.kind !== 'text' && typeof place.scalar !== 'string') return place;
  const json = parseJsonText(place.parts);
  return json === undefined ? place : place.holding(json, template);
}

/** A document that holds no statement says nothing; one that is not known may say anything. */
function read(place: Property): Statements {
  const { items, open } = place.list();
  return {
    items: items.map((item) => new Statement(item)),
    open: open === undefined ? undefined : () => Truth.unknown(`${place.path}: ${open}`),
  };
}
