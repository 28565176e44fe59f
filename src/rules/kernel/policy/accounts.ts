import { isReference } from '../../../template/value';
import type { Property } from '../property';

/** The account that a principal belongs to; no `id` for the stack's own, and for principals that belong to none. */
export interface Account {
  readonly id?: string;
  /** The account as such, and no role or user of it. */
  readonly whole: boolean;
}

const NONE: Account = { whole: false };
const OWN = '\uE000';
const OPEN = '\uE001';

/** Reads an account's number, or the ARN of a principal. Undefined where that is known at deployment only. */
export function accountOf(item: Property): Account | undefined {
  // A role or user of the templates is the stack's own; that a sister stack lies in another account is rare, and its roles are in view.
  if (item.target()) return NONE;
  const text = item.parts.map((part) => (typeof part === 'string' ? part : !isReference(part) && part.parameter === 'AWS::AccountId' ? OWN : OPEN)).join('');
  if (text === '') return item.missing ? NONE : undefined;
  if (text === OWN || /^\d{12}$/.test(text)) return { id: text === OWN ? undefined : text, whole: true };
  if (text === OPEN) return undefined;
  const [scheme, , service, , account, ...rest] = text.split(':');
  // Only what stands before it can tell where the account stands.
  if (scheme.includes(OPEN) || service?.includes(OPEN)) return undefined;
  if (scheme !== 'arn' || account === undefined) return NONE;
  if (account.includes(OPEN)) return undefined;
  return { id: /^\d{12}$/.test(account) ? account : undefined, whole: rest.join(':') === 'root' };
}
