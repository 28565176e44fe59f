/** IAM's `*` and `?` wildcards, case-insensitive. Greedy with one point of return, so a hostile pattern costs pattern × text at most. */
export function wildcard(pattern: string, text: string): boolean {
  if (!isPattern(pattern)) return pattern.length === text.length && pattern.toLowerCase() === text.toLowerCase();
  return matches(pattern.toLowerCase(), text.toLowerCase(), false);
}

/** Whether a text holds a wildcard. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Every text that the narrow pattern matches, the wide one matches too. Both in lower case. */
export function contains(wide: string, narrow: string): boolean {
  return wide === '*' || wide === narrow || (isPattern(wide) && matches(wide, narrow, true));
}

/** With `patterns` the text is a pattern itself: its `*` may stand for any text, and so only a `*` takes it. */
function matches(pattern: string, text: string, patterns: boolean): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < text.length;) {
    const wanted = at < pattern.length ? pattern[at] : undefined;
    if (wanted === '*') {
      star = at++;
      resume = i;
    } else if (wanted === '?' ? !patterns || text[i] !== '*' : wanted === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

const MOST_CELLS = 100_000;

/** Some text is matched by both patterns, in lower case. Patterns too long to compare count as overlapping. */
export function overlaps(one: string, other: string): boolean {
  if (one === '*' || other === '*' || one === other) return true;
  if (!isPattern(one)) return isPattern(other) && matches(other, one, false);
  if (!isPattern(other)) return matches(one, other, false);
  if (one.length * other.length > MOST_CELLS) return true;
  // reached[j]: the pieces so far of `one` and the first j of `other` may stand for the same text.
  let reached: boolean[] = new Array<boolean>(other.length + 1).fill(false);
  reached[0] = true;
  for (let j = 1; j <= other.length && other[j - 1] === '*'; j++) reached[j] = true;
  for (const a of one) {
    const next: boolean[] = [a === '*' && reached[0]];
    for (let j = 1; j <= other.length; j++) {
      const b = other[j - 1];
      next[j] = a === '*' || b === '*' ? reached[j] || next[j - 1] || reached[j - 1] : reached[j - 1] && (a === '?' || b === '?' || a === b);
    }
    reached = next;
  }
  return reached[other.length];
}

/** The service that an action is of; empty where the text names none. */
export function serviceOfAction(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(':')));
}
