// Names come from templates that anybody may have written. Control characters could move the cursor or hide text, and direction overrides
// could show it reversed, so both are written out as what they are.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that is safe on one line of a terminal, a table or a page. */
export function printable(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
