import { Property, Truth } from '../kernel';

/** Names of variables whose values are credentials. `…_ARN`, `…_NAME` and `…_ID` only point at one. */
const NAMES = new RegExp(`(^|_|-|\\b)(${[
  'password', 'passwd', 'pwd', 'passphrase', '(client_?)?secret(_?key)?', 'api_?key', '(secret_?)?access_?key', 'private_?key', '((auth|access|api|bearer)_?)?token',
].join('|')})$`, 'i');
const CAMEL = /(Password|Passwd|Secret|ApiKey|SecretKey|AccessKey|PrivateKey|AuthToken|AccessToken|ApiToken)$/;
/** Values that name a secret rather than hold one: ARNs, paths, addresses, switches. */
const POINTER = /^(arn:|\/|https?:\/\/|true$|false$|\d{1,4}$|$)/i;
/** An AWS access key id, under whatever name. */
export const ACCESS_KEY = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/;

/** A variable that holds a credential in plain text: by its name with a literal or defaulted value, or by a value that is one. */
export function looksSecret(name: string | number | boolean | undefined, value: Property): Truth {
  // The value is not recorded: evidence must not repeat what should not have been written down.
  const { scalar } = value;
  if (scalar === undefined) return Truth.no('the value is known at deployment only');
  const text = String(scalar);
  if (ACCESS_KEY.test(text)) return Truth.YES;
  return Truth.of(typeof name === 'string' && (NAMES.test(name) || CAMEL.test(name)) && !POINTER.test(text), 'no credential');
}
