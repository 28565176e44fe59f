import { isEveryAction, Statement } from './statement';
import { contains, overlaps } from './wildcard';
import { written } from '../names';
import type { Property } from '../property';
import { all, any, both, not, Truth } from '../truth';

/** Comparisons of an allowed action with a denial that one document may cost: a policy holds 20 KB at most, so a real one needs far fewer. */
const MOST_COMPARISONS = 20_000;

/** The denials of a document that reach strangers. */
export class Denials {
  private readonly items: readonly { readonly statement: Statement; readonly reaches: Truth }[];
  private left = MOST_COMPARISONS;

  constructor(statements: readonly Statement[], private readonly open?: () => Truth) {
    const denials = statements.filter((one) => !one.effect('Deny').no);
    this.items = denials.map((statement) => ({
      statement, reaches: all(statement.effect('Deny'), statement.principal().strangers(), statement.conditions().meetsStrangers()),
    })).filter(({ reaches }) => !reaches.no);
  }

  /** They leave strangers nothing of what the statement allows: each of its actions is denied to them on all its resources. */
  takeBack(allowed: Statement): Truth {
    if (!this.items.length && !this.open) return Truth.no('nothing is denied');
    const answers: Truth[] = [];
    for (const action of actionsOf(allowed)) {
      const answer = this.denied(allowed, action);
      if (answer.no) return answer;
      answers.push(answer);
    }
    return all(...answers);
  }

  private denied(allowed: Statement, action: (denial: Statement) => Truth): Truth {
    const answers: Truth[] = [];
    for (const { statement, reaches } of this.items) {
      if (this.left-- <= 0) return Truth.unknown('the document holds more denials than can be compared with what it allows');
      const answer = statement.property === allowed.property ? Truth.no('the statement itself')
        : both(action(statement), () => all(reaches, coversResources(statement, allowed)));
      if (answer.yes) return answer;
      answers.push(answer);
    }
    return any([...answers, ...this.open ? [this.open()] : []], 'nothing denies it');
  }
}

/** For each thing that the statement allows, whether a denial covers it. */
function actionsOf(allowed: Statement): ((denial: Statement) => Truth)[] {
  const negative = allowed.property.get('NotAction');
  if (!negative.missing) return [(denial) => deniesAllBut(denial, negative)];
  const { items, open } = allowed.property.get('Action').list();
  if (open !== undefined || !items.length) return [(denial) => denialOfEverything(denial)];
  return items.map((item) => (denial) => deniesAction(denial, item));
}

function denialOfEverything(denial: Statement): Truth {
  return denial.property.get('NotAction').missing ? denial.everyAction() : Truth.no('NotAction leaves actions out');
}

/** The allowance is of all but a list: the denial must be of everything, or of all but actions of that list. */
function deniesAllBut(denial: Statement, spared: Property): Truth {
  const negative = denial.property.get('NotAction');
  if (negative.missing) return denial.everyAction();
  return negative.every((item) => spared.some((one) => textual(one, item, contains)));
}

function deniesAction(denial: Statement, action: Property): Truth {
  const negative = denial.property.get('NotAction');
  if (!negative.missing) return not(negative.some((item) => textual(item, action, overlaps)), 'NotAction leaves the action out');
  if (action.scalar === '*' || action.scalar === '*:*') return denial.everyAction();
  // Written alike, they are the same whatever deployment makes of them.
  return denial.property.get('Action').some((item) => (isAll(item) ? Truth.YES : textual(item, action, contains)), 'the denial has no Action');
}

const isAll = (item: Property): boolean => typeof item.scalar === 'string' && isEveryAction(item.scalar);

function coversResources(denial: Statement, allowed: Statement): Truth {
  const spared = denial.property.get('NotResource');
  if (!spared.missing) return spared.undecided ? spared.openTruth() : Truth.no('NotResource leaves resources out');
  const denied = denial.property.get('Resource');
  if (denied.missing) return Truth.YES;
  const everything = denial.anyResource();
  if (everything.yes) return everything;
  if (!allowed.property.get('NotResource').missing) return Truth.no('it is allowed on all but a list of resources');
  const resources = allowed.property.get('Resource');
  if (resources.missing) return Truth.no('it is allowed whatever the resource');
  return resources.every((one) => denied.some((item) => textual(item, one, contains)));
}

/** Compares two texts, of which the parts that deployment supplies are the same where they are written alike. */
function textual(wide: Property, narrow: Property, compare: (wide: string, narrow: string) => boolean): Truth {
  const [a, b] = [written(wide.value), written(narrow.value)];
  if (a === undefined) return wide.openTruth();
  if (b === undefined) return narrow.openTruth();
  if (compare(a.toLowerCase(), b.toLowerCase())) return Truth.YES;
  // Told apart for certain only where deployment supplies the same to both.
  return holes(a) === holes(b) ? Truth.no('it covers another') : wide.openTruth();
}

const holes = (text: string): string => (text.match(/\$\{[^}]*\}/g) ?? []).join();
