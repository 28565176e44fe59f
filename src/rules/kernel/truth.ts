/**
 * The answer of a check in three-valued logic (Kleene): yes, no, or not known, the last two with a reason.
 * `skip` means that the question does not arise for this resource.
 */
export class Truth {
  private constructor(readonly value: true | false | undefined, private readonly said: string | (() => string), readonly skipped: boolean = false) {}

  static readonly YES = new Truth(true, '');

  /** A message that costs something to put together is given as a function: most answers are asked for by another check and never shown. */
  static no(message: string | (() => string)): Truth {
    return new Truth(false, message);
  }

  static unknown(reason: string | (() => string)): Truth {
    return new Truth(undefined, reason);
  }

  static skip(reason: string): Truth {
    return new Truth(undefined, reason, true);
  }

  get message(): string {
    return typeof this.said === 'function' ? this.said() : this.said;
  }

  static of(value: boolean, otherwise: string | (() => string)): Truth {
    return value ? Truth.YES : Truth.no(otherwise);
  }

  get yes(): boolean {
    return this.value === true;
  }

  get no(): boolean {
    return this.value === false;
  }

  /** Neither yes nor no, and not skipped. */
  get open(): boolean {
    return this.value === undefined && !this.skipped;
  }

  /** Says a `no` in the words of the rule. */
  because(message: string): Truth {
    return this.value === false ? Truth.no(message) : this;
  }
}

/** Yes when all are yes; no when one is no; else not known. */
export function all(...truths: readonly Truth[]): Truth {
  let open: Truth | undefined;
  let no: Truth | undefined;
  let more = false;
  for (const truth of truths) {
    if (truth.no) {
      more = no !== undefined;
      no ??= truth;
    } else if (truth.open) {
      open ??= truth;
    }
  }
  if (no && more) return Truth.no(() => joined(truths));
  return no ?? open ?? Truth.YES;
}

const MOST_MESSAGES = 10;

/** What was found wrong, each thing once. Hundreds of findings in one place are not all told. */
function joined(truths: readonly Truth[]): string {
  const messages = [...new Set(truths.filter((truth) => truth.no).map((truth) => truth.message))];
  const more = messages.length - MOST_MESSAGES;
  return messages.slice(0, MOST_MESSAGES).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Yes when one is yes; no when all are no; else not known. `none` is the message when there is nothing to ask. */
export function any(truths: readonly Truth[], none: string | (() => string) = 'nothing was found'): Truth {
  let open: Truth | undefined;
  let no: Truth | undefined;
  let more = false;
  for (const truth of truths) {
    if (truth.yes) return truth;
    if (truth.open) {open ??= truth;} else if (truth.no) {
      more = no !== undefined;
      no ??= truth;
    }
  }
  if (open) return open;
  if (no && more) return Truth.no(() => joined(truths));
  return no ?? Truth.no(none);
}

/** Yes when both are yes. The second is not even asked when the first is no: put first what is cheap and mostly no. */
export function both(first: Truth, second: () => Truth): Truth {
  return first.no ? first : all(first, second());
}

/** Turns yes into no with a message, and no into yes. */
export function not(truth: Truth, message: string | (() => string)): Truth {
  if (truth.yes) return Truth.no(message);
  return truth.no ? Truth.YES : truth;
}

/** If the first holds, the second must: when the first is open, a failing second is open too. */
export function when(condition: Truth, then: () => Truth): Truth {
  if (condition.no || condition.skipped) return Truth.YES;
  const truth = then();
  return condition.yes || !truth.no ? truth : Truth.unknown(condition.message);
}

/** The check applies only if the first holds; otherwise the rule is not applicable, for the given reason. */
export function applies(condition: Truth, reason: string, then: () => Truth): Truth {
  if (condition.no || condition.skipped) return Truth.skip(reason);
  const truth = then();
  return condition.yes || !truth.no ? truth : Truth.unknown(condition.message);
}
